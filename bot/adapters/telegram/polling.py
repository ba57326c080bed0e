"""Fetches updates and confirms them only when they are done with."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.adapters.telegram.application import PollingBot
from bot.adapters.telegram.intake import Intake
from bot.adapters.telegram.patience import WRONG_TOKEN, Backoff, Sleep, insist
from bot.adapters.telegram.stopping import unless
from bot.adapters.telegram.webhook import remove_webhook
from bot.errors import SettingsError

BATCH = 100
LONG_POLL = 50
BETWEEN_LOOKS = 1.0
"""Seconds between two looks whether this process leads by now."""

LONGEST_BACKLOG = 10
"""Full batches in a row after which people are told where they are, although Telegram has more of what they did."""


class Poller:
    """Asks for a batch, waits for the end of every update in it, and only then asks for the next.

    Asking with a higher offset is what confirms updates to Telegram. Until then it keeps them for a day, so a
    crash at any moment only means that some come again.

    Args:
        leads: whether this is the process that may ask; Telegram gives updates to one at a time.
        sleep: waiting for some seconds.
    """

    def __init__(
        self,
        bot: PollingBot,
        intake: Intake,
        *,
        leads: Callable[[], bool] = lambda: True,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._leads = leads
        self._sleep = sleep
        self._backoff = Backoff(sleep)
        self._offset: int | None = None
        self._full_batches = 0
        self._stopping = asyncio.Event()
        self.heard: float | None = None
        """When Telegram last answered, in seconds of the monotonic clock."""

    async def run(self) -> None:
        """Poll until stopped.

        Raises: SettingsError, when no later attempt can do better: a wrong token, or a second poller.
        """
        await unless(self._stopping, self._until_it_leads())
        await unless(self._stopping, insist(partial(remove_webhook, self._bot), self._backoff))
        self.heard = time.monotonic()
        while not self._stopping.is_set():
            await unless(self._stopping, self._until_it_leads())
            batch = await unless(self._stopping, self._ask())
            if batch is not None:
                await unless(self._stopping, self._work_through(batch))
        await self._intake.finish()

    def stop(self) -> None:
        """End ``run``: the waiting poll is dropped, which confirms nothing; updates under way may finish."""
        self._stopping.set()

    async def _until_it_leads(self) -> None:
        while not self._leads():
            await self._sleep(BETWEEN_LOOKS)

    async def _ask(self) -> list[dict[str, Any]]:
        """One poll; after a failure an empty batch, once it has waited."""
        wait = 0 if self._full_batches else LONG_POLL  # people wait to hear that there is no more of theirs
        try:
            batch = await self._bot.raw_updates(offset=self._offset, limit=BATCH, wait=wait)
        except Conflict as error:
            if not self._leads():
                return []  # the process that leads now asks in our place
            raise SettingsError(
                "Telegram gives this bot's updates to somebody else: another program uses the same BOT_TOKEN."
                " Stop the other one, or this one."
            ) from error
        except InvalidToken:
            raise SettingsError(WRONG_TOKEN) from None  # the library's words hold the token
        except TelegramError as error:
            self._intake.expect(more=False)  # nobody waits for what cannot be had at the moment
            await self._backoff.wait(error)
            return []
        self._backoff.reset()
        self.heard = time.monotonic()
        return batch

    async def _work_through(self, batch: list[dict[str, Any]]) -> None:
        """See every update of a batch to its end, and move the offset past those that came to a good one."""
        taken = [(int(raw["update_id"]), await self._intake.take(raw)) for raw in batch]
        self._full_batches = self._full_batches + 1 if len(batch) == BATCH else 0
        self._intake.expect(more=self._full_batches % LONGEST_BACKLOG > 0)
        if not taken:
            return
        await asyncio.wait([end for _, end in taken])
        for number, end in taken:
            if end.cancelled() or end.exception() is not None:
                self._offset = (
                    number  # not even set aside: the store is in trouble, so Telegram keeps it for us
                )
                await self._backoff.wait()
                return
        self._offset = max(number for number, _ in taken) + 1
