"""Asking Telegram again until it answers."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.adapters.telegram.refusals import seconds
from bot.errors import SettingsError

WRONG_TOKEN = "Telegram does not know this BOT_TOKEN. Take the present one from @BotFather."  # noqa: S105
LONGEST = 30.0
"""Seconds between two attempts, unless Telegram asks for more."""

T = TypeVar("T")
Sleep: TypeAlias = Callable[[float], Awaitable[None]]


class Backoff:
    """Waits longer with every failure in a row; as long as Telegram says, when it says.

    Args:
        sleep: waiting for some seconds.
    """

    def __init__(self, sleep: Sleep = asyncio.sleep) -> None:
        self._sleep = sleep
        self._failures = 0

    def reset(self) -> None:
        """It works again: begin with short waits."""
        self._failures = 0

    async def wait(self, error: Exception | None = None) -> None:
        """Wait after a failure."""
        if isinstance(error, RetryAfter):
            return await self._sleep(seconds(error))
        longest = min(LONGEST, 2.0**self._failures)
        self._failures += 1
        return await self._sleep(longest * random.uniform(0.5, 1.0))  # noqa: S311 - spreads load, guards nothing


async def insist(call: Callable[[], Awaitable[T]], backoff: Backoff) -> T:
    """Repeat a call that may be repeated safely until Telegram takes it.

    Raises: SettingsError, for a wrong token; BadRequest, for what no later attempt can mend.
    """
    while True:
        try:
            result = await call()
        except InvalidToken:
            raise SettingsError(WRONG_TOKEN) from None  # the library's words hold the token
        except BadRequest:
            raise
        except TelegramError as error:
            await backoff.wait(error)
        else:
            backoff.reset()
            return result
