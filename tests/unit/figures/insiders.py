"""What insiders can be certain of, by trying every group that fits what they know and what was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

Counts = tuple[int, ...]
LEVEL_SIDES = (0, 0, 1, 2, 2)  # 0-1, 2, 3-4: the side is what hurts, and who knows the level knows the side
AGREEMENT_SIDES = (0, 1)


def histograms(answers: int, kinds: int) -> Iterator[Counts]:
    """All ways in which ``answers`` people can spread over ``kinds`` of answers."""
    if kinds == 1:
        yield (answers,)
        return
    for first in range(answers + 1):
        for rest in histograms(answers - first, kinds - 1):
            yield first, *rest


def certainties(
    release: Callable[[Counts], Hashable], *, answers: int, seats: int, sides: Sequence[int]
) -> list[tuple[Hashable, Counts]]:
    """Texts, with what ``seats`` insiders answered, after which they are certain of a colleague.

    The insiders know their own answers, the number of answers and the rule. They are certain when all groups
    that fit leave the others on one side only.
    """
    groups: defaultdict[Hashable, list[Counts]] = defaultdict(list)
    for counts in histograms(answers, len(sides)):
        groups[release(counts)].append(counts)
    return [
        (said, known)
        for said, fitting in groups.items()
        for known in histograms(seats, len(sides))
        if len(left_open(fitting, known, sides)) == 1
    ]


def left_open(fitting: Sequence[Counts], known: Counts, sides: Sequence[int]) -> set[int]:
    """Sides on which a colleague may still stand; empty when no group fits what is known."""
    others = (tuple(a - b for a, b in zip(counts, known, strict=True)) for counts in fitting)
    return {side for rest in others if min(rest) >= 0 for side, n in zip(sides, rest, strict=True) if n}
