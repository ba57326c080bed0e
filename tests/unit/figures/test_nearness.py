from __future__ import annotations

import pytest

from bot.core.figures.nearness import fresh_text, is_near
from bot.core.figures.words import Rung
from tests.unit.figures.groups import AGREEMENTS, RUNGS, WORDS, within
from tests.unit.figures.insiders import histograms

AUDIT = [(5, 2), (8, 1), (9, 1)]


@pytest.mark.parametrize(
    ("answers", "distance"), [(5, 1), *(pytest.param(*size, marks=pytest.mark.audit) for size in AUDIT)]
)
def test_a_group_is_near_a_text_when_as_many_people_could_have_changed_it(
    answers: int, distance: int
) -> None:
    for rungs, texts in ((False, WORDS), (True, RUNGS)):
        for counts in histograms(answers, 5):
            reachable = {fresh_text(other, seats=1, rungs=rungs) for other in within(counts, distance)}
            for said in texts:
                assert is_near(said, counts, seats=1, distance=distance) == (said in reachable)


@pytest.mark.parametrize("distance", [1, 2, 3])
def test_nearness_of_agreement_counts_across_sizes(distance: int) -> None:
    for answers in range(5, 13):
        for counts in histograms(answers, 2):
            reachable = {fresh_text(other, seats=1, rungs=False) for other in within(counts, distance)}
            for said in AGREEMENTS:
                assert is_near(said, counts, seats=1, distance=distance) == (said in reachable)


def test_rungs_and_words_are_measured_by_their_own_rule() -> None:
    counts = (0, 0, 4, 4, 0)
    assert {said.word for said in RUNGS if is_near(said, counts, seats=1, distance=1)} == {
        Rung.CONSULTED,
        Rung.CO_DECIDES,
    }


def test_other_numbers_of_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="2 or 5"):
        fresh_text((1, 2, 3), seats=1, rungs=False)
