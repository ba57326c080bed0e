"""The facilitators' desk: a partnership, its partners, seats and invitations."""

from __future__ import annotations

from bot.app import checkins, on_paper, partnerships, questions, stand_ins, taking_back
from bot.app.access import facilitated, not_here, seat_of_facilitator
from bot.app.history import last_posted, of_kind, open_round
from bot.app.links import address_of, sharing
from bot.app.pages.confirming import confirm
from bot.app.pages.home import HOME
from bot.app.router import Router, is_number
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.figures.words import floor
from bot.core.ids import PartnerId, PartnershipId, PersonId, SeatId
from bot.core.partnerships import Partnership, Seat
from bot.core.rounds.lifecycle import Kind
from bot.core.text import Line, Text, say

pages = Router()

MOST_LINKS = 12
"""Invitations on one card; pressing again makes those of the next seats."""


@pages.page("p/{partnership_id}")
def desk(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Everything about one partnership, two taps away."""
    partnership = facilitated(work, person, partnership_id)
    where = f"p/{partnership.id}"
    rows: list[Row] = [
        (Choice(say("Round"), f"{where}/round"), Choice(say("Partners"), f"{where}/partners")),
        (Choice(say("Agreements"), f"{where}/actions"), Choice(say("Check-ins"), f"{where}/checkins")),
        (Choice(say("Group"), f"{where}/group"), Choice(say("Dates"), f"m/{partnership.id}/next")),
        (
            Choice(say("Preview"), f"preview/{partnership.id}"),
            Choice(say("Try it out"), f"try/{partnership.id}"),
        ),
    ]
    if questions.to_reply_to(work, person, partnership.id):
        rows.append((Choice(say("Questions to the facilitators"), f"{where}/questions"),))
    if last_posted(work, partnership.id) is not None:
        rows.append(
            (
                Choice(say("Digest"), f"m/{partnership.id}/digest/1"),
                Choice(say("Report"), f"{where}/export"),
            )
        )
    rows.append(
        (Choice(say("Co-facilitator"), f"{where}/pair"), Choice(say("Settings"), f"{where}/settings"))
    )
    rows.append(HOME)
    return Card(
        say("Desk"),
        (partnership.name, partnership.purpose, *_next_step(work, partnership)),
        tuple(rows),
        numbered=True,
    )


def _next_step(work: Work, partnership: Partnership) -> tuple[Line, ...]:
    """One hint, the first thing that is missing."""
    if partnership.group is None:
        return (say("Next: connect the Telegram group of all partners."),)
    if any(seat.is_open for seat in work.tx.partnerships.seats(partnership.id)):
        return (say("Next: send every partner its invitation link."),)
    if not of_kind(work, partnership.id, Kind.REFLECTION):
        return (say("Next: start the first round."),)
    if _may_come_back(work, partnership):
        return (say("Next: put check-ins on the calendar, so that what you agreed is not forgotten."),)
    return ()


def _may_come_back(work: Work, partnership: Partnership) -> bool:
    """Whether something was agreed and nothing on the calendar comes back to it."""
    agreed = any(checkins.items(work, partnership.id, kind) for kind in (Kind.ACTIONS, Kind.PRACTICE))
    return agreed and not work.tx.calendar.plans(partnership.id)


@pages.page("p/{partnership_id}/partners")
def partners(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """All partners and how far their seats are."""
    partnership = facilitated(work, person, partnership_id)
    seats = work.tx.partnerships.seats(partnership.id)
    frozen = open_round(work, partnership.id) is not None
    body: list[Line] = []
    rows: list[Row] = []
    row: list[Choice] = []
    for partner in work.tx.partnerships.partners(partnership.id):
        own = [seat for seat in seats if seat.partner == partner.id]
        body.append(
            say(
                "{acronym}, {name}: {state}",
                acronym=partner.acronym,
                name=partner.name,
                state=tuple(_seat_state(work, seat, frozen=frozen) for seat in own),
            )
        )
        row.append(Choice(partner.acronym, f"q/{partnership.id}/{partner.id}"))
        if len(row) == 3:
            rows.append(tuple(row))
            row = []
    if row:
        rows.append(tuple(row))
    if len(seats) < floor(1):
        body.append(
            say(
                "With fewer than {floor} seats no summary is safe. A second seat for some partners would help.",
                floor=floor(1),
            )
        )
    if any(_needs_invitation(work, seat) for seat in seats):
        rows.append((Choice(say("Make the missing invitations"), f"!p/{partnership.id}/invite"),))
    rows.append(
        (
            Choice(say("Add partners"), f"desk/partners/{partnership.id}"),
            Choice(say("Desk"), f"p/{partnership.id}"),
        )
    )
    return Card(say("Partners"), tuple(body), tuple(rows))


def _seat_state(work: Work, seat: Seat, *, frozen: bool) -> Line:
    """How far a seat is, and whether it is a stand-in's."""
    state = _how_far(work, seat, frozen=frozen)
    return say("a stand-in, {state}", state=state) if seat.stand_in else state


def _how_far(work: Work, seat: Seat, *, frozen: bool) -> Text:
    """How far a seat is; ``frozen`` while a round is open, when nothing is said of who can be reached."""
    if not seat.confirmed:
        return say("waits for another partner to confirm it")
    if seat.on_paper:
        return say("on paper")
    if seat.person is not None:
        gone = not frozen and not work.tx.people.reachable(seat.person)
        return say("seat taken, but cannot be reached") if gone else say("seat taken")
    if seat.is_invited(work.now):
        return say("invited")
    return say("not invited yet")


@pages.page("p/{partnership_id}/added/{first}/{last}")
def added(work: Work, person: PersonId, partnership_id: PartnershipId, first: int, last: int) -> Card:
    """What a list that was sent has added, with the way back."""
    partnership = facilitated(work, person, partnership_id)
    new = set(taking_back.added(work, person, partnership.id, first, last))
    names = tuple(
        f"{one.acronym} ({one.name})"
        for one in work.tx.partnerships.partners(partnership.id)
        if one.id in new
    )
    undo: Row = (Choice(say("Undo"), f"!p/{partnership.id}/added/{first}/{last}"),) if names else ()
    return Card(
        say("Partners"),
        (say("Added: {partners}", partners=names),) if names else (),
        (undo, (Choice(say("Partners"), f"p/{partnership.id}/partners"),)),
        numbered=True,
    )


@pages.action("p/{partnership_id}/added/{first}/{last}")
def take_back(work: Work, person: PersonId, partnership_id: PartnershipId, first: int, last: int) -> str:
    taking_back.take_back_partners(work, person, partnership_id, first, last)
    return f"p/{partnership_id}/partners"


@pages.page("q/{partnership_id}/{partner_id}")
def partner(work: Work, person: PersonId, partnership_id: PartnershipId, partner_id: PartnerId) -> Card:
    """One partner and its seats."""
    partnership = facilitated(work, person, partnership_id)
    found = next((one for one in work.tx.partnerships.partners(partnership.id) if one.id == partner_id), None)
    if found is None:
        raise not_here()
    rows: list[Row] = []
    frozen = open_round(work, partnership.id) is not None
    body: list[Line] = [f"{found.name} ({found.acronym})"]
    own = [seat for seat in work.tx.partnerships.seats(partnership.id) if seat.partner == found.id]
    for number, seat in enumerate(own, 1):
        body.append(
            say("Seat {number}: {state}", number=number, state=_seat_state(work, seat, frozen=frozen))
        )
        if seat.on_paper:
            rows.append(
                (
                    Choice(say("Seat {number}: not on paper", number=number), f"!s/{seat.id}/paper/0"),
                    Choice(say("Remove seat {number}", number=number), f"s/{seat.id}/remove"),
                )
            )
        elif seat.person is None:
            rows.append(
                (
                    Choice(say("Invite for seat {number}", number=number), f"!s/{seat.id}/invite"),
                    Choice(say("Remove seat {number}", number=number), f"s/{seat.id}/remove"),
                )
            )
            rows.append((_stand_in_choice(number, seat),))
            rows.append((Choice(say("Seat {number}: on paper", number=number), f"!s/{seat.id}/paper/1"),))
        else:
            rows.append(
                (Choice(say("Free seat {number} for somebody else", number=number), f"s/{seat.id}/free"),)
            )
    rows.append((Choice(say("Add a seat"), f"!q/{partnership.id}/{found.id}/seat"),))
    rows.append((Choice(say("Partners"), f"p/{partnership.id}/partners"),))
    return Card(say("A partner"), tuple(body), tuple(rows))


def _stand_in_choice(number: int, seat: Seat) -> Choice:
    """Says of an empty seat that a stand-in takes it, or takes that back."""
    if seat.stand_in:
        return Choice(say("Seat {number}: no stand-in", number=number), f"!s/{seat.id}/standin/0")
    return Choice(say("Seat {number}: for a stand-in", number=number), f"!s/{seat.id}/standin/1")


@pages.action("s/{seat}/standin/{stand_in}")
def mark_stand_in(work: Work, person: PersonId, seat: SeatId, stand_in: int) -> str:
    """Say that somebody speaks for an absent partner, before anybody takes the seat."""
    found = stand_ins.mark(work, person, seat, stand_in=bool(stand_in))
    return f"q/{found.partnership}/{found.partner}"


@pages.action("s/{seat}/paper/{marked}")
def mark_on_paper(work: Work, person: PersonId, seat: SeatId, marked: int) -> str:
    """Say that a partner without Telegram answers on paper, before anybody takes the seat."""
    found = on_paper.mark(work, person, seat, on_paper=bool(marked))
    return f"q/{found.partnership}/{found.partner}"


@pages.action("q/{partnership_id}/{partner_id}/seat")
def add_seat(work: Work, person: PersonId, partnership_id: PartnershipId, partner_id: PartnerId) -> str:
    partnerships.add_seat(work, person, partnership_id, partner_id)
    return f"q/{partnership_id}/{partner_id}"


@pages.page("s/{seat}/remove")
def confirm_remove(work: Work, person: PersonId, seat: SeatId) -> Card:
    """Ask once more, since a partner leaves the list with its last seat."""
    found = seat_of_facilitator(work, person, seat)
    return confirm(
        say("The seat is removed. Without any seat the partner leaves the list, too."),
        Choice(say("Remove the seat"), f"!s/{seat}/remove"),
        Choice(say("Keep it"), f"q/{found.partnership}/{found.partner}"),
    )


@pages.action("s/{seat}/remove")
def remove_seat(work: Work, person: PersonId, seat: SeatId) -> str:
    found = seat_of_facilitator(work, person, seat)
    partnerships.remove_seat(work, person, seat)
    return f"p/{found.partnership}/partners"


@pages.page("s/{seat}/free")
def confirm_free(work: Work, person: PersonId, seat: SeatId) -> Card:
    """Ask once more before somebody loses a seat."""
    found = seat_of_facilitator(work, person, seat)
    return confirm(
        say("The person who sits on it no longer takes part. Afterwards you can invite somebody else."),
        Choice(say("Free the seat"), f"!s/{seat}/free"),
        Choice(say("Keep it"), f"q/{found.partnership}/{found.partner}"),
        title=say("Free this seat?"),
    )


@pages.action("s/{seat}/free")
def free_seat(work: Work, person: PersonId, seat: SeatId) -> str:
    found = seat_of_facilitator(work, person, seat)
    partnerships.free_seat(work, person, seat)
    return f"q/{found.partnership}/{found.partner}"


@pages.action("s/{seat}/invite")
def invite(work: Work, person: PersonId, seat: SeatId) -> str:
    found = seat_of_facilitator(work, person, seat)
    token = partnerships.invite(work, person, seat)
    return f"p/{found.partnership}/links/{seat}.{token}"


@pages.action("p/{partnership_id}/invite")
def invite_all(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    """Links for the seats that need one, as many as one message holds; links that still work stay."""
    partnership = facilitated(work, person, partnership_id)
    needed = [seat for seat in work.tx.partnerships.seats(partnership.id) if _needs_invitation(work, seat)]
    made = [f"{seat.id}.{partnerships.invite(work, person, seat.id)}" for seat in needed[:MOST_LINKS]]
    return f"p/{partnership.id}/links/{'+'.join(made)}" if made else f"p/{partnership.id}/partners"


def _needs_invitation(work: Work, seat: Seat) -> bool:
    return seat.is_open and seat.confirmed and not seat.is_invited(work.now)


@pages.page("p/{partnership_id}/links/{tokens:s}")
def links(work: Work, person: PersonId, partnership_id: PartnershipId, tokens: str) -> Card:
    """The personal links, to be sent to one person each. Shown once: only a hash of each is stored."""
    partnership = facilitated(work, person, partnership_id)
    names = {one.id: one.acronym for one in work.tx.partnerships.partners(partnership.id)}
    body: list[Line] = [
        say(
            "One personal link per seat. Send each to one person only; the first who opens it takes the seat. "
            "A link works for 7 days."
        ),
    ]
    rows: list[Row] = []
    for entry in tokens.split("+"):
        number, _, token = entry.partition(".")
        if not is_number(number):
            raise not_here()
        link = address_of(work, token)
        seat = seat_of_facilitator(work, person, SeatId(int(number)))
        if seat.partnership != partnership.id:
            raise not_here()
        body.append(f"{names[seat.partner]}: {link}")
        text = say(
            "You are invited to say how decisions are taken in our partnership. This link is for you alone."
        )
        share = sharing(work, link, text, partnership.language)
        rows.append(
            (
                Choice(say("Send to {partner}", partner=names[seat.partner]), url=share),
                Choice(say("Copy for {partner}", partner=names[seat.partner]), copy=link),
            )
        )
    rows.append((Choice(say("Partners"), f"p/{partnership.id}/partners"),))
    return Card(say("Invitations"), tuple(body), tuple(rows))
