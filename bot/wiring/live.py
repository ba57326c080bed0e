"""The bot on Telegram: the same machine as everywhere, over the real Bot API."""

from __future__ import annotations

import asyncio
import logging

from bot.adapters.system import SystemClock, SystemRandomness
from bot.adapters.telegram.faults import set_up_logging
from bot.adapters.telegram.request import AiohttpRequest
from bot.errors import SettingsError
from bot.settings import Settings
from bot.wiring.machine import Machine, open_store

LOG = logging.getLogger("bot")


async def live(settings: Settings, stop: asyncio.Event) -> None:
    """Run until asked to stop.

    Raises: BotError, when it cannot go on: a wrong token, a database in use, a missing key.
    """
    if settings.bot_token is None:
        raise SettingsError("BOT_TOKEN is not set. @BotFather gives one; the README tells how.")
    set_up_logging(settings.log_level)
    stored = open_store(settings)
    machine = Machine(
        settings,
        stored,
        token=settings.bot_token.get_secret_value(),
        request=AiohttpRequest(),
        clock=SystemClock(),
        random=SystemRandomness(),
        api=settings.bot_api_url,
    )
    try:
        await machine.start()
        LOG.info("running")
        await machine.until_stopped(stop)
    finally:
        await machine.stop()
        await stored.store.stop()
        LOG.info("stopped")
