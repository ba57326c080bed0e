"""Updates come in order where it matters, go to another worker when one is away, and come again until taken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.adapters.web.updates import SECRET_HEADER
from bot.bench import bringing
from bot.bench.bringing import Bringer
from bot.bench.phones import Update

PATIENCE = 20.0


class Worker:
    """Takes updates, or refuses the first ones."""

    def __init__(self, refusals: int = 0) -> None:
        self.came: list[int] = []
        self.secrets: set[str | None] = set()
        self._refusals = refusals
        self.url = ""
        self.says = {"method": "answerCallbackQuery", "callback_query_id": "q1"}

    async def take(self, request: web.BaseRequest) -> web.Response:
        self.secrets.add(request.headers.get(SECRET_HEADER))
        self.came.append(json.loads(await request.read())["update_id"])
        self._refusals -= 1
        return web.Response(status=503) if self._refusals >= 0 else web.json_response(self.says)


@asynccontextmanager
async def listening(*workers: Worker) -> AsyncIterator[list[str]]:
    """Yields: their addresses."""
    runners = [web.ServerRunner(web.Server(worker.take)) for worker in workers]
    for worker, runner in zip(workers, runners, strict=True):
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        worker.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield [worker.url for worker in workers]
    for runner in runners:
        await runner.cleanup()


class Telegram:
    """Brings updates and waits until they are taken."""

    def __init__(self, addresses: list[str]) -> None:
        self._bringer = Bringer(
            addresses,
            "made-up-secret",
            lambda update: self.taken.append(update.number),
            lambda method, parameters: self.calls.append((method, parameters)),
        )
        self.taken: list[int] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []

    async def bring(self, *updates: dict[str, Any]) -> None:
        for update in updates:
            self._bringer.bring(Update.of(1001, update))
        async with asyncio.timeout(PATIENCE):
            while len(self.taken) < len(updates):  # noqa: ASYNC110 - no one event
                await asyncio.sleep(0.002)
        await self._bringer.close()


def texts(*numbers: int) -> list[dict[str, Any]]:
    return [{"update_id": number, "message": {"text": "made-up"}} for number in numbers]


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "AGAIN", 0.001)


async def test_workers_take_turns_and_keep_the_order_of_a_chat() -> None:
    one, two = Worker(), Worker()
    async with listening(one, two) as addresses:
        telegram = Telegram(addresses)
        await telegram.bring(*texts(1, 2, 3, 4))
    assert telegram.taken == [1, 2, 3, 4]
    assert (one.came, two.came) == ([1, 3], [2, 4])
    assert one.secrets == {"made-up-secret"}


async def test_where_nobody_listens_the_next_worker_is_asked_at_once() -> None:
    gone, here = Worker(), Worker()
    async with listening(gone) as addresses:
        pass
    async with listening(here) as others:
        await Telegram([*addresses, *others]).bring(*texts(1, 2))
    assert here.came == [1, 2]


async def test_what_is_refused_comes_again_before_the_next_of_its_chat() -> None:
    worker = Worker(refusals=2)
    async with listening(worker) as addresses:
        await Telegram(addresses).bring(*texts(1, 2))
    assert worker.came == [1, 1, 1, 2]


async def test_a_call_in_the_answer_is_carried_out() -> None:
    worker = Worker(refusals=1)
    async with listening(worker) as addresses:
        telegram = Telegram(addresses)
        await telegram.bring(*texts(1))
    assert telegram.calls == [("answerCallbackQuery", {"callback_query_id": "q1"})]
