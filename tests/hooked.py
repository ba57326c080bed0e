"""A bot to which Telegram brings updates: the whole application, its server on a free port, the stand-in behind it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.adapters.db.store import SqlStore
from bot.adapters.playground.request import StandInRequest
from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from bot.adapters.system import SystemClock, SystemRandomness
from bot.adapters.telegram.pace import Pace
from bot.adapters.web.updates import SECRET_HEADER
from bot.settings import Settings
from bot.wiring.machine import Machine, open_store
from bot.wiring.serving import hook_of, serving

TOKEN = "1000001:made-up-token-that-must-never-show"  # noqa: S105
SECRET = "made-up-secret"  # noqa: S105
PATIENCE = 20.0
"""Seconds after which a test that waits has failed."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


async def soon(condition: Callable[[], object]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - no one event
            await asyncio.sleep(0.002)


class Hooked:
    """Starts and stops bots on one folder, before one Telegram.

    Attributes:
        slept: seconds that Telegram wanted to wait before it came again; here it waits for a moment only.
        brings: whether the next bot has updates brought; otherwise it fetches them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.slept: list[float] = []
        self.telegram = StandIn(lambda: datetime.now(UTC), token=TOKEN, pace=False, sleep=self._sleep)
        self.world = World(self.telegram)
        self.brings = True
        self.store: SqlStore
        self.machine: Machine
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0.01)

    def settings(self) -> Settings:
        brought = {"webhook_url": f"{self.url}/telegram", "webhook_secret": SECRET} if self.brings else {}
        return Settings.model_validate(
            {"data_dir": self._folder, "listen": f"127.0.0.1:{self.port}", **brought}
        )

    async def start(self) -> None:
        """Start a bot, and wait until it has reached Telegram."""
        settings = self.settings()
        stored = open_store(settings)
        self.store = stored.store
        self.machine = Machine(
            settings,
            stored,
            token=TOKEN,
            request=StandInRequest(self.telegram),
            clock=SystemClock(),
            random=SystemRandomness(),
            pace=Pace.unlimited(),
            hook=hook_of(settings),
        )
        self._stop = asyncio.Event()
        running = self._running = asyncio.create_task(self._run(settings))
        await soon(lambda: self.machine.reached or running.done())

    async def _run(self, settings: Settings) -> None:
        """As ``bot.wiring.live`` does it."""
        try:
            async with serving(settings, self.machine, self.store, self._stop):
                await self.machine.start()
                await self.machine.until_stopped(self._stop)
        finally:
            await self.machine.stop()
            await self.store.stop()

    async def stop(self) -> None:
        """Ask the bot to stop, and wait until it has."""
        running, self._running = self._running, None
        self._stop.set()
        if running is not None:
            await running

    async def close(self) -> None:
        await self.stop()
        await self.telegram.close()

    async def ask(self, path: str) -> tuple[int, str]:
        """What the server says to a GET."""
        async with ClientSession() as client, client.get(f"{self.url}{path}") as response:
            return response.status, (await response.text()).strip()

    async def bring(self, update: dict[str, Any], secret: str = SECRET) -> int:
        """Bring an update by hand; returns the status."""
        headers = {SECRET_HEADER: secret}
        async with (
            ClientSession() as client,
            client.post(f"{self.url}/telegram", json=update, headers=headers) as response,
        ):
            return response.status

    @property
    def waiting(self) -> int:
        """Updates that Telegram keeps."""
        return self.telegram.state.queue.waiting

    def texts(self, person: int) -> list[str]:
        """What the bot wrote to somebody, oldest first."""
        return [item.text for item in self.world.messages(person) if item.sender is None]

    async def hears(self, person: int, words: str) -> None:
        """Wait until somebody's newest message holds these words."""
        await soon(lambda: self.texts(person) and words in self.texts(person)[-1])
