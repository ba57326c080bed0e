"""What is to be told to whom: notices that wait for a decent hour, and messages on their way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.core.cards import Card
from bot.core.ids import (
    GroupId,
    NoticeId,
    OutboxId,
    PersonId,
)
from bot.core.text import Line


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
        """Send a page as a new, silent message; a reply goes ahead of what nobody waits for.

        A reply that still waits is not queued twice, however often its button was pressed without a network.
        """

    def first_time(self, once: str, person: PersonId) -> bool:
        """Note that something is sent to a person under a key; False when it was before."""

    def post(self, group: GroupId, path: str, *, lane: Lane = Lane.REPLY, once: str | None = None) -> None:
        """Queue a page for a group; a ``once`` key holds for all groups together.

        A reply that still waits is not queued twice: however often a group asks, it hears it once.
        """

    def claim(
        self, *, now: datetime, limit: int, busy: Collection[tuple[str, int]] = (), bulk: int | None = None
    ) -> tuple[OutboxRow, ...]:
        """Take due rows for sending, replies first, at most one a chat, none of the ``busy`` chats.

        Nor is anything taken for a person of whom a row is under way.

        Args:
            busy: ("person" | "group", id) of chats that have a message under way.
            bulk: most rows of other lanes than replies; None leaves it to ``limit``.
        """

    @property
    def asked_for(self) -> PersonId | None:
        """Whose screen this transaction asked for last, as long as it neither took nor queued it."""

    @property
    def left(self) -> bool:
        """Whether this transaction queued, or found behind what was sent, something that it did not take itself."""

    def take_screen(self) -> OutboxRow | None:
        """Take for sending the screen that this transaction asked for last.

        Returns: None, when nothing was asked for, or when something else of this person is under way or would go
            first: then the row waits to be claimed.
        """

    def attempt(self, row: OutboxId, attempts: int) -> None:
        """Put on record, before it is handed to Telegram, how often a row under way was; above 0 it may arrive."""

    def sent(self, rows: Collection[OutboxId]) -> None:
        """Delete delivered rows; a ``once`` key stays known."""

    def look_behind(self, person: PersonId) -> None:
        """Have ``left`` say so when a reply to this person waits to be claimed, or anything is under way to them."""

    def retry(self, row: OutboxId, *, due: datetime, attempts: int) -> None:
        """Send it again from ``due`` on, with so many failed attempts on record."""

    def doubt(self, row: OutboxId) -> None:
        """Keep a row whose message may or may not have arrived, for the operator; it is not sent again."""

    def give_up(self, row: OutboxId, reason: str) -> None: ...
    def drop(self, person: PersonId) -> None:
        """Forget what is still to be delivered to one person; what was given up stays for the operator."""

    def waiting(self) -> int:
        """How many rows are still to be delivered."""

    def oldest(self) -> OutboxId | None:
        """Of the rows still to be delivered, the one that was queued first."""

    def recover(self) -> int:
        """Rows that a process had under way which has ended are tried again; returns how many there were.

        What was handed to Telegram and must not come twice, anything but a screen, is put in doubt instead.
        """


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the sender needs for one outbox row, made at the moment of sending and kept nowhere.

    Attributes:
        chat: Telegram's chat id; topic: message thread in a group.
        languages: what the card is said in, one after the other in one message; one at least.
        card: what to show; None when there is only something to delete, or nothing any more.
        edit: message id to edit; None sends a new message (also when editing turns out impossible).
        delete: message ids to delete first.
        tokens: callback data of each choice, by ``Choice.key``.
        plain: whether the icons of the buttons are left out.
        said: the notice of the person's place that the card says, once.
    """

    row: OutboxRow
    chat: int
    languages: tuple[str, ...]
    card: Card | None
    topic: int | None = None
    edit: int | None = None
    delete: tuple[int, ...] = ()
    tokens: Mapping[str, str] | None = None
    plain: bool = True
    protected: bool = True
    silent: bool = True
    said: Line | None = None
