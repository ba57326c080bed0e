"""When somebody may be told something: by day, on a working day, once a day.

Whatever people ask for themselves is answered at any hour; this is about what the bot says on its own account.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, count
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(20), time(8)
"""Local times: nobody is told anything from the first until just before the second."""

WEEK = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Local:
    """Where somebody is.

    Attributes:
        weekend: weekdays without work there, 0 = Monday; may be empty.
    """

    zone: ZoneInfo
    weekend: frozenset[int]


def may_be_told(local: Local, earliest: datetime, *, last: datetime | None = None) -> datetime:
    """Say when somebody may be notified: outside quiet hours, on a working day, at most once a day.

    Args:
        earliest: aware, UTC.
        last: when they were last notified, aware; its local day alone is spared, so that a clock once set far
            ahead silences nobody for years.
    Returns: the first such moment at or after ``earliest``, UTC; ``earliest`` itself when it will do.
    Raises: ValueError, when every day of the week is a weekend day.
    """
    if local.weekend >= WEEK:
        raise ValueError("a weekend of seven days leaves no day to tell anybody anything")
    told_on = last and last.astimezone(local.zone).date()
    moments = chain((earliest,), _mornings(local.zone, earliest))
    return next(moment for moment in moments if moment >= earliest and _suits(local, moment, told_on))


def _mornings(zone: ZoneInfo, start: datetime) -> Iterator[datetime]:
    """The end of the quiet hours on the local day of ``start`` and on every day after it, UTC."""
    today = start.astimezone(zone).date()
    for n in count():
        yield datetime.combine(today + timedelta(days=n), QUIET_UNTIL, zone).astimezone(UTC)


def _suits(local: Local, moment: datetime, told_on: date | None) -> bool:
    # read back from UTC: where clocks jump over a morning, what was built as 08:00 is another hour or day
    here = moment.astimezone(local.zone)
    by_day = QUIET_UNTIL <= here.time() < QUIET_FROM
    return by_day and here.weekday() not in local.weekend and here.date() != told_on
