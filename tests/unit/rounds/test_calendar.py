"""Check-ins that come back: every zone, every week of the month, and nothing lost by downtime."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rounds.calendar import (
    LAST,
    LONGEST,
    MOST_MISSED,
    Change,
    Coming,
    Rhythm,
    Unit,
    coming,
    dates,
    missed,
    moment,
    shortest_gap,
)

MON, TUE, WED, THU, FRI, _SAT, SUN = range(7)
NAIROBI = ZoneInfo("Africa/Nairobi")
INSTANT = timedelta(microseconds=1)


def weeks(every: int, weekday: int, hour: int, begins: str) -> Rhythm:
    return Rhythm(Unit.WEEKS, every, weekday, None, hour, date.fromisoformat(begins))


def months(every: int, week: int, weekday: int, hour: int, begins: str) -> Rhythm:
    return Rhythm(Unit.MONTHS, every, weekday, week, hour, date.fromisoformat(begins))


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


CALENDARS = [
    # two weeks around the day on which clocks go forward, 28 March 2027
    (
        weeks(2, THU, 10, "2027-03-11"),
        "Europe/Amsterdam",
        "2027-03-01T00:00",
        ["2027-03-11T09:00", "2027-03-25T09:00", "2027-04-08T08:00"],
    ),
    # the last Friday of the month, around the day on which they go back, 31 October 2027
    (
        months(1, LAST, FRI, 16, "2027-09-01"),
        "Europe/Amsterdam",
        "2027-09-01T00:00",
        ["2027-09-24T14:00", "2027-10-29T14:00", "2027-11-26T15:00"],
    ),
    # two o'clock on both these days: skipped, so three o'clock; shown twice, so the first
    (
        months(7, LAST, SUN, 2, "2027-03-01"),
        "Europe/Amsterdam",
        "2027-03-28T00:59",
        ["2027-03-28T01:00", "2027-10-31T00:00", "2028-05-28T00:00"],
    ),
    # just after a date, the next one comes
    (
        months(3, 1, MON, 9, "2027-01-01"),
        "Africa/Nairobi",
        "2027-01-04T06:00",
        ["2027-04-05T06:00", "2027-07-05T06:00", "2027-10-04T06:00"],
    ),
    # from 2026, a year of 53 weeks, into the next
    (
        weeks(2, THU, 8, "2026-12-17"),
        "Africa/Nairobi",
        "2026-12-01T00:00",
        ["2026-12-17T05:00", "2026-12-31T05:00", "2027-01-14T05:00"],
    ),
    # a quarter of an hour, and a leap day
    (
        weeks(4, TUE, 9, "2028-02-01"),
        "Asia/Kathmandu",
        "2028-02-01T03:14",
        ["2028-02-01T03:15", "2028-02-29T03:15", "2028-03-28T03:15"],
    ),
    # midnight in the east is the day before in UTC
    (
        months(6, 4, SUN, 0, "2027-12-01"),
        "Asia/Kathmandu",
        "2027-12-31T00:00",
        ["2028-06-24T18:15", "2028-12-23T18:15", "2029-06-23T18:15"],
    ),
    # the last Tuesday of February is a leap day once; the evening in the west is the day after in UTC
    (
        months(12, LAST, TUE, 20, "2027-02-01"),
        "America/Bogota",
        "2027-02-24T00:30",
        ["2027-02-24T01:00", "2028-03-01T01:00", "2029-02-28T01:00"],
    ),
    # the month in which the rhythm begins has passed its day, so five months count from the next one
    (
        months(5, 2, WED, 9, "2027-10-20"),
        "America/Bogota",
        "2027-01-01T00:00",
        ["2027-11-10T14:00", "2028-04-12T14:00", "2028-09-13T14:00"],
    ),
    # clocks skip the midnight of 8 September 2024
    (
        weeks(1, SUN, 0, "2024-09-01"),
        "America/Santiago",
        "2024-08-31T12:00",
        ["2024-09-01T04:00", "2024-09-08T04:00", "2024-09-15T03:00"],
    ),
    # clocks skip the midnight of 26 April 2024
    (
        months(1, LAST, FRI, 0, "2024-03-01"),
        "Africa/Cairo",
        "2024-03-01T00:00",
        ["2024-03-28T22:00", "2024-04-25T22:00", "2024-05-30T21:00"],
    ),
]


@pytest.mark.parametrize(("rhythm", "zone", "now", "expected"), CALENDARS)
def test_dates_come_at_the_hour_that_local_clocks_show(
    rhythm: Rhythm, zone: str, now: str, expected: list[str]
) -> None:
    found = islice(coming(rhythm, (), ZoneInfo(zone), after=utc(now)), 3)
    assert [each.at for each in found] == [utc(at) for at in expected]


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        ("Europe/Amsterdam", "2027-03-28", 1, "2027-03-28T00:00"),
        ("Europe/Amsterdam", "2027-03-28", 3, "2027-03-28T01:00"),
        ("Europe/Amsterdam", "2027-10-31", 3, "2027-10-31T02:00"),
        ("America/Havana", "2024-11-03", 0, "2024-11-03T04:00"),  # midnight twice
        ("Australia/Lord_Howe", "2024-10-06", 2, "2024-10-05T15:30"),  # a gap of half an hour
        ("Antarctica/Troll", "2024-03-31", 2, "2024-03-31T01:00"),  # in the middle of a gap of two hours
        (
            "Pacific/Apia",
            "2011-12-30",
            12,
            "2011-12-30T10:00",
        ),  # a day that was left out: the next one begins
    ],
)
def test_an_hour_that_clocks_skip_or_show_twice_has_one_moment(
    zone: str, day: str, hour: int, expected: str
) -> None:
    assert moment(date.fromisoformat(day), hour, ZoneInfo(zone)) == utc(expected)


WEEKLY = weeks(1, MON, 9, "2027-01-04")  # 4, 11, 18, 25 January


def in_january(*changes: Change) -> list[tuple[int, str]]:
    """The days by the rhythm and by the changes, as far as January 2027 goes."""
    calendar = coming(WEEKLY, changes, NAIROBI, after=utc("2027-01-01T00:00"))
    return [
        (each.day.day, each.at.strftime("%d %H:%M"))
        for each in takewhile(lambda each: each.at < utc("2027-02-01T00:00"), calendar)
    ]


def change(day: int, to: int | None) -> Change:
    return Change(date(2027, 1, day), None if to is None else date(2027, 1, to))


def test_a_date_that_was_skipped_does_not_come() -> None:
    assert in_january(change(11, None)) == [(4, "04 06:00"), (18, "18 06:00"), (25, "25 06:00")]


def test_a_date_that_was_moved_keeps_its_hour_and_its_identity() -> None:
    assert in_january(change(11, 13)) == [
        (4, "04 06:00"),
        (11, "13 06:00"),
        (18, "18 06:00"),
        (25, "25 06:00"),
    ]


@pytest.mark.parametrize(
    ("day", "to", "order"), [(4, 20, [11, 18, 4, 25]), (25, 5, [4, 25, 11, 18]), (4, 18, [11, 4, 18, 25])]
)
def test_a_date_moved_across_others_takes_its_place_among_them(day: int, to: int, order: list[int]) -> None:
    assert [each for each, _ in in_january(change(day, to))] == order


def test_the_last_of_two_changes_of_a_day_counts() -> None:
    assert in_january(change(11, 13), change(11, 11)) == in_january()


def test_a_change_of_a_day_that_is_no_date_does_nothing() -> None:
    assert in_january(change(12, 13), change(5, None)) == in_january()


def test_a_date_moved_to_before_the_present_does_not_come_again() -> None:
    calendar = coming(WEEKLY, [change(18, 5)], NAIROBI, after=utc("2027-01-06T00:00"))
    assert [each.day.day for each in islice(calendar, 2)] == [11, 25]


def test_a_date_counts_as_missed_from_its_very_moment_on_and_only_once() -> None:
    at = utc("2027-01-04T06:00")
    assert missed(WEEKLY, (), NAIROBI, after=at - INSTANT, now=at - INSTANT) == ()
    assert missed(WEEKLY, (), NAIROBI, after=at - INSTANT, now=at) == (Coming(date(2027, 1, 4), at),)
    assert missed(WEEKLY, (), NAIROBI, after=at, now=at + INSTANT) == ()


def test_after_years_of_downtime_only_the_last_dates_are_caught_up() -> None:
    found = missed(WEEKLY, (), NAIROBI, after=utc("2027-01-01T00:00"), now=utc("2047-01-01T00:00"))
    assert [each.day.isoformat() for each in found] == ["2046-12-17", "2046-12-24", "2046-12-31"]


def test_a_clock_that_fell_back_misses_nothing() -> None:
    assert missed(WEEKLY, (), NAIROBI, after=utc("2027-02-01T00:00"), now=utc("2027-01-01T00:00")) == ()


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (weeks(4, MON, 9, "2027-01-01"), 28),
        (months(1, 1, MON, 9, "2027-01-01"), 28),
        (months(1, LAST, MON, 9, "2027-01-01"), 28),
        (months(2, 1, MON, 9, "2027-01-01"), 56),  # January and February, 59 days
        (months(3, 1, MON, 9, "2027-01-01"), 84),  # 90 days: January to March
        (months(3, LAST, MON, 9, "2027-01-01"), 84),  # 89 days: February to April
        (months(6, 1, MON, 9, "2027-01-01"), 175),  # 181 days: January to June
        (months(6, 1, MON, 9, "2027-03-01"), 175),  # 181 days: September to February
        (months(6, LAST, MON, 9, "2027-04-01"), 175),  # 181 days: November to April
        (months(6, 1, MON, 9, "2027-04-01"), 182),  # 182 days: October to March
        (months(6, LAST, MON, 9, "2027-03-01"), 182),
        (months(12, 1, MON, 9, "2027-01-01"), 364),
    ],
)
def test_the_shortest_gap_is_that_of_the_shortest_months(rhythm: Rhythm, days: int) -> None:
    assert shortest_gap(rhythm) == timedelta(days=days)


@pytest.mark.parametrize(
    ("unit", "every", "weekday", "week", "hour"),
    [
        (Unit.WEEKS, 0, MON, None, 9),
        (Unit.WEEKS, 53, MON, None, 9),
        (Unit.WEEKS, 1, 7, None, 9),
        (Unit.WEEKS, 1, -1, None, 9),
        (Unit.WEEKS, 1, MON, None, 24),
        (Unit.WEEKS, 1, MON, None, -1),
        (Unit.WEEKS, 1, MON, 1, 9),
        (Unit.MONTHS, 0, MON, 1, 9),
        (Unit.MONTHS, 13, MON, 1, 9),
        (Unit.MONTHS, 1, MON, None, 9),
        (Unit.MONTHS, 1, MON, 0, 9),
        (Unit.MONTHS, 1, MON, 5, 9),
        (Unit.MONTHS, 1, MON, -2, 9),
    ],
)
def test_a_rhythm_without_sense_is_refused(
    unit: Unit, every: int, weekday: int, week: int | None, hour: int
) -> None:
    with pytest.raises(ValueError, match=r"^an? (rhythm|weekday|hour)"):
        Rhythm(unit, every, weekday, week, hour, date(2027, 1, 1))


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    unit = draw(st.sampled_from(Unit))
    return Rhythm(
        unit=unit,
        every=draw(st.integers(1, LONGEST[unit])),
        weekday=draw(st.integers(0, 6)),
        week=draw(st.sampled_from([1, 2, 3, 4, LAST])) if unit is Unit.MONTHS else None,
        hour=draw(st.integers(0, 23)),
        begins=draw(st.dates(date(2022, 1, 1), date(2030, 12, 31))),
    )


ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in ("Europe/Amsterdam", "Africa/Nairobi", "Asia/Kathmandu", "America/Bogota", "Africa/Cairo")
    ]
)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Rhythm, list[Change], ZoneInfo]:
    """A rhythm with some of its first dates skipped or moved, by up to three months."""
    rhythm = draw(rhythms())
    days = st.sampled_from(list(islice(dates(rhythm, from_=rhythm.begins), 12)))
    drawn = draw(st.dictionaries(days, st.none() | st.integers(-90, 90), max_size=6))
    changes = [
        Change(day, None if shift is None else day + timedelta(days=shift)) for day, shift in drawn.items()
    ]
    return rhythm, changes, draw(ZONES)


def until(end: datetime, calendar: tuple[Rhythm, Sequence[Change], ZoneInfo]) -> list[Coming]:
    """All dates of a calendar up to a moment."""
    long_ago = utc("2020-01-01T00:00")
    return list(takewhile(lambda each: each.at <= end, coming(*calendar, after=long_ago)))


def fits(day: date, rhythm: Rhythm) -> bool:
    """Whether a day is the rhythm's weekday in the right week of its month."""
    if rhythm.week == LAST:
        right = (day + timedelta(weeks=1)).month != day.month
    else:
        right = rhythm.week is None or (day.day + 6) // 7 == rhythm.week
    return right and day.weekday() == rhythm.weekday


@given(rhythms(), st.integers(-30, 1500))
def test_a_rhythm_gives_every_nth_of_the_days_that_fit(rhythm: Rhythm, later: int) -> None:
    days = [day for day in (rhythm.begins + timedelta(days=i) for i in range(3000)) if fits(day, rhythm)]
    from_ = rhythm.begins + timedelta(days=later)
    expected = [day for day in days[:: rhythm.every] if day >= from_]
    assert list(takewhile(lambda day: day <= days[-1], dates(rhythm, from_=from_))) == expected


@given(rhythms())
def test_the_shortest_gap_is_never_undercut_and_is_reached(rhythm: Rhythm) -> None:
    forty_years = date(rhythm.begins.year + 40, 1, 1)
    days = takewhile(lambda day: day < forty_years, dates(rhythm, from_=rhythm.begins))
    assert min(after - before for before, after in pairwise(days)) == shortest_gap(rhythm)


@given(calendars(), st.integers(0, 2000))
def test_all_dates_come_in_order_each_once_and_none_is_lost(
    calendar: tuple[Rhythm, list[Change], ZoneInfo], later: int
) -> None:
    rhythm, changes, zone = calendar
    after = moment(rhythm.begins + timedelta(days=later), 12, zone)
    found = list(islice(coming(*calendar, after=after), 20))
    assert found == sorted(found, key=lambda each: each.at)
    assert len({each.day for each in found}) == len(found)
    places: dict[date, date | None] = {day: day for day in islice(dates(rhythm, from_=rhythm.begins), 400)}
    places |= {change.day: change.to for change in changes}
    expected = {Coming(day, moment(to, rhythm.hour, zone)) for day, to in places.items() if to is not None}
    assert set(found) == {each for each in expected if after < each.at <= found[-1].at}


@given(calendars(), st.lists(st.integers(1, 24 * 200).map(lambda hours: timedelta(hours=hours)), max_size=12))
def test_downtimes_of_any_length_lose_and_double_nothing(
    calendar: tuple[Rhythm, list[Change], ZoneInfo], downtimes: list[timedelta]
) -> None:
    after = datetime.combine(calendar[0].begins, datetime.min.time(), UTC) - timedelta(days=100)
    for downtime in downtimes:
        now = after + downtime
        expected = tuple(each for each in until(now, calendar) if each.at > after)
        assert missed(*calendar, after=after, now=now) == expected[-MOST_MISSED:]
        after = now
