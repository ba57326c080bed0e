"""Sittings: one person's passage through a flow, wherever it is kept.

A sitting in a round is an answer sheet: sealed under the round's key, gone at the close. A sitting at the desk
(a facilitator setting something up) is a draft under the identity key, gone when it is finished.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.app import flows
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.flow.advance import advance
from bot.core.flow.cards import card
from bot.core.flow.definition import Flow
from bot.core.flow.events import Event, Tapped
from bot.core.flow.pressable import pressable
from bot.core.flow.prompts import Reworded
from bot.core.flow.readout import text_value
from bot.core.flow.session import Item, Session
from bot.core.ids import PersonId
from bot.core.partnerships import Partner
from bot.core.rounds.lifecycle import Decision
from bot.core.text import Line, say
from bot.errors import Refusal

TAP = "~"
"""First character of the callback data of a sitting's buttons; menu paths never start with it."""


class Sitting(Protocol):
    """Where one sitting is kept and what its end means."""

    def open(self, work: Work, person: PersonId) -> Session:
        """The session as it was left, or a new one; kept from the first card on, since its buttons need it.

        Raises: Refusal, when the person may not, or not any more.
        """

    def save(self, work: Work, person: PersonId, session: Session) -> None: ...
    def finish(self, work: Work, person: PersonId, session: Session) -> str:
        """Carry out what was asked for; return the path to go to."""

    def rest(self) -> str:
        """The path to go to when the person pauses."""

    def reworded(self, work: Work, person: PersonId, session: Session) -> Reworded:
        """Prompts that the partnership words otherwise, in this person's language."""


def partner_items(partners: Iterable[Partner]) -> tuple[Item, ...]:
    return tuple(Item(key=f"p{partner.id}", label=partner.acronym) for partner in partners)


def decision_items(decisions: Iterable[Decision]) -> tuple[Item, ...]:
    return tuple(Item(key=f"d{decision.id}", label=decision.wording) for decision in decisions)


def id_of(key: str) -> int:
    """The number behind an item's key ("d12", "p3")."""
    return int(key[1:])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an event came to, beyond the sitting itself.

    Attributes:
        toast: a word to say at once.
        path: where to go, when the sitting ended or was paused.
        stays: the card may stay as it is; the toast says enough and spares the phone an edit.
    """

    toast: Line | None = None
    path: str | None = None
    stays: bool = False


def needed(session: Session, step: str) -> str:
    """The words or the choice given at a step that cannot be left out.

    Raises: Refusal.
    """
    value = text_value(session, step)
    if value is None:
        raise Refusal(say("Something is still missing here. Please go back and fill it in."))
    return value


def flow_of_session(work: Work, session: Session) -> Flow:
    """The questions that somebody is in, in the version with which they began."""
    return flows.find(work, session.flow, session.version)


def shown(work: Work, person: PersonId, sitting: Sitting) -> tuple[Card, dict[str, str]]:
    """The card of a sitting and the opaque callback data of its buttons, by choice key."""
    session = work.sessions.get((person, sitting)) or sitting.open(work, person)
    content = _card(work, person, sitting, session)
    return content, {choice.key: tap_data(session.salt, choice.key) for choice in content.choices()}


def _card(work: Work, person: PersonId, sitting: Sitting, session: Session) -> Card:
    return card(flow_of_session(work, session), session, sitting.reworded(work, person, session))


Meaning = Callable[[Flow, Session, Callable[[], Card]], Event | None]
"""What somebody did, as an event of the session they are in; None when it means nothing there.

The card they see is made only for those who ask for it.
"""


def turn(work: Work, person: PersonId, sitting: Sitting, event: Event) -> Outcome:
    """Give one event to a sitting and keep what came of it."""
    return _carry_out(work, person, sitting, sitting.open(work, person), event)


def answer(work: Work, person: PersonId, sitting: Sitting, meaning: Meaning) -> Outcome | None:
    """The same for what still has to be understood; None, and nothing is changed, when it means nothing."""
    session = sitting.open(work, person)
    event = meaning(flow_of_session(work, session), session, lambda: _card(work, person, sitting, session))
    return None if event is None else _carry_out(work, person, sitting, session, event)


def _carry_out(work: Work, person: PersonId, sitting: Sitting, session: Session, event: Event) -> Outcome:
    result = advance(flow_of_session(work, session), session, event, now=work.now)
    work.sessions.pop((person, sitting), None)
    if result.finished:
        return Outcome(result.toast, sitting.finish(work, person, result.session))
    if result.session != session:
        sitting.save(work, person, result.session)
    work.sessions[person, sitting] = result.session  # its card is drawn next, and need not be read again
    same_card = result.session.position == session.position
    return Outcome(
        result.toast,
        sitting.rest() if result.paused else None,
        stays=result.toast is not None and same_card and not result.fresh,
    )


def tap_data(salt: str, key: str) -> str:
    """Opaque callback data of one button: says nothing to whoever sees it, means the same for ever."""
    digest = hashlib.blake2s(key.encode(), key=salt.encode()[:32], digest_size=9).digest()
    return TAP + base64.urlsafe_b64encode(digest).decode()


def tapped(flow: Flow, session: Session, seen: Callable[[], Card], data: str) -> Tapped | None:
    """What a tap meant: a button of the present card, or one of an earlier card of the same sitting."""
    for key in _what_can_be_tapped(flow, session, seen):
        if hmac.compare_digest(tap_data(session.salt, key), data):
            return Tapped(key)
    return None


def _what_can_be_tapped(flow: Flow, session: Session, seen: Callable[[], Card]) -> Iterator[str]:
    """Keys, the likeliest first: the present question's answers need no card to be drawn."""
    yield from pressable(flow, session, at=session.position)
    yield from (choice.key for choice in seen().choices())
    yield from pressable(flow, session)
