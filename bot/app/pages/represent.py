"""What a representative meets around a sitting: the call, the rest, and the partnership as a member sees it."""

from __future__ import annotations

from bot.app import facilitators, flows, openness, partnerships
from bot.app.access import belongs, not_here, own_seat, round_of_representative, seat_in
from bot.app.digests import digest_cards
from bot.app.exports import has_picture
from bot.app.history import last_posted, of_kind
from bot.app.pages.agreements import agreement_lines
from bot.app.pages.enrolment import partner_of
from bot.app.pages.home import HOME, answer_words
from bot.app.pages.turning import turn_over
from bot.app.publishing import most_seats
from bot.app.router import Router
from bot.app.sayings import kind_words, only_whether
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.figures.words import floor
from bot.core.ids import PartnershipId, PersonId, RoundId, SeatId
from bot.core.rounds.due import ends
from bot.core.rounds.lifecycle import CHECK_INS, TAKES_ANSWERS, Kind, Mode, Round, RoundState
from bot.core.text import Line, Text, say

pages = Router()


def closing_line(work: Work, round_: Round) -> Text:
    """Until when the round takes answers, in the partnership's zone."""
    end = ends(round_)
    if end is None or round_.state not in TAKES_ANSWERS:
        return say("This round takes no answers at the moment.")
    zone = work.tx.partnerships.get(round_.partnership).clock
    return say("Open until {when}.", when=end.astimezone(zone))


@pages.page("call/{round_id}")
def call(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """Everybody gets this in the same words, whether they have answered or not."""
    round_ = round_of_representative(work, person, round_id)
    seat = seat_in(work, person, round_.partnership)
    partnership = work.tx.partnerships.get(round_.partnership)
    body: tuple[Line, ...] = (
        say(
            "{partnership}, for {partner}.", partnership=partnership.name, partner=partner_of(work, seat).name
        ),
        _asks(work, round_),
        closing_line(work, round_),
        _promise(work, round_),
    )
    return Card(say("Your questions are ready"), body, _now_or_later(round_), numbered=True)


def _asks(work: Work, round_: Round) -> Line:
    """What the open window is for."""
    if round_.kind is Kind.REFLECTION and round_.state in TAKES_ANSWERS and not flows.is_usual(round_):
        return flows.about(flows.of_round(work, round_))
    if round_.state is RoundState.COLLECTING:
        return say("Which decisions in this partnership matter most to you? Name up to five.")
    if round_.state is RoundState.VOTING:
        return say("The list of decisions is long. Which five matter most to you? It takes two minutes.")
    if round_.state is not RoundState.ANSWERING:
        return say("This round is closed.")
    match round_.kind:
        case Kind.REFLECTION:
            return say(
                "The decisions are on the table. For each of them: how far is every partner involved in taking it? "
                "It takes about ten minutes, in pieces if you like."
            )
        case Kind.ACTIONS:
            return say("How far are the actions that you agreed on? It takes a few minutes.")
        case Kind.PRACTICE:
            return say(
                "You agreed on levels. At which level was each partner really involved since then? "
                "It takes a few minutes."
            )
        case Kind.PULSE:
            return say("A few statements, yes or no. It takes two minutes.")
        case Kind.EVALUATION:
            return say("How was the last round for you? It takes two minutes.")
        case Kind.CONSENT:
            return say(
                "The meeting proposed something. Can you live with each point? Silence means that you can. "
                "It takes two minutes."
            )


def _promise(work: Work, round_: Round) -> Text:
    """What the others will see of what is given in the open window, in one sentence."""
    if round_.state is RoundState.VOTING:
        return say(
            "Confidential: the facilitators will see the order of the list only, and only from {floor} answers.",
            floor=floor(most_seats(work, round_)),
        )
    return mode_line(work, round_)


def _now_or_later(round_: Round) -> tuple[Row, ...]:
    later: Row = (Choice(say("Later"), f"later/{round_.id}"),)
    if round_.state not in TAKES_ANSWERS:
        return (HOME,)
    return ((Choice(say("Begin or go on"), f"answer/{round_.id}"),), later)


@pages.page("remind/{round_id}")
def remind(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """The same words for everybody; they also fit those who have answered."""
    round_ = round_of_representative(work, person, round_id)
    return Card(
        say("A word to everybody"),
        (
            work.tx.partnerships.get(round_.partnership).name,
            say("The round is still open. Later is fine, a part is fine. If you have answered, that is all."),
            closing_line(work, round_),
        ),
        _now_or_later(round_),
        numbered=True,
    )


def mode_line(work: Work, round_: Round) -> Text:
    """What the group will see, in one sentence."""
    if round_.mode is Mode.OPEN:
        return say(
            "Open, because every seat agreed: the group will see your levels with your partner's name."
        )
    if round_.kind is Kind.CONSENT:
        return only_whether()
    return say(
        "Confidential: the group will see words only, and only from {floor} answers.",
        floor=floor(most_seats(work, round_)),
    )


@pages.page("mode/{round_id}")
def mode(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """Ask a seat, in private, whether the round may be open."""
    round_ = round_of_representative(work, person, round_id)
    back: Row = HOME
    if round_.mode is not Mode.PROPOSED:
        return Card(say("The mode is settled"), (mode_line(work, round_),), (back,))
    return Card(
        say("One question before the round"),
        (
            say(
                "The facilitators propose an open round: the group would see every level with the name of the "
                "partner who gave it. It suits a group in which everybody can speak freely."
            ),
            say(
                "It becomes open only if every seat agrees here. One no, or silence, and the round is confidential. "
                "Nobody learns whose it was. You can change your mind until the answers begin."
            ),
        ),
        (
            (Choice(say("Keep it confidential"), f"!mode/{round_id}/confidential"),),
            (Choice(say("I agree to an open round"), f"!mode/{round_id}/open"),),
            back,
        ),
        numbered=True,
    )


@pages.action("mode/{round_id}/{wish:s}")
def choose_mode(work: Work, person: PersonId, round_id: RoundId, wish: str) -> str:
    openness.choose(work, person, round_id, agrees=wish == Mode.OPEN)
    return f"noted/{round_id}"


@pages.page("noted/{round_id}")
def noted(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """Says that something was noted, and nothing of what it was."""
    round_of_representative(work, person, round_id)
    return Card(
        say("Thank you"),
        (say("It is noted. Nobody is told what you chose."),),
        ((Choice(say("Change"), f"mode/{round_id}"), *HOME),),
    )


@pages.page("confirm/{seat}")
def confirm(work: Work, person: PersonId, seat: SeatId) -> Card:
    """Ask whether another partner may have one more seat."""
    found = partnerships.seat_to_confirm(work, person, seat)
    if found.confirmed:
        return Card(say("Confirmed"), (say("This seat is confirmed."),), (HOME,))
    return Card(
        say("A question about the partnership"),
        (
            say("{partner} would get one more seat.", partner=partner_of(work, found).name),
            say(
                "Somebody of another partner has to confirm it, so that no partner can fill the table by itself."
            ),
        ),
        ((Choice(say("Confirm the seat"), f"!confirm/{seat}"),), (Choice(say("Not now"), "home"),)),
        numbered=True,
    )


@pages.action("confirm/{seat}")
def confirm_now(work: Work, person: PersonId, seat: SeatId) -> str:
    partnerships.confirm_seat(work, person, seat)
    return f"confirm/{seat}"


@pages.page("thanks/{round_id}")
def thanks(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """All that stays on the phone after a sitting."""
    round_ = round_of_representative(work, person, round_id)
    return Card(
        say("Thank you"),
        (
            say("Everything is kept. You can change it with /answer until the close."),
            closing_line(work, round_),
        ),
        (HOME,),
    )


@pages.page("paused/{round_id}")
def paused(work: Work, person: PersonId, round_id: RoundId) -> Card:
    round_ = round_of_representative(work, person, round_id)
    return Card(
        say("Paused"),
        (
            say("Everything is kept. Go on whenever you like, here or with /answer."),
            closing_line(work, round_),
        ),
        ((Choice(say("Go on"), f"answer/{round_id}"), *HOME),),
        numbered=True,
    )


@pages.page("m/{partnership_id}")
def member(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """A partnership as its members see it."""
    partnership = belongs(work, person, partnership_id)
    partners = work.tx.partnerships.partners(partnership.id)
    rows: list[Row] = []
    for round_ in work.tx.rounds.of_partnership(partnership.id):
        if round_.state in TAKES_ANSWERS and own_seat(work, person, partnership.id):
            rows.append((Choice(answer_words(round_, partnership.name), f"answer/{round_.id}"),))
    if facilitators.may_confirm(work, person, partnership.id):
        rows.append((Choice(say("A question about the partnership"), f"farewell/{partnership.id}"),))
    if last_posted(work, partnership.id) is not None:
        rows.append((Choice(say("Digest"), f"m/{partnership.id}/digest/1"),))
    rows.append((Choice(say("Agreements"), f"m/{partnership.id}/agreements"),))
    for kind in CHECK_INS:
        said = next((found for found in of_kind(work, partnership.id, kind) if found.posted), None)
        if said is not None:
            rows.append((Choice(kind_words(kind), f"m/{partnership.id}/said/{said.id}/1"),))
    rows.append((Choice(say("Dates"), f"m/{partnership.id}/next"),))
    if own_seat(work, person, partnership.id):
        rows.append((Choice(say("Ask the facilitators"), f"desk/question/{partnership.id}"),))
    rows.append(HOME)
    return Card(
        say("A partnership"),
        (
            partnership.name,
            partnership.purpose,
            say(
                "Partners: {partners}",
                partners=tuple(f"{partner.acronym} ({partner.name})" for partner in partners),
            ),
        ),
        tuple(rows),
        numbered=True,
    )


@pages.page("m/{partnership_id}/digest/{page}")
def digest(work: Work, person: PersonId, partnership_id: PartnershipId, page: int) -> Card:
    """The last digest in this person's own language."""
    partnership = belongs(work, person, partnership_id)
    found = last_posted(work, partnership.id)
    back: Row = (Choice(say("Back"), f"m/{partnership.id}"),)
    if found is None:
        return Card(say("Digest"), (say("There is no digest yet."),), (back,))
    if has_picture(work, found):
        back = (Choice(say("Picture"), f"!m/{partnership.id}/picture"), *back)
    return _digest_page(work, person, found, page, f"m/{partnership.id}/digest", back)


@pages.page("m/{partnership_id}/said/{round_id}/{page}")
def said_of(
    work: Work, person: PersonId, partnership_id: PartnershipId, round_id: RoundId, page: int
) -> Card:
    """The digest of a check-in in this person's own language."""
    partnership = belongs(work, person, partnership_id)
    found = work.tx.rounds.get(round_id)
    if found is None or found.partnership != partnership.id or not found.posted:
        raise not_here()
    back: Row = (Choice(say("Back"), f"m/{partnership.id}"),)
    return _digest_page(work, person, found, page, f"m/{partnership.id}/said/{found.id}", back)


def _digest_page(work: Work, person: PersonId, round_: Round, page: int, where: str, back: Row) -> Card:
    """One page of a round's digest in this person's own language."""
    cards = digest_cards(work, round_, work.tx.people.language(person))
    page = min(max(page, 1), len(cards))
    shown = cards[page - 1]
    return Card(say("Digest"), (shown.title, "", *shown.body), (turn_over(where, page, len(cards)), back))


@pages.page("m/{partnership_id}/agreements")
def agreements(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    partnership = belongs(work, person, partnership_id)
    return Card(
        say("What we agreed"),
        agreement_lines(work, partnership, work.tx.people.language(person)),
        ((Choice(say("Back"), f"m/{partnership.id}"),),),
    )
