"""The calendar of check-ins: what the clock does with it, and what facilitators change in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.app import access
from bot.app.checkins import obstacle, open_check_in
from bot.app.sayings import kind_in
from bot.app.work import Work
from bot.core.cards import Attachment
from bot.core.ids import PartnershipId, PersonId, PlanId
from bot.core.rounds.calendar import Change, Coming, DatedEvent, Rhythm, coming
from bot.core.rounds.lifecycle import Kind
from bot.core.rounds.plans import NewPlan, Plan, date_due, is_too_often, next_date, settled
from bot.core.text import say
from bot.errors import Refusal

SHOWN = 3
"""Coming dates of one kind that are shown; a file of dates has more."""

LOOK_AGAIN = timedelta(days=1)
"""How long a date that waits is left alone at most."""

IN_FILE = 12
"""Coming dates of one kind in a file."""

EVENT_MINUTES = 15
"""How long a check-in takes, for a calendar."""

FARTHEST = timedelta(days=28)
"""How far a date may be moved from where the rhythm has it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A coming check-in."""

    kind: Kind
    coming: Coming


def due_plans(work: Work) -> tuple[PlanId, ...]:
    """Plans to look at by now."""
    return work.tx.calendar.due(work.now)


def carry_out(work: Work, plan_id: PlanId) -> None:
    """Open the check-in whose date has come, let it wait for what is in its way, or drop it."""
    plan = work.tx.calendar.plan(plan_id)
    if plan is None:
        return
    due = date_due(plan, work.tx.calendar.changes(plan.id), _zone(work, plan), work.now)
    if due is not None:
        in_the_way = obstacle(work, plan.partnership, plan.kind)
        if in_the_way is not None and in_the_way.until is not None:
            # its time may be over while it is still there: the clock comes to rounds after plans, or one is stuck;
            # or it is gone before its time, because it was cancelled
            work.tx.calendar.save(plan, due=min(in_the_way.until, work.now + LOOK_AGAIN))
            return
        if in_the_way is None:
            open_check_in(work, plan.partnership, plan.kind)
    _save(work, settled(plan, work.now))


def _save(work: Work, plan: Plan) -> None:
    """Store a plan with the moment at which it has to be looked at next."""
    found = next_date(plan, work.tx.calendar.changes(plan.id), _zone(work, plan), work.now)
    work.tx.calendar.save(plan, due=None if found is None else found.at)


def reckon_anew(work: Work, partnership: PartnershipId) -> None:
    """Note for every plan when it has to be looked at, after the partnership's time zone changed."""
    for plan in work.tx.calendar.plans(partnership):
        _save(work, plan)


def _zone(work: Work, plan: Plan) -> ZoneInfo:
    return work.tx.partnerships.get(plan.partnership).clock


def dates(work: Work, partnership: PartnershipId, *, each: int = SHOWN) -> list[Dated]:
    """The coming check-ins of a partnership in their order, at most so many of each kind."""
    found = [
        Dated(plan.kind, next_)
        for plan in work.tx.calendar.plans(partnership)
        for next_ in islice(_coming(work, plan), each)
    ]
    return sorted(found, key=lambda dated: (dated.coming.at, dated.kind))


def _coming(work: Work, plan: Plan) -> Iterator[Coming]:
    if plan.paused:
        return iter(())
    changes = work.tx.calendar.changes(plan.id)
    return coming(plan.rhythm, changes, _zone(work, plan), after=max(plan.handled, work.now))


def plan_of(work: Work, partnership: PartnershipId, kind: Kind) -> Plan | None:
    """The plan for one kind of check-in, if there is one."""
    return next((plan for plan in work.tx.calendar.plans(partnership) if plan.kind is kind), None)


def set_rhythm(
    work: Work, person: PersonId, partnership_id: PartnershipId, kind: Kind, rhythm: Rhythm
) -> None:
    """Let check-ins of a kind come back in a rhythm; single dates changed before are forgotten.

    Raises: Refusal, when it is too often.
    """
    partnership = access.facilitated(work, person, partnership_id)
    if is_too_often(rhythm, kind):
        raise Refusal(
            say(
                "That is too often: nobody's answers may be worked out from the difference between two check-ins."
            )
        )
    new = NewPlan(
        partnership=partnership.id,
        kind=kind,
        unit=rhythm.unit,
        every=rhythm.every,
        weekday=rhythm.weekday,
        week=rhythm.week,
        hour=rhythm.hour,
        begins=rhythm.begins,
        handled=work.now,
        paused=False,
    )
    created = work.tx.calendar.plan(work.tx.calendar.put(new))
    if created is not None:
        _save(work, created)


def pause(work: Work, person: PersonId, partnership: PartnershipId, kind: Kind) -> None:
    """Let no more check-ins come until the plan goes on.

    Raises: Refusal.
    """
    _save(work, replace(_own(work, person, partnership, kind), paused=True))


def go_on(work: Work, person: PersonId, partnership: PartnershipId, kind: Kind) -> None:
    """End a pause; what would have come in between is dropped.

    Raises: Refusal.
    """
    plan = _own(work, person, partnership, kind)
    if plan.paused:
        _save(work, replace(settled(plan, work.now), paused=False))


def drop(work: Work, person: PersonId, partnership: PartnershipId, kind: Kind) -> None:
    """Take a plan off the calendar.

    Raises: Refusal.
    """
    work.tx.calendar.drop(_own(work, person, partnership, kind).id)


def skip(work: Work, person: PersonId, partnership: PartnershipId, kind: Kind, day: date) -> None:
    """Leave one date out.

    Args:
        day: as the rhythm has it.
    Raises: Refusal.
    """
    _change(work, _own(work, person, partnership, kind), Change(day, None))


def shift(work: Work, person: PersonId, partnership: PartnershipId, kind: Kind, day: date, days: int) -> None:
    """Move one date by so many days.

    Args:
        day: as the rhythm has it.
    Raises: Refusal, when it would lie in the past, or as far as another date.
    """
    plan = _own(work, person, partnership, kind)
    dated = _dated(work, plan, day)
    zone = _zone(work, plan)
    there = dated.at.astimezone(zone).date() + timedelta(days=days)
    if there <= work.now.astimezone(zone).date():
        raise Refusal(say("That day is over. Please choose a later one."))
    if abs(there - day) > FARTHEST:
        raise Refusal(
            say("A date moves by at most {days} days. Further away it is another date.", days=FARTHEST.days)
        )
    _change(work, plan, Change(day, there))


def date_of(work: Work, person: PersonId, partnership: PartnershipId, kind: Kind, day: date) -> Coming:
    """A coming date, by the day that the rhythm has for it.

    Raises: Refusal.
    """
    return _dated(work, _own(work, person, partnership, kind), day)


def _own(work: Work, person: PersonId, partnership_id: PartnershipId, kind: Kind) -> Plan:
    partnership = access.facilitated(work, person, partnership_id)
    plan = plan_of(work, partnership.id, kind)
    if plan is None:
        raise access.not_here()
    return plan


def _dated(work: Work, plan: Plan, day: date) -> Coming:
    """The coming date that the rhythm has on a day; one that has come or was skipped is not found."""
    for found in islice(_coming(work, plan), SHOWN):
        if found.day == day:
            return found
    raise Refusal(say("That date has passed or was changed. Here are the dates as they are now."))


def _change(work: Work, plan: Plan, change: Change) -> None:
    _dated(work, plan, change.day)
    work.tx.calendar.change(plan.id, change)
    _save(work, plan)


def dates_file(work: Work, person: PersonId, partnership_id: PartnershipId) -> Attachment:
    """The coming dates of a partnership for people's own calendars, in this person's language.

    Raises: Refusal, when there are none.
    """
    partnership = access.belongs(work, person, partnership_id)
    language = work.tx.people.language(person)
    events = [
        DatedEvent(
            uid=f"{dated.kind}-{dated.coming.day.isoformat()}-{partnership.id}@{work.setting.bot_name}",
            title=work.setting.catalogs.render(
                kind_in(dated.kind, partnership.name),
                language,
            ),
            at=dated.coming.at,
            minutes=EVENT_MINUTES,
        )
        for dated in dates(work, partnership.id, each=IN_FILE)
    ]
    if not events:
        raise Refusal(say("There are no dates yet."))
    content = work.setting.write_dates(partnership.name, events, now=work.now)
    return Attachment("check-ins.ics", content, "text/calendar")
