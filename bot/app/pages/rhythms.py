"""Choosing how often a check-in comes back, on which day and at which hour: by taps alone, one choice a card."""

from __future__ import annotations

from datetime import date, time, timedelta

from bot.app import planning
from bot.app.access import facilitated, not_here
from bot.app.pages.checkins import kind_of
from bot.app.router import Router
from bot.app.sayings import week_name
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import PartnershipId, PersonId
from bot.core.rounds.calendar import LAST, Rhythm, Unit
from bot.core.text import Text, Weekday, just, say, say_count

pages = Router()

EVERY = ("w6", "w8", "w12", "m2", "m3", "m6", "m12")
"""Rhythms on offer: weeks or months, none so short that two check-ins would lie too near each other."""

WEEKS = ("1", "2", "3", "4", "l")
NO_WEEK = "-"
HOURS = range(8, 20)


@pages.page("c/{partnership_id}/{kind:s}/rhythm")
def how_often(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str) -> Card:
    where = f"c/{facilitated(work, person, partnership_id).id}/{kind_of(kind)}"
    rows: tuple[Row, ...] = tuple((Choice(_every(code), f"{where}/rhythm/{code}"),) for code in EVERY)
    return Card(say("How often?"), (), (*rows, (Choice(say("Back"), where),)), numbered=True)


@pages.page("c/{partnership_id}/{kind:s}/rhythm/{every:s}")
def which_week(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str, every: str) -> Card:
    """For months, the week of the month; for weeks there is nothing to choose here."""
    if every not in EVERY:
        raise not_here()
    if every.startswith("w"):
        return which_day(work, person, partnership_id, kind, every, NO_WEEK)
    where = f"c/{facilitated(work, person, partnership_id).id}/{kind_of(kind)}/rhythm"
    rows: tuple[Row, ...] = tuple(
        (Choice(week_name(_week(week)), f"{where}/{every}/{week}"),) for week in WEEKS
    )
    return Card(
        say("In which week of the month?"),
        (_every(every),),
        (*rows, (Choice(say("Back"), where),)),
        numbered=True,
    )


@pages.page("c/{partnership_id}/{kind:s}/rhythm/{every:s}/{week:s}")
def which_day(
    work: Work, person: PersonId, partnership_id: PartnershipId, kind: str, every: str, week: str
) -> Card:
    if every not in EVERY or week not in (*WEEKS, NO_WEEK):
        raise not_here()
    partnership = facilitated(work, person, partnership_id)
    where = f"c/{partnership.id}/{kind_of(kind)}/rhythm"
    first = work.setting.catalogs.first_weekday(partnership.zone)
    rows: tuple[Row, ...] = tuple(
        (Choice(just(Weekday(day)), f"{where}/{every}/{week}/{day}"),)
        for day in ((first + number) % 7 for number in range(7))
    )
    return Card(say("On which day?"), (_every(every),), (*rows, (Choice(say("Back"), where),)), numbered=True)


@pages.page("c/{partnership_id}/{kind:s}/rhythm/{every:s}/{week:s}/{day}")
def which_hour(
    work: Work, person: PersonId, partnership_id: PartnershipId, kind: str, every: str, week: str, day: int
) -> Card:
    partnership = facilitated(work, person, partnership_id)
    if every not in EVERY or week not in (*WEEKS, NO_WEEK) or day not in range(7):
        raise not_here()
    where = f"c/{partnership.id}/{kind_of(kind)}"
    choices = [Choice(just(time(hour)), f"!{where}/set/{every}/{week}/{day}/{hour}") for hour in HOURS]
    rows = tuple(tuple(choices[start : start + 4]) for start in range(0, len(choices), 4))
    return Card(
        say("At which hour?"),
        (say("By the clocks of {zone}.", zone=partnership.clock),),
        (*rows, (Choice(say("Back"), f"{where}/rhythm"),)),
    )


@pages.action("c/{partnership_id}/{kind:s}/set/{every:s}/{week:s}/{day}/{hour}")
def set_rhythm(
    work: Work,
    person: PersonId,
    partnership_id: PartnershipId,
    kind: str,
    every: str,
    week: str,
    day: int,
    hour: int,
) -> str:
    """Put a kind of check-in on the calendar; the first date lies one whole interval ahead."""
    which = kind_of(kind)
    is_whole = every in EVERY and week in (*WEEKS, NO_WEEK) and day in range(7) and hour in HOURS
    if not is_whole or every.startswith("w") != (week == NO_WEEK):
        raise not_here()
    partnership = facilitated(work, person, partnership_id)
    unit, count = (Unit.WEEKS if every[0] == "w" else Unit.MONTHS), int(every[1:])
    today = work.now.astimezone(partnership.clock).date()
    rhythm = Rhythm(unit, count, day, _week(week), hour, begins=_ahead(today, unit, count))
    planning.set_rhythm(work, person, partnership_id, which, rhythm)
    return f"c/{partnership_id}/{which}"


def _ahead(today: date, unit: Unit, count: int) -> date:
    """From which day on the first date may lie: so many weeks ahead, or in the month that lies so many ahead."""
    if unit is Unit.WEEKS:
        return today + timedelta(weeks=count)
    months = today.month - 1 + count
    return date(today.year + months // 12, months % 12 + 1, 1)


def _every(code: str) -> Text:
    number = int(code[1:])
    if code[0] == "w":
        return say_count("Every {count} week", "Every {count} weeks", count=number)
    return say_count("Every {count} month", "Every {count} months", count=number)


def _week(code: str) -> int | None:
    return None if code == NO_WEEK else LAST if code == "l" else int(code)
