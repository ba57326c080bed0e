"""What waits for a decent hour: whom to tell, which page; never a text."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.adapters.db.identity import PERSON
from bot.adapters.db.schema import WHICH, Number, Repository, UTCDateTime, columns_of, metadata
from bot.app.ports import Notice
from bot.core.ids import NoticeId, PersonId

NOTICE = Table(
    "notice",
    metadata,
    Column("id", Number, primary_key=True),
    Column("person", Number, ForeignKey(PERSON.c.id, ondelete="CASCADE"), nullable=False),
    Column("path", String(64), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("until", UTCDateTime),
    Index(None, "person", "at"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)

_BY_NOW = NOTICE.c.at <= bindparam("now", type_=UTCDateTime())
_ADD = insert(NOTICE)
_PEOPLE = select(NOTICE.c.person).where(_BY_NOW).order_by(NOTICE.c.at, NOTICE.c.id)
_MANY = 64  # rows read at a time while looking for different people
_DUE = (
    select(*columns_of(NOTICE, Notice))
    .where(NOTICE.c.person == WHICH, _BY_NOW)
    .order_by(NOTICE.c.at, NOTICE.c.id)
)
_THESE = NOTICE.c.id.in_(bindparam("these", expanding=True))
_POSTPONE = update(NOTICE).where(_THESE)
_REMOVE = delete(NOTICE).where(_THESE)
_TAKE_BACK = delete(NOTICE).where(
    NOTICE.c.person.in_(bindparam("people", expanding=True)),
    NOTICE.c.path.in_(bindparam("paths", expanding=True)),
)


class SqlNotices(Repository):
    """``Notices`` over the table ``notice``."""

    def add(self, person: PersonId, path: str, *, at: datetime, until: datetime | None) -> None:
        self._connection.execute(_ADD, {"person": person, "path": path, "at": at, "until": until})

    def people(self, now: datetime, limit: int) -> tuple[PersonId, ...]:
        found: dict[PersonId, None] = {}  # told apart here: a GROUP BY would read the notices of all times
        with self._connection.execute(_PEOPLE, {"now": now}) as rows:
            for person in rows.yield_per(_MANY).scalars():
                if len(found) == limit:
                    break
                found[person] = None
        return tuple(found)

    def due(self, person: PersonId, now: datetime) -> tuple[Notice, ...]:
        rows = self._connection.execute(_DUE, {"which": person, "now": now})
        return tuple(Notice(*row) for row in rows)

    def postpone(self, notices: Collection[NoticeId], at: datetime) -> None:
        self._connection.execute(_POSTPONE, {"these": list(notices), "at": at})

    def remove(self, notices: Collection[NoticeId]) -> None:
        self._connection.execute(_REMOVE, {"these": list(notices)})

    def take_back(self, people: Collection[PersonId], paths: Collection[str]) -> None:
        self._connection.execute(_TAKE_BACK, {"people": list(people), "paths": list(paths)})
