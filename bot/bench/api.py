"""A stand-in of the Bot API on loopback: as little work as possible, in a process of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from bot.bench.bringing import Bringer
from bot.bench.computer import pin
from bot.bench.day import Day
from bot.bench.exchange import Exchange
from bot.bench.phones import BenchError, Json, Step, Update

LONGEST_POLL = 50.0
PATIENCE = 300.0
"""Seconds after which a measurement that has not ended is given up."""


class Api:
    """Serves the Bot API under ``/bot...`` and takes the orders of a ``Remote``."""

    def __init__(self) -> None:
        self._exchange = Exchange()
        self._bringer: Bringer | None = None
        self._changed = asyncio.Condition()
        self._polled = asyncio.Event()
        self._day: Day | None = None
        self._orders = {
            "phones": self._let_act,
            "polled": self._wait_for_a_poll,
            "hooks": self._bring_to,
            "people": self._settle,
            "day": self._let_a_day_pass,
        }

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Answer any request; what goes wrong here ends in the answer, since nobody reads a log."""
        body = await request.read()
        method = request.path.rpartition("/")[2]
        try:
            if method in self._orders:
                return web.json_response(await self._orders[method](json.loads(body)))
            parameters = _parameters(request, body)
            if method == "getUpdates":
                return _found(b"[" + b",".join(await self._poll(parameters)) + b"]")
            result = self._call(method, parameters)
            if self._day is None:
                await self._tell()
            return _found(json.dumps(result, ensure_ascii=False).encode())
        except BenchError as error:
            return web.json_response({"ok": False, "error_code": 400, "description": str(error)}, status=400)

    async def _let_act(self, order: Json) -> Json:
        self._exchange.begin(order["accounts"], order["steps"], order["language"], order["rate"])
        await self._tell()
        pacing = asyncio.create_task(self._keep_pace(order["rate"])) if order["rate"] else None
        async with self._changed:
            await self._changed.wait_for(lambda: self._exchange.finished)
        if pacing is not None:
            pacing.cancel()
        return self._exchange.report()

    async def _keep_pace(self, rate: float) -> None:
        while True:
            if self._exchange.release():
                await self._tell()
            await asyncio.sleep(0.5 / rate)

    async def _wait_for_a_poll(self, _: Json) -> Json:
        await asyncio.wait_for(self._polled.wait(), PATIENCE)
        return {}

    async def _bring_to(self, order: Json) -> Json:
        if self._bringer is not None:
            await self._bringer.close()
        self._bringer = Bringer(order["addresses"], order["secret"], self._taken, self._call)
        await self._tell()
        return {}

    async def _settle(self, order: Json) -> Json:
        self._day = Day(range(order["first"], order["first"] + order["people"]), order["seed"])
        return {}

    async def _let_a_day_pass(self, order: Json) -> Json:
        if self._day is None or self._bringer is None:
            raise BenchError("on this day there is nobody, or nobody to take their updates")
        return await self._day.passes(order["seconds"], self._bringer)

    def _call(self, method: str, parameters: Json) -> Any:
        """Carry out a call of the bot; returns the result."""
        telegram = self._exchange if self._day is None else self._day
        return telegram.call(method, parameters)

    def _taken(self, update: Update) -> None:
        if self._day is not None:
            self._day.taken(update)
            return
        self._exchange.confirm(update.number)
        if self._exchange.finished:
            self._end = asyncio.create_task(self._tell())

    async def _poll(self, parameters: Json) -> list[bytes]:
        self._polled.set()
        offset, wait = int(parameters.get("offset") or 0), float(parameters.get("timeout") or 0)
        batch = self._exchange.poll(offset)
        await self._tell()
        if batch is not None:
            return batch
        with suppress(TimeoutError):
            async with asyncio.timeout(min(wait, LONGEST_POLL)), self._changed:
                while (batch := self._exchange.poll(offset)) is None:
                    await self._changed.wait()
        return batch or []

    async def _tell(self) -> None:
        if self._bringer is not None:
            for update in self._exchange.hand_out():
                self._bringer.bring(update)
        async with self._changed:
            self._changed.notify_all()


def _parameters(request: web.BaseRequest, body: bytes) -> Json:
    if request.content_type == "application/json":
        given: Json = json.loads(body)
        return given
    return dict(parse_qsl(body.decode()))


def _found(result: bytes) -> web.Response:
    return web.Response(body=b'{"ok":true,"result":' + result + b"}", content_type="application/json")


def serve(tell: Connection) -> None:
    """Serve until killed; tells its address first. For a process of its own."""
    pin(1)
    asyncio.run(_serve(tell))


async def _serve(tell: Connection) -> None:
    runner = web.ServerRunner(web.Server(Api().answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    tell.send(f"http://127.0.0.1:{runner.addresses[0][1]}")
    await asyncio.Event().wait()


@asynccontextmanager
async def started() -> AsyncIterator[str]:
    """Run the stand-in beside us; gives its address."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(there,), daemon=True)
    process.start()
    try:
        yield await asyncio.to_thread(here.recv)
    finally:
        process.kill()
        process.join()


class Remote:
    """Orders to the stand-in at an address."""

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        self._address = address
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(patience))

    async def act(
        self,
        accounts: Collection[int],
        steps: Sequence[Step] = (),
        language: str = "en",
        rate: float | None = None,
    ) -> Json:
        """Let phones of a language act and wait for the end; returns what ``Exchange.report`` tells.

        Args:
            rate: steps a second, of all together; as fast as the bot answers unless given.
        Raises: TimeoutError; BenchError, when the script does not fit the bot.
        """
        return await self._order(
            "phones", accounts=list(accounts), steps=list(steps), language=language, rate=rate
        )

    async def polled(self) -> None:
        """Wait until a bot has asked for updates."""
        await self._order("polled")

    async def bring_to(self, addresses: Sequence[str], secret: str) -> None:
        """Have updates brought to these webhooks in turns."""
        await self._order("hooks", addresses=list(addresses), secret=secret)

    async def settle(self, first: int, people: int, seed: int) -> None:
        """Let there be people with accounts from the first one on, who will do what the seed says."""
        await self._order("people", first=first, people=people, seed=seed)

    async def day(self, seconds: float) -> Json:
        """Let their day pass; returns what ``Day.passes`` tells.

        Raises: BenchError.
        """
        return await self._order("day", seconds=seconds)

    async def _order(self, name: str, **order: Any) -> Json:
        async with self._session.post(f"{self._address}/{name}", json=order) as response:
            report: Json = await response.json()
            if not response.ok:
                raise BenchError(report["description"])
            return report

    async def aclose(self) -> None:
        await self._session.close()
