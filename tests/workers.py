"""A town that several workers serve: they share one PostgreSQL, and Telegram brings each update to another of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.webhooks import Posted
from bot.adapters.playground.world import World
from bot.adapters.telegram.webhook import Hook
from bot.wiring.machine import Machine, Stored, open_store
from bot.wiring.playground import TOKEN
from tests.town import Town

REFUSED = Posted("Wrong response from the webhook: 503 Service Unavailable")
HOOK = Hook("http://127.0.0.1:8080/telegram", "made-up-secret")


class WorkersTown(Town):
    """``machine`` is the worker that leads; nobody waits for Telegram, which comes again at once."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.workers: list[tuple[Machine, Stored]] = []
        self._turn = 0
        self.standin = StandIn(self.clock.now, token=TOKEN, pace=False, post=self._bring, sleep=self._shortly)
        self.world = World(self.standin)

    def built(self, stored: Stored, hook: Hook | None = HOOK) -> Machine:
        return super().built(stored, hook)

    async def start(self) -> None:
        await super().start()
        assert self._stored is not None
        self.workers = [(self.machine, self._stored)]
        await self.one_more()

    async def one_more(self) -> Machine:
        """Start another worker beside those that run."""
        stored = open_store(self.settings, draw=self.draw)
        machine = self.built(stored)
        await machine.start()
        self.workers.append((machine, stored))
        return machine

    async def leave(self) -> None:
        """Let the worker that leads end as on a restart, and wait until another one leads."""
        machine, stored = self.workers.pop(0)
        await machine.stop()
        await stored.store.stop()
        await self.taken_over()

    async def crash(self) -> None:
        self.workers.pop(0)
        await super().crash()

    async def come_back(self) -> None:
        await self.one_more()
        await self.taken_over()
        await self.machine.tick()
        await self.settle()

    async def taken_over(self) -> None:
        async with asyncio.timeout(30):
            while not any(machine.leads for machine, _ in self.workers):  # noqa: ASYNC110 - no one event
                await asyncio.sleep(0.01)
        self.workers.sort(key=lambda worker: not worker[0].leads)
        self._machine, self._stored = self.workers[0]

    async def stop(self) -> None:
        for machine, stored in self.workers[1:]:
            await machine.stop()
            await stored.store.stop()
        self.workers = []
        await super().stop()

    async def _bring(self, _url: str, body: bytes, _headers: Mapping[str, str]) -> Posted:
        """Bring an update to the worker whose turn it is, as a proxy in front of them does."""
        self._turn += 1
        machine, _ = self.workers[self._turn % len(self.workers)]
        end = await machine.take(json.loads(body))
        if end is None:
            return REFUSED
        done, _ = await asyncio.wait([end])
        ended = done.pop()
        if ended.cancelled() or ended.exception() is not None:
            return REFUSED
        call = ended.result()
        return Posted(content=b"" if call is None else json.dumps(call).encode())

    async def _shortly(self, _: float) -> None:
        await asyncio.sleep(0.01)
