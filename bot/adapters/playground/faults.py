"""Faults on command: what networks and servers do to a bot now and then."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from bot.adapters.playground.refusals import Json, Refused


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call.

    Attributes:
        outcome: an HTTP status to answer, or an exception to raise in the caller.
        after_performing: the call takes effect first and only its answer is lost.
    """

    outcome: int | Exception
    after_performing: bool
    retry_after: int | None = None

    def answer(self) -> tuple[int, Json]:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        words = HTTPStatus(self.outcome).phrase
        if self.retry_after is None:
            return Refused(self.outcome, words).answer()
        words = f"{words}: retry after {self.retry_after}"
        return Refused(self.outcome, words, retry_after=self.retry_after).answer()


class Faults:
    """Planned faults, first in first out per method."""

    def __init__(self) -> None:
        self._planned: list[tuple[str, Fault]] = []

    def plan(self, method: str, fault: Fault) -> None:
        self._planned.append((method, fault))

    def take(self, method: str) -> Fault | None:
        """The fault planned for this call, which is then used up."""
        for place, (planned, fault) in enumerate(self._planned):
            if planned == method:
                del self._planned[place]
                return fault
        return None

    def clear(self) -> None:
        self._planned.clear()
