"""Releases across partnerships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Release:
    """One release, as it was stored.

    Attributes:
        at: the fixed moment it belongs to, UTC.
        words: everything that is told, as JSON.
        members: what the next release is measured against, as JSON; None once there is a later one.
    """

    at: datetime
    words: str
    members: str | None


class Learning(Protocol):
    def last(self, now: datetime) -> Release | None:
        """The last release up to now."""

    def all(self) -> tuple[Release, ...]:
        """The first one first."""

    def add(self, at: datetime, *, words: str, members: str) -> None:
        """Store a release, once; of those before it only the words are kept. A second one is a StoreError."""
