"""Releases come on the first day of each quarter at six in the morning, UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.quarters import next_quarter, quarter


def at(month: int, day: int, hour: int = 6, minute: int = 0, *, year: int = 2027) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last", "next_"),
    [
        (at(1, 1), at(1, 1), at(4, 1)),
        (at(1, 1, 5, 59), at(10, 1, year=2026), at(1, 1)),
        (at(3, 31, 23), at(1, 1), at(4, 1)),
        (at(4, 1, 5), at(1, 1), at(4, 1)),
        (at(8, 15), at(7, 1), at(10, 1)),
        (at(12, 31), at(10, 1), at(1, 1, year=2028)),
        (datetime(2027, 4, 1, 8, 30, tzinfo=ZoneInfo("Asia/Kathmandu")), at(1, 1), at(4, 1)),
    ],
)
def test_the_quarter_that_has_begun_and_the_one_that_comes(
    now: datetime, last: datetime, next_: datetime
) -> None:
    assert (quarter(now), next_quarter(now)) == (last, next_)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)))
def test_no_moment_is_outside_of_a_quarter(moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    assert quarter(now) <= now < next_quarter(now)
    assert quarter(next_quarter(now)) == next_quarter(now)
    assert next_quarter(quarter(now)) == next_quarter(now)
