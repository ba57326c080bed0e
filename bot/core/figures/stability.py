"""A text changes between two rounds only if no single person can explain the change.

The old text is published again when some group at most ``d`` people away would have had it: one person
joining, leaving or changing an answer each, ``d`` = people who joined or left since, at least 1. What is
printed is therefore right for a group that differs from the real one by at most ``d`` people.
Source: reference on anonymity, 3.5.

Limit: the rule hides who *changed*. When a text does change, somebody who stands alone against all others can
read more from the new text than from the same text in a first round ("few" after "split" then leaves room for
fewer than "few" alone does). The tests state exactly how far this goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import TypeVar

from bot.core.figures.words import (
    WITHHELD,
    AgreementCounts,
    AgreementSaid,
    LevelCounts,
    LevelSaid,
    Withheld,
    agreement_word,
    level_word,
)

Said = TypeVar("Said", LevelSaid, AgreementSaid)


def stable_level(
    previous: LevelSaid | Withheld, counts: LevelCounts, *, seats: int, roster_changes: int
) -> LevelSaid | Withheld:
    """Say where an organisation stands, given what was said last time.

    Args:
        previous: last round's text; ``WITHHELD`` also stands for no last round.
        counts: this round's answers per level.
        seats: the most seats that one organisation holds (c), at least 1.
        roster_changes: people who joined plus people who left since the last digest.
    Raises: ValueError, as ``level_word`` does, or when roster_changes is negative.
    """

    def word_of(sides: tuple[int, ...]) -> LevelSaid | Withheld:
        low, middle, high = sides
        return level_word((low, 0, middle, 0, high), seats=seats)

    fresh = level_word(counts, seats=seats)
    sides = (counts[0] + counts[1], counts[2], counts[3] + counts[4])  # all that a level word depends on
    return _kept(previous, fresh, sides, word_of, roster_changes)


def stable_agreement(
    previous: AgreementSaid | Withheld, counts: AgreementCounts, *, seats: int, roster_changes: int
) -> AgreementSaid | Withheld:
    """Say how many agree, given what was said last time; arguments as in ``stable_level``."""

    def word_of(sides: tuple[int, ...]) -> AgreementSaid | Withheld:
        no, yes = sides
        return agreement_word(no, yes, seats=seats)

    return _kept(previous, word_of(counts), counts, word_of, roster_changes)


def _kept(
    previous: Said | Withheld,
    fresh: Said | Withheld,
    counts: tuple[int, ...],
    word_of: Callable[[tuple[int, ...]], Said | Withheld],
    roster_changes: int,
) -> Said | Withheld:
    if roster_changes < 0:
        raise ValueError("roster changes cannot be negative")
    distance = max(1, roster_changes)
    a_new_group = 2 * distance > sum(counts)
    if fresh is WITHHELD or previous is WITHHELD or a_new_group:
        return fresh
    nearby = (word_of(other) == previous for other in _within(counts, distance))
    return previous if any(nearby) else fresh


def _within(counts: tuple[int, ...], distance: int) -> Iterator[tuple[int, ...]]:
    """All groups that ``distance`` people can make of this one by joining, leaving or changing an answer."""
    for steps in product(range(-distance, distance + 1), repeat=len(counts)):
        gained = sum(step for step in steps if step > 0)
        lost = -sum(step for step in steps if step < 0)
        other = tuple(count + step for count, step in zip(counts, steps, strict=True))
        # A changed answer is one loss and one gain of the same person, hence the larger of the two.
        if max(gained, lost) <= distance and min(other) >= 0:
            yield other
