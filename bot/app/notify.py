"""Telling people something by itself: at a decent hour where they are, and at most once a day.

What somebody asked for is answered at once, by their screen; only what the bot begins comes through here. The hour
depends on where a person is and on what they were told before, never on what they answered.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.app.access import not_here
from bot.app.sittings import needed
from bot.app.work import Work
from bot.core.flow.session import Param, Session
from bot.core.ids import PersonId
from bot.core.rounds.quiet import Local, may_be_told

MANY = 100
"""People told in one transaction."""

SEVERAL = "waiting"
"""The page that stands for all that is due when it is more than one thing."""


def notify(
    work: Work, person: PersonId, path: str, *, once: str | None = None, until: datetime | None = None
) -> None:
    """Tell a person something as soon as it is a good hour for them.

    Args:
        once: never a second time under this key.
        until: from then on it has lost its meaning and is dropped, UTC.
    """
    if once is not None and not work.tx.outbox.first_time(once, person):
        return
    at = good_moment(work, person, work.now)
    # beside something that is due already it waits for the clock, so that both become one message
    if at <= work.now and work.tx.people.reachable(person) and not work.tx.notices.due(person, work.now):
        _tell(work, person, path)
    else:
        work.tx.notices.add(person, path, at=at, until=until)


def _tell(work: Work, person: PersonId, path: str) -> None:
    work.tx.outbox.tell(person, path)
    work.tx.people.set_attention(person, replace(work.tx.people.attention(person), notified_at=work.now))


def good_moment(work: Work, person: PersonId, earliest: datetime) -> datetime:
    """When somebody may be notified next, UTC."""
    attention = work.tx.people.attention(person)
    earliest = max(earliest, attention.snoozed_until or earliest)
    return may_be_told(local(work, person), earliest, last=attention.notified_at)


def local(work: Work, person: PersonId) -> Local:
    """Where a person is, as far as we know, and which days are free there."""
    zone = zone_of(work, person)
    return Local(ZoneInfo(zone), work.setting.catalogs.weekend(zone))


def zone_of(work: Work, person: PersonId) -> str:
    """The zone they chose; or the one of their language; or the one of their first partnership."""
    chosen = work.tx.people.attention(person).zone
    home = chosen or work.setting.catalogs.home_zone(work.tx.people.language(person))
    if home is not None:
        return home
    seats = work.tx.partnerships.seats_of(person)
    if seats:
        return work.tx.partnerships.get(seats[0].partnership).zone
    led = work.tx.partnerships.facilitated_by(person)
    return led[0].zone if led else "UTC"


def set_zone(work: Work, person: PersonId, zone: str) -> None:
    """Note where somebody is, by their own word."""
    work.tx.people.set_attention(person, replace(work.tx.people.attention(person), zone=zone))


def begin_zone(_work: Work, _person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "zone", which everybody has once, for themselves."""
    if subject:
        raise not_here()
    return {}


def take_zone(work: Work, person: PersonId, _subject: int, session: Session) -> str:
    set_zone(work, person, needed(session, "zone"))
    return "time"


def snooze(work: Work, person: PersonId, days: int) -> None:
    """Leave somebody in peace for so many days, by their own wish; what is due then comes as one message."""
    until = work.now + timedelta(days=days)
    attention = replace(work.tx.people.attention(person), snoozed_until=until)
    work.tx.people.set_attention(person, attention)


def hand_over(work: Work) -> bool:
    """Queue what is due for up to ``MANY`` people, one message each; True when there may be more of them."""
    people = work.tx.notices.people(work.now, MANY)
    for person in people:
        _hand_over_to(work, person)
    return len(people) == MANY


def _hand_over_to(work: Work, person: PersonId) -> None:
    due = work.tx.notices.due(person, work.now)
    ids = [notice.id for notice in due]
    alive = [notice.path for notice in due if notice.until is None or notice.until > work.now]
    if not alive or not work.tx.people.reachable(person):
        work.tx.notices.remove(ids)  # who blocked the bot finds what waits on their page when they return
        return
    at = good_moment(work, person, work.now)
    if at > work.now:
        work.tx.notices.postpone(ids, at)
        return
    _tell(work, person, alive[0] if len(set(alive)) == 1 else SEVERAL)
    work.tx.notices.remove(ids)
