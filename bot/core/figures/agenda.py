"""An agenda for the meeting, from what is published and from nothing else.

The talk opens with a decision on which more than half agree and about which nothing is pressing: a group that has
just said what works, and how it came about, has words for what does not, and nobody has to defend themselves in the
first minutes. Then come the pressing points, the most pressing first, while everybody is fresh; at most five, because
what a meeting does not get to is lost.
Source: reference on the domain, 1.3 (contested decisions are talked about one by one), 1.5 and 4.1 (ground rules).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.figures.named import NamedDecision, NamedMatrix
from bot.core.figures.published import Published, PublishedDecision
from bot.core.figures.readings import (
    Gap,
    concentration,
    contested,
    discuss_first,
    opposed_partners,
    wanted_changes,
)
from bot.core.figures.words import AgreementSaid, AgreementWord
from bot.core.ids import DecisionId, PartnerId

MOST_POINTS = 5
_FROM_MOST = (AgreementWord.MOST, AgreementWord.MORE_THAN_HALF)


@dataclass(frozen=True, slots=True)
class Point:
    """A decision to talk about, and why; the reasons in the order in which they are told.

    Attributes:
        contested: not everybody is said to agree with how it is decided.
        agreement: the word for it; None in an open round, which has names instead of words.
        opposed: partners on whose level views oppose each other.
        more, less: partners for whom the group would like more, or less, say.
        alone: the partner that alone is high, all others being low.
    """

    decision: DecisionId
    contested: bool = False
    agreement: AgreementWord | None = None
    opposed: tuple[PartnerId, ...] = ()
    more: tuple[PartnerId, ...] = ()
    less: tuple[PartnerId, ...] = ()
    alone: PartnerId | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What to talk about, in the order of the talk.

    Attributes:
        opening: a decision to begin with, on which more than half agree and which is no point; None when there is none.
        points: at most ``MOST_POINTS``, the most pressing first.
    """

    opening: DecisionId | None
    points: tuple[Point, ...]


def agenda(said: Published | NamedMatrix) -> Agenda:
    """What to talk about after a round, and in which order."""
    if isinstance(said, NamedMatrix):
        points = sorted((_named_point(one) for one in said.decisions if one.contested), key=_weight)
        return Agenda(
            next((one.decision for one in said.decisions if _all_agree(one)), None),
            tuple(points[:MOST_POINTS]),
        )
    by_id = {found.decision: found for found in said.decisions}
    pressing = discuss_first(said)
    quiet = [found for found in said.decisions if found.decision not in pressing]
    return Agenda(_opening(quiet), tuple(_point(by_id[decision]) for decision in pressing[:MOST_POINTS]))


def _opening(decisions: Iterable[PublishedDecision]) -> DecisionId | None:
    """The first of the decisions with the highest word for agreement, if that is more than half."""
    said = {
        found.decision: found.agreement.word
        for found in decisions
        if isinstance(found.agreement, AgreementSaid)
    }
    return next((decision for word in _FROM_MOST for decision in said if said[decision] is word), None)


def _point(decision: PublishedDecision) -> Point:
    wanted = wanted_changes(decision)
    agreement = decision.agreement
    return Point(
        decision.decision,
        contested=contested(decision),
        agreement=agreement.word if isinstance(agreement, AgreementSaid) else None,
        opposed=opposed_partners(decision),
        more=tuple(partner for partner, change in wanted.items() if change is Gap.MORE),
        less=tuple(partner for partner, change in wanted.items() if change is Gap.LESS),
        alone=concentration(decision),
    )


def _named_point(decision: NamedDecision) -> Point:
    """The same from rows with names: views oppose each other when one row is low where another is high."""
    levels: dict[PartnerId, set[int]] = {}
    wishes: dict[PartnerId, set[Gap]] = {}
    for row in decision.rows:
        for partner, level in row.actual.items():
            if level is not None:
                levels.setdefault(partner, set()).add(level)
        for partner, level in row.desired.items():
            now = row.actual.get(partner)
            if level is not None and now is not None and level != now:
                wishes.setdefault(partner, set()).add(Gap.MORE if level > now else Gap.LESS)
    return Point(
        decision.decision,
        contested=decision.contested,
        opposed=tuple(partner for partner, given in levels.items() if min(given) <= 1 and max(given) >= 3),
        more=tuple(partner for partner, wished in wishes.items() if wished == {Gap.MORE}),
        less=tuple(partner for partner, wished in wishes.items() if wished == {Gap.LESS}),
    )


def _weight(point: Point) -> tuple[int, int]:
    """As for words: those with more wanted changes first, then those with more opposed views."""
    return -len(point.more) - len(point.less), -len(point.opposed)


def _all_agree(decision: NamedDecision) -> bool:
    said = [row.agrees for row in decision.rows if row.agrees is not None]
    return bool(said) and all(said)
