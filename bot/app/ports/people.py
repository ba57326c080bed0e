"""Who people are and where they stand in the private chat."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.ids import (
    PersonId,
)
from bot.core.text import Line


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
    def find_all(self, accounts: Collection[int]) -> frozenset[PersonId]:
        """Those behind these accounts, as far as they are known."""

    def add(self, account: int, *, language: str) -> PersonId: ...
    def account(self, person: PersonId) -> int: ...
    def language(self, person: PersonId) -> str: ...
    def set_language(self, person: PersonId, language: str) -> None: ...
    def is_plain(self, person: PersonId) -> bool:
        """Whether they want buttons without pictures."""

    def set_plain(self, person: PersonId, plain: bool) -> None: ...
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
    def names(self, person: PersonId) -> tuple[str, ...]:
        """Of everything that this person left unfinished."""
