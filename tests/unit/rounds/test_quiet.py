"""Nobody is told anything at night, on their weekend or twice a day, wherever they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rounds.quiet import WEEK, Local, may_be_told

WESTERN, CAIRO, SATURDAY, NONE = frozenset({5, 6}), frozenset({4, 5}), frozenset({5}), frozenset[int]()
INSTANT = timedelta(microseconds=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


#: zone, weekend, earliest (UTC), last (UTC), told (UTC); the comments give local times
CASES = [
    # Amsterdam: summer time from Sunday 28 March 2027, winter time from Sunday 31 October
    ("Europe/Amsterdam", WESTERN, "2027-03-26 18:30", None, "2027-03-26 18:30"),  # Friday 19:30: at once
    ("Europe/Amsterdam", WESTERN, "2027-03-26 19:00", None, "2027-03-29 06:00"),  # Friday 20:00: Monday 08:00
    ("Europe/Amsterdam", WESTERN, "2027-03-28 10:00", None, "2027-03-29 06:00"),  # Sunday 12:00: Monday 08:00
    ("Europe/Amsterdam", NONE, "2027-03-27 19:00", None, "2027-03-28 06:00"),  # 20:00: 08:00, eleven hours
    ("Europe/Amsterdam", NONE, "2027-03-28 00:30", None, "2027-03-28 06:00"),  # 01:30: 08:00 the same day
    ("Europe/Amsterdam", WESTERN, "2027-10-29 18:00", None, "2027-11-01 07:00"),  # Friday 20:00: Monday 08:00
    ("Europe/Amsterdam", NONE, "2027-10-30 18:00", None, "2027-10-31 07:00"),  # 20:00: 08:00, thirteen hours
    ("Europe/Amsterdam", NONE, "2027-10-31 06:30", None, "2027-10-31 07:00"),  # 07:30, was 08:30: 08:00
    # Amsterdam: told the same Monday, the same Friday, the Thursday before
    ("Europe/Amsterdam", WESTERN, "2027-03-29 10:00", "2027-03-29 06:00", "2027-03-30 06:00"),
    ("Europe/Amsterdam", WESTERN, "2027-03-26 10:00", "2027-03-26 09:00", "2027-03-29 06:00"),
    ("Europe/Amsterdam", WESTERN, "2027-03-26 10:00", "2027-03-25 18:59", "2027-03-26 10:00"),
    # Nairobi, UTC+3 all year: Wednesday 10 March 2027
    ("Africa/Nairobi", WESTERN, "2027-03-10 05:00", None, "2027-03-10 05:00"),  # 08:00 is no longer quiet
    ("Africa/Nairobi", WESTERN, "2027-03-10 04:59:59.999999", None, "2027-03-10 05:00"),
    ("Africa/Nairobi", WESTERN, "2027-03-10 16:59:59.999999", None, "2027-03-10 16:59:59.999999"),
    ("Africa/Nairobi", WESTERN, "2027-03-10 17:00", None, "2027-03-11 05:00"),  # 20:00 is quiet
    ("Africa/Nairobi", WESTERN, "2027-03-10 21:30", None, "2027-03-11 05:00"),  # Thursday 00:30: 08:00
    # Kathmandu, UTC+5:45; the third was told at 00:45 of the same day, the day before in UTC
    ("Asia/Kathmandu", SATURDAY, "2027-03-10 02:14", None, "2027-03-10 02:15"),  # 07:59: 08:00
    ("Asia/Kathmandu", SATURDAY, "2027-03-12 14:15", None, "2027-03-14 02:15"),  # Friday 20:00: Sunday 08:00
    ("Asia/Kathmandu", SATURDAY, "2027-03-10 04:00", "2027-03-09 19:00", "2027-03-11 02:15"),
    # Bogota, UTC-5: it is evening there when the UTC day is over
    ("America/Bogota", WESTERN, "2027-03-27 00:59", None, "2027-03-27 00:59"),  # Friday 19:59: at once
    ("America/Bogota", WESTERN, "2027-03-27 01:00", None, "2027-03-29 13:00"),  # Friday 20:00: Monday 08:00
    ("America/Bogota", WESTERN, "2027-03-10 13:00", "2027-03-10 00:59", "2027-03-10 13:00"),  # told yesterday
    # Cairo: summer time from Friday 30 April 2027, winter time from Friday 29 October
    ("Africa/Cairo", CAIRO, "2027-04-29 18:00", None, "2027-05-02 05:00"),  # Thursday 20:00: Sunday 08:00
    ("Africa/Cairo", CAIRO, "2027-10-28 17:00", None, "2027-10-31 06:00"),  # Thursday 20:00: Sunday 08:00
    ("Africa/Cairo", CAIRO, "2027-05-02 09:00", None, "2027-05-02 09:00"),  # Sunday is a working day
    # Apia had no 30 December 2011: after Thursday 29 came Saturday 31
    ("Pacific/Apia", NONE, "2011-12-30 06:00", None, "2011-12-30 18:00"),  # Thursday 20:00: Saturday 08:00
    ("Pacific/Apia", WESTERN, "2011-12-30 06:00", None, "2012-01-01 18:00"),  # Thursday 20:00: Monday 08:00
    # one working day a week, and on it they were told already
    ("Africa/Nairobi", WEEK - {2}, "2027-03-10 06:00", "2027-03-10 05:00", "2027-03-17 05:00"),
]


@pytest.mark.parametrize(("zone", "weekend", "earliest", "last", "told"), CASES)
def test_people_are_told_at_the_first_moment_that_suits_them(
    zone: str, weekend: frozenset[int], earliest: str, last: str | None, told: str
) -> None:
    local = Local(ZoneInfo(zone), weekend)
    assert may_be_told(local, utc(earliest), last=utc(last) if last else None) == utc(told)


def test_a_weekend_of_seven_days_is_refused() -> None:
    with pytest.raises(ValueError, match="seven days"):
        may_be_told(Local(ZoneInfo("Africa/Nairobi"), WEEK), utc("2027-03-10 06:00"))


def test_a_last_time_in_the_far_future_does_not_silence_anybody() -> None:
    local, now = Local(ZoneInfo("Africa/Nairobi"), WESTERN), utc("2027-03-10 06:00")
    assert may_be_told(local, now, last=utc("2037-03-10 06:00")) == now


ZONES = """
    Africa/Cairo Africa/Casablanca Africa/Nairobi America/Bogota America/Nuuk America/St_Johns Antarctica/Troll
    Asia/Gaza Asia/Kathmandu Australia/Lord_Howe Europe/Amsterdam Pacific/Chatham Pacific/Kiritimati UTC
"""
LOCALS = st.builds(
    Local, st.sampled_from(ZONES.split()).map(ZoneInfo), st.frozensets(st.integers(0, 6), max_size=6)
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))
AGO = st.none() | st.timedeltas(timedelta(days=-3), timedelta(days=3))


@given(LOCALS, MOMENTS, AGO)
def test_what_is_found_suits_and_nothing_earlier_does(
    local: Local, earliest: datetime, ago: timedelta | None
) -> None:
    last = None if ago is None else earliest - ago
    told = may_be_told(local, earliest, last=last)
    assert told >= earliest
    assert told.utcoffset() == timedelta()
    assert suits(local, told, last)
    assert may_be_told(local, told, last=last) == told
    hours = range(-(-(told - earliest) // timedelta(hours=1)))
    earlier = [earliest + timedelta(hours=n) for n in hours] + [told - INSTANT] * (told > earliest)
    assert not any(suits(local, moment, last) for moment in earlier)


def suits(local: Local, moment: datetime, last: datetime | None) -> bool:
    here = moment.astimezone(local.zone)
    told_today = last is not None and last.astimezone(local.zone).date() == here.date()
    return here.hour in range(8, 20) and here.isoweekday() - 1 not in local.weekend and not told_today
