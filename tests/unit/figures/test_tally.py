from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable

import pytest

from bot.core.figures.tally import Sheet, tally
from bot.core.ids import DecisionId, PartnerId

D1, D2 = DecisionId(1), DecisionId(2)
A, B = PartnerId(11), PartnerId(12)
ROW = {A: 4, B: 1}
OTHER_ROW = {A: 3, B: 3}


def test_levels_and_agreement_are_counted_per_cell() -> None:
    counted = tally(
        [
            Sheet(actual={D1: {A: 4, B: 0}}, agrees={D1: True}),
            Sheet(actual={D1: {A: 4, B: None}}, agrees={D1: False}),
            Sheet(),
        ],
        [D1, D2],
        [A, B],
    )
    assert counted.actual(D1, A) == (0, 0, 0, 0, 2)
    assert counted.actual(D1, B) == (1, 0, 0, 0, 0)
    assert counted.actual(D2, A) == (0, 0, 0, 0, 0)
    assert counted.agreement(D1) == (1, 1)
    assert counted.agreement(D2) == (0, 0)


@pytest.mark.parametrize(
    ("agrees", "desired_of_a"),
    [(True, (0, 0, 0, 0, 1)), (False, (0, 0, 0, 1, 0)), (None, (0, 0, 0, 0, 0))],
)
def test_who_agrees_wishes_for_what_is_and_who_is_unsure_is_not_counted(
    agrees: bool | None, desired_of_a: tuple[int, ...]
) -> None:
    sheet = Sheet(actual={D1: ROW}, agrees={D1: agrees}, desired={D1: OTHER_ROW})
    assert tally([sheet], [D1], [A, B]).desired(D1, A) == desired_of_a


def test_who_disagrees_without_saying_more_is_not_counted_as_wishing_for_what_is() -> None:
    counted = tally([Sheet(actual={D1: ROW}, agrees={D1: False})], [D1], [A, B])
    assert counted.desired(D1, A) == (0, 0, 0, 0, 0)


def test_answers_about_other_decisions_and_partners_are_left_out() -> None:
    counted = tally([Sheet(actual={D1: ROW, D2: ROW}, agrees={D2: True})], [D1], [A])
    assert (counted.decisions, counted.partners) == ((D1,), (A,))
    with pytest.raises(KeyError):
        counted.actual(D2, A)


@pytest.mark.parametrize("level", [-1, 5, 4711])
def test_a_level_beside_the_ladder_is_refused_without_repeating_it(level: int) -> None:
    with pytest.raises(ValueError, match="not on the ladder") as refused:
        tally([Sheet(actual={D1: {A: level}})], [D1], [A])
    assert str(level) not in str(refused.value)


def test_the_order_of_the_sheets_makes_no_difference() -> None:
    sheets = [Sheet(actual={D1: ROW}, agrees={D1: True}), Sheet(actual={D1: OTHER_ROW})]
    forth, back = (tally(order, [D1], [A, B]) for order in (sheets, sheets[::-1]))
    assert [forth.actual(D1, p) for p in (A, B)] == [back.actual(D1, p) for p in (A, B)]


def test_neither_sheet_nor_tally_shows_anything_when_printed() -> None:
    sheet = Sheet(actual={D1: {A: 4}})
    counted = tally([sheet], [D1], [A])
    assert repr(counted) == str(counted) == "<Tally>"
    assert repr(sheet) == "<Sheet>"


@pytest.mark.parametrize("keep", [pickle.dumps, copy.deepcopy, copy.copy, json.dumps, vars])
def test_a_tally_refuses_to_be_kept(keep: Callable[[object], object]) -> None:
    with pytest.raises(TypeError):
        keep(tally([Sheet(actual={D1: {A: 4}})], [D1], [A]))
