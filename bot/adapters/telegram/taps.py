"""Answers to taps: soon, whatever else is in their lane, so that no button keeps spinning behind other work."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TypeAlias

from telegram.error import TelegramError

from bot.adapters.telegram.application import PollingBot

LONGEST_TOAST = 200
"""Characters of answerCallbackQuery."""

ANSWER = "answerCallbackQuery"

Carried: TypeAlias = dict[str, str]
"""A call that Telegram finds in our answer to an update, and carries out: its ``method`` and its parameters."""


@dataclass(slots=True)
class _Tap:
    """One whose deadline is not over.

    Attributes:
        deadline: sees that it is answered.
        words: what its handler said; None when it said nothing.
        is_said: whether its handler is done.
        is_carried: whether its answer went back with the update.
    """

    deadline: asyncio.TimerHandle
    words: str | None = None
    is_said: bool = False
    is_carried: bool = False


class Taps:
    """Every tap gets an answer: the words of its handler if they come soon, an empty one otherwise.

    Args:
        patience: seconds to wait for words; later ones are dropped, since the card tells the same.
        carried: whether whoever brings a tap takes its answer back, once its update is done with. That spares a call,
            unless the update takes longer than ``patience``.
    """

    def __init__(self, bot: PollingBot, *, patience: float = 0.7, carried: bool = False) -> None:
        self._bot = bot
        self._patience = patience
        self._carried = carried
        self._open: dict[str, _Tap] = {}
        self._calls: set[asyncio.Task[None]] = set()

    def arrived(self, query: str) -> None:
        """Start the clock of a tap; one that is brought again meanwhile is the same."""
        if query not in self._open:
            deadline = asyncio.get_running_loop().call_later(self._patience, self._end, query)
            self._open[query] = _Tap(deadline)

    def say(self, query: str, words: str | None) -> None:
        """Answer a tap; the first call counts, and none that comes too late."""
        tap = self._open.get(query)
        if tap is None or tap.is_said:
            return
        tap.words, tap.is_said = words, True
        if not self._carried:
            self._end(query)

    def carry(self, query: str) -> Carried | None:
        """The answer to a tap that is done with, for whoever brought it; None when it leaves by itself.

        It is brought again when our answer did not arrive, so each who brings it is given the same.
        """
        tap = self._open.get(query)
        if tap is None:
            return None
        tap.is_carried = True
        return {"method": ANSWER, **_parameters(query, tap.words)}

    async def close(self, seconds: float = 2.0) -> None:
        """Send the answers that are still owed, as far as that goes quickly."""
        for query in tuple(self._open):
            self._end(query)
        if self._calls:
            _, late = await asyncio.wait(self._calls, timeout=seconds)
            for call in late:
                call.cancel()

    def _end(self, query: str) -> None:
        """Forget a tap, and call unless its answer went back."""
        tap = self._open.pop(query)
        tap.deadline.cancel()
        if not tap.is_carried:
            call = asyncio.create_task(self._call(_parameters(query, tap.words)))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)

    async def _call(self, parameters: dict[str, str]) -> None:
        try:
            await self._bot.call(ANSWER, **parameters)
        except TelegramError:
            return  # "query is too old" is as good as answered, and nobody looks at a spinner for long


def _parameters(query: str, words: str | None) -> dict[str, str]:
    return {"callback_query_id": query} | ({} if words is None else {"text": _short(words)})


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_TOAST else f"{words[: LONGEST_TOAST - 1]}…"
