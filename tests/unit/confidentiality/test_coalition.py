"""How many answers the same people may know when some seats are on paper; words hide all others from them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import product

import pytest

from bot.core.confidentiality.coalition import known_by, most_known
from bot.core.figures.words import agreement_word, floor, level_word
from bot.core.ids import PartnerId
from tests.unit.figures.insiders import AGREEMENT_SIDES, LEVEL_SIDES, Counts, certainties

A, B, C, D = map(PartnerId, (1, 2, 3, 4))


def most(seats: dict[PartnerId, int], on_paper: dict[PartnerId, int], *facilitating: PartnerId) -> int:
    return most_known(known_by(seats, on_paper, facilitating), on_paper)


@pytest.mark.parametrize(
    ("seats", "on_paper", "facilitating", "expected"),
    [
        ({A: 1, B: 1, C: 1}, {}, (), 1),
        ({A: 2, B: 1, C: 1}, {}, (B,), 2),
        ({A: 1, B: 1, C: 1}, {C: 1}, (), 1),
        ({A: 1, B: 1, C: 1}, {C: 1}, (A,), 2),
        ({A: 1, B: 1, C: 1, D: 1}, {C: 1, D: 1}, (), 2),
        ({A: 1, B: 1, C: 1, D: 1}, {C: 1, D: 1}, (A,), 3),
        ({A: 2, B: 1, C: 1}, {C: 1}, (A,), 3),
        ({A: 2, B: 1, C: 1}, {C: 1}, (B,), 2),
        ({A: 2, B: 1, C: 1}, {A: 1}, (A,), 2),
        ({}, {}, (), 1),
    ],
)
def test_whoever_types_knows_what_is_on_paper_beside_what_their_organisation_knows(
    seats: dict[PartnerId, int],
    on_paper: dict[PartnerId, int],
    facilitating: tuple[PartnerId, ...],
    expected: int,
) -> None:
    assert most(seats, on_paper, *facilitating) == expected


def coalitions(
    seats: dict[PartnerId, int], on_paper: dict[PartnerId, int], facilitating: tuple[PartnerId, ...]
) -> Iterator[frozenset[tuple[PartnerId, int]]]:
    """Seats whose answers the same people know, spelled out seat by seat; a partner's last seats are those on paper."""
    everything = {(partner, number) for partner, count in seats.items() for number in range(count)}
    paper = {
        (partner, seats[partner] - 1 - number)
        for partner, count in on_paper.items()
        for number in range(count)
    }
    yield frozenset(paper)
    for partner in seats:
        own = {seat for seat in everything if seat[0] == partner}
        yield frozenset(own | paper if partner in facilitating else own)


def small_rosters() -> Iterator[tuple[dict[PartnerId, int], dict[PartnerId, int], tuple[PartnerId, ...]]]:
    """Three partners with one or two seats, any of which may be on paper, and up to two facilitators with a seat."""
    for counts in product((1, 2), repeat=3):
        seats = dict(zip((A, B, C), counts, strict=True))
        for papers in product((0, 1, 2), repeat=3):
            on_paper = {partner: n for partner, n in zip(seats, papers, strict=True) if n}
            if any(n > seats[partner] for partner, n in on_paper.items()):
                continue
            with_a_person = [partner for partner in seats if seats[partner] > on_paper.get(partner, 0)]
            yield seats, on_paper, ()
            for first in with_a_person:
                yield seats, on_paper, (first,)
                yield from ((seats, on_paper, (first, second)) for second in with_a_person if second > first)


def test_nobody_knows_more_answers_than_are_counted_on_in_any_small_roster() -> None:
    for seats, on_paper, facilitating in small_rosters():
        largest = max(map(len, coalitions(seats, on_paper, facilitating)))
        assert most(seats, on_paper, *facilitating) == largest


ROSTERS = [
    pytest.param({A: 1}, (), id="one on paper, typed in by somebody without a seat"),
    pytest.param({A: 1}, (B,), id="one on paper, typed in by somebody with a seat"),
    pytest.param({A: 1, C: 1}, (), id="two on paper, typed in by somebody without a seat"),
    pytest.param({A: 1, C: 1}, (B,), id="two on paper, typed in by somebody with a seat"),
]


@pytest.mark.parametrize(("on_paper", "facilitating"), ROSTERS)
def test_no_word_makes_whoever_types_certain_of_anybody_else(
    on_paper: dict[PartnerId, int], facilitating: tuple[PartnerId, ...]
) -> None:
    """Every outcome of the smallest round that may be told, against everything that they may know of it."""
    known = most(dict.fromkeys((A, B, C), 1), on_paper, *facilitating)
    answers = floor(known)

    def level(counts: Counts) -> Hashable:
        a, b, c, d, e = counts
        return level_word((a, b, c, d, e), seats=known)

    def agreement(counts: Counts) -> Hashable:
        return agreement_word(*counts, seats=known)

    assert certainties(level, answers=answers, seats=known, sides=LEVEL_SIDES) == []
    assert certainties(agreement, answers=answers, seats=known, sides=AGREEMENT_SIDES) == []


@pytest.mark.parametrize(("answers", "known"), [(5, 2), (6, 2), (7, 3), (8, 3)])
def test_words_that_forget_who_types_are_caught(answers: int, known: int) -> None:
    """Words for one seat per partner, read by somebody who knows ``known`` answers."""

    def agreement(counts: Counts) -> Hashable:
        return agreement_word(*counts, seats=1)

    assert certainties(agreement, answers=answers, seats=known, sides=AGREEMENT_SIDES)
