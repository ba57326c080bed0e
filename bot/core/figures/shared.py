"""What one partnership adds to what is said across partnerships: read from its published words alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.core.figures.published import PublishedDecision
from bot.core.figures.readings import Gap, contested, gap
from bot.core.figures.words import AgreementSaid
from bot.core.ids import DecisionId


class Width(IntEnum):
    """For how many of the rated partners more say is wished for; as a level, so that the words for levels hold.

    NONE: for none; SOME: for fewer than half; WIDE: for at least half.
    """

    NONE = 0
    SOME = 2
    WIDE = 4


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one partnership adds on one theme; None where its words say nothing.

    Attributes:
        source: the decisions it was read from; the same as long as nobody reflected anew.
        contested: at least half of its decisions of which an agreement is told are contested.
    """

    source: tuple[DecisionId, ...]
    contested: bool | None
    width: Width | None


def contribution(decisions: Iterable[PublishedDecision]) -> Contribution:
    """Read from the published words of a partnership's decisions on one theme what it adds."""
    decisions = tuple(decisions)
    told = [contested(found) for found in decisions if isinstance(found.agreement, AgreementSaid)]
    gaps = [gap(cell) for found in decisions for cell in found.cells.values()]
    return Contribution(
        source=tuple(sorted(found.decision for found in decisions)),
        contested=2 * sum(told) >= len(told) if told else None,
        width=_width([found for found in gaps if found is not Gap.NONE]),
    )


def _width(gaps: list[Gap]) -> Width | None:
    if not gaps:
        return None
    more = gaps.count(Gap.MORE)
    if not more:
        return Width.NONE
    return Width.WIDE if 2 * more >= len(gaps) else Width.SOME
