"""What is said across partnerships, and when it is said anew."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bot.core.figures.learning import MOST_COMPARED, MOST_MOVED, Learned, release
from bot.core.figures.shared import Width
from bot.core.figures.words import WITHHELD, AgreementSaid, LevelSaid, LevelWord, Withheld, floor
from bot.core.rounds.themes import Theme
from tests.unit.figures.partnerships import (
    FEW,
    HIGH,
    LOW,
    MOST,
    SPLIT,
    WIDTHS,
    T,
    adds,
    after,
    disputes,
    given,
    said,
    stored,
    wide,
)

YES, NO = True, False


def first(answers: tuple[bool, ...], seats: int = 1) -> AgreementSaid | Withheld:
    return said(release(disputes(answers), seats=seats)[0])


@pytest.mark.parametrize(
    ("contested", "calm", "seats", "expected"),
    [
        (4, 0, 1, WITHHELD),
        (5, 0, 1, MOST),
        (3, 2, 1, MOST),
        (2, 3, 1, FEW),
        (3, 3, 1, SPLIT),
        (6, 0, 2, WITHHELD),
        (7, 0, 2, MOST),
    ],
)
def test_partnerships_are_counted_like_people_of_a_round(
    contested: int, calm: int, seats: int, expected: AgreementSaid | Withheld
) -> None:
    assert first((YES,) * contested + (NO,) * calm, seats) == expected


@pytest.mark.parametrize(
    ("widths", "expected"),
    [
        ((Width.WIDE,) * 4, WITHHELD),
        ((Width.WIDE,) * 3 + (Width.NONE,) * 1 + (Width.SOME,), HIGH),
        ((Width.NONE,) * 5, LOW),
        ((Width.SOME,) * 5, LevelSaid(LevelWord.MIDDLE, opposed=False)),
        ((Width.NONE, Width.NONE, Width.SOME, Width.WIDE, Width.WIDE), LevelSaid(LevelWord.MIXED, True)),
    ],
)
def test_the_gap_is_told_in_the_words_for_levels(
    widths: tuple[Width, ...], expected: LevelSaid | Withheld
) -> None:
    assert wide(release(given(*(adds(width=one) for one in widths)), seats=1)[0]) == expected


def test_every_theme_is_there_and_nothing_is_said_of_those_nobody_decides_about() -> None:
    learned, _ = release(disputes((YES,) * 5), seats=1)
    assert list(learned.themes) == list(Theme)
    assert not learned.withheld
    assert {theme for theme, words in learned.themes.items() if words.contested is not WITHHELD} == {T}
    nothing, _ = release({}, seats=1)
    assert nothing.withheld


def test_a_release_and_what_the_next_one_needs_survive_the_database() -> None:
    learned, members = release(given(*(adds(YES, Width.SOME) for _ in range(5))), seats=1)
    assert Learned.model_validate_json(learned.model_dump_json()) == learned
    assert stored(members) == members


@pytest.mark.parametrize("answers", list(product((YES, NO), repeat=6))[::7])
def test_one_partnership_changes_no_word_whatever_it_does_in_however_many_releases(
    answers: tuple[bool, ...],
) -> None:
    word = first(answers)
    others, own = answers[1:], answers[0]
    steps = [
        disputes((not own, *others), anew={1: 2}),
        disputes((own, *others), anew={1: 3}),
        given(None, *(adds(one) for one in others)),
        disputes((not own, *others), anew={1: 4}),
        disputes((not own, *others), anew={1: 5}),
    ]
    for number in range(1, len(steps) + 1):
        assert said(after(disputes(answers), *steps[:number])) == word


@pytest.mark.parametrize("mine", list(combinations(range(7), 2))[::4])
def test_who_holds_two_partnerships_changes_no_word_with_both(mine: tuple[int, int]) -> None:
    for answers in product((YES, NO), repeat=7):
        moved = tuple(not one if place in mine else one for place, one in enumerate(answers))
        anew = {place + 1: 2 for place in mine}
        assert said(after(disputes(answers), disputes(moved, anew=anew), seats=2)) == first(answers, 2)


def test_a_word_changes_when_those_who_moved_cannot_explain_it() -> None:
    before, now = (YES,) * 9, (YES,) * 2 + (NO,) * 7
    anew = dict.fromkeys(range(3, 10), 2)
    assert first(now) == FEW
    assert said(after(disputes(before), disputes(now, anew=anew))) == MOST, "too many moved to tell"
    all_but_one = dict.fromkeys(range(2, 10), 2)
    assert said(after(disputes(before), disputes(now, anew=all_but_one))) == MOST
    everybody = dict.fromkeys(range(1, 10), 2)
    assert said(after(disputes(before), disputes(now, anew=everybody))) == FEW, "nothing is left of then"


def test_a_word_first_said_anew_begins_to_count_from_there() -> None:
    before, now = (YES,) * 6, (NO,) * 6
    everybody, one_more = dict.fromkeys(range(1, 7), 2), dict.fromkeys(range(1, 7), 2) | {1: 3}
    steps = (disputes(now, anew=everybody), disputes((YES, *now[1:]), anew=one_more))
    assert said(after(disputes(before), *steps)) == FEW


def test_nothing_is_told_any_more_once_too_few_are_left_and_the_old_word_is_remembered() -> None:
    few = disputes((YES,) * 4)
    assert said(after(disputes((YES,) * 5), few)) is WITHHELD
    one_turned = disputes((YES, YES, YES, YES, NO), anew={5: 2})
    assert said(after(disputes((YES,) * 5), few, one_turned)) == MOST


def test_the_release_in_which_somebody_holds_more_partnerships_is_silent_once() -> None:
    same = disputes((YES,) * 9)
    _, members = release(same, seats=1)
    silent, members = release(same, seats=2, before=members)
    assert said(silent) is WITHHELD
    again, _ = release(same, seats=2, before=members)
    assert said(again) == MOST


def test_the_old_word_stands_where_too_many_moved_or_answered_to_compare() -> None:
    many = (YES,) * 40
    moved = (*(NO,) * 20, *many[20:])
    anew = dict.fromkeys(range(1, MOST_MOVED + 2), 2)
    assert said(after(disputes(many), disputes(moved, anew=anew))) == MOST
    crowd = (YES,) * (MOST_COMPARED + 1)
    turned = (*(NO,) * 40, *crowd[40:])
    assert said(after(disputes(crowd), disputes(turned, anew={1: 2}))) == MOST


@drawn(st.lists(st.lists(st.sampled_from((None, YES, NO)), min_size=9, max_size=9), max_size=6), st.data())
def test_nothing_is_ever_said_of_fewer_than_the_floor(
    releases: list[list[bool | None]], data: st.DataObject
) -> None:
    members = None
    for number, answers in enumerate(releases):
        seats = data.draw(st.integers(1, 2))
        own = [None if one is None else adds(one, WIDTHS[number % 3], reflection=number) for one in answers]
        learned, members = release(given(*own), seats=seats, before=members)
        if len([one for one in own if one]) < floor(seats):
            assert learned.withheld


@drawn(st.lists(st.sampled_from((YES, NO)), min_size=5, max_size=9))
def test_which_partnership_it_was_makes_no_difference(answers: list[bool]) -> None:
    assert first(tuple(answers)) == first(tuple(sorted(answers)))
