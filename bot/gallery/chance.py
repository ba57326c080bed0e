"""Chance that always falls alike, so that a page made twice is the same page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import TypeVar

T = TypeVar("T")


class NoChance:
    """Fulfils ``ports.Randomness`` with what nobody could take for a secret."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def token(self) -> str:
        return f"made-up-link-{next(self._numbers)}"

    def salt(self) -> str:
        return f"made-up-{next(self._numbers)}"

    def shuffled(self, items: Iterable[T]) -> list[T]:
        return list(items)

    def hours_between(self, least: float, most: float) -> float:
        return least
