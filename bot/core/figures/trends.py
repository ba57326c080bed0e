"""What changed since last time, told from two published texts and only when they differ.

That a text did not change says little (it may have stood because saying more would point at somebody), so
there is no reading for it. Source: reference on anonymity, 3.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.core.figures.comparing import agreement_difference, difference
from bot.core.figures.published import PublishedDecision
from bot.core.figures.words import AgreementSaid, LevelSaid, Withheld
from bot.core.ids import PartnerId


class Trend(StrEnum):
    """How a text differs from the last one: a level's place, its opposing views, or how many agree."""

    HIGHER = "higher"
    LOWER = "lower"
    NOW_OPPOSED = "now_opposed"
    NO_LONGER_OPPOSED = "no_longer_opposed"
    MORE_AGREE = "more_agree"
    FEWER_AGREE = "fewer_agree"


def level_trend(then: LevelSaid | Withheld, now: LevelSaid | Withheld) -> tuple[Trend, ...]:
    """Tell what changed in what is said of one partner; empty when nothing did or nothing can be compared."""
    if isinstance(then, Withheld) or isinstance(now, Withheld):
        return ()
    found = []
    higher = difference(now, then)
    if higher:
        found.append(Trend.HIGHER if higher > 0 else Trend.LOWER)
    if now.opposed != then.opposed:
        found.append(Trend.NOW_OPPOSED if now.opposed else Trend.NO_LONGER_OPPOSED)
    return tuple(found)


def agreement_trend(then: AgreementSaid | Withheld, now: AgreementSaid | Withheld) -> Trend | None:
    """Tell whether clearly more or fewer agree than was said last time; None when neither can be said."""
    more = agreement_difference(now, then)
    if not more:
        return None
    return Trend.MORE_AGREE if more > 0 else Trend.FEWER_AGREE


def level_trends(then: PublishedDecision, now: PublishedDecision) -> Mapping[PartnerId, tuple[Trend, ...]]:
    """Partners whose present level reads differently than last time, in the order of the partners."""
    found = {
        partner: level_trend(then.cells[partner].actual, cell.actual)
        for partner, cell in now.cells.items()
        if partner in then.cells
    }
    return {partner: changes for partner, changes in found.items() if changes}
