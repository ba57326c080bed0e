"""Groups of made-up people, and how they can become others; written apart from the code that it checks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.core.figures.words import AgreementSaid, AgreementWord, LevelCounts, LevelSaid, LevelWord, Rung
from tests.unit.figures.insiders import Counts

AGREEMENTS = [AgreementSaid(word) for word in AgreementWord]
WORDS = [LevelSaid(word, opposed) for word in LevelWord for opposed in (False, True)]
RUNGS = [LevelSaid(rung, opposed) for rung in Rung for opposed in (False, True)]


def within(counts: Counts, distance: int) -> Iterator[Counts]:
    """All groups that ``distance`` people can make of this one by joining, leaving or changing an answer."""
    for steps in product(range(-distance, distance + 1), repeat=len(counts)):
        gained = sum(step for step in steps if step > 0)
        lost = -sum(step for step in steps if step < 0)
        other = tuple(count + step for count, step in zip(counts, steps, strict=True))
        # A changed answer is one loss and one gain of the same person, hence the larger of the two.
        if max(gained, lost) <= distance and min(other) >= 0:
            yield other


def levels(counts: Counts) -> LevelCounts:
    """People per level, from five counts or from low, middle and high, which is all that words depend on."""
    if len(counts) == 3:
        low, middle, high = counts
        return low, 0, middle, 0, high
    a, b, c, d, e = counts
    return a, b, c, d, e
