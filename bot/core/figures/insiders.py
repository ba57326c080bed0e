"""What the people of one organisation could be certain of, given a text and the rule that made it.

They know their own answers, how many answered, what was said last time, how many came and went, and this code.
They are certain when every group that fits leaves all others on one side: for agreement "no" or "yes", for
levels 0-1, 2 or 3-4. Source: reference on anonymity, 3.4 and test T2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from bot.core.figures.nearness import Counts, spreads

Said = TypeVar("Said", bound=Hashable)


def exposing(
    texts: Mapping[Counts, Said], sides: Sequence[Hashable], *, answers: int, seats: int
) -> frozenset[Said]:
    """Texts after which some ``seats`` people who put their answers together would be certain of the others.

    Args:
        texts: what is said of every spread of the answers over the kinds of answers.
        sides: the side of each kind of answer; equal sides stand next to each other.
        answers: how many answered.
        seats: the most seats that one organisation holds (c), fewer than answers.
    """
    places = [tuple(kinds) for _, kinds in groupby(range(len(sides)), key=sides.__getitem__)]

    # Only groups in which all others are on one side make anybody certain: few, so they are looked at first.
    seen: defaultdict[tuple[Said, Counts], set[tuple[int, ...]]] = defaultdict(set)
    for known in spreads(seats, len(sides)):
        for place in places:
            for there in spreads(answers - seats, len(place)):
                group = list(known)
                for kind, people in zip(place, there, strict=True):
                    group[kind] += people
                seen[texts[tuple(group)], known].add(place)
    suspects: defaultdict[Said, dict[Counts, tuple[int, ...]]] = defaultdict(dict)
    for (said, known), found in seen.items():
        if len(found) == 1:
            suspects[said][known] = found.pop()

    # Another group that fits and leaves somebody elsewhere, and they are not certain after all.
    for counts, said in texts.items():
        for known, place in tuple(suspects[said].items()) if said in suspects else ():
            others = tuple(a - b for a, b in zip(counts, known, strict=True))
            if min(others) >= 0 and sum(others[kind] for kind in place) < answers - seats:
                del suspects[said][known]
    return frozenset(said for said, certain in suspects.items() if certain)
