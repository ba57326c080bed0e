"""What can be read from published words, and from nothing else: such figures disclose nothing new.

Source: reference on anonymity, 3.4 (post-processing rule) and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from statistics import median

from bot.core.figures.comparing import difference, ranks
from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.figures.words import AgreementSaid, AgreementWord, LevelSaid, LevelWord, Rung, Withheld
from bot.core.ids import DecisionId, PartnerId
from bot.core.partnerships import PartnerKind

_CONTESTED = {AgreementWord.FEW, AgreementWord.FEWER_THAN_HALF, AgreementWord.SPLIT}
_LOCAL = {PartnerKind.NATIONAL, PartnerKind.LOCAL}


class Gap(StrEnum):
    """What the group would like for a partner, compared with now; none when the words cannot be compared."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    NONE = "none"


class Imbalance(StrEnum):
    """Where rated funders stand compared with rated national and local partners."""

    FUNDERS_HIGHER = "funders_higher"
    LEVEL = "level"
    FUNDERS_LOWER = "funders_lower"
    CANNOT_BE_SAID = "cannot_be_said"


class Kept(StrEnum):
    """Practice, compared with a level that was agreed."""

    AS_AGREED = "as_agreed"
    LOWER = "lower"
    HIGHER = "higher"
    SEEN_DIFFERENTLY = "seen_differently"
    CANNOT_BE_SAID = "cannot_be_said"


def kept_to(agreed: int, said: LevelSaid | Withheld) -> Kept:
    """Compare what is said of a partner with the level that was agreed for it, 0 to 4.

    A word names a side of the ladder, so it is compared with the side on which the agreed level lies.
    """
    if isinstance(said, Withheld):
        return Kept.CANNOT_BE_SAID
    apart = difference(said, LevelSaid(list(Rung)[agreed], opposed=False))
    if apart is None:
        return Kept.SEEN_DIFFERENTLY
    if apart == 0:
        return Kept.AS_AGREED
    return Kept.HIGHER if apart > 0 else Kept.LOWER


def gap(cell: PublishedCell) -> Gap:
    """Compare what is wished for with what is."""
    wanted = difference(cell.desired, cell.actual)
    if wanted is None:
        return Gap.NONE
    if wanted == 0:
        return Gap.SAME
    return Gap.MORE if wanted > 0 else Gap.LESS


def contested(decision: PublishedDecision) -> bool:
    """Say whether no more than half are said to agree; False also when nothing may be said."""
    return isinstance(decision.agreement, AgreementSaid) and decision.agreement.word in _CONTESTED


def agreed(decision: PublishedDecision) -> bool:
    """Say whether more than half are said to agree; False also when nothing may be said."""
    return isinstance(decision.agreement, AgreementSaid) and decision.agreement.word not in _CONTESTED


def partners_at(decision: PublishedDecision, word: LevelWord) -> tuple[PartnerId, ...]:
    """Partners of whom this word, or a rung on this side, is said now, in the order of the partners."""
    return tuple(
        partner
        for partner, cell in decision.cells.items()
        if isinstance(cell.actual, LevelSaid) and cell.actual.side is word
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


def imbalance(decisions: Iterable[PublishedDecision], kinds: Mapping[PartnerId, PartnerKind]) -> Imbalance:
    """Compare how high rated funders stand with rated national and local partners, median against median.

    Args:
        decisions: one decision, or all of a round.
        kinds: the kind of each partner. It is about who is rated; answers are never split by who gave them.
    """
    rated = [
        (kinds.get(partner), cell.actual)
        for decision in decisions
        for partner, cell in decision.cells.items()
        if kinds.get(partner) is PartnerKind.FUNDER or kinds.get(partner) in _LOCAL
    ]
    placed = list(zip(rated, ranks(*(text for _, text in rated)), strict=True))
    funders = [rank for (kind, _), rank in placed if rank is not None and kind is PartnerKind.FUNDER]
    local = [rank for (kind, _), rank in placed if rank is not None and kind in _LOCAL]
    if not funders or not local:
        return Imbalance.CANNOT_BE_SAID
    apart = median(funders) - median(local)
    if apart == 0:
        return Imbalance.LEVEL
    return Imbalance.FUNDERS_HIGHER if apart > 0 else Imbalance.FUNDERS_LOWER
