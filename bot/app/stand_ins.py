"""Stand-ins: people who speak for a partner that is absent, such as a funder; everybody knows of which.

Source: domain reference, 1.5.
"""

from __future__ import annotations

from bot.app import access
from bot.app.partnerships import refuse_while_open
from bot.app.work import Work
from bot.core.ids import PersonId, SeatId
from bot.core.partnerships import Partner, Seat
from bot.core.rounds.lifecycle import Round
from bot.core.text import Text, say
from bot.errors import Refusal


def mark(work: Work, person: PersonId, seat_id: SeatId, *, stand_in: bool) -> Seat:
    """Say of an empty seat that whoever takes it is a stand-in, or no longer.

    A seat that is taken stays as it was told to the person who sits on it when they agreed.

    Raises: Refusal.
    """
    seat = access.seat_of_facilitator(work, person, seat_id)
    refuse_while_open(work, seat.partnership)
    if seat.person is not None:
        raise Refusal(say("Somebody has taken this seat already."))
    work.tx.partnerships.set_stand_in(seat.id, stand_in)
    return seat


def stand_ins(work: Work, round_: Round) -> tuple[Partner, ...]:
    """Partners for which a stand-in could answer in a round, by acronym; it stays true when seats change later."""
    marked = work.tx.rounds.stand_ins(round_.id)
    partners = work.tx.partnerships.partners(round_.partnership)
    return tuple(partner for partner in partners if partner.id in marked)


def stand_in_words(seat: Seat, partner: Partner) -> tuple[Text, ...]:
    """What somebody who takes the seat of an absent partner should know; empty for everybody else."""
    if not seat.stand_in:
        return ()
    return (
        say(
            "You speak for {partner} as a stand-in, because they cannot be here. The group is told so. "
            "Say what you know of them; leave out the rest.",
            partner=partner.name,
        ),
    )


def stand_in_line(work: Work, round_: Round) -> tuple[Text, ...]:
    """One line of a digest: for whom a stand-in could answer; empty when for nobody."""
    partners = tuple(partner.acronym for partner in stand_ins(work, round_))
    return (say("A stand-in could answer for: {partners}", partners=partners),) if partners else ()
