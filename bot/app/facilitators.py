"""How facilitators come and go: by invitation, by their own wish, and when one of two can no longer be reached.

While a round is open nobody comes and nobody is removed. What people write to the facilitators in it is meant for
those who were facilitators when they wrote, and nobody should be able to shake off the other one in the middle, to
open or to finish alone. Only leaving is free at any time, as long as another one remains: nobody can be kept.
"""

from __future__ import annotations

from dataclasses import replace

from bot.app import access, behalf, links
from bot.app.history import open_round
from bot.app.notify import good_moment, notify
from bot.app.partnerships import refuse_more
from bot.app.work import Work
from bot.core.facilitation import MOST_FACILITATORS, TIME_TO_ANSWER, Farewell, Invitation
from bot.core.ids import PartnershipId, PersonId
from bot.core.partnerships import INVITATION_LIFE, Seat
from bot.core.text import say
from bot.errors import Refusal


def others_of(work: Work, person: PersonId, partnership: PartnershipId) -> frozenset[PersonId]:
    """Who facilitates besides this person."""
    return work.tx.partnerships.facilitators(partnership) - {person}


def invite(work: Work, person: PersonId, partnership: PartnershipId, *, replaces: bool) -> str:
    """Make a one-time link to facilitate; an earlier link stops working.

    Args:
        replaces: whoever takes it up comes in the place of this person.
    Returns: the token; only its hash is stored.
    Raises: Refusal.
    """
    access.facilitated(work, person, partnership)
    _refuse_while_open(work, partnership)
    if not replaces and others_of(work, person, partnership):
        raise Refusal(say("Two people facilitate already. One of them can hand over to somebody else."))
    token = work.setting.random.token()
    made = Invitation(partnership, person, replaces, work.now + INVITATION_LIFE)
    work.tx.pairs.invite(made, token_hash=links.hashed(token))
    return token


def withdraw(work: Work, person: PersonId, partnership: PartnershipId) -> None:
    """Let the invitation of a partnership stop working.

    Raises: Refusal.
    """
    access.facilitated(work, person, partnership)
    work.tx.pairs.withdraw(partnership)


def open_invitation(work: Work, person: PersonId, token_hash: bytes) -> str | None:
    """Follow a link to facilitate.

    Returns: the path of the invitation; None when it never was one, is used or has expired.
    Raises: Refusal, for somebody who facilitates there already.
    """
    found = work.tx.pairs.invitation_of(token_hash)
    if found is None or found.person not in {None, person} or found.expires <= work.now:
        return None
    if person in work.tx.partnerships.facilitators(found.partnership):
        raise Refusal(say("You facilitate this partnership already. The link is for somebody else."))
    work.tx.pairs.bind(found.partnership, person)
    return f"joining/{found.partnership}"


def invitation_to(work: Work, person: PersonId, partnership: PartnershipId) -> Invitation:
    """The invitation that is kept for this person.

    Raises: Refusal.
    """
    found = work.tx.pairs.invitation(partnership)
    if found is None or found.person != person or found.expires <= work.now:
        raise access.not_here()
    return found


def take_up(work: Work, person: PersonId, partnership: PartnershipId) -> None:
    """Become a facilitator, beside the other one or in the place of who invited.

    Raises: Refusal.
    """
    found = invitation_to(work, person, partnership)
    _refuse_while_open(work, partnership)
    refuse_more(work, person)
    work.tx.pairs.withdraw(partnership)
    if found.replaces:
        _remove(work, partnership, found.by)
        _say_goodbye(work, partnership, found.by)
    if len(work.tx.partnerships.facilitators(partnership)) >= MOST_FACILITATORS:
        raise access.not_here()
    work.tx.partnerships.add_facilitator(partnership, person)
    _tell(work, partnership, besides=person)


def leave(work: Work, person: PersonId, partnership: PartnershipId) -> None:
    """No longer facilitate, at any time, when another one remains.

    Raises: Refusal.
    """
    access.facilitated(work, person, partnership)
    if not others_of(work, person, partnership):
        raise Refusal(say("A partnership needs a facilitator. Please hand over to somebody first."))
    _remove(work, partnership, person)
    _tell(work, partnership)


def propose_farewell(work: Work, person: PersonId, partnership: PartnershipId) -> None:
    """Propose to go on without the other one, who is told at once and can end it with one word.

    The members are asked when that time is over.

    Raises: Refusal.
    """
    access.facilitated(work, person, partnership)
    for other in others_of(work, person, partnership):
        known = work.tx.pairs.farewell(partnership)
        if known is not None and known.person == other:
            return
        end_farewell(work, person, partnership)
        work.tx.pairs.propose_farewell(partnership, other, since=work.now)
        work.tx.outbox.tell(other, f"p/{partnership}/pair")
        for seat in _members(work, partnership):
            if seat.person is not None:
                at = good_moment(work, seat.person, work.now + TIME_TO_ANSWER)
                work.tx.notices.add(seat.person, f"farewell/{partnership}", at=at, until=None)


def end_farewell(work: Work, person: PersonId, partnership: PartnershipId) -> None:
    """Say that both stay: by who was to go, or by who proposed it.

    Raises: Refusal.
    """
    access.facilitated(work, person, partnership)
    if work.tx.pairs.farewell(partnership) is not None:
        _forget_farewell(work, partnership)
        for other in others_of(work, person, partnership):
            notify(work, other, f"p/{partnership}/pair")


def farewell_to_confirm(work: Work, person: PersonId, partnership: PartnershipId) -> tuple[Farewell, Seat]:
    """The proposal that this person may confirm, as somebody who does not facilitate, and their seat.

    Raises: Refusal, also while the one it is about has time to answer.
    """
    seat = access.seat_in(work, person, partnership)
    found = work.tx.pairs.farewell(partnership)
    is_facilitator = person in work.tx.partnerships.facilitators(partnership)
    if found is None or is_facilitator or not found.is_ripe(work.now):
        raise access.not_here()
    return found, seat


def may_confirm(work: Work, person: PersonId, partnership: PartnershipId) -> bool:
    """Whether a question about a silent facilitator waits for this person."""
    try:
        found, seat = farewell_to_confirm(work, person, partnership)
    except Refusal:
        return False
    return seat.partner not in found.confirmed


def confirm_farewell(work: Work, person: PersonId, partnership: PartnershipId) -> bool:
    """Confirm it for one's own partner; the second partner decides it.

    Returns: whether it was decided.
    Raises: Refusal.
    """
    _, seat = farewell_to_confirm(work, person, partnership)
    _refuse_while_open(work, partnership)
    work.tx.pairs.confirm_farewell(partnership, seat.partner)
    found = work.tx.pairs.farewell(partnership)
    if found is None or not found.is_decided:
        return False
    _remove(work, partnership, found.person)
    _say_goodbye(work, partnership, found.person)
    _tell(work, partnership)
    return True


def _refuse_while_open(work: Work, partnership: PartnershipId) -> None:
    if open_round(work, partnership) is not None:
        raise Refusal(say("While a round is open its facilitators stay the same. Please come back after it."))


def _members(work: Work, partnership: PartnershipId) -> list[Seat]:
    """Seats of those who take part and do not facilitate."""
    facilitators = work.tx.partnerships.facilitators(partnership)
    seats = work.tx.partnerships.seats(partnership)
    return [
        seat for seat in seats if seat.person and access.has_agreed(seat) and seat.person not in facilitators
    ]


def _remove(work: Work, partnership: PartnershipId, person: PersonId) -> None:
    """Take every right away at once, and everything that only meant something with it."""
    behalf.forget(work, person, partnership)
    work.tx.partnerships.remove_facilitator(partnership, person)
    invitation = work.tx.pairs.invitation(partnership)
    if invitation is not None and invitation.by == person:
        work.tx.pairs.withdraw(partnership)
    _forget_farewell(work, partnership)
    rounds = work.tx.rounds.of_partnership(partnership)
    for round_ in rounds:
        work.tx.presses.take_back(round_.id, person)
    desk = [f"p/{partnership}/{page}" for page in ("pair", "group", "questions", "learning")]
    work.tx.notices.take_back([person], [*desk, *(f"news/{round_.id}" for round_ in rounds)])
    work.tx.people.set_loose(person, work.now.date())


def _forget_farewell(work: Work, partnership: PartnershipId) -> None:
    seats = work.tx.partnerships.seats(partnership)
    asked = [seat.person for seat in seats if seat.person is not None]
    work.tx.notices.take_back(asked, [f"farewell/{partnership}"])
    work.tx.pairs.end_farewell(partnership)


def _say_goodbye(work: Work, partnership: PartnershipId, person: PersonId) -> None:
    """Tell somebody who is not at it right now that they no longer facilitate."""
    name = work.tx.partnerships.get(partnership).name
    words = say("You no longer facilitate {partnership}. Thank you for what you did.", partnership=name)
    work.tx.people.put_place(person, replace(work.tx.people.place(person), notice=words))
    work.tx.outbox.show(person, fresh=True)


def _tell(work: Work, partnership: PartnershipId, *, besides: PersonId | None = None) -> None:
    """Tell those who facilitate now, and the group, that it changed; not who they are."""
    for person in sorted(work.tx.partnerships.facilitators(partnership)):
        if person != besides:
            notify(work, person, f"p/{partnership}/pair")
    group = work.tx.partnerships.get(partnership).group
    if group is not None:
        work.tx.outbox.post(group, "facilitators")
