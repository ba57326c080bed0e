"""Counts that people move are told in hundreds, rarely, and only when many acts came together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.metrics.held import APART, ENOUGH, STEP, Held, Kind, Told

ACTS = Kind("acts", "Made up.", {"outcome": ("good", "bad")})
WAITS = Kind("waits", "Made up.")


def held() -> Held:
    return Held([ACTS], [WAITS], now=0.0)


def acted(counts: Held, times: int, outcome: str = "good") -> None:
    for _ in range(times):
        counts.update(ACTS, outcome)
        counts.took(WAITS, 0.002)


def test_every_series_is_there_from_the_start_so_that_its_appearance_tells_nothing() -> None:
    told = held().told(now=0.0, cpu=1.0)
    assert told.counts == {("acts", "good"): 0, ("acts", "bad"): 0}
    assert set(told.durations["waits"]) == {0}
    assert told.cpu == 0


def test_a_label_that_was_not_announced_is_refused() -> None:
    with pytest.raises(KeyError):
        held().count(ACTS, "Partner A")


def test_enough_updates_are_told_when_an_hour_has_passed() -> None:
    counts = held()
    before = counts.told(now=0.0, cpu=0.0)
    acted(counts, ENOUGH)
    assert counts.told(now=APART - 1, cpu=7.9) == before
    after = counts.told(now=APART, cpu=7.9)
    assert after.counts["acts", "good"] == ENOUGH
    assert (after.durations["waits"][0], after.durations["waits"][1], after.cpu) == (0, ENOUGH, 7)


def test_too_few_updates_wait_however_long_it_takes() -> None:
    counts = held()
    acted(counts, ENOUGH - 1)
    assert counts.told(now=1000 * APART, cpu=99.0) == held().told(now=0.0, cpu=0.0)


def test_the_hour_and_the_updates_count_from_the_last_time_on() -> None:
    counts = held()
    acted(counts, ENOUGH)
    first = counts.told(now=APART, cpu=1.0)
    acted(counts, ENOUGH - 1)
    assert counts.told(now=9 * APART, cpu=2.0) == first
    acted(counts, 1)
    assert counts.told(now=9 * APART, cpu=2.0).counts["acts", "good"] == 2 * ENOUGH


@given(st.integers(0, 3 * ENOUGH), st.integers(0, 250))
def test_whatever_is_told_is_a_whole_number_of_hundreds_and_never_too_much(good: int, bad: int) -> None:
    counts = held()
    acted(counts, good)
    acted(counts, bad, "bad")
    told = counts.told(now=APART, cpu=0.0)
    for number in numbers(told):
        assert number % STEP == 0
    assert told.counts["acts", "good"] <= good
    assert told.durations["waits"][-1] <= good + bad


def numbers(told: Told) -> list[int]:
    return [*told.counts.values(), *(number for row in told.durations.values() for number in row)]
