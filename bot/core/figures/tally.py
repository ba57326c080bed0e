"""Answer sheets in, counts per cell out. Both live in memory only, for as long as a close takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Never, TypeAlias

from bot.core.figures.words import AgreementCounts, LevelCounts
from bot.core.ids import DecisionId, PartnerId
from bot.core.ladder import Level

Levels: TypeAlias = Mapping[DecisionId, Mapping[PartnerId, int | None]]
"""Level per decision and partner; None and what is missing both mean that nothing was said."""

_Cell: TypeAlias = tuple[DecisionId, PartnerId]


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """What one representative answered, without who it was.

    Attributes:
        actual: levels as they are.
        agrees: agreement with how each decision is taken; None for unsure or skipped.
        desired: levels wished for by somebody who does not agree, as complete rows.
    """

    actual: Levels = field(default_factory=dict)
    agrees: Mapping[DecisionId, bool | None] = field(default_factory=dict)
    desired: Levels = field(default_factory=dict)

    def __repr__(self) -> str:
        return "<Sheet>"

    def wished(self, decision: DecisionId) -> Mapping[PartnerId, int | None]:
        """Levels this person would like: as they are when they agree, nothing when they are unsure."""
        match self.agrees.get(decision):
            case True:
                return self.actual.get(decision, {})
            case False:
                return self.desired.get(decision, {})
            case _:
                return {}


class Tally:
    """Counts per cell. Shows nothing when printed and refuses to be copied, pickled or written as JSON."""

    __slots__ = ("_actual", "_agreement", "_desired", "decisions", "partners")

    def __init__(
        self,
        *,
        decisions: tuple[DecisionId, ...],
        partners: tuple[PartnerId, ...],
        actual: Mapping[_Cell, LevelCounts],
        agreement: Mapping[DecisionId, AgreementCounts],
        desired: Mapping[_Cell, LevelCounts],
    ) -> None:
        self.decisions = decisions
        self.partners = partners
        self._actual = actual
        self._agreement = agreement
        self._desired = desired

    def actual(self, decision: DecisionId, partner: PartnerId) -> LevelCounts:
        """People per level that the partner has now."""
        return self._actual[decision, partner]

    def agreement(self, decision: DecisionId) -> AgreementCounts:
        """People who do not agree and people who agree."""
        return self._agreement[decision]

    def desired(self, decision: DecisionId, partner: PartnerId) -> LevelCounts:
        """People per level that they would like the partner to have."""
        return self._desired[decision, partner]

    def __repr__(self) -> str:
        return "<Tally>"

    def __reduce_ex__(self, protocol: object) -> Never:
        raise TypeError("a tally stays in memory")


def tally(sheets: Iterable[Sheet], decisions: Sequence[DecisionId], partners: Sequence[PartnerId]) -> Tally:
    """Count every cell of decisions x partners; what the sheets say of anything else is left out.

    Raises: ValueError, when a level is not on the ladder.
    """
    sheets = tuple(sheets)
    cells = [(decision, partner) for decision in decisions for partner in partners]
    return Tally(
        decisions=tuple(decisions),
        partners=tuple(partners),
        actual={(d, p): _levels(sheet.actual.get(d, {}).get(p) for sheet in sheets) for d, p in cells},
        agreement={d: _agreement(sheet.agrees.get(d) for sheet in sheets) for d in decisions},
        desired={(d, p): _levels(sheet.wished(d).get(p) for sheet in sheets) for d, p in cells},
    )


def _levels(answers: Iterable[int | None]) -> LevelCounts:
    counts = [0] * len(Level)
    for answer in answers:
        if answer is None:
            continue
        if answer not in range(len(Level)):
            raise ValueError("a level is not on the ladder")
        counts[answer] += 1
    none, informed, consulted, co_decides, decides = counts
    return none, informed, consulted, co_decides, decides


def _agreement(answers: Iterable[bool | None]) -> AgreementCounts:
    said = [answer for answer in answers if answer is not None]
    return said.count(False), said.count(True)
