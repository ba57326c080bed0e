"""Who may see and do what: every use case asks here before it reads or changes anything."""

from __future__ import annotations

from datetime import datetime

from bot.app.work import Work
from bot.core.ids import ActionId, DecisionId, PartnershipId, PersonId, RoundId, SeatId
from bot.core.partnerships import Partnership, Seat
from bot.core.rounds.lifecycle import INTERVAL, Action, Decision, Round
from bot.core.text import Text, say
from bot.errors import Refusal


def not_here() -> Refusal:
    """The same words whether a thing does not exist or is not theirs, so that nothing can be probed."""
    return Refusal(say("This page is not available to you, or no longer exists."))


def too_soon(partnership: Partnership, free: datetime) -> Text:
    """Why the same people cannot be asked the same again yet.

    Args:
        free: from when on they can, UTC.
    """
    return say(
        "Between two rounds lie at least {days} days, so that nobody's answers can be worked out from the "
        "difference. The next one can open on {when}.",
        days=INTERVAL.days,
        when=free.astimezone(partnership.clock),
    )


def facilitated(work: Work, person: PersonId, partnership: PartnershipId) -> Partnership:
    """Return the partnership if the person facilitates it.

    Raises: Refusal.
    """
    if person not in work.tx.partnerships.facilitators(partnership):
        raise not_here()
    return work.tx.partnerships.get(partnership)


NOTICE_VERSION = 1
"""Version of the consent notice in ``pages/enrolment.py``; raise it when what is promised changes."""


def has_agreed(seat: Seat) -> bool:
    """Whether its person agreed to the notice as it reads now; a changed one is shown again."""
    return seat.consent >= NOTICE_VERSION


def own_seat(work: Work, person: PersonId, partnership: PartnershipId) -> Seat | None:
    """The seat on which the person agreed to take part, if there is one."""
    for seat in work.tx.partnerships.seats_of(person):
        if seat.partnership == partnership and has_agreed(seat):
            return seat
    return None


def seat_in(work: Work, person: PersonId, partnership: PartnershipId) -> Seat:
    """The seat on which the person agreed to take part.

    Raises: Refusal, when there is none.
    """
    seat = own_seat(work, person, partnership)
    if seat is None:
        raise not_here()
    return seat


def belongs(work: Work, person: PersonId, partnership: PartnershipId) -> Partnership:
    """Return the partnership if the person facilitates or represents in it.

    Raises: Refusal.
    """
    if own_seat(work, person, partnership) is None:
        return facilitated(work, person, partnership)
    return work.tx.partnerships.get(partnership)


def round_of_facilitator(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Return the round if the person facilitates its partnership.

    Raises: Refusal.
    """
    found = work.tx.rounds.get(round_id)
    if found is None:
        raise not_here()
    facilitated(work, person, found.partnership)
    return found


def round_of_representative(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Return the round if the person holds a seat in it.

    Raises: Refusal.
    """
    found = work.tx.rounds.get(round_id)
    if found is None:
        raise not_here()
    seat_in(work, person, found.partnership)
    return found


def decision_of_facilitator(work: Work, person: PersonId, decision_id: DecisionId) -> Decision:
    """Return the decision if the person facilitates its partnership.

    Raises: Refusal.
    """
    found = work.tx.rounds.decision(decision_id)
    if found is None:
        raise not_here()
    round_of_facilitator(work, person, found.round)
    return found


def seat_of_facilitator(work: Work, person: PersonId, seat_id: SeatId) -> Seat:
    """Return the seat if the person facilitates its partnership.

    Raises: Refusal.
    """
    found = work.tx.partnerships.seat(seat_id)
    if found is None:
        raise not_here()
    facilitated(work, person, found.partnership)
    return found


def action_of_facilitator(
    work: Work, person: PersonId, partnership: PartnershipId, action_id: ActionId
) -> Action:
    """Return the action if the person facilitates its partnership.

    Raises: Refusal.
    """
    facilitated(work, person, partnership)
    for action in work.tx.rounds.actions(partnership):
        if action.id == action_id:
            return action
    raise not_here()
