"""The tables of messages on their way, and how long the operator can see what did not arrive."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Dialect,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
    bindparam,
    delete,
    select,
    update,
)

from bot.adapters.db.schema import WHICH, Number, UTCDateTime, metadata, word
from bot.app.ports import Lane, What

KEPT = timedelta(days=90)
"""How long the operator can see what was not delivered or is in doubt."""

MOST_DEAD = 1000


class State(StrEnum):
    """What became of a row so far; one that was delivered is deleted."""

    PENDING = "pending"
    SENDING = "sending"
    DOUBT = "doubt"
    DEAD = "dead"


class _Urgency(TypeDecorator[Lane]):
    """A lane as its place in line, so that the table can be sorted by it."""

    impl = SmallInteger
    cache_ok = True
    lanes = (Lane.REPLY, Lane.NOTICE, Lane.DIGEST)

    def process_bind_param(self, value: Lane | None, dialect: Dialect) -> int | None:
        return None if value is None else self.lanes.index(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Lane | None:
        return None if value is None else self.lanes[value]


OUTBOX = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("state", word(State), nullable=False),
    Column("lane", _Urgency, nullable=False),
    Column("what", word(What), nullable=False),
    Column("path", String(64), nullable=False),
    Column("person", Number, index=True),
    Column("group", Number),
    Column("fresh", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", UTCDateTime),
    Column("error", String(64)),
    Column("taker", Integer),
    Index(None, "state", "lane", "id"),
    sqlite_autoincrement=True,  # an id is never used again, also when its row was dropped under way
)

POSTED = Table(
    "posted",
    metadata,
    Column("once", String(128), primary_key=True),
    Column("person", Number, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Keys of messages that must not be sent twice; ``person`` is 0 for those to groups."""

_NEWEST_DEAD = (
    select(OUTBOX.c.id).where(OUTBOX.c.state == State.DEAD).order_by(OUTBOX.c.id.desc()).limit(MOST_DEAD)
)
_UNDELIVERED = OUTBOX.c.state.in_((State.DOUBT, State.DEAD))
_PRUNE = (
    # A row that will not be sent again is due never: there "due" says since when the operator could see it.
    update(OUTBOX).where(_UNDELIVERED, OUTBOX.c.due.is_(None)).values(due=bindparam("now")),
    delete(OUTBOX).where(_UNDELIVERED, OUTBOX.c.due < bindparam("before")),
    delete(OUTBOX).where(OUTBOX.c.state == State.DEAD, OUTBOX.c.id.not_in(_NEWEST_DEAD)),
)
FORGET_MESSAGES = tuple(delete(table).where(table.c.person == WHICH) for table in (OUTBOX, POSTED))
"""What erases everything queued for, or noted about, one person, ``which``."""


def prune_undelivered(connection: Connection, now: datetime) -> None:
    """Forget what was not delivered, or is in doubt, ``KEPT`` ago, and all but the newest of what was given up."""
    for statement in _PRUNE:
        connection.execute(statement, {"now": now, "before": now - KEPT})
