"""Answers to taps: at once, and outside the lane, so that no button keeps spinning behind other work."""

from __future__ import annotations

import asyncio

from telegram.error import TelegramError

from bot.adapters.telegram.application import PollingBot

LONGEST_TOAST = 200
"""Characters of answerCallbackQuery."""


class Taps:
    """Every tap gets one answer: the words of its handler if they come soon, an empty one otherwise.

    Args:
        patience: seconds to wait for words; later ones are dropped, since the card tells the same.
    """

    def __init__(self, bot: PollingBot, *, patience: float = 0.7) -> None:
        self._bot = bot
        self._patience = patience
        self._open: dict[str, asyncio.Future[str | None]] = {}
        self._answers: set[asyncio.Task[None]] = set()

    def arrived(self, query: str) -> None:
        """Start the clock of a tap."""
        words: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._open[query] = words
        answer = asyncio.create_task(self._answer(query, words))
        self._answers.add(answer)
        answer.add_done_callback(self._answers.discard)

    def say(self, query: str, words: str | None) -> None:
        """Answer a tap; the first call counts, and none that comes too late."""
        waiting = self._open.get(query)
        if waiting is not None and not waiting.done():
            waiting.set_result(words)

    async def close(self, seconds: float = 2.0) -> None:
        """Send the answers that are still owed, as far as that goes quickly."""
        for query in tuple(self._open):
            self.say(query, None)
        if self._answers:
            _, late = await asyncio.wait(self._answers, timeout=seconds)
            for answer in late:
                answer.cancel()

    async def _answer(self, query: str, waiting: asyncio.Future[str | None]) -> None:
        await asyncio.wait((waiting,), timeout=self._patience)
        words = waiting.result() if waiting.done() else None
        del self._open[query]
        try:
            await self._bot.call("answerCallbackQuery", callback_query_id=query, text=_short(words))
        except TelegramError:
            return  # "query is too old" is as good as answered, and nobody looks at a spinner for long


def _short(words: str | None) -> str | None:
    if words is None or len(words) <= LONGEST_TOAST:
        return words
    return f"{words[: LONGEST_TOAST - 1]}…"
