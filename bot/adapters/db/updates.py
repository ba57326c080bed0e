"""Which updates were handled, so that one that comes twice changes nothing, and which were set aside."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, String, Table, bindparam, delete, select

from bot.adapters.db.prepared import Prepared
from bot.adapters.db.schema import Number, Repository, UTCDateTime, insert_new, metadata

KEPT = timedelta(hours=72)  # of the beginning of a day; Telegram offers an update again for 24 hours
MOST_SET_ASIDE = 1000

PROCESSED_UPDATE = Table(
    "processed_update",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("handled", UTCDateTime, nullable=False),
)

QUARANTINE = Table(
    "quarantine",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("code", String(64), nullable=False),
)

_ENTER = Prepared(insert_new(PROCESSED_UPDATE, key=("id",)))
_PRUNE = delete(PROCESSED_UPDATE).where(PROCESSED_UPDATE.c.handled < bindparam("before"))
_SET_ASIDE = insert_new(QUARANTINE, key=("id",))
_NEWEST = select(QUARANTINE.c.id).order_by(QUARANTINE.c.id.desc()).limit(MOST_SET_ASIDE)
_PRUNE_SET_ASIDE = delete(QUARANTINE).where(QUARANTINE.c.id.not_in(_NEWEST))


class Updates(Repository):
    """The tables ``processed_update`` and ``quarantine``; neither knows what an update said."""

    def enter(self, update: int, *, now: datetime) -> bool:
        """Note an update as handled, to the day: when somebody wrote is nobody's business.

        Returns: False, when it was handled already.
        """
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return _ENTER.changed(self._connection, id=update, handled=day) == 1

    def set_aside(self, update: int, code: str) -> None:
        self._connection.execute(_SET_ASIDE, {"id": update, "code": code})

    def prune(self, now: datetime) -> None:
        """Forget what was handled more than ``KEPT`` ago, and all but the newest updates set aside."""
        self._connection.execute(_PRUNE, {"before": now - KEPT})
        self._connection.execute(_PRUNE_SET_ASIDE)
