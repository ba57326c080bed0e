"""The private chat: what one person typed, tapped or commanded.

Nothing here fails towards the person: what cannot be done becomes a kind notice on their next card, and what they
gave before stays.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace
from functools import partial

from bot.app import sittings
from bot.app.access import has_agreed
from bot.app.invitations import follow
from bot.app.pages import PRIVATE_PAGES, sitting_at
from bot.app.ports import Place
from bot.app.router import Reader
from bot.app.screens import from_earlier, on_screen
from bot.app.sittings import TAP, Meaning, Sitting
from bot.app.vocabulary import known_as, typed_choice
from bot.app.watch import patience
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.flow.definition import Flow
from bot.core.flow.entry import LONGEST_TEXT, steady, too_long
from bot.core.flow.events import Event, Said, Tapped
from bot.core.flow.session import Session
from bot.core.ids import PersonId
from bot.core.rounds.lifecycle import TAKES_ANSWERS
from bot.core.text import Line, say
from bot.errors import Refusal

LONGEST_DATA = 64
"""Characters of a button's data, as Telegram has it; what is longer stood on no button."""


def arrive(work: Work, account: int, hint: str | None) -> PersonId:
    """Find the person behind an account, or meet them for the first time in the language of their phone."""
    people = work.tx.people
    person = people.find(account)
    if person is None:
        person = people.add(account, language=work.setting.catalogs.best(hint))
        people.set_loose(person, work.now.date())
        return person
    if not people.reachable(person):
        people.set_reachable(person, True)
    return person


def said(work: Work, account: int, *, hint: str | None, text: str, message: int) -> None:
    """A typed text: the answer to the present card, or the words on one of its buttons."""
    person = arrive(work, account, hint)
    place = work.tx.people.place(person)
    if len(text) > LONGEST_TEXT:
        stay(work, person, place, too_long(text, LONGEST_TEXT), fresh=True)
        return
    text, sitting = steady(text), sitting_at(place.path)
    if sitting is None:
        card, _ = on_screen(work, person, place.path)
        key, reader = _typed_choice(work, person, card, text), PRIVATE_PAGES.reader(place.path)
        if key is not None:
            _go(work, person, place, key, fresh=True)
        elif reader is not None:
            _read(work, person, place, reader, text)
        else:
            stay(
                work, person, place, say("Please choose one of the buttons, or type its number."), fresh=True
            )
        return
    place = replace(place, trail=(*place.trail, message))  # a typed answer leaves the phone with the sitting

    def meaning(_flow: Flow, _session: Session, seen: Callable[[], Card]) -> Event:
        key = _typed_choice(work, person, seen(), text)
        return Said(text, partial(known_as, work, person)) if key is None else Tapped(key)

    _sit(work, person, place, sitting, meaning, fresh=True)


def pressed(work: Work, account: int, *, hint: str | None, data: str, message: int) -> Line | None:
    """A tapped button; returns a short word to show at once, if there is one."""
    person = arrive(work, account, hint)
    place = _card_is(work.tx.people.place(person), message)
    if len(data) > LONGEST_DATA:
        stay(work, person, place, from_earlier().words, fresh=False)
        return None
    if not data.startswith(TAP):
        return _go(work, person, place, data, fresh=False)
    sitting = sitting_at(place.path)
    late = say("That card is from an earlier time. Here is where you are now.")
    if sitting is None:
        stay(work, person, place, late, fresh=False)
        return None

    def meaning(flow: Flow, session: Session, seen: Callable[[], Card]) -> Event | None:
        return sittings.tapped(flow, session, seen, data)

    return _sit(work, person, place, sitting, meaning, fresh=False, otherwise=late)


def commanded(
    work: Work, account: int, *, hint: str | None, command: str, argument: str, message: int
) -> None:
    """A command such as /answer; an unknown one shows the help page."""
    person = arrive(work, account, hint)
    place = work.tx.people.place(person)
    if sitting_at(place.path) is not None:
        place = replace(place, trail=(*place.trail, message))
    try:
        target = COMMANDS.get(command, _page("help"))(work, person, argument)
    except Refusal as refusal:
        stay(work, person, place, refusal.words, fresh=True)
    else:
        _go(work, person, place, target, fresh=True)


def sent_something_else(work: Work, account: int, *, hint: str | None, message: int) -> None:
    """A photo, a voice note, a sticker: nothing is stored of it."""
    person = arrive(work, account, hint)
    place = work.tx.people.place(person)
    if sitting_at(place.path) is not None:
        place = replace(place, trail=(*place.trail, message))
    notice = say("I can only read text and buttons. Nothing else you sent was kept. Please type your answer.")
    stay(work, person, place, notice, fresh=True)


def blocked(work: Work, account: int, *, blocked: bool) -> None:
    """The person blocked the bot, or let it write again."""
    person = work.tx.people.find(account)
    if person is None:
        return
    work.tx.people.set_reachable(person, not blocked)
    if blocked:
        work.tx.outbox.drop(person)


def fold(work: Work, person: PersonId, *, acting: Container[int | None] = ()) -> None:
    """Lead somebody who went quiet out of what they had open; everything given is kept.

    Nothing happens to those who came back in the meantime.

    Args:
        acting: accounts that did something in private, in this process, which is not handled or not remembered yet;
            they are watched on.
    """
    place = work.tx.people.place(person)
    if work.tx.people.account(person) in acting:  # asked first: what was handled meanwhile is remembered
        work.remarks.sees(person, place.path, work.now)
        return
    if work.setting.memory.watch.watches(person):
        return
    if patience(place.path) is None:
        return
    sitting = sitting_at(place.path)
    path = "home" if sitting is None else sitting.rest()
    work.tx.people.put_place(person, replace(place, path=path, notice=None))
    work.tx.outbox.show(person)


def watch_again(work: Work) -> None:
    """After a start: begin to watch everybody who may have been answering when the last run ended."""
    for round_ in work.tx.rounds.in_states(TAKES_ANSWERS):
        for seat in work.tx.partnerships.seats(round_.partnership):
            if seat.person is not None:
                work.remarks.sees(seat.person, work.tx.people.place(seat.person).path, work.now)
        if work.tx.rounds.on_paper(round_.id):
            for person in work.tx.partnerships.facilitators(round_.partnership):
                work.remarks.sees(person, work.tx.people.place(person).path, work.now)
                work.remarks.enters(person, work.now)


def _start(work: Work, person: PersonId, argument: str) -> str:
    if argument == "take":
        return _answer(work, person, "")
    if argument == "dates":
        return "next"
    if not argument:
        return "home"
    return follow(work, person, argument)


def _answer(work: Work, person: PersonId, _argument: str) -> str:
    """The sitting of the one round that takes this person's answers, or the home page to choose from."""
    waiting = []
    for seat in work.tx.partnerships.seats_of(person):
        if has_agreed(seat):
            for round_ in work.tx.rounds.of_partnership(seat.partnership):
                if round_.state in TAKES_ANSWERS:
                    waiting.append(round_.id)
    return f"answer/{waiting[0]}" if len(waiting) == 1 else "home"


def _pause(work: Work, person: PersonId, _argument: str) -> str:
    sitting = sitting_at(work.tx.people.place(person).path)
    return "home" if sitting is None else sitting.rest()


def _page(path: str) -> Callable[[Work, PersonId, str], str]:
    return lambda _work, _person, _argument: path


COMMANDS: dict[str, Callable[[Work, PersonId, str], str]] = {
    "start": _start,
    "answer": _answer,
    "pause": _pause,
    "language": _page("language"),
    "mine": _page("mine"),
    "erase": _page("erase"),
    "privacy": _page("privacy"),
    "partnerships": _page("home"),
    "next": _page("next"),
    "learning": _page("learning"),
    "new": _page("desk/setup/0"),
    "help": _page("help"),
}


def _typed_choice(work: Work, person: PersonId, card: Card, text: str) -> str | None:
    """The key of the button that a typed text means, in the language of the card."""
    language = card.language or work.tx.people.language(person)
    write = partial(work.setting.catalogs.render, language=language)
    return typed_choice(card, text, write)


def _card_is(place: Place, message: int) -> Place:
    """A tapped card becomes the live one, so that the answer appears where the person looks."""
    if place.card == message:
        return place
    left = tuple(old for old in place.trail if old != message)
    return replace(place, card=message, trail=left if place.card is None else (*left, place.card))


def stay(work: Work, person: PersonId, place: Place, notice: Line | None, *, fresh: bool) -> None:
    """Show the page at a place, with a word to say first.

    Args:
        fresh: as a new message below what they sent, instead of editing the card.
    """
    work.tx.people.put_place(person, replace(place, notice=notice))
    work.remarks.sees(person, place.path, work.now)
    work.tx.outbox.show(person, fresh=fresh)


def _read(work: Work, person: PersonId, place: Place, reader: Reader, text: str) -> None:
    """Let a page make something of typed words; a refusal keeps the place and says why."""
    try:
        path, notice = reader(work, person, text), None
    except Refusal as refusal:
        path, notice = place.path, refusal.words
    stay(work, person, replace(place, path=path), notice, fresh=True)


def _go(work: Work, person: PersonId, place: Place, path: str, *, fresh: bool) -> Line | None:
    """Go to a page, or do an action and go where it leads; a refusal keeps the place and says why."""
    notice: Line | None = None
    try:
        if path.startswith("!"):
            found = PRIVATE_PAGES.find(path)
            if found is None:
                raise from_earlier()
            function, arguments = found
            path = function(work, person, **arguments)
            place = replace(work.tx.people.place(person), card=place.card, trail=place.trail)
            notice = place.notice
    except Refusal as refusal:
        path, notice = place.path, refusal.words
    stay(work, person, replace(place, path=path), notice, fresh=fresh)
    return None


def _sit(
    work: Work,
    person: PersonId,
    place: Place,
    sitting: Sitting,
    meaning: Meaning,
    *,
    fresh: bool,
    otherwise: Line | None = None,
) -> Line | None:
    """Give what a person did to the sitting they are in and show what comes next."""
    try:
        outcome = sittings.answer(work, person, sitting, meaning)
    except Refusal as refusal:
        stay(work, person, replace(place, path="home"), refusal.words, fresh=fresh)
        return None
    if outcome is None:
        stay(work, person, place, otherwise, fresh=fresh)
        return None
    if outcome.stays:
        work.tx.people.put_place(person, place)
        work.remarks.sees(person, place.path, work.now)
    else:
        stay(work, person, replace(place, path=outcome.path or place.path), None, fresh=fresh)
    return outcome.toast
