"""Counts that people move are told in hundreds, at the end of an hour, and only when many acts came together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.metrics.held import ENOUGH, HOUR, STEP, Held, Kind, Told

ACTS = Kind("acts", "Made up.", {"outcome": ("good", "bad")})
WAITS = Kind("waits", "Made up.")


class Bot:
    """Counts at moments of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self._held = Held([ACTS], [WAITS], seconds=lambda: self.now, cpu=lambda: 2.5 * self.now)

    def acted(self, times: int, outcome: str = "good", *, at: float | None = None) -> None:
        self.now = self.now if at is None else at
        for _ in range(times):
            self._held.update(ACTS, outcome)
            self._held.took(WAITS, 0.002)

    def told(self, *, at: float) -> Told:
        self.now = at
        return self._held.told()

    def count(self, label: str) -> None:
        self._held.count(ACTS, label)


NOTHING = Bot().told(at=0.0)


def test_every_series_is_there_from_the_start_so_that_its_appearance_tells_nothing() -> None:
    assert NOTHING.counts == {("acts", "good"): 0, ("acts", "bad"): 0}
    assert set(NOTHING.durations["waits"]) == {0}
    assert NOTHING.cpu == 0


def test_a_label_that_was_not_announced_is_refused() -> None:
    with pytest.raises(KeyError):
        Bot().count("Partner A")


def test_enough_updates_are_told_when_the_hour_is_over() -> None:
    bot = Bot()
    bot.acted(ENOUGH)
    assert bot.told(at=HOUR - 1) == NOTHING
    after = bot.told(at=HOUR)
    assert after.counts["acts", "good"] == ENOUGH
    assert (after.durations["waits"][0], after.durations["waits"][1]) == (0, ENOUGH)
    assert after.cpu == int(2.5 * HOUR)


def test_too_few_updates_wait_however_long_it_takes() -> None:
    bot = Bot()
    bot.acted(ENOUGH - 1)
    assert bot.told(at=1000 * HOUR) == NOTHING


def test_the_last_update_that_was_needed_does_not_show_before_its_hour_is_over() -> None:
    bot = Bot()
    bot.acted(ENOUGH - 1)
    assert bot.told(at=7.5 * HOUR) == NOTHING
    bot.acted(1)
    assert bot.told(at=7.5 * HOUR) == NOTHING
    assert bot.told(at=8 * HOUR - 1) == NOTHING
    assert bot.told(at=8 * HOUR) != NOTHING


def test_what_comes_after_the_hour_waits_for_the_next_although_nobody_looked_in_between() -> None:
    bot = Bot()
    bot.acted(ENOUGH)
    bot.acted(ENOUGH, at=HOUR + 1)
    assert bot.told(at=HOUR + 2).counts["acts", "good"] == ENOUGH
    assert bot.told(at=2 * HOUR).counts["acts", "good"] == 2 * ENOUGH


def test_updates_count_from_the_last_time_on() -> None:
    bot = Bot()
    bot.acted(ENOUGH)
    first = bot.told(at=HOUR)
    bot.acted(ENOUGH - 1)
    assert bot.told(at=9 * HOUR) == first
    bot.acted(1)
    assert bot.told(at=10 * HOUR).counts["acts", "good"] == 2 * ENOUGH


@given(st.integers(0, 3 * ENOUGH), st.integers(0, 250))
def test_whatever_is_told_is_a_whole_number_of_hundreds_and_never_too_much(good: int, bad: int) -> None:
    bot = Bot()
    bot.acted(good)
    bot.acted(bad, "bad")
    told = bot.told(at=HOUR)
    for number in (*told.counts.values(), *(number for row in told.durations.values() for number in row)):
        assert number % STEP == 0
    assert told.counts["acts", "good"] <= good
    assert told.durations["waits"][-1] <= good + bad
