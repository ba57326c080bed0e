"""For partners without Telegram: the questions of a round as a form, and what was answered on paper typed in."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app.behalf import enterable, erase, path_of
from bot.app.forms import asking, form_file
from bot.app.ports import Lane
from bot.app.router import Router
from bot.app.sayings import round_words
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.confidentiality.holders import OnPaper
from bot.core.ids import PersonId, RoundId, SeatId
from bot.core.partnerships import Seat
from bot.core.rounds.lifecycle import TAKES_ANSWERS, Round
from bot.core.text import Line, say

pages = Router()


def form_row(round_: Round) -> tuple[Row, ...]:
    """Where facilitators get what a round asks as a form, while it takes answers."""
    if round_.state not in TAKES_ANSWERS:
        return ()
    return ((Choice(say("A form for those without Telegram"), f"!r/{round_.id}/form"),),)


def entry_rows(work: Work, round_: Round) -> Iterator[Row]:
    """Where facilitators type in what was answered on paper; the same whatever was entered."""
    if round_.state not in TAKES_ANSWERS:
        return
    for seat in work.tx.partnerships.seats(round_.partnership):
        if isinstance(seat.holder, OnPaper):
            label = say("Enter for {partner}", partner=_name(work, seat))
            yield (Choice(label, path_of("entry", seat.id, round_.id)),)


def _name(work: Work, seat: Seat) -> str:
    """The partner whose seat it is; with a number where it has several on paper."""
    partners = work.tx.partnerships.partners(seat.partnership)
    acronym = next(one.acronym for one in partners if one.id == seat.partner)
    alike = [
        other.id
        for other in work.tx.partnerships.seats(seat.partnership)
        if other.partner == seat.partner and isinstance(other.holder, OnPaper)
    ]
    return acronym if len(alike) == 1 else f"{acronym} {alike.index(seat.id) + 1}"


@pages.action("r/{round_id}/form")
def ask_for_form(work: Work, person: PersonId, round_id: RoundId) -> str:
    asking(work, person, round_id)  # refuses here, not when it is sent
    work.tx.outbox.tell(person, f"form/{round_id}", lane=Lane.REPLY)
    return f"r/{round_id}"


@pages.page("form/{round_id}")
def form(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """The form itself, as a message of its own."""
    content = form_file(work, asking(work, person, round_id))
    body = (
        say(
            "An XLSForm with the questions in every language. Upload it to KoboToolbox or ODK to ask them on a phone "
            "without a connection, or to print them."
        ),
    )
    return Card(say("Form"), body, file=content)


@pages.page("entry/{seat_id}/{round_id}")
def entry(work: Work, person: PersonId, seat_id: SeatId, round_id: RoundId) -> Card:
    """What a facilitator should know before typing in the answers of somebody else."""
    round_, seat = enterable(work, person, seat_id, round_id)
    return Card(
        say("On paper"),
        (
            round_words(round_),
            say(
                "You learn the answers that you type in. Ask the partner first, and enter only what they gave."
            ),
            say(
                "When you finish, they are sealed: nobody can look at them again, neither can you. A second entry "
                "replaces the first. What you leave unfinished is dropped after half an hour."
            ),
        ),
        (
            (
                Choice(
                    say("Enter for {partner}", partner=_name(work, seat)),
                    path_of("behalf", seat.id, round_.id),
                ),
            ),
            (Choice(say("Erase what was entered"), f"!{path_of('entry', seat.id, round_.id)}/erase"),),
            (Choice(say("Back"), f"r/{round_.id}"),),
        ),
        numbered=True,
    )


@pages.page("entered/{seat_id}/{round_id}")
def entered(work: Work, person: PersonId, seat_id: SeatId, round_id: RoundId) -> Card:
    """After the last question: nothing of the answers is left on the screen."""
    round_, _ = enterable(work, person, seat_id, round_id)
    return _done(round_, say("Sealed. Now it counts like every other answer. Please destroy the paper."))


@pages.action("entry/{seat_id}/{round_id}/erase")
def erase_entry(work: Work, person: PersonId, seat_id: SeatId, round_id: RoundId) -> str:
    erase(work, person, seat_id, round_id)
    return path_of("erased", seat_id, round_id)


@pages.page("erased/{seat_id}/{round_id}")
def erased_entry(work: Work, person: PersonId, seat_id: SeatId, round_id: RoundId) -> Card:
    """The same whether there was something to erase or not."""
    round_, _ = enterable(work, person, seat_id, round_id)
    return _done(round_, say("Nothing is entered for this seat now."))


def _done(round_: Round, what: Line) -> Card:
    return Card(say("Done"), (what,), ((Choice(say("Back"), f"r/{round_.id}"),),))
