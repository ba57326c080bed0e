"""The coming dates as an iCalendar file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vText

from bot.core.rounds.calendar import DatedEvent

PRODUCT = "-//power-reflection-bot//calendar//EN"


def ics(name: str, events: Iterable[DatedEvent], *, now: datetime) -> bytes:
    """Write dates for people's own calendars.

    Args:
        name: what a calendar calls the whole, for instance the partnership.
        events: at least one, which the format asks for.
        now: aware; the later of two files wins where both hold a date.
    Returns: the file, UTF-8, all times in UTC.
    Source: RFC 5545; the name follows the extension that Apple's, Google's and Microsoft's calendars read.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(name))  # what no standard names is escaped only when called text
    for each in events:
        calendar.add_component(_event(each, now))
    file: bytes = calendar.to_ical()
    return file


def _event(dated: DatedEvent, now: datetime) -> Event:
    event = Event()
    event.add("uid", dated.uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", dated.at.astimezone(UTC))
    event.add("dtend", dated.at.astimezone(UTC) + timedelta(minutes=dated.minutes))
    event.add("summary", dated.title)
    return event
