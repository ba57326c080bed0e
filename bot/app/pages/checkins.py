"""The facilitators' calendar: which check-ins come back, when, and what they ask."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.app import checkins, planning, statements
from bot.app.access import facilitated, not_here
from bot.app.router import Router
from bot.app.sayings import kind_words, rhythm_words, shortened, week_name, weekday_name
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import DecisionId, PartnershipId, PersonId
from bot.core.rounds.calendar import LAST, Rhythm, Unit
from bot.core.rounds.lifecycle import CHECK_INS, Kind
from bot.core.rounds.plans import Plan
from bot.core.text import Line, Text, say, say_count

pages = Router()

EVERY = ("w6", "w8", "w12", "m2", "m3", "m6", "m12")
"""Rhythms on offer: weeks or months, none so short that two check-ins would lie too near each other."""

WEEKS = ("1", "2", "3", "4", "l")
NO_WEEK = "-"
HOURS = range(8, 20)
SHIFTS = (-7, -1, 1, 7)


def kind_of(word: str) -> Kind:
    """The kind of check-in that a path names.

    Raises: Refusal.
    """
    if word not in CHECK_INS:
        raise not_here()
    return Kind(word)


@pages.page("p/{partnership_id}/checkins")
def overview(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """All kinds of check-ins with their next date."""
    partnership = facilitated(work, person, partnership_id)
    zone = ZoneInfo(partnership.zone)
    body: list[Line] = [say("Check-ins come back to what you agreed, so that it is not forgotten.")]
    for kind in CHECK_INS:
        plan = planning.plan_of(work, partnership.id, kind)
        found = [dated for dated in planning.dates(work, partnership.id, each=1) if dated.kind is kind]
        if found:
            next_ = say("next on {when}", when=found[0].coming.at.astimezone(zone))
        else:
            next_ = say("not on the calendar") if plan is None else say("paused")
        body.append(say("{what}: {next}", what=kind_words(kind), next=next_))
    rows: tuple[Row, ...] = tuple(
        (Choice(kind_words(kind), f"c/{partnership.id}/{kind}"),) for kind in CHECK_INS
    )
    return Card(
        say("Check-ins"), tuple(body), (*rows, (Choice(say("Desk"), f"p/{partnership.id}"),)), numbered=True
    )


@pages.page("c/{partnership_id}/{kind:s}")
def one(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str) -> Card:
    """One kind of check-in: its rhythm, its coming dates, what can be done."""
    partnership = facilitated(work, person, partnership_id)
    which = kind_of(kind)
    where = f"c/{partnership.id}/{which}"
    zone = ZoneInfo(partnership.zone)
    plan = planning.plan_of(work, partnership.id, which)
    body: list[Line] = [_purpose(which)]
    rows: list[Row] = []
    if plan is None:
        body.append(say("It is not on the calendar."))
        rows.append((Choice(say("Put it on the calendar"), f"{where}/rhythm"),))
    else:
        body.append(rhythm_words(plan.rhythm))
        rows.extend(_dates(work, plan, where, zone))
        if plan.paused:
            body.append(say("Paused: no dates until you let it go on."))
            rows.append((Choice(say("Let it go on"), f"!{where}/resume"),))
        else:
            rows.append((Choice(say("Pause"), f"!{where}/pause"),))
        rows.append(
            (
                Choice(say("Another rhythm"), f"{where}/rhythm"),
                Choice(say("Off the calendar"), f"!{where}/drop"),
            )
        )
    if which is Kind.PULSE:
        rows.append((Choice(say("Statements"), f"s/{partnership.id}/statements"),))
    rows.append((Choice(say("Hold one now"), f"{where}/now"),))
    rows.append((Choice(say("Check-ins"), f"p/{partnership.id}/checkins"),))
    return Card(kind_words(which), tuple(body), tuple(rows), numbered=True)


def _purpose(kind: Kind) -> Text:
    match kind:
        case Kind.ACTIONS:
            return say("Every representative says how far each action is, and what helps or is in the way.")
        case Kind.PRACTICE:
            return say(
                "Where you agreed on levels: at which level was each partner really involved since then?"
            )
        case _:
            return say("A few statements of your choice; everybody says whether they agree.")


def _dates(work: Work, plan: Plan, where: str, zone: ZoneInfo) -> list[Row]:
    """The coming dates; each opens its own page."""
    return [
        (
            Choice(
                say("{when}", when=dated.coming.at.astimezone(zone)),
                f"{where}/date/{dated.coming.day.isoformat()}",
            ),
        )
        for dated in planning.dates(work, plan.partnership)
        if dated.kind is plan.kind
    ]


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
    where = f"c/{facilitated(work, person, partnership_id).id}/{kind_of(kind)}/rhythm"
    rows: tuple[Row, ...] = tuple(
        (Choice(weekday_name(day), f"{where}/{every}/{week}/{day}"),) for day in range(7)
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
    choices = [
        Choice(say("{hour}:00", hour=hour), f"!{where}/set/{every}/{week}/{day}/{hour}") for hour in HOURS
    ]
    rows = tuple(tuple(choices[start : start + 4]) for start in range(0, len(choices), 4))
    return Card(
        say("At which hour?"),
        (say("By the clocks of {zone}.", zone=partnership.zone),),
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
    today = work.now.astimezone(ZoneInfo(partnership.zone)).date()
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


@pages.action("c/{partnership_id}/{kind:s}/pause")
def pause(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str) -> str:
    planning.pause(work, person, partnership_id, kind_of(kind))
    return f"c/{partnership_id}/{kind}"


@pages.action("c/{partnership_id}/{kind:s}/resume")
def resume(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str) -> str:
    planning.go_on(work, person, partnership_id, kind_of(kind))
    return f"c/{partnership_id}/{kind}"


@pages.action("c/{partnership_id}/{kind:s}/drop")
def drop(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str) -> str:
    planning.drop(work, person, partnership_id, kind_of(kind))
    return f"c/{partnership_id}/{kind}"


@pages.page("c/{partnership_id}/{kind:s}/date/{day:s}")
def one_date(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str, day: str) -> Card:
    """One coming date: leave it out, or move it."""
    partnership = facilitated(work, person, partnership_id)
    which = kind_of(kind)
    where = f"c/{partnership.id}/{which}"
    dated = planning.date_of(work, person, partnership.id, which, _day(day))
    when = dated.at.astimezone(ZoneInfo(partnership.zone))
    return Card(
        kind_words(which),
        (say("{when}", when=when),),
        (
            (Choice(say("Leave this one out"), f"!{where}/skip/{day}"),),
            *((Choice(_shift(by), f"!{where}/move/{day}/{by}"),) for by in SHIFTS),
            (Choice(say("Back"), where),),
        ),
        numbered=True,
    )


def _shift(by: int) -> Text:
    if by < 0:
        return say_count("{count} day earlier", "{count} days earlier", count=-by)
    return say_count("{count} day later", "{count} days later", count=by)


@pages.action("c/{partnership_id}/{kind:s}/skip/{day:s}")
def skip(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str, day: str) -> str:
    planning.skip(work, person, partnership_id, kind_of(kind), _day(day))
    return f"c/{partnership_id}/{kind}"


@pages.action("c/{partnership_id}/{kind:s}/move/{day:s}/{by:s}")
def move(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str, day: str, by: str) -> str:
    if by not in {str(known) for known in SHIFTS}:
        raise not_here()
    planning.shift(work, person, partnership_id, kind_of(kind), _day(day), int(by))
    return f"c/{partnership_id}/{kind}/date/{day}"


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise not_here() from None


@pages.page("c/{partnership_id}/{kind:s}/now")
def confirm_now(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str) -> Card:
    """What would be asked, before everybody is."""
    partnership = facilitated(work, person, partnership_id)
    which = kind_of(kind)
    asked = checkins.items(work, partnership.id, which)
    body: list[Line] = [say("Everybody is asked now. It is announced in the group.")]
    body.extend(f"{number}. {shortened(item.wording, 80)}" for number, item in enumerate(asked, 1))
    where = f"c/{partnership.id}/{which}"
    return Card(
        kind_words(which),
        tuple(body),
        ((Choice(say("Open"), f"!{where}/now"), Choice(say("Back"), where)),),
    )


@pages.action("c/{partnership_id}/{kind:s}/now")
def now(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str) -> str:
    return f"r/{checkins.hold_now(work, person, partnership_id, kind_of(kind)).id}"


@pages.page("s/{partnership_id}/statements")
def all_statements(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """The statements of the next pulse."""
    partnership = facilitated(work, person, partnership_id)
    found = checkins.statements(work, partnership.id)
    body: list[Line] = [f"{number}. {statement.wording}" for number, statement in enumerate(found, 1)]
    rows: list[Row] = [
        (Choice(say("Remove {number}", number=number), f"!s/{partnership.id}/remove/{statement.id}"),)
        for number, statement in enumerate(found, 1)
    ]
    if len(found) < statements.MOST:
        rows.append((Choice(say("Add statements"), f"desk/statements/{partnership.id}"),))
    rows.append((Choice(kind_words(Kind.PULSE), f"c/{partnership.id}/{Kind.PULSE}"),))
    return Card(say("Statements"), tuple(body) or (say("There are none yet."),), tuple(rows))


@pages.action("s/{partnership_id}/remove/{statement}")
def remove_statement(
    work: Work, person: PersonId, partnership_id: PartnershipId, statement: DecisionId
) -> str:
    statements.remove(work, person, partnership_id, statement)
    return f"s/{partnership_id}/statements"
