"""What each person may see, erase and leave."""

from __future__ import annotations

from bot.app import enrolment
from bot.app.access import own_seat, round_of_representative, seat_in
from bot.app.pages.enrolment import partner_of
from bot.app.pages.home import HOME
from bot.app.router import Router
from bot.app.sayings import kind_in
from bot.app.sheets import STAGES
from bot.app.sittings import flow_of_session
from bot.app.stand_ins import stand_in_words
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.flow.review import summary
from bot.core.flow.session import from_json
from bot.core.ids import PersonId, RoundId, SeatId
from bot.core.rounds.lifecycle import HOLDS_ANSWERS, TAKES_ANSWERS, Kind, Round
from bot.core.text import Line, say
from bot.errors import Refusal

pages = Router()

GONE = say(
    "There is nothing of yours here now. Answers exist only while a round is open; "
    "at the close they are destroyed, and nobody can bring them back."
)


def _which(work: Work, round_: Round) -> Line:
    """Which of several open rounds, in a few words."""
    name = work.tx.partnerships.get(round_.partnership).name
    if round_.kind is Kind.REFLECTION:
        return name
    return kind_in(round_.kind, name)


def _open_rounds(work: Work, person: PersonId) -> list[Round]:
    return [
        round_
        for seat in work.tx.partnerships.seats_of(person)
        if own_seat(work, person, seat.partnership)
        for round_ in work.tx.rounds.of_partnership(seat.partnership)
        if round_.state in TAKES_ANSWERS
    ]


@pages.page("mine")
def mine(work: Work, person: PersonId) -> Card:
    """Everything this person answered that still exists; with several open rounds, which one to look at."""
    given = [round_ for round_ in _open_rounds(work, person) if _given(work, person, round_)]
    if len(given) == 1:
        return mine_of(work, person, given[0].id)
    rows: list[Row] = [(Choice(_which(work, round_), f"mine/{round_.id}"),) for round_ in given]
    if given:
        return Card(
            say("Your answers"), (say("Which ones would you like to see?"),), (*rows, HOME), numbered=True
        )
    nothing = say(
        "There is nothing of yours here now. Answers exist only while a round is open; "
        "at the close they are destroyed, and nobody can bring them back."
    )
    return Card(say("Your answers"), (nothing,), (HOME,))


@pages.page("mine/{round_id}")
def mine_of(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """What this person answered in one round; it leaves the screen after a minute."""
    round_ = round_of_representative(work, person, round_id)
    seat = seat_in(work, person, round_.partnership)
    given = _given(work, person, round_)
    if not given:
        return Card(say("Your answers"), (say("There is nothing of yours in this round."),), (HOME,))
    return Card(
        say("Your answers"),
        (
            work.tx.partnerships.get(round_.partnership).name,
            *stand_in_words(seat, partner_of(work, seat)),
            *given,
        ),
        ((Choice(say("Change"), f"answer/{round_.id}"), Choice(say("Erase"), "erase")), HOME),
    )


def _given(work: Work, person: PersonId, round_: Round) -> tuple[Line, ...]:
    """What a person answered, as lines; empty when there is nothing, or nothing any more."""
    if round_.state not in TAKES_ANSWERS:
        return ()
    kept = work.tx.sheets.load(round_.id, person, STAGES[round_.state])
    if kept is None:
        return ()
    session = from_json(kept.decode())
    return summary(flow_of_session(work, session), session)


@pages.page("erase")
def erase(work: Work, person: PersonId) -> Card:
    """Choose what to erase."""
    rows: list[Row] = []
    for round_ in _open_rounds(work, person):
        label = say("Erase my answers: {which}", which=_which(work, round_))
        rows.append((Choice(label, f"!erase/{round_.id}"),))
    for seat in work.tx.partnerships.seats_of(person):
        name = work.tx.partnerships.get(seat.partnership).name
        rows.append((Choice(say("Leave: {partnership}", partnership=name), f"leave/{seat.id}"),))
    body: tuple[Line, ...] = (
        say(
            "Erasing takes effect at once and cannot be undone. While the round is open you can answer anew."
        ),
    )
    if not rows:
        body = (say("There is nothing of yours to erase here."),)
    return Card(say("Erase"), body, (*rows, HOME), numbered=True)


@pages.action("erase/{round_id}")
def erase_answers(work: Work, person: PersonId, round_id: RoundId) -> str:
    round_ = round_of_representative(work, person, round_id)
    if round_.state not in HOLDS_ANSWERS:
        raise Refusal(GONE)
    work.tx.sheets.erase(round_.id, person)
    return "erased"


@pages.page("erased")
def erased(work: Work, person: PersonId) -> Card:
    return Card(say("Done"), (say("Your answers have been erased. Nobody is told."),), (HOME,))


@pages.page("leave/{seat}")
def leave(work: Work, person: PersonId, seat: SeatId) -> Card:
    """Ask once more before a seat is given back."""
    found = enrolment.bound_seat(work, person, seat)
    partnership = work.tx.partnerships.get(found.partnership)
    return Card(
        say("Leave"),
        (
            say(
                "You would give your seat in {partnership} back, and what you answered in an open round is erased. "
                "To return you need a new link.",
                partnership=partnership.name,
            ),
        ),
        ((Choice(say("Leave"), f"!leave/{seat}"), Choice(say("Stay"), "home")),),
        numbered=True,
    )


@pages.action("leave/{seat}")
def leave_now(work: Work, person: PersonId, seat: SeatId) -> str:
    return enrolment.leave(work, person, seat)
