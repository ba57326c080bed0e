"""The real clock and real randomness."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")


class SystemClock:
    """Fulfils ``ports.Clock``."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SystemRandomness:
    """Fulfils ``ports.Randomness`` from the operating system's source, fit for secrets."""

    def __init__(self) -> None:
        self._source = secrets.SystemRandom()

    def token(self) -> str:
        return secrets.token_urlsafe(32)  # 43 characters

    def salt(self) -> str:
        return secrets.token_urlsafe(16)

    def shuffled(self, items: Iterable[T]) -> list[T]:
        shuffled = list(items)
        self._source.shuffle(shuffled)
        return shuffled

    def hours_between(self, least: float, most: float) -> float:
        return self._source.uniform(least, most)
