"""Dates: what comes next, a file of it, and when somebody would like to be told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.app import notify, planning
from bot.app.access import belongs, has_agreed, not_here, round_of_representative
from bot.app.pages.home import HOME
from bot.app.ports import Lane
from bot.app.router import Router
from bot.app.sayings import kind_words
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import PartnershipId, PersonId, RoundId
from bot.core.partnerships import Partnership
from bot.core.rounds.due import ends
from bot.core.rounds.lifecycle import TAKES_ANSWERS, RoundState
from bot.core.text import Line, just, say, say_count

pages = Router()

SNOOZES = (1, 3, 7)
"""Days for which somebody may ask to be left in peace."""


def date_lines(work: Work, partnership: Partnership) -> Iterator[Line]:
    """What is open until when, and the coming check-ins, by the partnership's clocks."""
    zone = partnership.clock
    for round_ in reversed(work.tx.rounds.of_partnership(partnership.id)):
        what, end = kind_words(round_.kind), ends(round_)
        if round_.state in TAKES_ANSWERS and end is not None:
            yield say("{what}: open until {when}.", what=what, when=end.astimezone(zone))
        elif round_.state is RoundState.SHAPING:
            yield say("The facilitators are making one list of decisions. Then it opens for answers.")
        elif round_.state is RoundState.CLOSING:
            yield say("{what}: closed. The digest comes within half a day, at a time of its own.", what=what)
    for at, together in groupby(planning.dates(work, partnership.id), key=lambda dated: dated.coming.at):
        kinds = tuple(kind_words(dated.kind) for dated in together)
        yield say("{when}: {what}", when=at.astimezone(zone), what=kinds)


@pages.page("next")
def next_(work: Work, person: PersonId) -> Card:
    """The dates of all partnerships of a person."""
    own = {seat.partnership for seat in work.tx.partnerships.seats_of(person) if has_agreed(seat)}
    own |= {found.id for found in work.tx.partnerships.facilitated_by(person)}
    found = [work.tx.partnerships.get(number) for number in sorted(own)]
    if len(found) == 1:
        return next_of(work, person, found[0].id)
    rows: list[Row] = [(Choice(partnership.name, f"m/{partnership.id}/next"),) for partnership in found]
    body = say("Of which partnership?") if found else say("There are no dates yet.")
    return Card(say("Dates"), (body,), (*rows, HOME), numbered=True)


@pages.page("m/{partnership_id}/next")
def next_of(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """What comes next in one partnership."""
    partnership = belongs(work, person, partnership_id)
    lines = tuple(date_lines(work, partnership))
    rows: list[Row] = []
    if planning.dates(work, partnership.id, each=1):
        rows.append((Choice(say("File for my calendar"), f"!m/{partnership.id}/dates"),))
    rows.append((Choice(say("Back"), f"m/{partnership.id}"), *HOME))
    return Card(
        say("Dates"),
        (partnership.name, *(lines or (say("There are no dates yet."),))),
        tuple(rows),
        numbered=True,
    )


@pages.action("m/{partnership_id}/dates")
def ask_for_file(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    planning.dates_file(work, person, partnership_id)  # refuses here, not when it is sent
    work.tx.outbox.tell(person, f"dates/{partnership_id}", lane=Lane.REPLY)
    return f"m/{partnership_id}/next"


@pages.page("dates/{partnership_id}")
def file(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """The file itself, as a message of its own."""
    content = planning.dates_file(work, person, partnership_id)
    body = (say("Open it, and your calendar takes the dates over. If they change, ask for a new one."),)
    return Card(say("Dates"), body, file=content)


@pages.page("later/{round_id}")
def later(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """Not now: the choice of when to be told again."""
    round_ = round_of_representative(work, person, round_id)
    rows: tuple[Row, ...] = tuple(
        (Choice(say_count("In {count} day", "In {count} days", count=days), f"!later/{round_.id}/{days}"),)
        for days in SNOOZES
    )
    return Card(
        say("Later"),
        (
            say("You can answer whenever you like with /answer."),
            say("When may I remind you? Until then I write nothing by myself."),
        ),
        (*rows, (Choice(say("Time zone"), "time"), *HOME)),
        numbered=True,
    )


@pages.action("later/{round_id}/{days}")
def snooze(work: Work, person: PersonId, round_id: RoundId, days: int) -> str:
    round_ = round_of_representative(work, person, round_id)
    if days not in SNOOZES or round_.state not in TAKES_ANSWERS:
        raise not_here()
    notify.snooze(work, person, days)
    notify.notify(work, person, f"remind/{round_.id}", until=ends(round_))
    return f"rest/{days}"


@pages.page("rest/{days}")
def rest(work: Work, person: PersonId, days: int) -> Card:
    if days not in SNOOZES:
        raise not_here()
    return Card(
        say("All right"),
        (
            say_count(
                "I write nothing by myself for {count} day.",
                "I write nothing by myself for {count} days.",
                count=days,
            ),
        ),
        (HOME,),
    )


@pages.page("time")
def time(work: Work, person: PersonId) -> Card:
    """Where somebody is, so that they are told things by day."""
    zone = notify.zone_of(work, person)
    others = sorted(_likely(work, person) - {zone})
    return Card(
        say("Time zone"),
        (
            say("For you it is now {when}.", when=work.now.astimezone(ZoneInfo(zone))),
            say("I write by day, on working days, and at most once a day. Answers come at any hour."),
        ),
        (
            *((Choice(just(ZoneInfo(other)), f"!time/{other.replace('/', '+')}"),) for other in others),
            (Choice(say("Another place"), "desk/zone/0"),),
            HOME,
        ),
        numbered=True,
    )


def _likely(work: Work, person: PersonId) -> set[str]:
    """Zones that somebody may be in: those of their partnerships and of their language."""
    seats = work.tx.partnerships.seats_of(person)
    zones = {work.tx.partnerships.get(seat.partnership).zone for seat in seats}
    zones |= {found.zone for found in work.tx.partnerships.facilitated_by(person)}
    home = work.setting.catalogs.home_zone(work.tx.people.language(person))
    return zones | ({home} if home else set())


@pages.action("time/{zone:s}")
def choose_zone(work: Work, person: PersonId, zone: str) -> str:
    wanted = zone.replace("+", "/")
    if wanted not in _likely(work, person):
        raise not_here()
    notify.set_zone(work, person, wanted)
    return "time"
