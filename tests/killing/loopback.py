"""The stand-in of the Bot API on loopback, which writes down what was confirmed to it and what arrived."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World

TOKEN = "1000001:made-up-token-that-must-never-show"  # noqa: S105 - opens nothing

AT_WORK = frozenset({"sendMessage", "editMessageText", "deleteMessages", "answerCallbackQuery"})
"""What a bot calls for people, not for itself."""

JUST_NOW = 0.1


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new message of the bot, as it was when it came."""

    chat: int
    text: str
    at: datetime

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0]


class Telegram:
    """What Telegram knows of a bot that is killed again and again.

    Attributes:
        confirmed: id of the newest update that the bot confirmed by asking for a later one.
        asked: set once the process under way has asked for updates; has_worked: it did something for somebody.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.standin = StandIn(clock, token=TOKEN, pace=False)
        self.world = World(self.standin)
        self.url = ""
        self.confirmed = 0
        self.asked = asyncio.Event()
        self.has_worked = False
        self.arrivals: list[Arrival] = []
        self._last_call = 0.0

    def expect_start(self) -> None:
        """Forget the process that was killed: another one is about to come."""
        self.asked.clear()
        self.has_worked = False

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        parameters = await request.json() if request.can_read_body else {}
        if method == "getUpdates":
            self._asks(parameters.get("offset"))
        status, answer = await self.standin.call(method, parameters)
        if method in AT_WORK:
            self.has_worked = True
            self._last_call = time.monotonic()
        if method == "sendMessage" and status == 200:
            self.arrivals.append(Arrival(parameters["chat_id"], parameters["text"], self._clock()))
        return web.json_response(answer, status=status)

    def _asks(self, offset: int | None) -> None:
        if offset is None:  # the first time in the life of a process
            self.asked.set()
        else:
            self.confirmed = max(self.confirmed, offset - 1)

    def told_to_groups(self) -> Iterator[tuple[int, str]]:
        """Every message that came to a group: which, and its text."""
        return ((found.chat, found.text) for found in self.arrivals if found.chat < 0)

    @property
    def is_busy(self) -> bool:
        """Whether the bot has updates that it did not confirm, or did something for somebody a moment ago."""
        return self.standin.state.queue.waiting > 0 or time.monotonic() - self._last_call < JUST_NOW


@asynccontextmanager
async def listening(clock: Callable[[], datetime]) -> AsyncIterator[Telegram]:
    """Open the stand-in on a free port of loopback."""
    telegram = Telegram(clock)
    application = web.Application()
    application.router.add_post(f"/bot{TOKEN}/{{method}}", telegram.call)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    telegram.url = "http://{}:{}".format(*runner.addresses[0])
    try:
        yield telegram
    finally:
        await runner.cleanup()
