"""When a partnership's check-ins come back, and what is done about dates that were missed.

Rules, computed from a plan and the time alone:

- A date that has come is opened once. While something else is in its way (the interval, an open round) it waits.
- Of several dates that were missed only the last one counts; the earlier ones are dropped.
- A date older than ``GRACE`` has lost its meaning and is dropped; the next one comes as planned.
- What was missed during a pause is dropped: with the end of a pause only later dates count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.ids import PartnershipId, PlanId
from bot.core.rounds.calendar import Change, Coming, Rhythm, Unit, coming, missed, shortest_gap
from bot.core.rounds.lifecycle import EXTENSION, INTERVAL, WINDOW_DAYS, Kind

GRACE = EXTENSION + timedelta(days=1)
"""How long after its date a check-in may still open, for instance when the bot was down; long enough for the date after
a check-in that was extended, in the quickest rhythm there is."""


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan that has no id yet; attributes as in ``Plan``."""

    partnership: PartnershipId
    kind: Kind
    unit: Unit
    every: int
    weekday: int
    week: int | None
    hour: int
    begins: date
    handled: datetime
    paused: bool


@dataclass(frozen=True, slots=True)
class Plan(NewPlan):
    """The rhythm of one kind of check-in in one partnership.

    Attributes:
        unit, every, weekday, week, hour, begins: as in ``Rhythm``.
        handled: dates up to here were opened, skipped or dropped; UTC.
        paused: no dates until it goes on.
    """

    id: PlanId

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.unit, self.every, self.weekday, self.week, self.hour, self.begins)


def next_date(plan: Plan, changes: Iterable[Change], zone: ZoneInfo, now: datetime) -> Coming | None:
    """The next date that has not been dealt with, also one that has come; None during a pause."""
    if plan.paused:
        return None
    found = date_due(plan, changes, zone, now)
    return found or next(coming(plan.rhythm, changes, zone, after=max(plan.handled, now)))


def date_due(plan: Plan, changes: Iterable[Change], zone: ZoneInfo, now: datetime) -> Coming | None:
    """The date for which a check-in should be opened now, if there is one."""
    if plan.paused:
        return None
    behind = missed(plan.rhythm, changes, zone, after=plan.handled, now=now)
    if not behind or now - behind[-1].at > GRACE:
        return None
    return behind[-1]


def settled(plan: Plan, now: datetime) -> Plan:
    """The plan once everything up to now was opened or dropped."""
    return replace(plan, handled=max(plan.handled, now))


def is_too_often(rhythm: Rhythm, kind: Kind) -> bool:
    """Whether two dates in a row could lie nearer than a window and the interval between rounds together."""
    return shortest_gap(rhythm) < timedelta(days=WINDOW_DAYS[kind]) + INTERVAL
