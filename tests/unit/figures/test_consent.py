"""What is said of objections hides who has them."""

from __future__ import annotations

import pytest

from bot.core.figures.consent import Consented, consented
from bot.core.figures.words import WITHHELD, floor
from bot.core.ids import DecisionId
from tests.unit.figures.insiders import Counts, histograms, left_open

ONE, TWO, THREE = DecisionId(1), DecisionId(2), DecisionId(3)


@pytest.mark.parametrize(
    ("objections", "uneasy"),
    [
        ((), ()),
        (((), ()), ()),
        (((TWO,),), (TWO,)),
        (((THREE, ONE), (ONE,), ()), (ONE, THREE)),
    ],
)
def test_it_says_with_what_somebody_is_not_at_ease_and_not_how_many(
    objections: tuple[tuple[DecisionId, ...], ...], uneasy: tuple[DecisionId, ...]
) -> None:
    said = consented(objections, [ONE, TWO, THREE], people=5, seats=1)
    assert said == Consented(uneasy=uneasy)
    assert Consented.model_validate_json(said.model_dump_json()) == said


@pytest.mark.parametrize(("people", "seats"), [(4, 1), (6, 2), (8, 3)])
@pytest.mark.parametrize("objections", [(), ((ONE,),)])
def test_with_too_few_people_nothing_is_said_whatever_they_object_to(
    objections: tuple[tuple[DecisionId, ...], ...], people: int, seats: int
) -> None:
    assert people < floor(seats)
    said = consented(objections, [ONE], people=people, seats=seats)
    assert said == Consented(uneasy=WITHHELD)
    assert Consented.model_validate_json(said.model_dump_json()) == said


@pytest.mark.parametrize(("people", "seats"), [(n, c) for c in (1, 2, 3) for n in range(floor(c), 13)])
def test_nobody_is_certain_who_is_not_at_ease(people: int, seats: int) -> None:
    """Whatever the colleagues of one organisation answered, another one may be at ease, or not."""

    def release(counts: Counts) -> Consented:
        fine, objecting = counts
        return consented([()] * fine + [(ONE,)] * objecting, [ONE], people=people, seats=seats)

    groups = list(histograms(people, 2))
    fitting = [counts for counts in groups if release(counts).uneasy]
    for known in histograms(seats, 2):
        assert left_open(fitting, known, (0, 1)) == {0, 1}


def test_the_more_object_the_same_is_said() -> None:
    said = {
        consented([(ONE,)] * objecting, [ONE], people=9, seats=1).model_dump_json()
        for objecting in range(1, 10)
    }
    assert len(said) == 1
