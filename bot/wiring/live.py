"""The bot on Telegram: the same machine as everywhere, over the real Bot API."""

from __future__ import annotations

import asyncio
import gc
import logging
import resource
import sys

from telegram.error import TelegramError

from bot import __version__
from bot.adapters.metrics.metrics import Metrics, Problems
from bot.adapters.system import SystemClock, SystemRandomness
from bot.adapters.telegram.faults import set_up_logging
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.request import AiohttpRequest
from bot.adapters.telegram.stopping import unless
from bot.errors import SettingsError
from bot.settings import Settings
from bot.wiring.machine import Machine, open_store
from bot.wiring.serving import hook_of, serving

LOG = logging.getLogger("bot")

SWITCH = 0.0005
"""Seconds after which one thread lets another one go on. The writer waits for the database at every statement, and with
Python's 5 ms it would wait ten times as long for a busy event loop after each."""

LONGEST_REST = 30.0
"""Seconds between two attempts to reach Telegram at the start."""


async def live(settings: Settings, stop: asyncio.Event, *, pace: Pace | None = None) -> None:
    """Run until asked to stop.

    Args:
        pace: how fast to send; Telegram's own limits by default.
    Raises: BotError, when it cannot go on: a wrong token, a database in use, a missing key, a port that is taken.
    """
    if settings.bot_token is None:
        raise SettingsError("BOT_TOKEN is not set. @BotFather gives one; the README tells how.")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold keys and answers
    set_up_logging(settings.log_level)
    metrics = Metrics()
    logging.getLogger().addHandler(Problems(metrics))
    metrics.about |= about(settings)
    LOG.info("starting %s", " ".join(f"{name}={value}" for name, value in metrics.about.items()))
    stored = open_store(settings)
    machine = Machine(
        settings,
        stored,
        token=settings.bot_token.get_secret_value(),
        request=AiohttpRequest(),
        clock=SystemClock(),
        random=SystemRandomness(),
        api=settings.bot_api_url,
        pace=pace,
        hook=hook_of(settings),
        metrics=metrics,
    )
    try:
        async with serving(settings, machine, stored.store, stop):
            if await _start(machine, stop):
                tune()
                LOG.info("running")
                await machine.until_stopped(stop)
    finally:
        await machine.stop()
        await stored.store.stop()
        LOG.info("stopped")


def tune() -> None:
    """Have Python share out the time of a busy hour as a bot needs it; to be called once it has started.

    The garbage collector need not look again and again at what a start leaves behind, modules, flows and tables: all
    of it stays until the end. That took it a tenth of all time.
    """
    sys.setswitchinterval(SWITCH)
    gc.collect()
    gc.freeze()


def about(settings: Settings) -> dict[str, str]:
    """What an operator wants to know first: which version this is, and on what it runs."""
    return {
        "version": __version__,
        "database": settings.database.partition(":")[0].partition("+")[0],
        "updates": "fetched" if hook_of(settings) is None else "brought",
    }


async def _start(machine: Machine, stop: asyncio.Event) -> bool:
    """Start as soon as Telegram can be reached: a server may be up before its network is.

    Returns: False, when asked to stop before that.
    """
    rest = 1.0
    while not stop.is_set():
        try:
            await unless(stop, machine.start())
        except TelegramError as error:
            LOG.warning("Telegram cannot be reached, trying again error=%s", type(error).__name__)
            await unless(stop, asyncio.sleep(rest))
            rest = min(LONGEST_REST, 2 * rest)
        else:
            break
    return not stop.is_set()
