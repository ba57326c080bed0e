"""Sends at Telegram's pace: many chats side by side, one message under way in each.

Every process brings the replies to the updates that it took; the one that leads also sends what waits in the outbox.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Collection, Coroutine
from functools import partial
from typing import Any

from bot.adapters.telegram import faults
from bot.adapters.telegram.application import PollingBot
from bot.adapters.telegram.courier import Courier
from bot.adapters.telegram.pace import Meter, Pace, TooSoon
from bot.adapters.telegram.refusals import ChatMoved, Offline
from bot.adapters.telegram.stopping import unless
from bot.app import screens
from bot.app.gathering import Gathering
from bot.app.ports import Delivery, Lane
from bot.app.work import Service, Work
from bot.errors import ContactUnreachable, DeliveryError, DeliveryInDoubt, LeadsNoMore, TryLater

MOST_AT_ONCE = 10
"""Rows claimed in one transaction, whose pages are made in it: replies of others wait meanwhile, and where it meets
another process all of them are made again."""

MOST_BULK = 50
"""Reminders and digests under way; the other thousands wait in the outbox, where every reply goes ahead of them."""

SHORTEST_SLEEP = 0.001

LONGEST_BACKOFF = 30.0


class Sender:
    """Takes due rows, brings them to their chats and notes what came of each.

    Args:
        service: whose ``committed`` wakes this sender, or the process that leads, for what was left alone: otherwise
            it would wake itself with every row it notes, and never rest.
        talking: people of whom more is at hand that is not yet handled: one message at its end is enough, since
            an edit in between costs a slow phone as much as the last one. Wake the sender when it changes.
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
        talking: Callable[[], Collection[int]] = tuple,
        most: int = 200,
        idle: float = 1.0,
        patience: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
    ) -> None:
        self._service = service
        self._courier = Courier(bot, service.setting.catalogs)
        self._arrivals = Gathering(service, screens.delivered)
        self._meter = Meter(Pace() if pace is None else pace)
        self._talking = talking
        self._most = most
        self._idle = idle
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._under_way: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._bulk_under_way: set[tuple[str, int]] = set()
        self._lines = {bulk: asyncio.Lock() for bulk in (False, True)}
        self._awake = asyncio.Event()
        self._stopping = asyncio.Event()

    def wake(self) -> None:
        """Say that something may have been queued."""
        self._awake.set()

    def share(self, workers: int) -> None:
        """Keep to the share of one of so many processes in Telegram's pace, which counts for all of them together."""
        self._meter.share(workers)

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
            claimed = await self._service.run(
                screens.claim,
                room,
                frozenset(self._under_way),
                self._room_for_bulk(),
                talking=self._talking(),
            )
        except Exception as error:
            faults.report(error)
            return False
        for delivery in claimed:
            self.bring(delivery)
        return bool(claimed)

    def last(self) -> Callable[[Work], Delivery | None] | None:
        """The end of an update's transaction: its reply is taken there, while there is room for one more."""
        if self._stopping.is_set() or len(self._under_way) >= self._most:
            return None
        return partial(screens.reply, talking=self._talking())

    def bring(self, delivery: Delivery) -> None:
        """Begin to bring what was claimed, or taken as a reply."""
        if self._stopping.is_set():
            return  # the store recovers it
        chat = _chat_key(delivery)
        if _can_wait(delivery):
            self._bulk_under_way.add(chat)
        task = asyncio.create_task(self._see_through(delivery))
        self._under_way[chat] = task
        task.add_done_callback(partial(self._ended, chat))

    def _ended(self, chat: tuple[str, int], task: asyncio.Task[None]) -> None:
        if self._under_way.get(chat) is task:  # not so, when the reply to a further update left meanwhile
            del self._under_way[chat]
            self._bulk_under_way.discard(chat)
        self.wake()

    def _room_for_bulk(self) -> int:
        if self._meter.bulk_rest(self._clock()) > self._patience:
            return 0
        return MOST_BULK - len(self._bulk_under_way)

    async def _see_through(self, delivery: Delivery) -> None:
        try:
            await self._bring(delivery)
        except Exception as error:  # a page that breaks the renderer, or a store that cannot note the result
            faults.report(error)
            # What fails here, too, is found by whoever leads once this process has ended.
            with contextlib.suppress(Exception):
                await self._service.run(screens.failed, delivery, "fault")

    async def _bring(self, delivery: Delivery) -> None:
        """Bring one delivery, and note in the outbox what came of it."""
        run = self._service.run
        try:
            message = await self._once_online(delivery)
        except ChatMoved as moved:
            await run(screens.moved, delivery, moved.new_chat)
        except TooSoon as soon:
            await run(screens.postponed, delivery, soon.seconds)
        except TryLater as later:
            self._meter.told_to_wait(delivery.chat, later.seconds, now=self._clock())
            await run(screens.postponed, delivery, later.seconds)
        except ContactUnreachable:
            await run(screens.unreachable, delivery)
        except Offline:
            await run(screens.postponed, delivery, 0.0)
        except LeadsNoMore:
            return  # whoever leads now found it under way
        except DeliveryInDoubt:
            if screens.repeatable(delivery):
                await run(screens.retried, delivery, _backoff(delivery.row.attempts))
            else:
                await run(screens.doubtful, delivery)
        except DeliveryError as error:
            faults.report(error)
            await run(screens.failed, delivery, error.code)
        else:
            await self._arrivals.add(screens.Arrived(delivery, message))

    async def _once_online(self, delivery: Delivery) -> int | None:
        """Bring a delivery as soon as there is a network: an outage uses up nobody's attempts.

        Raises: DeliveryError; Offline only when the sender is being stopped.
        """
        attempt = 0
        while True:
            await self._turn(delivery)
            try:
                return await self._hand_over(delivery)
            except Offline:
                if self._stopping.is_set():
                    raise
                await unless(self._stopping, self._sleep(_backoff(attempt)))
                attempt += 1

    async def _turn(self, delivery: Delivery) -> None:
        """Wait until the pace lets a message go, and count it.

        Raises: TooSoon, when that takes longer than our patience; then nothing was counted.
        """
        chat, group, bulk = delivery.chat, delivery.row.group is not None, _can_wait(delivery)
        await self._pass(lambda now: self._meter.chat_wait(chat, group=group, now=now))
        async with self._lines[bulk]:
            await self._pass(lambda now: self._meter.line_wait(bulk=bulk, now=now))
            self._meter.take(chat, group=group, bulk=bulk, now=self._clock())

    async def _pass(self, wait: Callable[[float], float]) -> None:
        """Sleep until there is nothing to wait for; raises TooSoon."""
        while (seconds := wait(self._clock())) > 0:
            if seconds > self._patience:
                raise TooSoon(seconds)
            await self._sleep(max(seconds, SHORTEST_SLEEP))

    async def _hand_over(self, delivery: Delivery) -> int | None:
        """Bring it; of what must not come twice, the store knows beforehand that it leaves."""
        if screens.repeatable(delivery):
            return await self._courier.bring(delivery)
        await self._service.run(screens.handed_over, delivery)
        try:
            return await self._courier.bring(delivery)
        except Offline:
            await self._service.run(screens.held_back, delivery)
            raise


def _chat_key(delivery: Delivery) -> tuple[str, int]:
    row = delivery.row
    if row.group is not None:
        return "group", row.group
    return "person", row.person or 0


def _can_wait(delivery: Delivery) -> bool:
    return delivery.row.lane is not Lane.REPLY


def _backoff(attempt: int) -> float:
    """Seconds until the next attempt: 1, 2, 4 ... 30, each up to a half longer, so they do not meet."""
    seconds: float = min(LONGEST_BACKOFF, 2.0**attempt)
    return seconds * random.uniform(1.0, 1.5)  # noqa: S311 - spreads load, guards nothing
