"""One transaction as the use cases see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection

from bot.adapters.db.answers import SqlSheets
from bot.adapters.db.calendar import SqlCalendar
from bot.adapters.db.comments import SqlComments
from bot.adapters.db.database import SESSION, Database
from bot.adapters.db.flow_versions import SqlFlowVersions
from bot.adapters.db.groups import SqlGroups
from bot.adapters.db.identity import SqlDrafts, SqlPeople
from bot.adapters.db.learning import SqlLearning
from bot.adapters.db.meetings import SqlRounds
from bot.adapters.db.notices import SqlNotices
from bot.adapters.db.outbox import SqlOutbox
from bot.adapters.db.own_flows import SqlOwnFlows
from bot.adapters.db.pairs import SqlPairs
from bot.adapters.db.presses import SqlPresses
from bot.adapters.db.questions import SqlQuestions
from bot.adapters.db.seats import SqlPartnerships
from bot.adapters.db.updates import Updates
from bot.adapters.db.vault import Vault
from bot.adapters.db.wordings import SqlWordings
from bot.app.ports import KeyStore

LEADS = "leads"
"""What a connection is marked with while its process leads; the mark is gone with the connection."""


class SqlTransaction:
    """``Transaction`` over one connection; made for each function that the store runs."""

    def __init__(
        self,
        connection: Connection,
        database: Database,
        *,
        vault: Vault,
        keys: KeyStore,
        draw: Callable[[], int],
    ) -> None:
        self._connection = connection
        self.people = SqlPeople(connection, vault, draw)
        self.drafts = SqlDrafts(connection, vault)
        self.groups = SqlGroups(connection, vault, draw)
        self.partnerships = SqlPartnerships(connection)
        self.wordings = SqlWordings(connection)
        self.pairs = SqlPairs(connection)
        self.presses = SqlPresses(connection)
        self.questions = SqlQuestions(connection, vault, draw)
        self.rounds = SqlRounds(connection)
        self.comments = SqlComments(connection, vault)
        self.calendar = SqlCalendar(connection)
        self.notices = SqlNotices(connection)
        self.sheets = SqlSheets(connection, keys)
        self.learning = SqlLearning(connection)
        self.outbox = SqlOutbox(
            connection, session=connection.info[SESSION], sessions=partial(database.sessions, connection)
        )
        self.flow_versions = SqlFlowVersions(connection)
        self.own_flows = SqlOwnFlows(connection)
        self.updates = Updates(connection)

    @property
    def leads(self) -> bool:
        return LEADS in self._connection.info

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is done in it is undone at its end, by a savepoint."""
        self.outbox.settle()  # what was asked for before it stays
        savepoint = self._connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()
            self.people.read_anew()
            self.wordings.read_anew()
            self.outbox.read_anew()
