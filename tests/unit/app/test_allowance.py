"""Plenty at once, then as much as time brings back, in bounded memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.app.allowance import Allowance

ONE, OTHER = 1001, 1002


def test_so_much_at_once_and_then_one_more_whenever_the_time_has_passed() -> None:
    allowance = Allowance(3, seconds=10)
    assert [allowance.spend(ONE, 0.0) for _ in range(5)] == [True, True, True, False, False]
    assert not allowance.spend(ONE, 9.9)
    assert allowance.spend(ONE, 10.0)
    assert not allowance.spend(ONE, 10.0)
    assert [allowance.spend(ONE, 1000.0) for _ in range(4)] == [True, True, True, False]


def test_nobody_pays_for_somebody_else() -> None:
    allowance = Allowance(1, seconds=10)
    assert allowance.spend(ONE, 0.0)
    assert not allowance.spend(ONE, 0.0)
    assert allowance.spend(OTHER, 0.0)


def test_asking_whether_something_is_left_takes_nothing() -> None:
    allowance = Allowance(1, seconds=10)
    assert all(allowance.is_left(ONE, 0.0) for _ in range(5))
    assert len(allowance) == 0
    assert allowance.spend(ONE, 0.0)
    assert not allowance.is_left(ONE, 0.0)


def test_what_did_not_come_about_is_given_back() -> None:
    allowance = Allowance(2, seconds=10)
    for _ in range(20):
        assert allowance.spend(ONE, 0.0)
        allowance.give_back(ONE, 0.0)
    assert len(allowance) == 0
    allowance.give_back(OTHER, 0.0)
    assert [allowance.spend(OTHER, 0.0) for _ in range(3)] == [True, True, False]


def test_a_clock_that_falls_back_stops_nobody() -> None:
    allowance = Allowance(3, seconds=10)
    assert all(allowance.spend(ONE, 1_000_000.0) for _ in range(3))
    assert [allowance.spend(ONE, 0.0) for _ in range(4)] == [True, True, True, False]


def test_who_is_whole_again_is_forgotten_and_never_are_more_remembered_than_agreed() -> None:
    allowance = Allowance(2, seconds=10, most=5)
    for holder in range(100):
        assert allowance.spend(holder, 0.0)
        assert len(allowance) <= 5
    assert allowance.spend(ONE, 50.0)
    assert len(allowance) == 1


@given(st.lists(st.floats(0, 50), max_size=60))
def test_in_no_stretch_of_time_is_more_allowed_than_the_first_lot_and_what_came_back(
    waits: list[float],
) -> None:
    allowance, now, allowed = Allowance(4, seconds=7), 1_800_000_000.0, list[float]()
    for wait in waits:
        now += wait
        if allowance.spend(ONE, now):
            allowed.append(now)
    for first, start in enumerate(allowed):
        for last, end in enumerate(allowed[first:], first):
            assert last - first + 1 <= 4 + (end - start) / 7 + 1e-3


@given(st.floats(0, 2_000_000_000), st.integers(1, 50), st.integers(1, 200))
def test_who_keeps_to_the_pace_is_never_stopped(start: float, at_once: int, turns: int) -> None:
    allowance = Allowance(at_once, seconds=2)
    assert all(allowance.spend(ONE, start + 2.0 * turn) for turn in range(turns))
