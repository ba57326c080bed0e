"""A post office of our own: the real sender and outbox before the stand-in of Telegram, in made-up time.

Seconds pass only where somebody sleeps, so that an hour of waiting takes no time and every run is the same.
"""

from __future__ import annotations

import asyncio
import selectors
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, select
from telegram.request import RequestData

from bot.adapters.dates.ics import ics
from bot.adapters.db.databases import database_of
from bot.adapters.db.messages import OUTBOX
from bot.adapters.db.store import SqlStore
from bot.adapters.playground.request import StandInRequest
from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from bot.adapters.reports.reports import FileReports
from bot.adapters.system import SystemRandomness
from bot.adapters.telegram.application import PollingBot
from bot.adapters.telegram.sender import Sender
from bot.app.ports import Clock, Lane, Store, Transaction
from bot.app.work import Service, Setting
from bot.core.flow.library import FlowLibrary
from bot.core.ids import GroupId, PersonId
from bot.core.text import say
from tests.contract.fakes import FakeKeys
from tests.stores import recovered
from tests.unit.telegram.scripted import ENGLISH, TOKEN

T = TypeVar("T")

BEGIN = datetime(2030, 1, 1, 12, tzinfo=UTC)
LATENCY = 0.05
"""Seconds from a call to its answer."""

SENDING = ("sendMessage", "editMessageText")


class _Leaping(selectors.DefaultSelector):
    """Instead of waiting for the next timer, it moves the time there."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "everybody waits, and nothing will ever happen"
            self.now += timeout
        return ready


class LeapingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._leaping = _Leaping()
        super().__init__(self._leaping)

    def time(self) -> float:
        return self._leaping.now


class _InlineStore:
    """``Store`` whose transactions block the loop: another thread's work would take no made-up time at all."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    async def run(self, function: Callable[[Transaction], T]) -> T:
        return self._store.run_now(function)


@dataclass(frozen=True)
class Call:
    """A message or an edit that left, and when; ``status`` is 0 while there is no answer."""

    at: float
    chat: int
    method: str
    status: int = 0


class _SlowRequest(StandInRequest):
    """Takes its time, and notes what left.

    Attributes:
        silent: answers never come, before or after the call took effect.
    """

    def __init__(self, standin: StandIn, loop: LeapingLoop) -> None:
        super().__init__(standin)
        self._loop = loop
        self.calls: list[Call] = []
        self.under_way: Counter[int] = Counter()
        self.most_at_once = 0
        self.silent: str | None = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *rest: Any, **given: Any
    ) -> tuple[int, bytes]:
        name, at, status = url.rpartition("/")[2], self._loop.time(), 0
        chat = cast("int", request_data.parameters.get("chat_id", 0)) if request_data else 0
        self.under_way[chat] += 1
        self.most_at_once = max(self.most_at_once, self.under_way[chat])
        try:
            if self.silent == "before":
                await asyncio.Event().wait()
            status, answer = await super().do_request(url, method, request_data, *rest, **given)
            if self.silent == "after":
                await asyncio.Event().wait()
            await asyncio.sleep(LATENCY)
        finally:
            self.under_way[chat] -= 1
            if name in SENDING:
                self.calls.append(Call(at, chat, name, status))
        return status, answer


class PostOffice:
    """Queue rows, let time pass, and look at what arrived and at what is left."""

    def __init__(self, folder: Path) -> None:
        self.runner = asyncio.Runner(loop_factory=LeapingLoop)
        self._loop = cast("LeapingLoop", self.runner.get_loop())
        self.standin = StandIn(self.now, token=TOKEN)
        self.world = World(self.standin)
        self.request = _SlowRequest(self.standin, self._loop)
        self.store = SqlStore(
            database_of(f"sqlite:///{folder / 'bot.db'}"), FakeKeys(), draw=count(5001).__next__
        )
        self.store.start()
        self.store.migrate()
        self.store.lead_now(lambda _: None)
        self._accounts: dict[int, PersonId] = {}
        self._start()

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self._loop.time())

    def close(self) -> None:
        self._kill()
        self.runner.close()
        self.store.stop_now()

    # Who is there

    def person(self) -> int:
        """Somebody who has started the bot; returns the account."""
        account = self.world.add_person(f"Person {len(self._accounts)}")
        self.world.open_link(account)
        self._accounts[account] = self.store.run_now(lambda tx: tx.people.add(account, language="en"))
        return account

    def group(self, *, topic: int | None = None, chat: int | None = None) -> int:
        """A group with the bot in it; returns its chat id."""
        place = chat or self.world.add_group("Made-up group", self.person())
        self.world.add_bot_to_group(min(self._accounts), place)
        self.store.run_now(lambda tx: tx.groups.add(place, language="en", topic=topic))
        return place

    def id_of(self, account: int) -> PersonId:
        return self._accounts[account]

    # What is to be sent

    def queue(self, function: Callable[[Transaction], None]) -> None:
        self.store.run_now(function)
        self._sender.wake()

    def show(self, *accounts: int) -> None:
        def use(tx: Transaction) -> None:
            for account in accounts:
                tx.outbox.show(self._accounts[account])

        self.queue(use)

    def tell(self, *accounts: int, page: str = "help") -> None:
        def use(tx: Transaction) -> None:
            for account in accounts:
                tx.outbox.tell(self._accounts[account], page)

        self.queue(use)

    def post(self, chat: int, *, lane: Lane = Lane.REPLY, page: str = "help") -> None:
        self.queue(lambda tx: tx.outbox.post(self._group_id(tx, chat), page, lane=lane))

    # What comes of it

    def pass_time(self, seconds: float) -> None:
        self.runner.run(asyncio.sleep(seconds))

    def kill(self) -> None:
        """End the sender as ``kill -9`` would, and start another on what the store holds."""
        self._kill()
        self.request.silent = None
        recovered(self.store)
        self._start()

    def arrived(self, chat: int) -> list[datetime]:
        """When each message of the bot came to a chat."""
        return [item.date for item in self.world.messages(chat) if item.sender is None and not item.service]

    def left(self) -> list[tuple[str, str | None]]:
        """State and reason of every row that is still in the outbox."""

        def read(tx: Transaction) -> list[tuple[str, str | None]]:
            connection: Connection = tx.outbox._connection  # type: ignore[attr-defined]
            rows = connection.execute(select(OUTBOX.c.state, OUTBOX.c.error).order_by(OUTBOX.c.id))
            return [(row.state.value, row.error) for row in rows]

        return self.store.run_now(read)

    def _group_id(self, tx: Transaction, chat: int) -> GroupId:
        found = tx.groups.find(chat)
        assert found is not None
        return found.id

    def _start(self) -> None:
        setting = Setting(
            flows=FlowLibrary(()),
            catalogs=ENGLISH,
            random=SystemRandomness(),
            keys=FakeKeys(),
            clock=cast("Clock", self),
            bot_name="PlaygroundBot",
            operator=say("the operator"),
            write_dates=ics,
            reports=FileReports(ENGLISH),
        )
        service = Service(cast("Store", _InlineStore(self.store)), setting, committed=lambda _: None)
        bot = PollingBot(TOKEN, request=self.request, get_updates_request=self.request)
        self._sender = Sender(service, bot, clock=self._loop.time)
        self._running = self._loop.create_task(self._sender.run())

    def _kill(self) -> None:
        async def cancel() -> None:
            tasks = [self._running, *self._sender._under_way.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        self.runner.run(cancel())
