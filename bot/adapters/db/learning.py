"""What was released across partnerships, for good; and of the last release what the next is measured against."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Table, Text, bindparam, select, update

from bot.adapters.db.schema import Repository, UTCDateTime, columns_of, insert_new, metadata
from bot.app.ports import Release
from bot.errors import StoreError

LEARNING_RELEASE = Table(
    "learning_release",
    metadata,
    Column("at", UTCDateTime, primary_key=True),
    Column("words", Text, nullable=False),
    Column("members", Text),
)

_ALL = select(*columns_of(LEARNING_RELEASE, Release)).order_by(LEARNING_RELEASE.c.at)
_UP_TO = select(*columns_of(LEARNING_RELEASE, Release)).where(
    LEARNING_RELEASE.c.at <= bindparam("now", type_=UTCDateTime())
)
_LAST = _UP_TO.order_by(LEARNING_RELEASE.c.at.desc()).limit(1)
_FORGET_MEMBERS = update(LEARNING_RELEASE).values(members=None)
_ADD = insert_new(LEARNING_RELEASE, key=("at",))


class SqlLearning(Repository):
    """``Learning`` over the table ``learning_release``."""

    def last(self, now: datetime) -> Release | None:
        row = self._connection.execute(_LAST, {"now": now}).one_or_none()
        return None if row is None else Release(*row)

    def all(self) -> tuple[Release, ...]:
        return tuple(Release(*row) for row in self._connection.execute(_ALL))

    def add(self, at: datetime, *, words: str, members: str) -> None:
        self._connection.execute(_FORGET_MEMBERS)
        if not self._connection.execute(_ADD, {"at": at, "words": words, "members": members}).rowcount:
            raise StoreError("There is a release of this moment already; it is never made again.")
