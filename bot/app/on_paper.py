"""Seats on paper: partners without Telegram, whose answers a facilitator types in; everybody knows of which."""

from __future__ import annotations

from collections.abc import Collection

from bot.app import access
from bot.app.partnerships import refuse_while_open
from bot.app.rosters import seats_on_paper
from bot.app.work import Work
from bot.core.ids import PartnerId, PartnershipId, PersonId, SeatId
from bot.core.partnerships import Seat
from bot.core.rounds.lifecycle import Round
from bot.core.text import Text, say
from bot.errors import Refusal


def mark(work: Work, person: PersonId, seat_id: SeatId, *, on_paper: bool) -> Seat:
    """Say of an empty seat that it answers on paper, or no longer; a link that was made for it stops working.

    Raises: Refusal, also while a round is open, and when somebody sits on it.
    """
    seat = access.seat_of_facilitator(work, person, seat_id)
    refuse_while_open(work, seat.partnership)
    if seat.person is not None:
        raise Refusal(say("Somebody has taken this seat already."))
    work.tx.partnerships.vacate(seat.id)
    work.tx.partnerships.set_on_paper(seat.id, on_paper)
    if on_paper:
        work.tx.partnerships.set_stand_in(seat.id, False)  # nobody sits on it
    return seat


def paper_line(work: Work, round_: Round) -> tuple[Text, ...]:
    """One line for everybody: which partners answer on paper in a round; empty when none does."""
    return _line(work, round_.partnership, work.tx.rounds.on_paper(round_.id))


def paper_line_now(work: Work, partnership: PartnershipId) -> tuple[Text, ...]:
    """The same for a round that would open now."""
    return _line(work, partnership, seats_on_paper(work, partnership))


def _line(work: Work, partnership: PartnershipId, marked: Collection[PartnerId]) -> tuple[Text, ...]:
    partners = tuple(one.acronym for one in work.tx.partnerships.partners(partnership) if one.id in marked)
    if not partners:
        return ()
    return (
        say("On paper, typed in by a facilitator who learns these answers: {partners}", partners=partners),
    )
