"""From a personal link to a seat: bound to the first account, taken up by agreeing to the notice.

Source: anonymity reference, 3.8.1 and 3.11. A link opens enrolment only, shows no stored data, and to a second
account it is nothing.
"""

from __future__ import annotations

from bot.app import access
from bot.app.links import WrongLink
from bot.app.partnerships import refuse_while_open
from bot.app.ports import Lane
from bot.app.rosters import seats_on_paper
from bot.app.work import Work
from bot.core.ids import PersonId, SeatId
from bot.core.partnerships import Seat
from bot.core.rounds.lifecycle import HOLDS_ANSWERS, TAKES_ANSWERS
from bot.core.text import say
from bot.errors import Refusal


def open_invitation(work: Work, person: PersonId, token_hash: bytes) -> str:
    """Follow a personal link.

    Returns: the path of the notice, or of the home page when the seat is already theirs.
    Raises: WrongLink; Refusal, for who has a seat there already, and for a facilitator while a round is open in which
        something is answered on paper.
    """
    seat = work.tx.partnerships.seat_of_invitation(token_hash)
    if seat is not None and seat.person == person:
        return f"invited/{seat.id}" if not access.has_agreed(seat) else "home"
    if seat is None or seat.person is not None or not seat.is_invited(work.now):
        raise WrongLink
    if any(other.partnership == seat.partnership for other in work.tx.partnerships.seats_of(person)):
        raise Refusal(say("You already have a seat in this partnership. One person answers for one seat."))
    if person in work.tx.partnerships.facilitators(seat.partnership) and seats_on_paper(
        work, seat.partnership
    ):
        refuse_while_open(work, seat.partnership)  # with a seat they would know more than was announced
    work.tx.partnerships.bind(seat.id, person)
    return f"invited/{seat.id}"


def bound_seat(work: Work, person: PersonId, seat_id: SeatId) -> Seat:
    """The seat that is bound to this person, agreed or not.

    Raises: Refusal.
    """
    seat = work.tx.partnerships.seat(seat_id)
    if seat is None or seat.person != person:
        raise access.not_here()
    return seat


def agree(work: Work, person: PersonId, seat_id: SeatId) -> str:
    """Take part: keep the version of the notice; go to the open round when there is one."""
    seat = bound_seat(work, person, seat_id)
    work.tx.partnerships.set_consent(seat.id, access.NOTICE_VERSION)
    for other in work.tx.partnerships.seats(seat.partnership):
        if not other.confirmed and other.partner != seat.partner:
            work.tx.outbox.tell(person, f"confirm/{other.id}", lane=Lane.REPLY)
    for round_ in work.tx.rounds.of_partnership(seat.partnership):
        if round_.state in TAKES_ANSWERS:
            return f"call/{round_.id}"
    return "home"


def leave(work: Work, person: PersonId, seat_id: SeatId) -> str:
    """Give the seat back; answers in an open round are erased with it."""
    seat = bound_seat(work, person, seat_id)
    for round_ in work.tx.rounds.of_partnership(seat.partnership):
        if round_.state in HOLDS_ANSWERS:
            work.tx.sheets.erase(round_.id, person)
    work.tx.partnerships.vacate(seat.id)
    work.tx.people.set_loose(person, work.now.date())
    return "home"
