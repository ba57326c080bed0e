"""Answers of open rounds. Nothing leads to a person or a moment: no foreign key, no time, no sequence."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.adapters.db.prepared import Prepared
from bot.adapters.db.schema import Number, Repository, metadata
from bot.app.ports import KeyStore
from bot.core.confidentiality.holders import Holder
from bot.core.confidentiality.sealing import SHEET_SIZE, RoundKeys, pseudonym, seal, unseal
from bot.core.ids import RoundId

ANSWER = Table(
    "answer",
    metadata,
    Column("round", Number, primary_key=True, autoincrement=False),
    Column("pseudonym", LargeBinary(32), primary_key=True),
    Column("cell", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),
    sqlite_with_rowid=False,  # rows lie in the order of pseudonyms, not of arrival
)

_ROUND = ANSWER.c.round == bindparam("which")
_HOLDER = _ROUND & (ANSWER.c.pseudonym == bindparam("whose"))
_CELL = ANSWER.c.cell == bindparam("part")
_LOAD = Prepared(select(ANSWER.c.value).where(_HOLDER & _CELL))
_SAVE = Prepared(update(ANSWER).where(_HOLDER & _CELL).values(value=bindparam("sealed")))
_ADD = insert(ANSWER)
_ERASE = delete(ANSWER).where(_HOLDER)
_ALL = select(ANSWER.c.pseudonym, ANSWER.c.value).where(_ROUND & _CELL)
_DESTROY = delete(ANSWER).where(_ROUND)
_DESTROY_CELL = delete(ANSWER).where(_ROUND & _CELL)


class SqlSheets(Repository):
    """``Sheets`` over the table ``answer``."""

    def __init__(self, connection: Connection, keys: KeyStore) -> None:
        super().__init__(connection)
        self._keys = keys
        self._looked_up: dict[RoundId, RoundKeys] = {}

    def load(self, round_id: RoundId, holder: Holder, cell: str) -> bytes | None:
        keys = self._keys_of(round_id)
        whose = pseudonym(keys, round_id, holder)
        kept = _LOAD.row(self._connection, which=round_id, whose=whose, part=cell)
        return None if kept is None else unseal(keys.enc, kept[0], associated=_label(round_id, cell, whose))

    def save(self, round_id: RoundId, holder: Holder, cell: str, content: bytes) -> None:
        keys = self._keys_of(round_id)
        whose = pseudonym(keys, round_id, holder)
        sealed = seal(keys.enc, content, associated=_label(round_id, cell, whose), size=SHEET_SIZE)
        if not _SAVE.changed(self._connection, which=round_id, whose=whose, part=cell, sealed=sealed):
            row = {"round": round_id, "pseudonym": whose, "cell": cell, "value": sealed}
            self._connection.execute(_ADD, row)

    def erase(self, round_id: RoundId, holder: Holder) -> None:
        whose = pseudonym(self._keys_of(round_id), round_id, holder)
        self._connection.execute(_ERASE, {"which": round_id, "whose": whose})

    def all(self, round_id: RoundId, cell: str) -> list[bytes]:
        """Every sheet of one cell, sorted by content: whoever gave which, the order is the same."""
        keys = self._keys_of(round_id)
        return sorted(
            unseal(keys.enc, row.value, associated=_label(round_id, cell, row.pseudonym))
            for row in self._connection.execute(_ALL, {"which": round_id, "part": cell})
        )

    def destroy(self, round_id: RoundId, cell: str | None = None) -> None:
        """Delete every sheet of the round, or of one cell; needs no key."""
        if cell is None:
            self._connection.execute(_DESTROY, {"which": round_id})
        else:
            self._connection.execute(_DESTROY_CELL, {"which": round_id, "part": cell})

    def _keys_of(self, round_id: RoundId) -> RoundKeys:
        """A round's keys, looked for once in a transaction: what is loaded is mostly saved a moment later."""
        keys = self._looked_up.get(round_id)
        if keys is None:
            keys = self._looked_up[round_id] = self._keys.round_keys(round_id)
        return keys


def _label(round_id: RoundId, cell: str, whose: bytes) -> bytes:
    return f"{round_id}|{cell}|".encode() + whose
