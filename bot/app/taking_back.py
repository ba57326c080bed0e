"""Taking back what was set up by mistake, as long as nobody outside the desk has noticed."""

from __future__ import annotations

from bot.app.access import facilitated
from bot.app.history import open_round
from bot.app.work import Work
from bot.core.ids import PartnerId, PartnershipId, PersonId
from bot.core.text import say
from bot.errors import Refusal


def added(
    work: Work, person: PersonId, partnership_id: PartnershipId, first: int, last: int
) -> list[PartnerId]:
    """The partners with these ids and those between them, as far as they can be taken back.

    Nobody sits on a seat of theirs, no invitation to one is out, and no round has counted on them.

    Raises: Refusal.
    """
    partnership = facilitated(work, person, partnership_id)
    tx = work.tx
    touched = {
        seat.partner
        for seat in tx.partnerships.seats(partnership.id)
        if seat.person is not None or seat.is_invited(work.now)
    }
    for round_ in tx.rounds.of_partnership(partnership.id):
        touched |= tx.rounds.roster(round_.id).keys()
    return [
        partner.id
        for partner in tx.partnerships.partners(partnership.id)
        if first <= partner.id <= last and partner.id not in touched
    ]


def take_back_partners(
    work: Work, person: PersonId, partnership_id: PartnershipId, first: int, last: int
) -> None:
    """Remove partners that were just added.

    Raises: Refusal, when an invitation is out or a round counts on one of them.
    """
    partners = added(work, person, partnership_id, first, last)
    if not partners or open_round(work, partnership_id) is not None:
        raise Refusal(say("This cannot be undone any more: an invitation is out, or a round counts on it."))
    for partner in partners:
        work.tx.partnerships.remove_partner(partner)


def is_untouched(work: Work, partnership_id: PartnershipId) -> bool:
    """Whether nobody but its facilitators knows of the partnership: no group, no invitation, no seat, no round."""
    partnership, seats = work.tx.partnerships.get(partnership_id), work.tx.partnerships.seats(partnership_id)
    return (
        partnership.group is None
        and not any(seat.person is not None or seat.is_invited(work.now) for seat in seats)
        and not work.tx.rounds.of_partnership(partnership_id)
    )


def discard(work: Work, person: PersonId, partnership_id: PartnershipId) -> None:
    """Remove a partnership that was set up by mistake.

    Raises: Refusal, when somebody outside the desk may know of it.
    """
    facilitated(work, person, partnership_id)
    if not is_untouched(work, partnership_id):
        raise Refusal(say("This cannot be undone any more: an invitation is out, or a round counts on it."))
    work.tx.partnerships.remove(partnership_id)
    if not work.tx.partnerships.facilitated_by(person) and not work.tx.partnerships.seats_of(person):
        work.tx.people.set_loose(person, work.now.date())
