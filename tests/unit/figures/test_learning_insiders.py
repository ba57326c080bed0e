"""No partnership becomes certain of what another one added, though answers stay and it is known who moved.

Every way is tried in which partnerships can answer, and then join, leave or reflect anew. The insiders know what
their own partnerships added each time, who moved, both texts and the rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import pytest

from bot.core.figures.learning import Given, release
from bot.core.figures.shared import Contribution
from bot.core.figures.stability import stable_agreement
from bot.core.figures.words import agreement_word, floor
from bot.core.ids import PartnershipId
from tests.unit.figures.insiders import Counts, histograms
from tests.unit.figures.partnerships import WIDTHS, T, adds


@dataclass(frozen=True)
class Between:
    """What partnerships did between two releases, those of the insiders (``own``) apart.

    Attributes:
        own_anew: whether all partnerships of the insiders reflected anew; otherwise none did.
    """

    own: int
    own_anew: bool
    stayed: int
    anew: int
    joined: int
    left: int

    @property
    def sizes(self) -> tuple[int, int]:
        here = self.own + self.stayed + self.anew
        return here + self.left, here + self.joined


def betweens(own: int, before: int, most_joined: int) -> Iterator[Between]:
    others = before - own
    for stayed, anew, joined in product(range(others + 1), range(others + 1), range(most_joined + 1)):
        left = others - stayed - anew
        if left >= 0 and others - left + joined + own >= floor(own):
            yield from (Between(own, moved, stayed, anew, joined, left) for moved in (False, True))


def contribution(kinds: int, kind: int, reflection: int) -> Contribution:
    """A contribution of one kind; two kinds are a theme that is contested or not, three how wide the gap is."""
    if kinds == 2:
        return adds(bool(kind), reflection=reflection)
    return adds(width=WIDTHS[kind], reflection=reflection)


def answering(kinds: int, groups: Sequence[tuple[str, Counts, int]]) -> Given:
    """Everybody's contribution: a name, the answers by kind and at which reflection they are, group by group."""
    names = {"own": 100, "stayed": 200, "anew": 300, "joined": 400, "left": 500}
    found: dict[PartnershipId, Contribution] = {}
    for name, counts, reflection in groups:
        answers = [kind for kind, many in enumerate(counts) for _ in range(many)]
        for number, kind in enumerate(answers, names[name]):
            found[PartnershipId(number)] = contribution(kinds, kind, reflection)
    return {T: found}


@cache
def released(between: Between, first: Counts, second: Counts) -> Hashable:
    """What two releases in a row say; it depends on nothing but how many there are of each kind."""
    kinds, own_anew = len(first), 2 if between.own_anew else 1
    before = [("own", between.own, 1), ("stayed", between.stayed, 1), ("anew", between.anew, 1)]
    then = [("own", between.own, own_anew), ("stayed", between.stayed, 1), ("anew", between.anew, 2)]
    one, members = release(
        answering(kinds, _dealt([*before, ("left", between.left, 1)], first)), seats=between.own
    )
    other, _ = release(
        answering(kinds, _dealt([*then, ("joined", between.joined, 1)], second)),
        seats=between.own,
        before=members,
    )
    return tuple((learned.themes[T].contested, learned.themes[T].gap) for learned in (one, other))


def _dealt(groups: list[tuple[str, int, int]], counts: Counts) -> list[tuple[str, Counts, int]]:
    """Deal out answers to groups of these sizes, in their order."""
    answers = [kind for kind, many in enumerate(counts) for _ in range(many)]
    found = []
    for name, size, reflection in groups:
        own, answers = answers[:size], answers[size:]
        found.append((name, tuple(own.count(kind) for kind in range(len(counts))), reflection))
    return found


def certain(
    kinds: int, between: Between, told: Callable[[Between, Counts, Counts], Hashable] = released
) -> list[object]:
    """What insiders are certain of: their own answers, the texts, and a group of others all on one side."""
    open_: defaultdict[Hashable, set[int | None]] = defaultdict(set)
    own = list(histograms(between.own, kinds))
    for now in own:
        for then in own if between.own_anew else [now]:
            for stayed, anew, again, joined, left in product(
                *(
                    list(histograms(size, kinds))
                    for size in (between.stayed, between.anew, between.anew, between.joined, between.left)
                )
            ):
                first = _sum(now, stayed, anew, left)
                second = _sum(then, stayed, again, joined)
                known = now, then, told(between, first, second)
                for place, group in enumerate((stayed, anew, again, joined, left)):
                    if sum(group):
                        open_[known, place].add(group.index(sum(group)) if max(group) == sum(group) else None)
    return [known for known, sides in open_.items() if len(sides) == 1 and None not in sides]


def _sum(*groups: Counts) -> Counts:
    return tuple(map(sum, zip(*groups, strict=True)))


SMALL = [*betweens(1, 5, 1), *betweens(1, 6, 1)]
LARGER = [*betweens(1, 7, 2), *betweens(1, 8, 2), *betweens(2, 7, 2), *betweens(2, 8, 2)]


@pytest.mark.parametrize(
    "between", [*SMALL, *(pytest.param(one, marks=pytest.mark.audit) for one in LARGER)], ids=str
)
def test_nobody_is_certain_whether_a_theme_is_contested_elsewhere(between: Between) -> None:
    assert certain(2, between) == []


GAPS = [one for one in betweens(1, 5, 1) if one.anew < 3]


@pytest.mark.parametrize(
    "between",
    [
        one if number % 4 == 0 else pytest.param(one, marks=pytest.mark.audit)
        for number, one in enumerate(GAPS)
    ],
    ids=str,
)
def test_nobody_is_certain_how_wide_the_gap_is_elsewhere(between: Between) -> None:
    assert certain(3, between) == []


ONE_MOVES = Between(own=1, own_anew=False, stayed=4, anew=1, joined=0, left=0)


def test_a_release_that_compares_with_nothing_is_caught() -> None:
    def told(_: Between, first: Counts, second: Counts) -> Hashable:
        return agreement_word(*first, seats=1), agreement_word(*second, seats=1)

    assert certain(2, ONE_MOVES) == []
    assert certain(2, ONE_MOVES, told)


def test_a_release_that_overlooks_who_reflected_anew_is_caught() -> None:
    def told(between: Between, first: Counts, second: Counts) -> Hashable:
        old = agreement_word(*first, seats=1)
        no, yes = second
        since = between.joined + between.left
        return old, stable_agreement(old, (no, yes), seats=1, roster_changes=since)

    assert any(certain(2, between, told) for between in SMALL)
