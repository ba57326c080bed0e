"""Check-ins of a plan open once, in order, and are lost only where a rule says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import PartnershipId, PlanId
from bot.core.rounds.calendar import LAST, LONGEST, Change, Coming, Rhythm, Unit, coming, dates
from bot.core.rounds.lifecycle import CHECK_INS, INTERVAL, WINDOW_DAYS, Kind
from bot.core.rounds.plans import GRACE, Plan, date_due, is_too_often, next_date, settled

UTC_ZONE = ZoneInfo("UTC")
INSTANT = timedelta(microseconds=1)
MONDAY = date(2027, 1, 4)
NINE = datetime(2027, 1, 4, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def plan_of(rhythm: Rhythm, *, handled: datetime, paused: bool = False) -> Plan:
    return Plan(
        partnership=PartnershipId(1),
        kind=Kind.ACTIONS,
        unit=rhythm.unit,
        every=rhythm.every,
        weekday=rhythm.weekday,
        week=rhythm.week,
        hour=rhythm.hour,
        begins=rhythm.begins,
        handled=handled,
        paused=paused,
        id=PlanId(1),
    )


def every_weeks(weeks: int) -> Plan:
    """Mondays at nine, from the fourth of January on; set up on the third."""
    rhythm = Rhythm(Unit.WEEKS, weeks, 0, None, 9, MONDAY)
    return plan_of(rhythm, handled=NINE - timedelta(days=1))


def days(*found: Coming | None) -> list[date | None]:
    return [None if each is None else each.day for each in found]


def test_a_date_is_due_from_its_moment_on_for_the_time_of_grace() -> None:
    plan = every_weeks(6)
    looks = (NINE - INSTANT, NINE, NINE + GRACE, NINE + GRACE + INSTANT)
    assert days(*(date_due(plan, (), UTC_ZONE, now) for now in looks)) == [None, MONDAY, MONDAY, None]


def test_a_date_that_waits_is_still_the_next_one_until_it_is_settled() -> None:
    plan = every_weeks(6)
    now = NINE + timedelta(days=3)
    later = MONDAY + 6 * WEEK
    after = settled(plan, now)
    assert days(next_date(plan, (), UTC_ZONE, now), next_date(after, (), UTC_ZONE, now)) == [MONDAY, later]


def test_of_several_dates_that_were_missed_the_last_one_counts() -> None:
    plan, now = every_weeks(6), NINE + 13 * WEEK
    assert days(date_due(plan, (), UTC_ZONE, now)) == [MONDAY + 12 * WEEK]
    assert date_due(settled(plan, now), (), UTC_ZONE, now) is None


def test_a_date_older_than_its_grace_is_dropped_and_the_next_one_comes_as_planned() -> None:
    plan, now = every_weeks(6), NINE + 2 * WEEK
    assert date_due(plan, (), UTC_ZONE, now) is None
    assert days(next_date(plan, (), UTC_ZONE, now)) == [MONDAY + 6 * WEEK]


def test_a_pause_has_no_dates_and_what_came_during_it_does_not_come_after_it() -> None:
    paused, now = replace(every_weeks(6), paused=True), NINE + timedelta(days=1)
    assert date_due(paused, (), UTC_ZONE, now) is None
    assert next_date(paused, (), UTC_ZONE, now) is None
    going = replace(settled(paused, now), paused=False)
    assert days(date_due(going, (), UTC_ZONE, now), next_date(going, (), UTC_ZONE, now)) == [
        None,
        MONDAY + 6 * WEEK,
    ]


def test_a_clock_that_fell_back_opens_nothing_a_second_time() -> None:
    opened = settled(every_weeks(6), NINE)
    for now in (NINE - 2 * WEEK, NINE, NINE + timedelta(days=1)):
        assert date_due(opened, (), UTC_ZONE, now) is None
        assert settled(opened, now).handled == max(NINE, now)
        assert days(next_date(opened, (), UTC_ZONE, now)) == [MONDAY + 6 * WEEK]


def test_a_skipped_date_is_not_due_and_a_moved_one_is_on_its_new_day() -> None:
    plan = every_weeks(6)
    skipped, moved = [Change(MONDAY, None)], [Change(MONDAY, MONDAY + WEEK)]
    assert date_due(plan, skipped, UTC_ZONE, NINE) is None
    assert days(next_date(plan, skipped, UTC_ZONE, NINE)) == [MONDAY + 6 * WEEK]
    assert date_due(plan, moved, UTC_ZONE, NINE + WEEK - INSTANT) is None
    assert date_due(plan, moved, UTC_ZONE, NINE + WEEK) == Coming(MONDAY, NINE + WEEK)
    assert date_due(settled(plan, NINE + WEEK), moved, UTC_ZONE, NINE + WEEK + INSTANT) is None


def test_a_date_moved_ahead_and_opened_does_not_come_on_its_former_day() -> None:
    later = MONDAY + 6 * WEEK
    ahead = [Change(later, later - WEEK)]
    plan = settled(every_weeks(6), NINE)
    assert days(date_due(plan, ahead, UTC_ZONE, NINE + 5 * WEEK)) == [later]
    opened = settled(plan, NINE + 5 * WEEK)
    assert date_due(opened, ahead, UTC_ZONE, NINE + 6 * WEEK) is None


@pytest.mark.parametrize(
    ("day", "hour_in_utc"), [(date(2027, 3, 22), 8), (date(2027, 3, 29), 7), (date(2027, 11, 1), 8)]
)
def test_a_date_is_due_at_the_hour_of_local_clocks_in_summer_and_in_winter(
    day: date, hour_in_utc: int
) -> None:
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour_in_utc)
    plan = plan_of(Rhythm(Unit.WEEKS, 1, 0, None, 9, MONDAY), handled=at - timedelta(days=1))
    zone = ZoneInfo("Europe/Amsterdam")
    assert days(date_due(plan, (), zone, at - INSTANT), date_due(plan, (), zone, at)) == [None, day]


@pytest.mark.parametrize(
    ("kind", "rhythm", "too_often"),
    [
        (Kind.PULSE, Rhythm(Unit.WEEKS, 4, 0, None, 9, MONDAY), True),
        (Kind.PULSE, Rhythm(Unit.WEEKS, 5, 0, None, 9, MONDAY), False),
        (Kind.PULSE, Rhythm(Unit.MONTHS, 1, 0, 1, 9, MONDAY), True),
        (Kind.PULSE, Rhythm(Unit.MONTHS, 2, 0, 1, 9, MONDAY), False),
        (Kind.ACTIONS, Rhythm(Unit.WEEKS, 5, 0, None, 9, MONDAY), True),
        (Kind.ACTIONS, Rhythm(Unit.WEEKS, 6, 0, None, 9, MONDAY), False),
        (Kind.PRACTICE, Rhythm(Unit.WEEKS, 5, 0, None, 9, MONDAY), True),
        (Kind.PRACTICE, Rhythm(Unit.MONTHS, 2, 0, LAST, 9, MONDAY), False),
    ],
)
def test_check_ins_come_back_after_a_window_and_the_interval_at_the_earliest(
    kind: Kind, rhythm: Rhythm, too_often: bool
) -> None:
    assert is_too_often(rhythm, kind) is too_often


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    unit = draw(st.sampled_from(Unit))
    return Rhythm(
        unit=unit,
        every=draw(st.integers(1, min(LONGEST[unit], 10))),
        weekday=draw(st.integers(0, 6)),
        week=draw(st.sampled_from([1, 2, 3, 4, LAST])) if unit is Unit.MONTHS else None,
        hour=draw(st.integers(0, 23)),
        begins=MONDAY + timedelta(days=draw(st.integers(0, 300))),
    )


@given(rhythms(), st.sampled_from(CHECK_INS))
def test_a_rhythm_that_is_not_too_often_leaves_a_window_and_the_interval_between_its_dates(
    rhythm: Rhythm, kind: Kind
) -> None:
    found = list(islice(dates(rhythm, from_=rhythm.begins), 60))
    needed = timedelta(days=WINDOW_DAYS[kind]) + INTERVAL
    if not is_too_often(rhythm, kind):
        assert all(later - earlier >= needed for earlier, later in pairwise(found))


class Act(StrEnum):
    """What happens to a plan at a moment: the clock looks, with or without something in the way, or a pause."""

    LOOK = "look"
    BLOCKED = "blocked"
    PAUSE = "pause"
    GO_ON = "go_on"


@dataclass
class Watched:
    """A plan with its clock; keeps what was opened, and what happened.

    Attributes:
        course: moments with what happened then; a pause that is there already, or is not, has nothing happen.
    """

    plan: Plan
    changes: list[Change]
    zone: ZoneInfo
    now: datetime
    opened: list[tuple[Coming, datetime]] = field(default_factory=list)
    course: list[tuple[datetime, Act]] = field(default_factory=list)

    def act(self, act: Act) -> None:
        if act in {Act.PAUSE, Act.GO_ON} and self.plan.paused is (act is Act.PAUSE):
            return
        self.course.append((self.now, act))
        match act:
            case Act.PAUSE:
                self.plan = replace(self.plan, paused=True)
            case Act.GO_ON:
                self.plan = replace(settled(self.plan, self.now), paused=False)
            case _:
                self._look(blocked=act is Act.BLOCKED)

    def _look(self, *, blocked: bool) -> None:
        found = date_due(self.plan, self.changes, self.zone, self.now)
        if found is not None and blocked:
            return
        if found is not None:
            self.opened.append((found, self.now))
        self.plan = settled(self.plan, self.now)

    def next(self) -> Coming | None:
        return next_date(self.plan, self.changes, self.zone, self.now)


@st.composite
def watched_plans(draw: st.DrawFn) -> Watched:
    """A plan in a zone with or without summer time, some of its first dates skipped or moved."""
    rhythm = draw(rhythms())
    zones = ("Europe/Amsterdam", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kathmandu")
    first = list(islice(dates(rhythm, from_=rhythm.begins), 8))
    drawn = draw(st.dictionaries(st.sampled_from(first), st.none() | st.integers(-28, 28), max_size=4))
    changes = [Change(day, None if by is None else day + timedelta(days=by)) for day, by in drawn.items()]
    begun = datetime.combine(rhythm.begins, datetime.min.time(), UTC) - timedelta(days=30)
    return Watched(plan_of(rhythm, handled=begun), changes, ZoneInfo(draw(st.sampled_from(zones))), begun)


GAPS = st.one_of(
    st.integers(1, 100).map(lambda hours: timedelta(hours=hours)),
    st.integers(1, 90).map(lambda number: timedelta(days=number)),
)
ACTS = st.sampled_from([Act.LOOK] * 4 + [Act.BLOCKED] * 2 + [Act.PAUSE, Act.GO_ON])


@given(watched_plans(), st.lists(st.tuples(GAPS, ACTS), max_size=30))
def test_no_date_opens_twice_and_each_that_does_not_open_has_its_reason(
    watched: Watched, course: list[tuple[timedelta, Act]]
) -> None:
    begun, calendar = watched.now, (watched.plan.rhythm, watched.changes, watched.zone)
    for gap, act in course:
        watched.now += gap
        watched.act(act)
    came = list(takewhile(lambda each: each.at <= watched.now, coming(*calendar, after=begun)))
    opened = [found for found, _ in watched.opened]
    assert len(set(days(*opened))) == len(opened)
    assert opened == [each for each in came if each in opened], "in the order of the calendar"
    assert all(each.at <= at <= each.at + GRACE for each, at in watched.opened)
    for each in came:
        assert (each in opened) is not has_reason(each, came, watched.course)


def has_reason(each: Coming, came: list[Coming], course: list[tuple[datetime, Act]]) -> bool:
    """Whether a date that came may stay closed: by a rule of the module, or because it still waits."""
    before = [act for at, act in course if at < each.at and act in {Act.PAUSE, Act.GO_ON}]
    if before[-1:] == [Act.PAUSE]:
        return True
    for at, act in course:
        if at < each.at or act is Act.BLOCKED:
            continue
        later = any(
            each.at < other.at <= at or (other.at == each.at and other.day > each.day) for other in came
        )
        return act is not Act.LOOK or later or at - each.at > GRACE
    return True


@given(watched_plans(), st.lists(st.tuples(GAPS | GAPS.map(lambda gap: -gap), ACTS), max_size=30))
def test_no_date_opens_twice_whatever_the_clock_does(
    watched: Watched, course: list[tuple[timedelta, Act]]
) -> None:
    for gap, act in course:
        watched.now += gap
        watched.act(act)
        after = watched.next()
        assert (after is None) is watched.plan.paused
        assert after is None or after.at > watched.plan.handled
    opened = [found.day for found, _ in watched.opened]
    assert len(set(opened)) == len(opened)


@given(watched_plans(), st.lists(GAPS, min_size=1, max_size=30))
def test_a_look_at_each_next_date_opens_what_looking_all_the_time_does(
    often: Watched, gaps: list[timedelta]
) -> None:
    seldom = replace(often, opened=[], course=[])
    begun, end = often.now, often.now + sum(gaps, timedelta())
    while (coming_next := seldom.next()) is not None and coming_next.at <= end:
        seldom.now = coming_next.at
        seldom.act(Act.LOOK)
    extra = often.now
    for gap in gaps:
        extra += gap
        while (coming_next := often.next()) is not None and coming_next.at <= extra:
            often.now = coming_next.at
            often.act(Act.LOOK)
        often.now = extra
        often.act(Act.LOOK)
    assert often.opened == seldom.opened
    assert days(*(found for found, _ in seldom.opened)) == days(
        *takewhile(lambda each: each.at <= end, all_dates(seldom, begun))
    )


def all_dates(watched: Watched, begun: datetime) -> list[Coming]:
    """Every date of the calendar, one for each moment: the last where several were moved to one."""
    calendar = coming(watched.plan.rhythm, watched.changes, watched.zone, after=begun)
    return list({each.at: each for each in islice(calendar, 500)}.values())
