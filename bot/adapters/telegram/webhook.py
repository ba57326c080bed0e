"""Has Telegram bring updates, and takes them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import Bot
from telegram.error import BadRequest

from bot.adapters.telegram.application import KINDS_OF_UPDATES
from bot.adapters.telegram.intake import Intake
from bot.adapters.telegram.patience import Backoff, Sleep, insist
from bot.adapters.telegram.stopping import unless
from bot.adapters.telegram.taps import Carried
from bot.errors import SettingsError

LOG = logging.getLogger("bot.webhook")

CONNECTIONS = 100
"""Most updates that Telegram brings at once, each of another chat or person; 100 is the most it can."""

BETWEEN_LOOKS = 300.0
"""Seconds between two questions to Telegram how it fares with us."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram is to bring updates, and the word by which it is known there."""

    url: str
    secret: str = field(repr=False)


class Webhook:
    """Stands where ``Poller`` stands, with updates that come by themselves.

    The webhook stays when this process ends, since others may go on taking updates; a bot that polls removes it.

    Args:
        sleep: waiting for some seconds.
    """

    def __init__(self, bot: Bot, intake: Intake, hook: Hook, *, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._intake = intake
        self._hook = hook
        self._sleep = sleep
        self._backoff = Backoff(sleep)
        self._stopping = asyncio.Event()
        self._told: datetime | None = None
        self.heard: float | None = None
        """When Telegram last answered or came, in seconds of the monotonic clock."""

    async def run(self) -> None:
        """Tell Telegram where to come, and look now and then whether it can, until stopped.

        Raises: SettingsError, when no later attempt can do better: a wrong token, an address that Telegram does
            not take, or another program that uses the token in its own way.
        """
        await unless(self._stopping, self._stay_in_touch())
        await self._intake.finish()

    def stop(self) -> None:
        """End ``run`` and take nothing more; updates under way may finish."""
        self._stopping.set()

    async def take(self, raw: Mapping[str, Any]) -> asyncio.Future[Carried | None] | None:
        """Take an update that Telegram brought; waits while too many are under way.

        Returns: a future as of ``Intake.take``; None while stopping.
        """
        if self._stopping.is_set():
            return None
        self.heard = time.monotonic()
        end = await self._intake.take(raw)
        self._intake.expect(more=False)  # the next of this chat comes only when this one is done with
        return end

    async def _stay_in_touch(self) -> None:
        await self._announce()
        while True:
            await self._sleep(BETWEEN_LOOKS)
            await self._look()

    async def _announce(self) -> None:
        def call() -> Any:
            return self._bot.set_webhook(
                self._hook.url,
                secret_token=self._hook.secret,
                allowed_updates=list(KINDS_OF_UPDATES),
                max_connections=CONNECTIONS,
            )

        try:
            await insist(call, self._backoff)
        except BadRequest as error:
            raise SettingsError(f"Telegram does not take this WEBHOOK_URL: {error.message}.") from error
        self.heard = time.monotonic()
        LOG.info("webhook set")

    async def _look(self) -> None:
        """Tell the log what hinders Telegram."""
        found = await insist(self._bot.get_webhook_info, self._backoff)
        self.heard = time.monotonic()
        if found.url != self._hook.url:
            raise SettingsError(
                "Telegram brings this bot's updates elsewhere, or waits to be asked for them: another program uses"
                " the same BOT_TOKEN. Stop the other one, or this one."
            )
        if found.last_error_date is not None and found.last_error_date != self._told:
            self._told = found.last_error_date
            LOG.warning(
                "Telegram could not bring an update at=%s waiting=%d words=%s",
                found.last_error_date.isoformat(),
                found.pending_update_count,
                found.last_error_message,
            )


async def remove_webhook(bot: Bot) -> None:
    """Make sure that Telegram may be polled; what waits there is kept.

    Raises: TelegramError.
    """
    if (await bot.get_webhook_info()).url:
        await bot.delete_webhook()
        LOG.info("webhook removed")
