from __future__ import annotations

from collections.abc import Hashable, Iterator

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
    Withheld,
    agreement_word,
    level_word,
)
from tests.unit.figures.insiders import AGREEMENT_SIDES, LEVEL_SIDES, Counts, certainties, histograms

HIGH, LOW = LevelSaid(LevelWord.HIGH, False), LevelSaid(LevelWord.LOW, False)
MOST, SPLIT, FEW = (
    AgreementSaid(word) for word in (AgreementWord.MOST, AgreementWord.SPLIT, AgreementWord.FEW)
)
SIZES = [*range(5, 8), *(pytest.param(answers, marks=pytest.mark.audit) for answers in range(8, 13))]


def one_person_away(counts: Counts) -> Iterator[Counts]:
    """Groups after one person joined, left or changed an answer."""
    for place in range(len(counts)):
        joined = (*counts[:place], counts[place] + 1, *counts[place + 1 :])
        yield joined
        if counts[place]:
            left = (*counts[:place], counts[place] - 1, *counts[place + 1 :])
            yield left
            for to in range(len(counts)):
                if to != place:
                    yield (*left[:to], left[to] + 1, *left[to + 1 :])


def as_levels(counts: Counts) -> LevelCounts:
    a, b, c, d, e = counts
    return a, b, c, d, e


@pytest.mark.parametrize("answers", SIZES)
@pytest.mark.parametrize("seats", [1, 2])
def test_one_person_never_changes_what_is_said_of_a_level(answers: int, seats: int) -> None:
    for counts in histograms(answers, 5):
        said = level_word(as_levels(counts), seats=seats)
        for later in one_person_away(counts):
            now = stable_level(said, as_levels(later), seats=seats, roster_changes=0)
            assert now == said or WITHHELD in (said, level_word(as_levels(later), seats=seats))


@pytest.mark.parametrize("answers", range(5, 13))
@pytest.mark.parametrize("seats", [1, 2])
def test_one_person_never_changes_what_is_said_of_agreement(answers: int, seats: int) -> None:
    for no, yes in histograms(answers, 2):
        said = agreement_word(no, yes, seats=seats)
        for later_no, later_yes in one_person_away((no, yes)):
            now = stable_agreement(said, (later_no, later_yes), seats=seats, roster_changes=0)
            assert now == said or WITHHELD in (said, agreement_word(later_no, later_yes, seats=seats))


@pytest.mark.parametrize("answers", range(5, 11))
def test_two_who_joined_never_change_what_is_said_of_agreement(answers: int) -> None:
    for no, yes in histograms(answers, 2):
        said = agreement_word(no, yes, seats=1)
        for more_no, more_yes in histograms(2, 2):
            now = stable_agreement(said, (no + more_no, yes + more_yes), seats=1, roster_changes=2)
            assert now == said


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


def test_a_cell_that_was_withheld_gets_a_fresh_text() -> None:
    assert stable_level(WITHHELD, (0, 0, 0, 2, 3), seats=1, roster_changes=0) == HIGH


def test_too_few_answers_are_withheld_whatever_was_said_before() -> None:
    assert stable_level(HIGH, (0, 0, 0, 0, 4), seats=1, roster_changes=0) is WITHHELD
    assert stable_agreement(MOST, (0, 6), seats=2, roster_changes=0) is WITHHELD


def test_a_negative_number_of_changes_is_refused() -> None:
    with pytest.raises(ValueError, match="roster"):
        stable_level(HIGH, (0, 0, 0, 2, 3), seats=1, roster_changes=-1)


@given(counts=st.tuples(*[st.integers(0, 4)] * 5), seats=st.integers(1, 2), changes=st.integers(0, 4))
def test_what_is_said_again_stays_said_while_nobody_changes(
    counts: LevelCounts, seats: int, changes: int
) -> None:
    said = level_word(counts, seats=seats)
    assert stable_level(said, counts, seats=seats, roster_changes=changes) == said


# The limit that the module names: after a change, somebody may be certain of the others only when their whole
# organisation stands beside what is said and everybody else is there. A first round leaves not even this.
AFTER_A_CHANGE = [(answers, 1) for answers in range(5, 13)] + [(answers, 2) for answers in range(7, 13)]


@pytest.mark.parametrize(("answers", "seats"), AFTER_A_CHANGE)
def test_after_a_change_of_agreement_only_those_who_stand_alone_can_be_certain(
    answers: int, seats: int
) -> None:
    for last in (AgreementSaid(word) for word in AgreementWord):

        def release(counts: Counts, last: AgreementSaid = last) -> Hashable:
            no, yes = counts
            return stable_agreement(last, (no, yes), seats=seats, roster_changes=0)

        found = certainties(release, answers=answers, seats=seats, sides=AGREEMENT_SIDES)
        assert set(found) <= {(FEW, (0, seats)), (MOST, (seats, 0))}


@pytest.mark.parametrize(("answers", "seats"), [(5, 1), (6, 1), (7, 1), (7, 2)])
def test_after_a_change_of_a_level_only_those_who_stand_alone_can_be_certain(
    answers: int, seats: int
) -> None:
    levels_of = {LevelWord.LOW: {0, 1}, LevelWord.MIDDLE: {2}, LevelWord.HIGH: {3, 4}}
    for last in (LevelSaid(word, opposed) for word in LevelWord for opposed in (False, True)):

        def release(counts: Counts, last: LevelSaid = last) -> LevelSaid | Withheld:
            return stable_level(last, as_levels(counts), seats=seats, roster_changes=0)

        for said, known in certainties(release, answers=answers, seats=seats, sides=LEVEL_SIDES):
            assert isinstance(said, LevelSaid)
            assert not any(known[level] for level in levels_of[said.word])
