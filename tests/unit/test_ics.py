"""The file of dates, read back by the rules of iCalendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from bot.adapters.dates.ics import ics
from bot.core.rounds.calendar import DatedEvent

NOW = datetime(2027, 1, 1, 8, 30, tzinfo=UTC)
EVENTS = [
    DatedEvent(
        "4-2027-02-05@example.org", "Check-in: Partner A, Partner B", datetime(2027, 2, 5, 9, tzinfo=UTC), 30
    ),
    DatedEvent("4-2027-03-05@example.org", "Check-in", datetime(2027, 3, 5, 9, tzinfo=UTC), 45),
]


def test_every_date_stands_in_the_file_with_its_beginning_and_end() -> None:
    found = Calendar.from_ical(ics("Partnership A", EVENTS, now=NOW)).walk("VEVENT")
    assert [
        DatedEvent(
            str(each["uid"]),
            str(each["summary"]),
            each.decoded("dtstart"),
            (each.decoded("dtend") - each.decoded("dtstart")) // timedelta(minutes=1),
        )
        for each in found
    ] == EVENTS
    assert [each.decoded("dtstamp") for each in found] == [NOW, NOW]


def test_the_file_has_what_the_format_demands_and_is_the_same_every_time() -> None:
    file = ics("Partnership A", EVENTS, now=NOW)
    assert file == ics("Partnership A", EVENTS, now=NOW)
    lines = file.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"VERSION:2.0", "PRODID:-//power-reflection-bot//calendar//EN"} < set(lines)
    assert "X-WR-CALNAME:Partnership A" in lines


def test_times_are_written_in_utc_whatever_zone_they_came_in() -> None:
    nepal = timezone(timedelta(hours=5, minutes=45))
    local = DatedEvent("1@example.org", "Check-in", datetime(2027, 2, 5, 9, tzinfo=nepal), 60)
    lines = ics("Partnership A", [local], now=NOW.astimezone(nepal)).decode().split("\r\n")
    assert {"DTSTART:20270205T031500Z", "DTEND:20270205T041500Z", "DTSTAMP:20270101T083000Z"} < set(lines)


@pytest.mark.parametrize(
    "words",
    [
        "Partner A, Partner B; and \\n others",
        "two\nlines",
        'BEGIN:VEVENT "quoted"',
        "\nEND:VCALENDAR",
        "شراكة أ — አጋርነት",
        "a long name " * 30,
    ],
)
def test_any_words_stay_words(words: str) -> None:
    event = DatedEvent("1@example.org", words, datetime(2027, 2, 5, 9, tzinfo=UTC), 60)
    file = ics(words, [event], now=NOW)
    found = Calendar.from_ical(file)
    assert [str(each["summary"]) for each in found.walk("VEVENT")] == [words]
    escaped = words.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")
    assert str(found["x-wr-calname"]) == escaped
    assert all(len(line) <= 75 for line in file.split(b"\r\n")), "long lines are folded"
