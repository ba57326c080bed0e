"""No published word lets an insider be certain of a colleague's answer: checked over every histogram."""

from __future__ import annotations

from collections.abc import Hashable

import pytest

from bot.core.figures.words import agreement_word, level_word
from tests.unit.figures.insiders import AGREEMENT_SIDES, LEVEL_SIDES, Counts, certainties

ALWAYS = [(answers, 1) for answers in range(5, 10)] + [(7, 2), (8, 2)]
AUDIT = [(answers, 1) for answers in range(10, 13)] + [(answers, 2) for answers in range(9, 13)]
SIZES = [*ALWAYS, *(pytest.param(*size, marks=pytest.mark.audit) for size in AUDIT)]


@pytest.mark.parametrize("rungs", [False, True])
@pytest.mark.parametrize(("answers", "seats"), SIZES)
def test_no_level_word_or_rung_makes_an_insider_certain(answers: int, seats: int, rungs: bool) -> None:
    def release(counts: Counts) -> Hashable:
        a, b, c, d, e = counts
        return level_word((a, b, c, d, e), seats=seats, rungs=rungs)

    assert certainties(release, answers=answers, seats=seats, sides=LEVEL_SIDES) == []


@pytest.mark.parametrize(("answers", "seats"), SIZES)
def test_no_agreement_word_makes_an_insider_certain(answers: int, seats: int) -> None:
    def release(counts: Counts) -> Hashable:
        no, yes = counts
        return agreement_word(no, yes, seats=seats)

    assert certainties(release, answers=answers, seats=seats, sides=AGREEMENT_SIDES) == []


@pytest.mark.parametrize("answers", range(5, 10))
def test_a_release_that_says_everyone_is_caught(answers: int) -> None:
    def release(counts: Counts) -> Hashable:
        no, yes = counts
        return "everyone" if no == 0 else agreement_word(no, yes, seats=1)

    assert certainties(release, answers=answers, seats=1, sides=AGREEMENT_SIDES)


@pytest.mark.parametrize("answers", range(5, 10))
def test_a_release_with_the_slack_of_one_is_caught(answers: int) -> None:
    def release(counts: Counts) -> Hashable:
        no, yes = counts
        return "most" if no <= 1 else "few" if yes <= 1 else "split"

    assert certainties(release, answers=answers, seats=1, sides=AGREEMENT_SIDES)


@pytest.mark.parametrize("answers", range(5, 10))
def test_a_release_of_the_lowest_and_highest_level_is_caught(answers: int) -> None:
    def release(counts: Counts) -> Hashable:
        given = [level for level, people in enumerate(counts) if people]
        return given[0], given[-1]

    assert certainties(release, answers=answers, seats=1, sides=LEVEL_SIDES)


def test_words_made_for_one_seat_are_caught_when_two_people_of_an_organisation_compare() -> None:
    def release(counts: Counts) -> Hashable:
        no, yes = counts
        return agreement_word(no, yes, seats=1)

    assert certainties(release, answers=7, seats=2, sides=AGREEMENT_SIDES)
