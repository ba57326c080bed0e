"""What the use cases need from the world, as protocols that the adapters fulfil.

A ``Transaction`` covers one person and one update. It is handed to plain functions by the store, which commits
when the function returns and rolls back when it raises; nothing in it waits for a network.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.core.cards import Card
from bot.core.ids import (
    ActionId,
    ContributionId,
    DecisionId,
    GroupId,
    NoticeId,
    OutboxId,
    PartnerId,
    PartnershipId,
    PersonId,
    PlanId,
    RoundId,
    SeatId,
)
from bot.core.partnerships import Group, Partner, PartnerKind, Partnership, Seat
from bot.core.rounds.calendar import Change, DatedEvent
from bot.core.rounds.comments import Audience, Comment
from bot.core.rounds.lifecycle import (
    Action,
    AgreedLevel,
    Contribution,
    Decision,
    Kind,
    Moment,
    Round,
    RoundState,
)
from bot.core.rounds.plans import NewPlan, Plan
from bot.core.text import Line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is in the private chat. Kept sealed and of one size for everybody.

    Attributes:
        path: the page their screen shows, e.g. "home", "p/4/round", "answer/7".
        card: message id of the live card; None when the next card must be a new message.
        trail: other message ids of the present sitting, to be deleted when it ends.
        notice: said once on the next card (a refusal, a confirmation).
    """

    path: str = "home"
    card: int | None = None
    trail: tuple[int, ...] = ()
    notice: Line | None = None


@dataclass(frozen=True, slots=True)
class Attention:
    """When somebody may be notified.

    Attributes:
        zone: where they said they are; None when it is guessed.
        snoozed_until: nothing before this moment, by their own wish; UTC.
        notified_at: when the last notification was handed over; UTC.
    """

    zone: str | None = None
    snoozed_until: datetime | None = None
    notified_at: datetime | None = None


class People(Protocol):
    """Identity: the only place that knows Telegram accounts."""

    def find(self, account: int) -> PersonId | None: ...
    def add(self, account: int, *, language: str) -> PersonId: ...
    def account(self, person: PersonId) -> int: ...
    def language(self, person: PersonId) -> str: ...
    def set_language(self, person: PersonId, language: str) -> None: ...
    def place(self, person: PersonId) -> Place: ...
    def put_place(self, person: PersonId, place: Place, *, anew: bool = False) -> None:
        """Store it; ``anew`` also when nothing changed, so that writing it tells nothing."""

    def reachable(self, person: PersonId) -> bool: ...
    def set_reachable(self, person: PersonId, reachable: bool) -> None: ...
    def attention(self, person: PersonId) -> Attention: ...
    def set_attention(self, person: PersonId, attention: Attention) -> None: ...
    def set_loose(self, person: PersonId, since: date) -> None:
        """Note the day since which a person has had nothing to do with any partnership."""

    def strangers(self, before: date) -> tuple[PersonId, ...]:
        """People without a seat or a desk since before that day."""

    def forget(self, person: PersonId) -> None:
        """Erase the account, its place, drafts and queued messages."""


class Drafts(Protocol):
    """Unfinished sittings outside a round (a facilitator's), sealed, one a person and name."""

    def load(self, person: PersonId, name: str) -> bytes | None: ...
    def save(self, person: PersonId, name: str, content: bytes) -> None: ...
    def drop(self, person: PersonId, name: str) -> None: ...


class Groups(Protocol):
    def find(self, chat: int) -> Group | None:
        """Find a group by its present or a former chat id."""

    def get(self, group: GroupId) -> Group: ...
    def add(self, chat: int, *, language: str, topic: int | None = None) -> Group: ...
    def save(self, group: Group) -> None: ...
    def move(self, old: int, new: int) -> None:
        """Follow a group that became a supergroup; the old id stays an alias."""


class Partnerships(Protocol):
    def add(self, *, name: str, purpose: str, language: str, zone: str) -> PartnershipId: ...
    def get(self, partnership: PartnershipId) -> Partnership: ...
    def save(self, partnership: Partnership) -> None: ...
    def of_group(self, group: GroupId) -> tuple[Partnership, ...]: ...
    def facilitated_by(self, person: PersonId) -> tuple[Partnership, ...]: ...
    def add_partner(
        self, partnership: PartnershipId, *, name: str, acronym: str, kind: PartnerKind
    ) -> PartnerId: ...
    def partners(self, partnership: PartnershipId) -> tuple[Partner, ...]:
        """All partners in the order in which they are shown everywhere: by acronym."""

    def remove_partner(self, partner: PartnerId) -> None: ...
    def facilitators(self, partnership: PartnershipId) -> frozenset[PersonId]: ...
    def add_facilitator(self, partnership: PartnershipId, person: PersonId) -> None: ...
    def remove_facilitator(self, partnership: PartnershipId, person: PersonId) -> None: ...
    def seats(self, partnership: PartnershipId) -> tuple[Seat, ...]: ...
    def seats_of(self, person: PersonId) -> tuple[Seat, ...]: ...
    def seat(self, seat: SeatId) -> Seat | None: ...
    def note_seated(self, round_id: RoundId, people: Collection[PersonId]) -> None:
        """Remember who held a seat when a round's answers were counted; not who answered."""

    def seated(self, round_id: RoundId) -> frozenset[PersonId]:
        """Those of them who are still known."""

    def seat_of_invitation(self, token_hash: bytes) -> Seat | None: ...
    def add_seat(self, partner: PartnerId, *, confirmed: bool = True) -> SeatId: ...
    def confirm_seat(self, seat: SeatId) -> None: ...
    def remove_seat(self, seat: SeatId) -> None: ...
    def invite(self, seat: SeatId, *, token_hash: bytes, expires: datetime) -> None:
        """Replace the invitation of an empty seat."""

    def bind(self, seat: SeatId, person: PersonId) -> None:
        """Give the seat to the first account that opened its invitation; the invitation stays recognisable."""

    def set_consent(self, seat: SeatId, version: int) -> None: ...
    def vacate(self, seat: SeatId) -> None:
        """Take the person off the seat; invitation and consent go too."""


class Rounds(Protocol):
    def add(
        self,
        partnership: PartnershipId,
        *,
        kind: Kind,
        moment: Moment | None,
        flow: str,
        flow_version: int,
        collect_days: int,
        answer_days: int,
    ) -> Round: ...
    def get(self, round_id: RoundId) -> Round | None: ...
    def save(self, round_: Round) -> None: ...
    def of_partnership(self, partnership: PartnershipId) -> tuple[Round, ...]:
        """All rounds, newest first."""

    def in_states(self, states: Collection[RoundState]) -> tuple[Round, ...]: ...
    def due(self, now: datetime) -> tuple[RoundId, ...]:
        """Rounds for which something should have happened by now, in the order in which it was due."""

    def freeze_roster(self, round_id: RoundId, seats: Mapping[PartnerId, int]) -> None: ...
    def roster(self, round_id: RoundId) -> dict[PartnerId, int]:
        """Seats of each partner as announced when the round opened."""

    def decisions(self, round_id: RoundId) -> tuple[Decision, ...]:
        """In their order."""

    def decision(self, decision: DecisionId) -> Decision | None: ...
    def add_decision(
        self,
        round_id: RoundId,
        wording: str,
        *,
        continues: DecisionId | None = None,
        action: ActionId | None = None,
    ) -> DecisionId: ...
    def save_decision(self, decision: Decision) -> None: ...
    def remove_decision(self, decision: DecisionId) -> None:
        """Remove it; what had been merged into it stands alone again."""

    def contributions(self, round_id: RoundId) -> tuple[Contribution, ...]: ...
    def add_contributions(self, round_id: RoundId, words: Sequence[str]) -> tuple[ContributionId, ...]: ...
    def merge(self, contribution: ContributionId, decision: DecisionId | None) -> None: ...
    def published(self, round_id: RoundId) -> str | None:
        """The published words as JSON, exactly as stored at the close."""

    def publish(self, round_id: RoundId, words: str) -> None:
        """Store the published words, once; a second call is a StoreError."""

    def agreed_levels(self, round_id: RoundId) -> tuple[AgreedLevel, ...]: ...
    def agree_levels(self, decision: DecisionId, levels: Mapping[PartnerId, int]) -> None:
        """Replace the agreed levels of one decision."""

    def actions(self, partnership: PartnershipId) -> tuple[Action, ...]:
        """All actions, by date."""

    def add_action(
        self, round_id: RoundId, *, decision: DecisionId, what: str, owner: PartnerId, by: str
    ) -> ActionId: ...
    def save_action(self, action: Action) -> None: ...
    def remove_action(self, action: ActionId) -> None: ...


class Calendar(Protocol):
    """When check-ins come back."""

    def plans(self, partnership: PartnershipId) -> tuple[Plan, ...]: ...
    def plan(self, plan: PlanId) -> Plan | None: ...
    def put(self, plan: NewPlan) -> PlanId:
        """Replace the plan of a partnership for one kind; changes of single dates go with the old one."""

    def save(self, plan: Plan, *, due: datetime | None) -> None:
        """Store it; ``due`` is when it has to be looked at next, None for never."""

    def drop(self, plan: PlanId) -> None: ...
    def changes(self, plan: PlanId) -> tuple[Change, ...]:
        """Single dates that were skipped or moved."""

    def change(self, plan: PlanId, change: Change) -> None: ...
    def due(self, now: datetime) -> tuple[PlanId, ...]:
        """Plans to look at by now, in the order in which they were due."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell a person, at a moment that suits them.

    Attributes:
        path: the page.
        at: not before; until: not from this moment on, None for no end. UTC.
    """

    id: NoticeId
    person: PersonId
    path: str
    at: datetime
    until: datetime | None


class Notices(Protocol):
    """What waits for a decent hour before it goes to the outbox."""

    def add(self, person: PersonId, path: str, *, at: datetime, until: datetime | None) -> None: ...
    def people(self, now: datetime, limit: int) -> tuple[PersonId, ...]:
        """People for whom something is due, who has waited longest first."""

    def due(self, person: PersonId, now: datetime) -> tuple[Notice, ...]:
        """What is due for one person, in the order in which it was."""

    def postpone(self, notices: Collection[NoticeId], at: datetime) -> None: ...
    def remove(self, notices: Collection[NoticeId]) -> None: ...
    def take_back(self, people: Collection[PersonId], paths: Collection[str]) -> None:
        """Forget these pages for these people."""


class Sheets(Protocol):
    """Answers of open rounds: sealed under the round's key, kept under a pseudonym, one size for everybody."""

    def load(self, round_id: RoundId, person: PersonId, cell: str) -> bytes | None: ...
    def save(self, round_id: RoundId, person: PersonId, cell: str, content: bytes) -> None: ...
    def erase(self, round_id: RoundId, person: PersonId) -> None: ...
    def all(self, round_id: RoundId, cell: str) -> list[bytes]:
        """Every sheet of one cell in an order that says nothing about people or time."""

    def destroy(self, round_id: RoundId, cell: str | None = None) -> None:
        """Delete every sheet of the round, or those of one cell."""


class Comments(Protocol):
    """Free texts that left a round, without who wrote them."""

    def add(self, round_id: RoundId, comments: Sequence[Comment], *, until: datetime) -> None:
        """Store them in their order; those for the facilitators are forgotten after ``until``."""

    def of(self, round_id: RoundId, audience: Audience) -> tuple[Comment, ...]: ...
    def prune(self, now: datetime) -> None:
        """Forget the texts whose time is over."""


class Lane(StrEnum):
    """How urgent a message is; replies go ahead of what was scheduled."""

    REPLY = "reply"
    NOTICE = "notice"
    DIGEST = "digest"


class What(StrEnum):
    """What an outbox row asks for.

    SCREEN: bring the person's screen up to date; PAGE: a new message with the page ``path``, the screen stays;
    POST: a page to a group.
    """

    SCREEN = "screen"
    PAGE = "page"
    POST = "post"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message to be delivered: whom, and which page; never its text."""

    id: OutboxId
    what: What
    lane: Lane
    path: str
    person: PersonId | None = None
    group: GroupId | None = None
    fresh: bool = False
    attempts: int = 0


class Outbox(Protocol):
    def show(self, person: PersonId, *, fresh: bool = False) -> None:
        """Ask for the person's screen; requests still waiting collapse into one.

        Args:
            fresh: as a new message below what they typed, instead of editing the card.
        """

    def tell(self, person: PersonId, path: str, *, lane: Lane = Lane.NOTICE) -> None:
        """Send a page as a new, silent message; a reply goes ahead of what nobody waits for."""

    def first_time(self, once: str, person: PersonId) -> bool:
        """Note that something is sent to a person under a key; False when it was before."""

    def post(
        self, group: GroupId, path: str, *, lane: Lane = Lane.REPLY, once: str | None = None
    ) -> None: ...
    def claim(
        self, *, now: datetime, limit: int, busy: Collection[tuple[str, int]] = (), bulk: int | None = None
    ) -> tuple[OutboxRow, ...]:
        """Take due rows for sending, replies first, at most one a chat, none of the ``busy`` chats.

        Args:
            busy: ("person" | "group", id) of chats that have a message under way.
            bulk: most rows of other lanes than replies; None leaves it to ``limit``.
        """

    def attempt(self, row: OutboxId, attempts: int) -> None:
        """Put on record, before it is handed to Telegram, how often a row under way was; above 0 it may arrive."""

    def sent(self, row: OutboxId) -> None:
        """Delete a delivered row; a ``once`` key stays known."""

    def retry(self, row: OutboxId, *, due: datetime, attempts: int) -> None:
        """Send it again from ``due`` on, with so many failed attempts on record."""

    def doubt(self, row: OutboxId) -> None:
        """Keep a row whose message may or may not have arrived, for the operator; it is not sent again."""

    def give_up(self, row: OutboxId, reason: str) -> None: ...
    def drop(self, person: PersonId) -> None:
        """Forget what is still to be delivered to one person; what was given up stays for the operator."""

    def waiting(self) -> int:
        """How many rows are still to be delivered."""

    def recover(self) -> int:
        """At start: rows left under way are tried again; returns how many there were.

        What was handed to Telegram and must not come twice, anything but a screen, is put in doubt instead.
        """


class FlowVersions(Protocol):
    """Every structure a flow ever had, so that running sittings finish on theirs."""

    def remember(self, flow: str, version: int, structure: str, source: str) -> None:
        """Store it once; a FlowError when this version is known with another structure."""

    def all(self) -> tuple[tuple[str, int, str], ...]:
        """Name, version and source of everything remembered."""


class Transaction(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def partnerships(self) -> Partnerships: ...
    @property
    def rounds(self) -> Rounds: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def sheets(self) -> Sheets: ...
    @property
    def comments(self) -> Comments: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def flow_versions(self) -> FlowVersions: ...


class Store(Protocol):
    """Runs functions in transactions, one writer at a time; what waits together commits together."""

    async def run(self, function: Callable[[Transaction], T]) -> T:
        """Run, commit, return the result; the function's exception rolls back its own changes only."""

    async def once(self, update: int, function: Callable[[Transaction], T], *, now: datetime) -> T | None:
        """The same, unless this update was already handled: then nothing happens and None is returned."""


class KeyStore(Protocol):
    """Keys outside the database; a round's answers live exactly as long as its key."""

    def identity_key(self) -> bytes: ...
    def create(self, round_id: RoundId) -> None: ...
    def round_key(self, round_id: RoundId) -> bytes: ...
    def destroy(self, round_id: RoundId) -> None: ...
    def existing(self) -> frozenset[RoundId]:
        """Rounds that have a key now."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, UTC."""


class Randomness(Protocol):
    def token(self) -> str:
        """An unguessable invitation token, at most 43 characters of A-Z a-z 0-9 _ -."""

    def salt(self) -> str:
        """A fresh salt for the buttons of one sitting."""

    def shuffled(self, items: Iterable[T]) -> list[T]: ...
    def hours_between(self, least: float, most: float) -> float: ...


class DatesFile(Protocol):
    def __call__(self, name: str, events: Sequence[DatedEvent], *, now: datetime) -> bytes:
        """A file of dates, under a name, as calendar programs read it."""


class Catalogs(Protocol):
    @property
    def languages(self) -> tuple[str, ...]: ...
    def best(self, tag: str | None) -> str:
        """The language we speak that is nearest to a BCP 47 tag; the source language otherwise."""

    def render(self, line: Line, language: str) -> str: ...
    def home_zone(self, language: str) -> str | None:
        """The zone of a language that is spoken in one zone only."""

    def weekend(self, zone: str) -> frozenset[int]:
        """Days off in the territory of a zone; 0 is Monday."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the sender needs for one outbox row, made at the moment of sending and kept nowhere.

    Attributes:
        chat: Telegram's chat id; topic: message thread in a group.
        card: what to show; None when there is only something to delete, or nothing any more.
        edit: message id to edit; None sends a new message (also when editing turns out impossible).
        delete: message ids to delete first.
        tokens: callback data of each choice, by ``Choice.key``.
        said: the notice of the person's place that the card says, once.
    """

    row: OutboxRow
    chat: int
    language: str
    card: Card | None
    topic: int | None = None
    edit: int | None = None
    delete: tuple[int, ...] = ()
    tokens: Mapping[str, str] | None = None
    protected: bool = True
    silent: bool = True
    said: Line | None = None
