"""Setting up a partnership: partners, seats, invitations, its group."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.app import access, links
from bot.app.history import open_round
from bot.app.languages import language_items
from bot.app.notify import notify
from bot.app.sittings import needed
from bot.app.work import Work
from bot.core.flow.readout import list_items
from bot.core.flow.session import Param, Session
from bot.core.ids import GroupId, PartnerId, PartnershipId, PersonId, SeatId
from bot.core.partnerships import INVITATION_LIFE, MOST_LANGUAGES, Group, PartnerKind, Partnership, Seat
from bot.core.rounds.lifecycle import FEWEST_ORGANISATIONS
from bot.core.text import Text, say
from bot.errors import Refusal

MOST_PARTNERS = 12
MOST_SEATS_OF_A_PARTNER = 3


def may_set_up(work: Work, person: PersonId) -> bool:
    allowed = work.setting.facilitators
    return allowed is None or work.tx.people.account(person) in allowed


def begin_setup(work: Work, person: PersonId, _subject: int) -> dict[str, Param]:
    if not may_set_up(work, person):
        raise Refusal(
            say("New partnerships are set up here by invitation only. Please ask whoever runs this bot.")
        )
    refuse_more(work, person)
    return {"languages": language_items(work)}


def refuse_more(work: Work, person: PersonId) -> None:
    """Refuse one more partnership to somebody who facilitates as many as this bot allows.

    Raises: Refusal.
    """
    most = work.setting.most_partnerships
    if len(work.tx.partnerships.facilitated_by(person)) >= most:
        raise Refusal(
            say(
                "You facilitate {most} partnerships, which is the most here. Please hand one over first.",
                most=most,
            )
        )


def set_up(work: Work, person: PersonId, _subject: int, session: Session) -> str:
    """Create the partnership from the answers of desk stage "setup"; every partner gets one seat."""
    partnership = work.tx.partnerships.add(
        name=needed(session, "name"),
        purpose=needed(session, "purpose"),
        language=needed(session, "language"),
        zone=needed(session, "zone"),
    )
    work.tx.partnerships.add_facilitator(partnership, person)
    _add_partners(work, partnership, session)
    return f"p/{partnership}/group"


def begin_partners(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    partnership = access.facilitated(work, person, PartnershipId(subject))
    refuse_while_open(work, partnership.id)
    return {}


def add_partners(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Add the partners of desk stage "partners"; a name or acronym that is taken is refused by name."""
    partnership = access.facilitated(work, person, PartnershipId(subject))
    refuse_while_open(work, partnership.id)
    added = _add_partners(work, partnership.id, session)
    return f"p/{partnership.id}/added/{min(added)}/{max(added)}"


def _add_partners(work: Work, partnership: PartnershipId, session: Session) -> list[PartnerId]:
    known = work.tx.partnerships.partners(partnership)
    taken = {word.casefold() for partner in known for word in (partner.name, partner.acronym)}
    lines = [[part.strip() for part in entry.split("|")] for entry in list_items(session, "partners")]
    if len(known) + len(lines) > MOST_PARTNERS:
        raise Refusal(say("A partnership has room for {most} partners.", most=MOST_PARTNERS))
    for name, acronym, _ in lines:
        for word in (name, acronym):
            if word.casefold() in taken:
                raise Refusal(
                    say("{name} is already there. Please use another name or short name.", name=word)
                )
    added = [
        work.tx.partnerships.add_partner(partnership, name=name, acronym=acronym, kind=PartnerKind(kind))
        for name, acronym, kind in lines
    ]
    for partner in added:
        work.tx.partnerships.add_seat(partner)
    return added


def refuse_while_open(work: Work, partnership: PartnershipId) -> None:
    """Refuse to change partners and seats that were announced.

    Raises: Refusal.
    """
    if open_round(work, partnership) is not None:
        raise Refusal(say("While a round is open its partners and seats stay as they were announced."))


def invite(work: Work, person: PersonId, seat_id: SeatId) -> str:
    """Make a one-time link for an empty seat; an earlier link of that seat stops working.

    Returns: the token; only its hash is stored.
    Raises: Refusal.
    """
    seat = access.seat_of_facilitator(work, person, seat_id)
    if seat.person is not None:
        raise Refusal(say("Somebody has taken this seat already."))
    if seat.on_paper:
        raise access.not_here()
    if not seat.confirmed:
        raise Refusal(say("Somebody of another partner confirms this seat first. They have been asked."))
    token = work.setting.random.token()
    work.tx.partnerships.invite(
        seat.id,
        token_hash=links.hashed(token),
        expires=work.now + INVITATION_LIFE,
    )
    return token


def add_seat(work: Work, person: PersonId, partnership: PartnershipId, partner: PartnerId) -> None:
    """Give a partner one more seat.

    Raises: Refusal.
    """
    access.facilitated(work, person, partnership)
    refuse_while_open(work, partnership)
    held = Counter(seat.partner for seat in work.tx.partnerships.seats(partnership))
    if partner not in {known.id for known in work.tx.partnerships.partners(partnership)}:
        raise access.not_here()
    if held[partner] >= MOST_SEATS_OF_A_PARTNER:
        raise Refusal(
            say(
                "One partner has at most {most} seats, so that no voice drowns the others.",
                most=MOST_SEATS_OF_A_PARTNER,
            )
        )
    seat = work.tx.partnerships.add_seat(partner, confirmed=False)
    for other in work.tx.partnerships.seats(partnership):
        if other.partner != partner and other.person and access.has_agreed(other):
            notify(work, other.person, f"confirm/{seat}")


def seat_to_confirm(work: Work, person: PersonId, seat_id: SeatId) -> Seat:
    """The further seat that this person, as somebody of another partner, may confirm.

    Raises: Refusal.
    """
    seat = work.tx.partnerships.seat(seat_id)
    own = None if seat is None else access.own_seat(work, person, seat.partnership)
    if seat is None or own is None or own.partner == seat.partner:
        raise access.not_here()
    return seat


def confirm_seat(work: Work, person: PersonId, seat_id: SeatId) -> None:
    """Confirm a further seat of another partner, so that no partner can fill the table by itself.

    Raises: Refusal.
    """
    seat = seat_to_confirm(work, person, seat_id)
    refuse_while_open(work, seat.partnership)
    work.tx.partnerships.confirm_seat(seat.id)


def free_seat(work: Work, person: PersonId, seat_id: SeatId) -> None:
    """Take the person off a seat, so that somebody else can be invited.

    Raises: Refusal.
    """
    seat = access.seat_of_facilitator(work, person, seat_id)
    refuse_while_open(work, seat.partnership)
    work.tx.partnerships.vacate(seat.id)


def remove_seat(work: Work, person: PersonId, seat_id: SeatId) -> None:
    """Remove a seat; the last seat of a partner goes together with the partner.

    Raises: Refusal.
    """
    seat = access.seat_of_facilitator(work, person, seat_id)
    refuse_while_open(work, seat.partnership)
    if work.tx.rounds.of_partnership(seat.partnership):
        same = [
            other for other in work.tx.partnerships.seats(seat.partnership) if other.partner == seat.partner
        ]
        if len(same) == 1:
            raise Refusal(say("This partner took part in a round, so it stays in the partnership's history."))
    work.tx.partnerships.remove_seat(seat.id)
    if not any(other.partner == seat.partner for other in work.tx.partnerships.seats(seat.partnership)):
        work.tx.partnerships.remove_partner(seat.partner)


def not_ready(work: Work, partnership_id: PartnershipId) -> Text | None:
    """What a partnership still lacks before anything can be opened: partners with seats, a group; None if nothing."""
    if len(seats_of_partners(work, partnership_id)) < FEWEST_ORGANISATIONS:
        return say("A round needs at least {least} partners with a seat.", least=FEWEST_ORGANISATIONS)
    group = work.tx.partnerships.get(partnership_id).group
    if group is None or not work.tx.groups.get(group).active:
        return say("Please connect the group first. The digest needs a place where all can read it.")
    return None


def bind_group(work: Work, person: PersonId, partnership: PartnershipId, group: GroupId) -> None:
    """Bind the partnership to a Telegram group and say hello there.

    Raises: Refusal.
    """
    found = access.facilitated(work, person, partnership)
    others = [other for other in work.tx.partnerships.of_group(group) if other.id != partnership]
    if others:
        raise Refusal(say("That group already belongs to another partnership."))
    if found.group == group:
        return
    work.tx.partnerships.save(replace(found, group=group))
    # Until now it spoke the language of the phone that added us, which nobody chose.
    work.tx.groups.save(replace(work.tx.groups.get(group), languages=(found.language,), active=True))
    work.tx.outbox.post(group, "welcome")
    work.tx.outbox.show(person, fresh=True)


def group_of(work: Work, partnership: Partnership) -> Group:
    """The group that the partnership is bound to.

    Raises: Refusal, when there is none yet.
    """
    if partnership.group is None:
        raise Refusal(say("Next: connect the Telegram group of all partners."))
    return work.tx.groups.get(partnership.group)


def switch_language(work: Work, partnership: Partnership, language: str) -> None:
    """Have the group's messages said in one more language, or no longer in this one.

    Raises: Refusal.
    """
    try:
        group = group_of(work, partnership).also_speaking(language)
    except ValueError:
        full = say("There is room for {most} languages. Please take one off first.", most=MOST_LANGUAGES)
        raise Refusal(full) from None
    work.tx.groups.save(group)


def seats_of_partners(work: Work, partnership: PartnershipId) -> dict[PartnerId, int]:
    """How many confirmed seats each partner has, for the roster of a round."""
    seats = work.tx.partnerships.seats(partnership)
    return dict(Counter(seat.partner for seat in seats if seat.confirmed))


def partners_with_stand_ins(work: Work, partnership: PartnershipId) -> frozenset[PartnerId]:
    """Partners for which a stand-in holds a confirmed seat, for the roster of a round."""
    seats = work.tx.partnerships.seats(partnership)
    return frozenset(seat.partner for seat in seats if seat.confirmed and seat.stand_in)
