"""What can be told of a database without changing it: its version, and whether keys fit it."""

from __future__ import annotations

from dataclasses import dataclass

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select

from bot.adapters.db.database import Database, Workers
from bot.adapters.db.identity import PERSON
from bot.adapters.db.migrations import configuration
from bot.adapters.db.rounds import ROUND
from bot.adapters.db.vault import Vault
from bot.core.ids import RoundId
from bot.core.rounds.lifecycle import HOLDS_ANSWERS
from bot.errors import KeysError


@dataclass(frozen=True, slots=True)
class Version:
    """How a database stands to the migrations of this version of the bot.

    Attributes:
        newer: a later version of the bot wrote it.
        behind: some migrations are still to come, which every start makes by itself.
    """

    newer: bool
    behind: bool


def version(database: Database) -> Version:
    """Compare a database with what this version of the bot needs.

    Raises: StoreError, when it cannot be read.
    """
    with database.glance() as connection:
        script = ScriptDirectory.from_config(configuration(connection))
        heads = set(MigrationContext.configure(connection).get_current_heads())
        known = {revision.revision for revision in script.walk_revisions()}
        return Version(newer=not heads <= known, behind=heads != set(script.get_heads()))


def workers(database: Database) -> Workers | None:
    """Who works on a database at the moment, where that can be told.

    Raises: StoreError, when it cannot be read.
    """
    with database.glance() as connection:
        return database.workers(connection)


def fits(database: Database, identity_key: bytes) -> bool:
    """Whether a key opens the address of somebody in it; any key fits a database without people.

    Raises: StoreError, when it cannot be read or is not up to date.
    """
    with database.glance() as connection:
        return _opens(connection, Vault(identity_key))


def rounds_with_answers(database: Database) -> frozenset[RoundId]:
    """Rounds that cannot go on without their key.

    Raises: StoreError, as ``fits`` does.
    """
    with database.glance() as connection:
        rows = connection.execute(select(ROUND.c.id).where(ROUND.c.state.in_(HOLDS_ANSWERS)))
        return frozenset(RoundId(number) for (number,) in rows)


def _opens(connection: Connection, vault: Vault) -> bool:
    somebody = connection.execute(select(PERSON.c.id, PERSON.c.account).limit(1)).first()
    if somebody is None:
        return True
    person, account = somebody
    try:
        vault.unseal_number(account, label=f"account|{person}")
    except KeysError:
        return False
    return True
