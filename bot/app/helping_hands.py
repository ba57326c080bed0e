"""Helping hands for trying the bot out: somebody who takes a seat and answers, through the same use cases.

Used by the playground and the measurements only; a live bot never calls it.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bot.app import enrolment, sittings
from bot.app.access import has_agreed, own_seat
from bot.app.private import arrive
from bot.app.sheets import RoundSitting
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.flow.events import CARD, DONE, KEEP, SKIP, Event, Said, Tapped
from bot.core.ids import PersonId, RoundId
from bot.core.rounds.lifecycle import TAKES_ANSWERS, Round
from bot.core.text import say
from bot.errors import Refusal

DECISIONS = (
    "Which projects get funded",
    "How the budget is divided among countries",
    "Who speaks for the partnership",
    "Which results are reported to the donor",
    "Which new partners join",
    "Who carries out the review",
    "What the advocacy agenda is",
)
"""What a helping hand names when decisions are collected."""

COMMENTS = (
    "We would like to see the draft before it is decided.",
    "It worked well last year, when we met first.",
    "The dates are too short for partners who travel.",
    "Let us write down who is asked, and when.",
)
"""What a helping hand writes where a few words are welcome."""

SILENT = 0.5
"""How often somebody leaves a text out."""

AT_EASE = "=at_ease"
"""What a helping hand always says of a proposal, so that whoever tries the bot out sees it take effect."""

MOST_TURNS = 2000
CONTENT = 0.4
"""How often somebody keeps a complete row as it is instead of changing one more level."""


def fill_in(work: Work, account: int, dice: Random, *, host: int) -> None:
    """Do for a person what waits for them: take a free seat, or answer the open round to its end.

    Args:
        host: account of the facilitator in whose partnerships a seat may be taken.

    Raises: Refusal, when nothing waits.
    """
    person = arrive(work, account, None)
    round_ = _waiting(work, person)
    if round_ is not None:
        _answer(work, person, RoundSitting(round_.id), dice)
    elif not _take_seat(work, person, arrive(work, host, None)):
        raise Refusal(say("Nothing waits here: there is no free seat and no open question for this phone."))
    work.tx.outbox.show(person, fresh=True)


def open_rounds(work: Work) -> list[RoundId]:
    """Rounds that take answers now."""
    return [found.id for found in work.tx.rounds.in_states(TAKES_ANSWERS)]


def everybody_answers(work: Work, round_id: RoundId, dice: Random) -> None:
    """Answer a round to its end on every seat."""
    round_ = work.tx.rounds.get(round_id)
    if round_ is None:
        return
    for seat in work.tx.partnerships.seats(round_.partnership):
        if seat.person is not None and has_agreed(seat):
            _answer(work, seat.person, RoundSitting(round_.id), dice)


def speak(work: Work, account: int, language: str) -> None:
    """Switch the language of somebody the bot has met."""
    person = work.tx.people.find(account)
    if person is not None:
        work.tx.people.set_language(person, work.setting.catalogs.best(language))
        work.tx.outbox.show(person)


def _waiting(work: Work, person: PersonId) -> Round | None:
    for seat in work.tx.partnerships.seats_of(person):
        if own_seat(work, person, seat.partnership) is not None:
            for round_ in work.tx.rounds.of_partnership(seat.partnership):
                if round_.state in TAKES_ANSWERS:
                    return round_
    return None


def _take_seat(work: Work, person: PersonId, host: PersonId) -> bool:
    """Agree on the seat that is theirs, or take the first free one at the host's."""
    for seat in work.tx.partnerships.seats_of(person):
        if not has_agreed(seat):
            return _agree(work, person, enrolment.agree(work, person, seat.id))
    for partnership in work.tx.partnerships.facilitated_by(host):
        taken = work.tx.partnerships.seats(partnership.id)
        if any(seat.person == person for seat in taken):
            continue
        for seat in taken:
            if seat.is_open:
                work.tx.partnerships.bind(seat.id, person)
                return _agree(work, person, enrolment.agree(work, person, seat.id))
    return False


def _agree(work: Work, person: PersonId, path: str) -> bool:
    work.tx.people.put_place(person, replace(work.tx.people.place(person), path=path))
    return True


def _answer(work: Work, person: PersonId, sitting: RoundSitting, dice: Random) -> None:
    path = f"answer/{sitting.round_id}"
    for _ in range(MOST_TURNS):
        card, _ = sittings.shown(work, person, sitting)
        outcome = sittings.turn(work, person, sitting, _next(card, dice))
        if outcome.path is not None:
            path = outcome.path
            break
    work.tx.people.put_place(person, replace(work.tx.people.place(person), path=path, notice=None))


def _next(card: Card, dice: Random) -> Event:
    """What somebody might do with a card: choose a level or an option, go over to the buttons, or go on."""
    keys = [choice.key for choice in card.choices()]
    levels = [key for key in keys if ":" in key.partition("=")[0] and not key.endswith("=-")]
    options = [key for key in keys if "=" in key and ":" not in key.partition("=")[0]]
    at_ease = [key for key in options if key.endswith(AT_EASE)]
    if at_ease:
        return Tapped(at_ease[0])
    going_on = [key for key in keys if key.startswith((DONE, KEEP))]
    if going_on and (not levels or dice.random() < CONTENT):
        return Tapped(going_on[0])
    if levels or options:
        return Tapped(dice.choice(levels or options))
    to_buttons = [key for key in keys if key.startswith(CARD)]
    if to_buttons:
        return Tapped(to_buttons[0])
    skips = [key for key in keys if key.startswith(SKIP)]
    if skips:
        return Tapped(skips[0]) if dice.random() < SILENT else Said(dice.choice(COMMENTS))
    return Said("\n".join(dice.sample(DECISIONS, k=2)))
