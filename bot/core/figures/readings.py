"""What can be read from published words, and from nothing else: such figures disclose nothing new.

Source: reference on anonymity, 3.4 (post-processing rule) and 5.
"""

from __future__ import annotations

from enum import StrEnum

from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.figures.words import AgreementSaid, AgreementWord, LevelSaid, LevelWord, Withheld
from bot.core.ids import DecisionId, PartnerId

_ORDER = {LevelWord.LOW: 0, LevelWord.MIDDLE: 1, LevelWord.HIGH: 2}  # mixed stands beside the ladder
_CONTESTED = {AgreementWord.FEW, AgreementWord.FEWER_THAN_HALF, AgreementWord.SPLIT}


class Gap(StrEnum):
    """What the group would like for a partner, compared with now; none when the words cannot be compared."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    NONE = "none"


def gap(cell: PublishedCell) -> Gap:
    """Compare what is wished for with what is."""
    actual, desired = _rank(cell.actual), _rank(cell.desired)
    if actual is None or desired is None:
        return Gap.NONE
    if actual == desired:
        return Gap.SAME
    return Gap.MORE if desired > actual else Gap.LESS


def contested(decision: PublishedDecision) -> bool:
    """Say whether no more than half are said to agree; False also when nothing may be said."""
    return isinstance(decision.agreement, AgreementSaid) and decision.agreement.word in _CONTESTED


def agreed(decision: PublishedDecision) -> bool:
    """Say whether more than half are said to agree; False also when nothing may be said."""
    return isinstance(decision.agreement, AgreementSaid) and decision.agreement.word not in _CONTESTED


def partners_at(decision: PublishedDecision, word: LevelWord) -> tuple[PartnerId, ...]:
    """Partners of whom this word is said now, in the order of the partners."""
    return tuple(
        partner
        for partner, cell in decision.cells.items()
        if isinstance(cell.actual, LevelSaid) and cell.actual.word is word
    )


def opposed_partners(decision: PublishedDecision) -> tuple[PartnerId, ...]:
    """Partners on whose present level views oppose each other."""
    return tuple(
        partner
        for partner, cell in decision.cells.items()
        if isinstance(cell.actual, LevelSaid) and cell.actual.opposed
    )


def wanted_changes(decision: PublishedDecision) -> dict[PartnerId, Gap]:
    """Partners for whom the group would like more or less, in the order of the partners."""
    gaps = {partner: gap(cell) for partner, cell in decision.cells.items()}
    return {partner: wanted for partner, wanted in gaps.items() if wanted in (Gap.MORE, Gap.LESS)}


def concentration(decision: PublishedDecision) -> PartnerId | None:
    """The partner that alone is high while all others are low; None when it is not so or cannot be said."""
    high, low = partners_at(decision, LevelWord.HIGH), partners_at(decision, LevelWord.LOW)
    if len(high) == 1 and low and len(high) + len(low) == len(decision.cells):
        return high[0]
    return None


def discuss_first(published: Published) -> tuple[DecisionId, ...]:
    """Decisions with something to talk about, the most pressing first.

    Contested ones lead, then those with more wanted changes, then those with more opposed views; what is
    equal keeps the order of the round. A decision without any of these is left out.
    """

    def weight(decision: PublishedDecision) -> tuple[bool, int, int]:
        return contested(decision), len(wanted_changes(decision)), len(opposed_partners(decision))

    pressing = [decision for decision in published.decisions if any(weight(decision))]
    return tuple(decision.decision for decision in sorted(pressing, key=weight, reverse=True))


def profile(published: Published, partner: PartnerId) -> int:
    """Number of decisions in which a partner is said to be high; counts decisions, not people."""
    return sum(partner in partners_at(decision, LevelWord.HIGH) for decision in published.decisions)


def _rank(said: LevelSaid | Withheld) -> int | None:
    return None if isinstance(said, Withheld) else _ORDER.get(said.word)
