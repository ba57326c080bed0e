"""A text changes only when more people changed than came, left or, at least, one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.figures.stability import stable_agreement, stable_level
from bot.core.figures.words import (
    WITHHELD,
    AgreementSaid,
    AgreementWord,
    LevelCounts,
    LevelSaid,
    LevelWord,
    Rung,
    agreement_word,
    floor,
    level_word,
)
from tests.unit.figures.groups import levels, within
from tests.unit.figures.insiders import histograms

HIGH, LOW = LevelSaid(LevelWord.HIGH, False), LevelSaid(LevelWord.LOW, False)
MOST, SPLIT, FEW = (
    AgreementSaid(word) for word in (AgreementWord.MOST, AgreementWord.SPLIT, AgreementWord.FEW)
)


def audit(*values: int) -> object:
    return pytest.param(*values, marks=pytest.mark.audit)


def new_group(answers: int, changes: int) -> bool:
    return 2 * changes > answers


SIZES = [(n, c, 1) for n in range(5, 10) for c in (1, 2) if n >= floor(c)]
MORE = [(n, c, d) for n in range(5, 13) for c in (1, 2) for d in (1, 2, 3) if n >= floor(c)]
EVERY = [*SIZES, *(audit(*size) for size in MORE if size not in SIZES)]


@pytest.mark.parametrize(("answers", "seats", "changes"), EVERY)
def test_those_who_joined_or_left_never_change_a_word(answers: int, seats: int, changes: int) -> None:
    for sides in histograms(answers, 3):
        said = level_word(levels(sides), seats=seats)
        for later in within(sides, changes):
            if sum(later) >= floor(seats) and not new_group(sum(later), changes):
                assert stable_level(said, levels(later), seats=seats, roster_changes=changes) == said


@pytest.mark.parametrize(("answers", "seats", "changes"), MORE)
def test_those_who_joined_or_left_never_change_what_is_said_of_agreement(
    answers: int, seats: int, changes: int
) -> None:
    for no, yes in histograms(answers, 2):
        said = agreement_word(no, yes, seats=seats)
        for later in within((no, yes), changes):
            if sum(later) >= floor(seats) and not new_group(sum(later), changes):
                later_no, later_yes = later
                assert (
                    stable_agreement(said, (later_no, later_yes), seats=seats, roster_changes=changes) == said
                )


@pytest.mark.parametrize("answers", [6, *(audit(n) for n in range(7, 11))])
@pytest.mark.parametrize("rungs", [False, True])
def test_one_person_never_changes_a_word_or_rung_by_moving_one_level(answers: int, rungs: bool) -> None:
    for counts in histograms(answers, 5):
        said = level_word(levels(counts), seats=1, rungs=rungs)
        for later in within(counts, 1):
            if sum(later) >= floor(1):
                assert stable_level(said, levels(later), seats=1, roster_changes=0, rungs=rungs) == said


def test_a_real_shift_is_said() -> None:
    assert stable_level(LOW, (0, 0, 1, 2, 3), seats=1, roster_changes=0) == HIGH
    assert stable_agreement(MOST, (5, 1), seats=1, roster_changes=0) == FEW


def test_a_shift_that_one_person_explains_is_not_said() -> None:
    assert level_word((3, 0, 0, 3, 0), seats=1) == LevelSaid(LevelWord.MIXED, True)
    assert stable_level(LOW, (2, 1, 1, 2, 0), seats=1, roster_changes=0) == LOW
    assert stable_agreement(MOST, (3, 3), seats=1, roster_changes=0) == MOST


def test_the_more_people_came_and_went_the_longer_the_old_text_stays() -> None:
    assert stable_agreement(MOST, (5, 5), seats=1, roster_changes=1) == SPLIT
    assert stable_agreement(MOST, (5, 5), seats=1, roster_changes=3) == MOST


def test_a_group_of_which_more_than_half_is_new_gets_a_fresh_text() -> None:
    assert stable_agreement(MOST, (5, 1), seats=1, roster_changes=3) == MOST
    assert stable_agreement(MOST, (5, 1), seats=1, roster_changes=4) == FEW


def test_a_cell_of_which_nothing_was_ever_said_gets_a_fresh_text() -> None:
    assert stable_level(WITHHELD, (0, 0, 0, 2, 3), seats=1, roster_changes=0) == HIGH


def test_too_few_answers_are_withheld_whatever_was_said_before() -> None:
    assert stable_level(HIGH, (0, 0, 0, 0, 4), seats=1, roster_changes=0) is WITHHELD
    assert stable_agreement(MOST, (0, 6), seats=2, roster_changes=0) is WITHHELD


def test_an_old_word_stands_in_a_round_with_rungs_until_a_real_shift() -> None:
    assert stable_level(HIGH, (0, 0, 3, 2, 3), seats=1, roster_changes=1, rungs=True) == HIGH
    assert stable_level(HIGH, (2, 4, 2, 0, 0), seats=1, roster_changes=1, rungs=True) == LevelSaid(
        Rung.INFORMED, False
    )


def test_a_negative_number_of_changes_is_refused() -> None:
    with pytest.raises(ValueError, match="roster"):
        stable_level(HIGH, (0, 0, 0, 2, 3), seats=1, roster_changes=-1)
    with pytest.raises(ValueError, match="roster"):
        stable_agreement(MOST, (1, 5), seats=1, roster_changes=-1)


@given(
    counts=st.tuples(*[st.integers(0, 3)] * 5),
    seats=st.integers(1, 2),
    changes=st.integers(0, 4),
    rungs=st.booleans(),
)
def test_what_is_said_stays_said_while_nobody_changes(
    counts: LevelCounts, seats: int, changes: int, rungs: bool
) -> None:
    said = level_word(counts, seats=seats, rungs=rungs)
    assert stable_level(said, counts, seats=seats, roster_changes=changes, rungs=rungs) == said
