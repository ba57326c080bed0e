"""Rounds whose key may have outlived them, so that the clock need not look at every key there is.

In memory only: after a start every key is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.ids import RoundId


class Outlived:
    """Remembers rounds that may have taken their last answer, until their keys are destroyed."""

    def __init__(self) -> None:
        self._noted: set[RoundId] = set()
        self._looking: set[RoundId] = set()
        self._knows_all = False

    def note(self, round_id: RoundId) -> None:
        """Say that a round may need its key no longer; whether that is so, the database decides."""
        self._noted.add(round_id)

    def among(self, existing: Iterable[RoundId]) -> frozenset[RoundId]:
        """The keys to look at: all of them the first time, later those that were noted."""
        taken = frozenset(self._noted)
        self._noted -= taken  # noted once more while it is looked at, a round is looked at once more
        self._looking |= taken if self._knows_all else taken.union(existing)
        self._knows_all = True  # said here, so that nothing is lost of what is missed during the look
        return frozenset(self._looking)

    def look_at_all(self) -> None:
        """Say that something may have been missed: the next time all keys are looked at."""
        self._knows_all = False

    def looked_at(self, rounds: frozenset[RoundId]) -> None:
        """These have been dealt with; what was noted meanwhile stays."""
        self._looking -= rounds
