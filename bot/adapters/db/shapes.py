"""The last change to a list of decisions, with what the list was like before it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Column, ForeignKey, Select, Table, Text, delete, insert, select

from bot.adapters.db.decisions import DECISION, DecisionRows
from bot.adapters.db.rounds import ROUND
from bot.adapters.db.schema import WHICH, Number, metadata, word
from bot.core.ids import RoundId, UndoId
from bot.core.rounds.shapes import Edit, Shape, Undo, from_json

UNDO = Table(
    "undo",
    metadata,
    Column("id", Number, primary_key=True),
    Column("round", Number, ForeignKey(ROUND.c.id, ondelete="CASCADE"), nullable=False, unique=True),
    Column("what", word(Edit), nullable=False),
    Column("before", Text, nullable=False),
    sqlite_autoincrement=True,
)

_UNDO = select(UNDO.c.id, UNDO.c.round, UNDO.c.what, UNDO.c.before)
_GET = _UNDO.where(UNDO.c.id == WHICH)
_OF_ROUND = _UNDO.where(UNDO.c.round == WHICH)
_KEEP = insert(UNDO)
_FORGET = delete(UNDO).where(UNDO.c.round == WHICH)
_BRING_BACK = insert(DECISION)


class ShapeRows(DecisionRows):
    """The part of ``Rounds`` that concerns the list of decisions as a whole."""

    def shape(self, round_id: RoundId) -> Shape:
        thread = {found.id: found.decisions for found in self.contributions(round_id)}
        return Shape(self.decisions(round_id), thread)

    def restore(self, round_id: RoundId, shape: Shape) -> None:
        here = {found.id for found in self.decisions(round_id)}
        for decision in here - {found.id for found in shape.decisions}:
            self.remove_decision(decision)
        for found in shape.decisions:
            if found.id in here:
                self.save_decision(found)
            else:
                self._connection.execute(_BRING_BACK, asdict(found))
        for contribution, decisions in shape.thread.items():
            self.belong(contribution, decisions)

    def keep_undo(self, round_id: RoundId, what: Edit, before: Shape) -> None:
        self.forget_undo(round_id)
        self._insert(_KEEP, {"round": round_id, "what": what, "before": before.to_json()})

    def undo(self, undo: UndoId) -> Undo | None:
        return self._undo(_GET, undo)

    def last_change(self, round_id: RoundId) -> Undo | None:
        return self._undo(_OF_ROUND, round_id)

    def forget_undo(self, round_id: RoundId) -> None:
        self._connection.execute(_FORGET, {"which": round_id})

    def _undo(self, statement: Select[tuple[UndoId, RoundId, Edit, str]], which: int) -> Undo | None:
        row = self._connection.execute(statement, {"which": which}).one_or_none()
        return None if row is None else Undo(row.id, row.round, row.what, from_json(row.before))
