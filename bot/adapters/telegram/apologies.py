"""What a person hears when we failed them, or left something out."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from telegram import Bot, LinkPreviewOptions
from telegram.error import TelegramError

from bot.adapters.telegram import faults
from bot.adapters.telegram.speech import language_of
from bot.app.allowance import Allowance
from bot.app.work import Service
from bot.core.text import Line, say

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

ONCE_IN = 600.0
"""Seconds in which one person hears it once, however much fails."""


class Apologies:
    """Says sorry in private, straight through the bot: the outbox may be what is broken."""

    def __init__(self, service: Service, bot: Bot, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._service = service
        self._bot = bot
        self._clock = clock
        self._often = Allowance(1, seconds=ONCE_IN)

    async def say(self, account: int, *, hint: str | None, reference: str) -> None:
        """Tell a person that something failed, unless they were told a moment ago."""
        if not self._often.spend(account, self._clock()):
            return
        words = say(
            "Something went wrong here, and your last message did not get through. Everything you gave before"
            " is safe. Please try again in a moment. If it happens again, tell the people who run this bot"
            " this reference: {reference}",
            reference=reference,
        )
        await self.tell(account, words, hint=hint)

    async def tell(self, account: int, words: Line, *, hint: str | None) -> None:
        """Say something in a person's language; failing at this is not a fault of its own."""
        text = self._service.setting.catalogs.render(words, await self._language(account, hint))
        with contextlib.suppress(TelegramError):
            await self._bot.send_message(
                account, text, disable_notification=True, link_preview_options=NO_PREVIEW
            )

    async def _language(self, account: int, hint: str | None) -> str:
        try:
            return await self._service.run(language_of, account, hint)
        except Exception as error:  # the store may be what failed in the first place
            faults.report(error)
            return self._service.setting.catalogs.best(hint)
