"""The facilitators' calendar: which check-ins come back, when, and what they ask."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.app import checkins, planning
from bot.app.access import facilitated, not_here
from bot.app.evaluation import asked_words
from bot.app.router import Router
from bot.app.sayings import kind_words, rhythm_words
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import PartnershipId, PersonId
from bot.core.rounds.lifecycle import CHECK_INS, Kind
from bot.core.rounds.plans import Plan
from bot.core.text import Line, Text, just, listed, say, say_count

pages = Router()

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
    zone = partnership.clock
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
    zone = partnership.clock
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
        case Kind.EVALUATION:
            return say(
                "How the last round was for everybody: a few statements, and a word to you where they do not agree."
            )
        case _:
            return say("A few statements of your choice; everybody says whether they agree.")


def _dates(work: Work, plan: Plan, where: str, zone: ZoneInfo) -> list[Row]:
    """The coming dates; each opens its own page."""
    return [
        (
            Choice(
                just(dated.coming.at.astimezone(zone)),
                f"{where}/date/{dated.coming.day.isoformat()}",
            ),
        )
        for dated in planning.dates(work, plan.partnership)
        if dated.kind is plan.kind
    ]


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
    when = dated.at.astimezone(partnership.clock)
    return Card(
        kind_words(which),
        (just(when),),
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
    body.extend(
        listed(number, asked_words(work, which, item.wording, 80)) for number, item in enumerate(asked, 1)
    )
    where = f"c/{partnership.id}/{which}"
    return Card(
        kind_words(which),
        tuple(body),
        ((Choice(say("Open"), f"!{where}/now"), Choice(say("Back"), where)),),
    )


@pages.action("c/{partnership_id}/{kind:s}/now")
def now(work: Work, person: PersonId, partnership_id: PartnershipId, kind: str) -> str:
    return f"r/{checkins.hold_now(work, person, partnership_id, kind_of(kind)).id}"
