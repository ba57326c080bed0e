"""The other processes of the same bot: told after a commit what they should know, and listened to."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from bot.adapters.db.database import Channel
from bot.adapters.db.vault import Vault
from bot.app.memory import Memory, News
from bot.errors import BotError

LOG = logging.getLogger("bot.neighbours")

_LABEL, _SIZE = "news", 512


class Neighbours:
    """Says what is not worth a row, sealed: who did something just now is nobody's business on the way, either.

    Nothing depends on it for good. A message that nobody hears of is found by the leader within a second, and what is
    remembered makes things pleasant, not right.

    Args:
        memory: what this process remembers; from now on it is shared.
        queued: called when another process queued a message.
        missed: called when something may have been missed, and before anything was heard.
    """

    def __init__(
        self,
        channel: Channel,
        vault: Vault,
        memory: Memory,
        *,
        queued: Callable[[], object],
        missed: Callable[[], Awaitable[object]],
    ) -> None:
        self._channel = channel
        self._vault = vault
        self._memory = memory
        self._queued = queued
        self._missed = missed
        self._news: deque[News] = deque()
        self._to_send = False
        self._something = asyncio.Event()
        memory.tell = self._news.append

    def committed(self, *, to_send: bool) -> None:
        """After a commit: tell what it brought about.

        Args:
            to_send: whether the leader may have something to send now.
        """
        self._to_send |= to_send
        if self._to_send or self._news:
            self._something.set()

    async def run(self) -> None:
        """Listen and speak, for ever."""
        speaking = asyncio.create_task(self._speak())
        try:
            await self._channel.listen(self._hear, self._missed)
        finally:
            speaking.cancel()
            await self._channel.close()
            await asyncio.gather(speaking, return_exceptions=True)

    async def _speak(self) -> None:
        """One word at a time; what comes up meanwhile goes together into the next."""
        while True:
            await self._something.wait()
            self._something.clear()
            told, self._to_send = self._to_send, False
            news = [self._news.popleft() for _ in range(len(self._news))]
            word = json.dumps({"to_send": told, "news": news}).encode()
            try:
                await self._channel.tell(self._vault.seal(word, label=_LABEL, size=_SIZE))
            except BotError as error:
                LOG.warning("other processes could not be told code=%s", error.code)

    def _hear(self, sealed: bytes) -> None:
        try:
            word = json.loads(self._vault.unseal(sealed, label=_LABEL))
            for news in word["news"]:
                self._memory.hear(news)
            if word["to_send"]:
                self._queued()
        except (BotError, ValueError, KeyError, TypeError) as error:  # such as a process with another key
            LOG.warning("another process was not understood error=%s", type(error).__name__)
