"""Decisions of a round, and what representatives contributed before there were any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, delete, func, insert, select

from bot.adapters.db.rounds import ROUND, RoundRows
from bot.adapters.db.schema import WHICH, Number, columns_of, metadata, update_by_id, values_of, word
from bot.core.ids import ActionId, ContributionId, DecisionId, RoundId
from bot.core.rounds.lifecycle import Contribution, Decision
from bot.core.rounds.themes import Theme

DECISION = Table(
    "decision",
    metadata,
    Column("id", Number, primary_key=True),
    Column("round", Number, ForeignKey(ROUND.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("wording", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("continues", Number, ForeignKey("decision.id", ondelete="SET NULL"), index=True),
    Column("action", Number),  # no foreign key: actions refer to decisions, and a circle cannot be created
    Column("theme", word(Theme, 32)),
    sqlite_autoincrement=True,
)

CONTRIBUTION = Table(
    "contribution",
    metadata,
    Column("id", Number, primary_key=True),
    Column("round", Number, ForeignKey(ROUND.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    sqlite_autoincrement=True,
)

THREAD = Table(
    "thread",
    metadata,
    Column("contribution", Number, ForeignKey(CONTRIBUTION.c.id, ondelete="CASCADE"), primary_key=True),
    Column("decision", Number, ForeignKey(DECISION.c.id, ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

_DECISIONS = select(*columns_of(DECISION, Decision)).order_by(DECISION.c.position, DECISION.c.id)
_OF_ROUND = _DECISIONS.where(DECISION.c.round == WHICH)
_GET = _DECISIONS.where(DECISION.c.id == WHICH)
_LAST_POSITION = select(func.coalesce(func.max(DECISION.c.position), 0)).where(DECISION.c.round == WHICH)
_ADD = insert(DECISION)
_SAVE = update_by_id(DECISION)
_REMOVE = delete(DECISION).where(DECISION.c.id == WHICH)
_CONTRIBUTIONS = (
    select(CONTRIBUTION.c.id, CONTRIBUTION.c.round, CONTRIBUTION.c.words)
    .where(CONTRIBUTION.c.round == WHICH)
    .order_by(CONTRIBUTION.c.id)
)
_THREAD = (
    select(THREAD.c.contribution, THREAD.c.decision)
    .join(CONTRIBUTION, CONTRIBUTION.c.id == THREAD.c.contribution)
    .where(CONTRIBUTION.c.round == WHICH)
)
_CONTRIBUTE = insert(CONTRIBUTION)
_CUT_OFF = delete(THREAD).where(THREAD.c.contribution == WHICH)
_BELONG = insert(THREAD)


class DecisionRows(RoundRows):
    """The part of ``Rounds`` that concerns decisions and contributions."""

    def decisions(self, round_id: RoundId) -> tuple[Decision, ...]:
        return tuple(Decision(*row) for row in self._connection.execute(_OF_ROUND, {"which": round_id}))

    def decision(self, decision: DecisionId) -> Decision | None:
        row = self._connection.execute(_GET, {"which": decision}).one_or_none()
        return None if row is None else Decision(*row)

    def add_decision(
        self,
        round_id: RoundId,
        wording: str,
        *,
        continues: DecisionId | None = None,
        action: ActionId | None = None,
        theme: Theme | None = None,
    ) -> DecisionId:
        """Add it after the last one."""
        position = 1 + self._connection.execute(_LAST_POSITION, {"which": round_id}).scalar_one()
        row = {"round": round_id, "wording": wording, "position": position}
        return DecisionId(
            self._insert(_ADD, {**row, "continues": continues, "action": action, "theme": theme})
        )

    def save_decision(self, decision: Decision) -> None:
        self._connection.execute(_SAVE, values_of(decision))

    def remove_decision(self, decision: DecisionId) -> None:
        self._connection.execute(_REMOVE, {"which": decision})

    def contributions(self, round_id: RoundId) -> tuple[Contribution, ...]:
        thread = defaultdict(set)
        for row in self._connection.execute(_THREAD, {"which": round_id}):
            thread[row.contribution].add(row.decision)
        rows = self._connection.execute(_CONTRIBUTIONS, {"which": round_id})
        return tuple(Contribution(*row, frozenset(thread[row.id])) for row in rows)

    def add_contributions(self, round_id: RoundId, words: Sequence[str]) -> tuple[ContributionId, ...]:
        """Store them in the order of the alphabet, so that ids tell nothing about who sent which, or when.

        Returns: ids in the order of ``words``.
        """
        ids: dict[int, ContributionId] = {}
        for index in sorted(range(len(words)), key=words.__getitem__):
            row = {"round": round_id, "words": words[index]}
            ids[index] = ContributionId(self._insert(_CONTRIBUTE, row))
        return tuple(ids[index] for index in range(len(words)))

    def belong(self, contribution: ContributionId, decisions: Collection[DecisionId]) -> None:
        self._connection.execute(_CUT_OFF, {"which": contribution})
        rows = [{"contribution": contribution, "decision": decision} for decision in sorted(decisions)]
        if rows:
            self._connection.execute(_BELONG, rows)
