"""Sittings: one person's passage through a flow, wherever it is kept.

A sitting in a round is an answer sheet: sealed under the round's key, gone at the close. A sitting at the desk
(a facilitator setting something up) is a draft under the identity key, gone when it is finished.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.app import access
from bot.app.languages import LANGUAGE_NAMES
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.flow.advance import advance, reopen, start
from bot.core.flow.cards import card
from bot.core.flow.definition import Flow
from bot.core.flow.events import Event, Tapped
from bot.core.flow.pressable import pressable
from bot.core.flow.readout import text_value
from bot.core.flow.session import Item, Param, Session, from_json
from bot.core.ids import PersonId, RoundId
from bot.core.partnerships import Partner
from bot.core.rounds.comments import FEWEST_AUTHORS
from bot.core.rounds.lifecycle import Decision, Round, RoundState
from bot.core.text import Line, say
from bot.errors import Refusal

STAGES = {RoundState.COLLECTING: "contribute", RoundState.ANSWERING: "answer"}
"""Which part of a round's flow is asked in which state; also the name of the sheet's cell."""

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


@dataclass(frozen=True, slots=True)
class RoundSitting:
    """A representative's sheet in a round that takes answers."""

    round_id: RoundId

    def _round(self, work: Work, person: PersonId) -> Round:
        found = access.round_of_representative(work, person, self.round_id)
        if found.state not in STAGES:
            raise Refusal(say("This round takes no answers at the moment. What you gave before is kept."))
        return found

    def open(self, work: Work, person: PersonId) -> Session:
        round_ = self._round(work, person)
        stage = STAGES[round_.state]
        kept = work.tx.sheets.load(round_.id, person, stage)
        flow = work.setting.flows.get(round_.flow, round_.flow_version)
        if kept is not None:
            return reopen(flow, from_json(kept.decode()))
        params: dict[str, Param] = {
            "partners": partner_items(work.tx.partnerships.partners(round_.partnership))
        }
        if round_.state is RoundState.ANSWERING:
            params["decisions"] = decision_items(work.tx.rounds.decisions(round_.id))
            params |= _languages(work, person, round_)
        session = start(flow, stage, params=params, salt=work.setting.random.salt(), now=work.now)
        self.save(work, person, session)
        return session

    def save(self, work: Work, person: PersonId, session: Session) -> None:
        work.tx.sheets.save(self.round_id, person, session.stage, session.to_json().encode())

    def finish(self, work: Work, person: PersonId, session: Session) -> str:
        """Keep the sheet: it can be changed until the round closes."""
        self.save(work, person, session)
        return f"thanks/{self.round_id}"

    def rest(self) -> str:
        return f"paused/{self.round_id}"


def _languages(work: Work, person: PersonId, round_: Round) -> dict[str, Param]:
    """Whether enough seats read this person's language that a text in it points at nobody."""
    own = work.tx.people.language(person)
    readers = [
        seat.person
        for seat in work.tx.partnerships.seats(round_.partnership)
        if seat.person is not None and work.tx.people.language(seat.person) == own
    ]
    group = work.tx.partnerships.get(round_.partnership).language
    return {
        "language": "shared" if len(readers) >= FEWEST_AUTHORS else "rare",
        "own_language": LANGUAGE_NAMES.get(own, own),
        "group_language": LANGUAGE_NAMES.get(group, group),
    }


Finish = Callable[[Work, PersonId, int, Session], str]
Begin = Callable[[Work, PersonId, int], dict[str, Param]]


@dataclass(frozen=True, slots=True)
class DeskStage:
    """What a stage of ``flows/desk.yaml`` needs to begin and what its answers do."""

    begin: Begin
    finish: Finish
    rest: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class DeskSitting:
    """A facilitator's form; ``subject`` is the partnership, round or decision it is about (0 for none)."""

    stage: str
    subject: int
    behaviour: DeskStage

    @property
    def _name(self) -> str:
        return f"{self.stage}/{self.subject}"

    def open(self, work: Work, person: PersonId) -> Session:
        params = self.behaviour.begin(work, person, self.subject)  # also checks that they still may
        kept = work.tx.drafts.load(person, self._name)
        if kept is not None:
            return from_json(kept.decode())
        flow, salt = work.setting.flows.get("desk"), work.setting.random.salt()
        session = start(flow, self.stage, params=params, salt=salt, now=work.now)
        self.save(work, person, session)
        return session

    def save(self, work: Work, person: PersonId, session: Session) -> None:
        work.tx.drafts.save(person, self._name, session.to_json().encode())

    def finish(self, work: Work, person: PersonId, session: Session) -> str:
        path = self.behaviour.finish(work, person, self.subject, session)
        work.tx.drafts.drop(person, self._name)
        return path

    def rest(self) -> str:
        return self.behaviour.rest(self.subject)


def needed(session: Session, step: str) -> str:
    """The words or the choice given at a step that cannot be left out.

    Raises: Refusal.
    """
    value = text_value(session, step)
    if value is None:
        raise Refusal(say("Something is still missing here. Please go back and fill it in."))
    return value


def flow_of_session(work: Work, session: Session) -> Flow:
    return work.setting.flows.get(session.flow, session.version)


def shown(work: Work, person: PersonId, sitting: Sitting) -> tuple[Card, dict[str, str]]:
    """The card of a sitting and the opaque callback data of its buttons, by choice key."""
    session = sitting.open(work, person)
    content = card(flow_of_session(work, session), session)
    return content, {choice.key: tap_data(session.salt, choice.key) for choice in content.choices()}


Meaning = Callable[[Flow, Session], Event | None]
"""What somebody did, as an event of the session they are in; None when it means nothing there."""


def turn(work: Work, person: PersonId, sitting: Sitting, event: Event) -> Outcome:
    """Give one event to a sitting and keep what came of it."""
    return _carry_out(work, person, sitting, sitting.open(work, person), event)


def answer(work: Work, person: PersonId, sitting: Sitting, meaning: Meaning) -> Outcome | None:
    """The same for what still has to be understood; None, and nothing is changed, when it means nothing."""
    session = sitting.open(work, person)
    event = meaning(flow_of_session(work, session), session)
    return None if event is None else _carry_out(work, person, sitting, session, event)


def _carry_out(work: Work, person: PersonId, sitting: Sitting, session: Session, event: Event) -> Outcome:
    result = advance(flow_of_session(work, session), session, event, now=work.now)
    if result.finished:
        return Outcome(result.toast, sitting.finish(work, person, result.session))
    if result.session != session:
        sitting.save(work, person, result.session)
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


def tapped(flow: Flow, session: Session, data: str) -> Tapped | None:
    """What a tap meant: a button of the present card, or one of an earlier card of the same sitting."""
    present = (choice.key for choice in card(flow, session).choices())
    for keys in (present, pressable(flow, session)):
        for key in keys:
            if hmac.compare_digest(tap_data(session.salt, key), data):
                return Tapped(key)
    return None
