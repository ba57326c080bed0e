"""The calendar of a partnership: when its check-ins come back.

Nothing is kept here: a rhythm, the changes made to it and the time give every date, so that a restart or a year of
downtime neither loses nor doubles one. The rules:

- A rhythm gives local dates: a weekday every N weeks, or the nth or last such weekday of every N months. Its first
  date is the first fitting day on or after ``begins``, and N counts from there (iCalendar, RFC 5545, 3.3.10).
- The day that the rhythm gives is the identity of a date, whatever happens to it later: it may be skipped, or moved
  to another day at the same hour, also across others. A change of a day that the rhythm does not give does nothing.
- The hour is that of clocks in the partnership's zone. One that clocks skip becomes the first moment after the gap,
  one that they show twice is the first of the two.
- After downtime the last dates that were missed are caught up, in order, and older ones have lost their meaning.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from heapq import merge
from itertools import takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekdays

LAST = -1
"""The week of a month in which its last Monday, Tuesday ... lies."""

MOST_MISSED = 3
"""Dates that are caught up after downtime, however long it was."""


class Unit(StrEnum):
    WEEKS = "weeks"
    MONTHS = "months"


LONGEST = {Unit.WEEKS: 52, Unit.MONTHS: 12}
"""What comes back less than once a year is not a rhythm."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When check-ins come back, by the clocks of the partnership.

    Attributes:
        every: weeks or months from one to the next, at least 1 and at most a year.
        weekday: 0 for Monday to 6 for Sunday.
        week: which such weekday of the month, 1 to 4 or ``LAST``; None with weeks.
        hour: 0 to 23.
        begins: no date of the rhythm lies before it.
    Raises: ValueError, when the parts do not fit.
    """

    unit: Unit
    every: int
    weekday: int
    week: int | None
    hour: int
    begins: date

    def __post_init__(self) -> None:
        if not 1 <= self.every <= LONGEST[self.unit]:
            raise ValueError(f"a rhythm of {self.unit} takes 1 to {LONGEST[self.unit]} of them")
        if self.weekday not in range(7):
            raise ValueError("a weekday is 0 (Monday) to 6 (Sunday)")
        if self.hour not in range(24):
            raise ValueError("an hour is 0 to 23")
        if self.unit is Unit.WEEKS and self.week is not None:
            raise ValueError("a rhythm of weeks names no week of the month")
        if self.unit is Unit.MONTHS and self.week not in (1, 2, 3, 4, LAST):
            raise ValueError("a rhythm of months names a week: 1 to 4, or -1 for the last")


@dataclass(frozen=True, slots=True)
class Change:
    """One date skipped (``to`` is None) or moved.

    Attributes:
        day: the date by the rhythm.
        to: the local day on which it takes place instead, at the rhythm's hour.
    """

    day: date
    to: date | None


@dataclass(frozen=True, slots=True)
class Coming:
    """One date of the calendar.

    Attributes:
        day: the local date by the rhythm, which identifies it also after a move.
        at: when it takes place, aware UTC.
    """

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A date as people's own calendars take it.

    Attributes:
        uid: the same whenever this date is sent, so that calendars replace it and do not double it.
        at: its beginning, aware UTC; it takes ``minutes``.
    """

    uid: str
    title: str
    at: datetime
    minutes: int


def dates(rhythm: Rhythm, *, from_: date) -> Iterator[date]:
    """The local dates of a rhythm from ``from_`` on, ascending, without end."""
    found = _recurrence(rhythm, every=rhythm.every, start=_first(rhythm)).xafter(_midnight(from_), inc=True)
    return (each.date() for each in found)


def moment(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """When clocks in ``zone`` show ``hour`` on a day, aware UTC; the first moment after a gap that hides it."""
    wall = datetime.combine(day, time(hour))
    while not _exists(wall, zone):
        wall += timedelta(minutes=1)  # gaps end at a whole minute; most take an hour, the longest a day
    return wall.replace(tzinfo=zone).astimezone(UTC)


def shortest_gap(rhythm: Rhythm) -> timedelta:
    """The least time between two dates in a row, in whole days of the calendar and over all years.

    Months: the dates keep to the same week of their months, so they are as far apart as the beginnings of these
    months (the ends, for the last week), rounded down or up to whole weeks. Every month begins on every weekday
    in some year, so the nearest pair is rounded down.
    """
    if rhythm.unit is Unit.WEEKS:
        return timedelta(weeks=rhythm.every)
    first = _first(rhythm).month - 1 + (rhythm.week == LAST)  # a month ends where the next one begins
    edges = {(first + turn * rhythm.every) % 12 for turn in range(12)}
    nearest = min(_month(edge + rhythm.every) - _month(edge) for edge in edges)
    return timedelta(weeks=nearest.days // 7)


def coming(rhythm: Rhythm, changes: Iterable[Change], zone: ZoneInfo, *, after: datetime) -> Iterator[Coming]:
    """Every date that takes place later than ``after`` (aware), by when it does; lazily and without end.

    Skipped dates are left out and moved ones stand at their new place. Of two changes of one day the last counts.
    """
    changed = {change.day: change.to for change in changes}
    kept = (
        Coming(day, moment(day, rhythm.hour, zone))
        for day in dates(rhythm, from_=after.astimezone(zone).date())
        if day not in changed
    )
    moved = sorted(
        (
            Coming(day, moment(to, rhythm.hour, zone))
            for day, to in changed.items()
            if to is not None and next(dates(rhythm, from_=day)) == day
        ),
        key=_place,
    )
    return (each for each in merge(kept, moved, key=_place) if each.at > after)


def missed(
    rhythm: Rhythm, changes: Iterable[Change], zone: ZoneInfo, *, after: datetime, now: datetime
) -> tuple[Coming, ...]:
    """The dates with ``after`` < at <= ``now``, in order; at most the last three (``MOST_MISSED``).

    Whoever was away for longer is asked about the present, not about each date of the years between. A clock that
    fell back (``now`` before ``after``) misses nothing.
    """
    past = takewhile(lambda each: each.at <= now, coming(rhythm, changes, zone, after=after))
    return tuple(deque(past, maxlen=MOST_MISSED))


def _first(rhythm: Rhythm) -> date:
    """The date that the rhythm counts from; iCalendar leaves a start open that does not fit the rule itself."""
    first: datetime = next(iter(_recurrence(rhythm, every=1, start=rhythm.begins)))
    return first.date()


def _recurrence(rhythm: Rhythm, *, every: int, start: date) -> rrule:
    weekday, frequency = weekdays[rhythm.weekday], WEEKLY
    if rhythm.week is not None:
        weekday, frequency = weekday(rhythm.week), MONTHLY
    return rrule(frequency, interval=every, byweekday=weekday, dtstart=_midnight(start))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _exists(wall: datetime, zone: ZoneInfo) -> bool:
    there_and_back = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) == wall


def _month(count: int) -> date:
    """The first day of a month, counted from 0 in common years: in leap years dates are never nearer."""
    return date(2025 + count // 12, count % 12 + 1, 1)


def _place(each: Coming) -> tuple[datetime, date]:
    return each.at, each.day
