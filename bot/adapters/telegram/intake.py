"""From a raw update to its end: handled and committed, or set aside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from telegram import Update

from bot.adapters.telegram import faults
from bot.adapters.telegram.apologies import Apologies
from bot.adapters.telegram.application import AnyApplication
from bot.adapters.telegram.excess import Excess
from bot.adapters.telegram.lanes import Lanes
from bot.adapters.telegram.taps import Carried, Taps
from bot.adapters.telegram.updates import read
from bot.errors import BotError

RESTS = (0.05, 0.5)
"""Seconds before the second and the third attempt."""


class Intake:
    """Takes updates one by one, so that a bad one never stops the others.

    Args:
        application: initialised; its handlers carry out an update and raise what goes wrong.
        set_aside: notes in the quarantine, durably, that an update was given up: its id and a code.
        rests: seconds before each further attempt.
        excess: decides what is more than any person does.
    """

    def __init__(
        self,
        application: AnyApplication,
        *,
        lanes: Lanes,
        taps: Taps,
        apologies: Apologies,
        set_aside: Callable[[int, str], Awaitable[None]],
        rests: Sequence[float] = RESTS,
        excess: Excess | None = None,
    ) -> None:
        self._application = application
        self._lanes = lanes
        self._taps = taps
        self._apologies = apologies
        self._set_aside = set_aside
        self._rests = tuple(rests)
        self._excess = excess or Excess(apologies)

    async def take(self, raw: Mapping[str, Any]) -> asyncio.Future[Carried | None]:
        """Take one update; waits while too many are under way.

        Returns: a future that ends once the update may be confirmed to Telegram, with the call to answer it by if
            there is one left to make, and raises when it may not.
        """
        number = int(raw["update_id"])
        try:
            if self._excess.leaves_out(raw):
                return _done()
            update = read(raw, self._application.bot)
        except Exception as error:
            faults.report(error)
            return await self._lanes.put(None, partial(self._set_aside, number, "unreadable"))
        if update.callback_query is not None:
            self._taps.arrived(update.callback_query.id)
        chat = update.effective_chat
        end = await self._lanes.put(None if chat is None else chat.id, partial(self._see_through, update))
        self._excess.follow(raw, end)
        return end

    def expect(self, *, more: bool) -> None:
        """Say whether Telegram holds more updates behind those taken so far."""
        self._lanes.expect(more=more)

    async def finish(self, seconds: float = 5.0) -> None:
        """Let what is under way end."""
        await self._lanes.finish(seconds)
        await self._taps.close()
        await self._excess.close()

    async def _see_through(self, update: Update) -> Carried | None:
        query = update.callback_query
        try:
            await self._carry_out(update)
        except Exception as error:
            await self._give_up(update, error)
        finally:
            if query is not None:
                self._taps.say(query.id, None)
        return None if query is None else self._taps.carry(query.id)

    async def _carry_out(self, update: Update) -> None:
        for rest in self._rests:
            try:
                await self._application.process_update(update)
            except Exception:
                await asyncio.sleep(rest)
            else:
                return
        await self._application.process_update(update)

    async def _give_up(self, update: Update, error: Exception) -> None:
        reference = faults.report(error)
        await self._set_aside(update.update_id, error.code if isinstance(error, BotError) else "unexpected")
        user, chat = update.effective_user, update.effective_chat
        if user is not None and chat is not None and chat.id == user.id:
            await self._apologies.say(user.id, hint=user.language_code, reference=reference)


def _done() -> asyncio.Future[Carried | None]:
    """The end of what is over before it began."""
    done: asyncio.Future[Carried | None] = asyncio.get_running_loop().create_future()
    done.set_result(None)
    return done
