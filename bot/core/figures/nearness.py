"""How far a group is from one of which a given text would be said, counted in people.

One person joins, leaves or changes an answer: each is one step. Groups are compared by the counts that the
text depends on, not by single levels, which keeps an exhaustive search small.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

from bot.core.figures.words import (
    SIDE_OF,
    AgreementSaid,
    LevelSaid,
    Rung,
    Withheld,
    agreement_word,
    level_word,
)

Text: TypeAlias = LevelSaid | AgreementSaid
Counts: TypeAlias = tuple[int, ...]
"""People per kind of answer: two for agreement, five for levels; or per group of these."""


def spreads(answers: int, kinds: int) -> Iterator[Counts]:
    """All ways in which ``answers`` people can spread over ``kinds`` of answers."""
    if kinds == 1:
        yield (answers,)
        return
    for first in range(answers + 1):
        for rest in spreads(answers - first, kinds - 1):
            yield first, *rest


def fresh_text(counts: Counts, *, seats: int, rungs: bool) -> Text | Withheld:
    """What would be said if there had been no round before; two counts are agreement, five are levels."""
    match counts:
        case no, yes:
            return agreement_word(no, yes, seats=seats)
        case a, b, c, d, e:
            return level_word((a, b, c, d, e), seats=seats, rungs=rungs)
    raise ValueError("2 or 5 counts are needed")


def is_near(said: Text, counts: Counts, *, seats: int, distance: int) -> bool:
    """Say whether ``distance`` people could make of this group one of which ``said`` would be said."""
    grouped = tuple(sum(counts[kind] for kind in group) for group in _groups(said))
    return grouped in _near(said, sum(counts), seats, distance)


# Every spread of a size is computed at once, so what is remembered does not depend on anybody's answer.
@lru_cache(maxsize=512)
def _near(said: Text, answers: int, seats: int, distance: int) -> frozenset[Counts]:
    groups = _groups(said)
    everything = spreads(answers, len(groups))
    if distance == 0:
        rungs = isinstance(said.word, Rung)
        return frozenset(
            grouped
            for grouped in everything
            if fresh_text(_ungrouped(grouped, groups), seats=seats, rungs=rungs) == said
        )
    closer = {
        size: _near(said, size, seats, distance - 1)
        for size in range(max(0, answers - 1), answers + 2)
    }  # fmt: skip
    return frozenset(
        grouped
        for grouped in everything
        if grouped in closer[answers] or any(other in closer[sum(other)] for other in _one_away(grouped))
    )


def _one_away(counts: Counts) -> Iterator[Counts]:
    for place, people in enumerate(counts):
        yield (*counts[:place], people + 1, *counts[place + 1 :])
        if people:
            left = (*counts[:place], people - 1, *counts[place + 1 :])
            yield left
            for to in range(len(counts)):
                if to != place:
                    yield (*left[:to], left[to] + 1, *left[to + 1 :])


@lru_cache
def _groups(said: Text) -> tuple[tuple[int, ...], ...]:
    """Kinds of answers that make no difference to whether ``said`` would be said, together."""
    if isinstance(said, AgreementSaid):
        return (0,), (1,)

    def alike(level: int) -> object:
        if not isinstance(said.word, Rung):
            return SIDE_OF[level]
        return SIDE_OF[level], level > said.word.level, level == said.word.level

    return tuple(tuple(levels) for _, levels in groupby(range(len(SIDE_OF)), key=alike))


def _ungrouped(grouped: Counts, groups: tuple[tuple[int, ...], ...]) -> Counts:
    counts = [0] * sum(map(len, groups))
    for people, (kind, *_) in zip(grouped, groups, strict=True):
        counts[kind] = people
    return tuple(counts)
