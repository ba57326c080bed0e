"""What one of two facilitators would like and the other has not agreed to yet; empty again once they do."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, bindparam, delete, insert, select

from bot.adapters.db.rounds import ROUND
from bot.adapters.db.schema import WHICH, Number, Repository, columns_of, metadata, word
from bot.core.facilitation import Act, Press
from bot.core.ids import PersonId, RoundId

PRESS = Table(
    "press",
    metadata,
    Column("round", Number, ForeignKey(ROUND.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person", Number, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("act", word(Act), nullable=False),
    Column("fingerprint", LargeBinary(32), nullable=False),
    sqlite_with_rowid=False,
)

_OF = select(*columns_of(PRESS, Press)).where(PRESS.c.round == WHICH).order_by(PRESS.c.person)
_PUT = insert(PRESS)
_CLEAR = delete(PRESS).where(PRESS.c.round == WHICH)
_TAKE_BACK = _CLEAR.where(PRESS.c.person == bindparam("who"))


class SqlPresses(Repository):
    """``Presses`` over the table ``press``."""

    def of(self, round_id: RoundId) -> tuple[Press, ...]:
        return tuple(Press(*row) for row in self._connection.execute(_OF, {"which": round_id}))

    def put(self, round_id: RoundId, press: Press) -> None:
        self.take_back(round_id, press.person)
        row = {"round": round_id, "person": press.person, "act": press.act, "fingerprint": press.fingerprint}
        self._connection.execute(_PUT, row)

    def take_back(self, round_id: RoundId, person: PersonId) -> None:
        self._connection.execute(_TAKE_BACK, {"which": round_id, "who": person})

    def clear(self, round_id: RoundId) -> None:
        self._connection.execute(_CLEAR, {"which": round_id})
