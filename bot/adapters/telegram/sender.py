"""Sends the outbox at Telegram's pace: many chats side by side, one message under way in each."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from bot.adapters.telegram import faults
from bot.adapters.telegram.application import PollingBot
from bot.adapters.telegram.courier import Courier
from bot.adapters.telegram.pace import Meter, Pace
from bot.adapters.telegram.refusals import ChatMoved, Offline
from bot.adapters.telegram.stopping import unless
from bot.app import screens
from bot.app.ports import Delivery, Lane, What
from bot.app.work import Service
from bot.errors import ContactUnreachable, DeliveryError, DeliveryInDoubt, TryLater

MOST_AT_ONCE = 50
"""Rows claimed in one transaction."""

LONGEST_BACKOFF = 30.0


class Sender:
    """Takes due rows, brings them to their chats and notes what came of each.

    Args:
        service: a service of its own, whose ``committed`` does not wake this sender: otherwise it would wake
            itself with every row it notes, and never rest.
        most: most messages under way, of all chats together.
        idle: seconds until it looks for due rows by itself when nobody woke it.
        patience: a message that must wait longer than these seconds goes back to the outbox.
        clock, sleep: monotonic seconds, and waiting for some of them.
    """

    def __init__(
        self,
        service: Service,
        bot: PollingBot,
        *,
        pace: Pace | None = None,
        most: int = 200,
        idle: float = 1.0,
        patience: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
    ) -> None:
        self._service = service
        self._courier = Courier(bot, service.setting.catalogs)
        self._meter = Meter(Pace() if pace is None else pace)
        self._most = most
        self._idle = idle
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._under_way: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._awake = asyncio.Event()
        self._stopping = asyncio.Event()

    def wake(self) -> None:
        """Say that something may have been queued."""
        self._awake.set()

    async def run(self) -> None:
        """Send until stopped."""
        while not self._stopping.is_set():
            self._awake.clear()
            if not await self._start_some():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), self._idle)

    async def stop(self, seconds: float = 5.0) -> None:
        """Take nothing more, and give messages under way some time; the store recovers what is then left."""
        self._stopping.set()
        self.wake()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _start_some(self) -> bool:
        """Claim what is due; False when there was nothing to claim, or no room for it."""
        room = min(self._most - len(self._under_way), MOST_AT_ONCE)
        if room <= 0:
            return False
        try:
            claimed = await self._service.run(screens.claim, room, frozenset(self._under_way))
        except Exception as error:
            faults.report(error)
            return False
        for delivery in claimed:
            chat = _chat_key(delivery)
            task = asyncio.create_task(self._see_through(delivery))
            self._under_way[chat] = task
            task.add_done_callback(partial(self._ended, chat))
        return bool(claimed)

    def _ended(self, chat: tuple[str, int], _: asyncio.Task[None]) -> None:
        del self._under_way[chat]
        self.wake()

    async def _see_through(self, delivery: Delivery) -> None:
        try:
            await self._bring(delivery)
        except Exception as error:  # a page that breaks the renderer, or a store that cannot note the result
            faults.report(error)
            with contextlib.suppress(Exception):  # reported above; the row is recovered at the next start
                await self._service.run(screens.failed, delivery, "fault")

    async def _bring(self, delivery: Delivery) -> None:
        """Bring one delivery, and note in the outbox what came of it."""
        run = self._service.run
        wait = self._meter.reserve(
            delivery.chat,
            group=delivery.row.group is not None,
            bulk=delivery.row.lane is not Lane.REPLY,
            now=self._clock(),
            patience=self._patience,
        )
        if wait > self._patience:
            await run(screens.postponed, delivery, wait)
            return
        if wait > 0:
            await self._sleep(wait)
        try:
            message = await self._once_online(delivery)
        except ChatMoved as moved:
            await run(screens.moved, delivery, moved.new_chat)
        except TryLater as later:
            self._meter.told_to_wait(delivery.chat, later.seconds, now=self._clock())
            await run(screens.postponed, delivery, later.seconds)
        except ContactUnreachable:
            await run(screens.unreachable, delivery)
        except Offline:
            await run(screens.postponed, delivery, 0.0)
        except DeliveryInDoubt:
            if _repeatable(delivery):
                await run(screens.retried, delivery, _backoff(delivery.row.attempts))
            else:
                await run(screens.doubtful, delivery)
        except DeliveryError as error:
            faults.report(error)
            await run(screens.failed, delivery, error.code)
        else:
            await run(screens.delivered, delivery, message)

    async def _once_online(self, delivery: Delivery) -> int | None:
        """Bring a delivery as soon as there is a network: an outage uses up nobody's attempts.

        Raises: DeliveryError; Offline only when the sender is being stopped.
        """
        attempt = 0
        while True:
            try:
                return await self._courier.bring(delivery)
            except Offline:
                if self._stopping.is_set():
                    raise
                await unless(self._stopping, self._sleep(_backoff(attempt)))
                attempt += 1


def _chat_key(delivery: Delivery) -> tuple[str, int]:
    row = delivery.row
    if row.group is not None:
        return "group", row.group
    return "person", row.person or 0


def _repeatable(delivery: Delivery) -> bool:
    """Whether it does no harm when it comes twice: an edit, or what a person is waiting for."""
    row = delivery.row
    return delivery.edit is not None or (row.lane is Lane.REPLY and row.what is not What.POST)


def _backoff(attempt: int) -> float:
    """Seconds until the next attempt: 1, 2, 4 ... 30, each up to a half longer, so they do not meet."""
    seconds: float = min(LONGEST_BACKOFF, 2.0**attempt)
    return seconds * random.uniform(1.0, 1.5)  # noqa: S311 - spreads load, guards nothing
