"""The two that are compared: a bare echo as python-telegram-bot comes, and this bot as it ships."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

from telegram import Update
from telegram.ext import Application, MessageHandler, filters

from bot.adapters.system import SystemClock, SystemRandomness
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.request import AiohttpRequest
from bot.app.ports import Clock
from bot.app.work import Service
from bot.bench import world
from bot.bench.api import Remote
from bot.bench.phones import BenchError, Json, Step
from bot.settings import Settings
from bot.wiring.machine import Machine, open_store

TOKEN = "1000:MEASURING-NEEDS-NO-SECRET"  # noqa: S105 - opens nothing, the stand-in takes any
FIRST = 1001

Contestant: TypeAlias = Callable[[str, int, Path], Coroutine[Any, Any, dict[str, Json]]]
"""Given the address of the stand-in, a number of phones and a folder, measures and returns figures by name."""
TYPED: tuple[Step, ...] = tuple(("say", row) for row in world.ROWS)
TAPPED: tuple[Step, ...] = (("tap", world.FINE),) * len(world.DECISIONS)


async def echo(address: str, phones: int, _: Path) -> dict[str, Json]:
    """Answer every text with itself; updates one by one, httpx, polling: the library as it comes."""
    application = Application.builder().token(TOKEN).base_url(f"{address}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, _same))
    updater = application.updater
    if updater is None:
        raise BenchError("the library came without its updater")
    remote = Remote(address)
    try:
        await application.initialize()
        await application.start()
        await updater.start_polling()
        accounts = range(FIRST, FIRST + phones)
        await remote.act(accounts, TYPED[:1])  # connections and caches
        figures = {"echo": await timed(remote, accounts, TYPED)}
        await updater.stop()
        await application.stop()
        await application.shutdown()
    finally:
        await remote.close()
    return figures


async def _same(update: Update, _: Any) -> None:
    message = update.effective_message
    if message is not None:
        await message.reply_text(message.text or "")


async def ours(address: str, phones: int, folder: Path) -> dict[str, Json]:
    """Answer a round: first every level in typed rows, then every choice in taps.

    Raises: BenchError, when an answer is not in the store afterwards.
    """
    async with running(address, folder) as (service, remote):
        accounts = range(FIRST, FIRST + phones)
        tables = [accounts[start : start + 6] for start in range(0, phones, 6)]
        seen = asyncio.create_task(remote.act(accounts))
        rounds = [await service.run(world.begin_answering, table) for table in tables]
        await seen
        figures = {
            "row": await timed(remote, accounts, TYPED),
            "tap": await timed(remote, accounts, TAPPED),
        }
        for round_id, table in zip(rounds, tables, strict=True):
            for account in table:
                check(await service.run(world.answers, round_id, account))
    return figures


@asynccontextmanager
async def running(
    address: str, folder: Path, clock: Clock | None = None
) -> AsyncIterator[tuple[Service, Remote]]:
    """The bot as ``run`` starts it, but with no pace, which would be all there is to measure."""
    settings = Settings.model_construct(**Settings().model_dump() | own(folder))
    stored = open_store(settings)
    machine = Machine(
        settings,
        stored,
        token=TOKEN,
        request=AiohttpRequest(),
        clock=clock or SystemClock(),
        random=SystemRandomness(),
        api=address,
        pace=Pace.unlimited(),
    )
    remote = Remote(address)
    try:
        await machine.start()
        yield machine.service, remote
    finally:
        await remote.close()
        await machine.stop()
        await stored.store.stop()


def own(folder: Path) -> dict[str, Any]:
    """Settings that keep everything in a folder of this measurement."""
    return {"data_dir": folder, "database_url": "", "master_key_file": None, "key_dir": None}


async def timed(remote: Remote, accounts: Collection[int], steps: Sequence[Step]) -> Json:
    """Let phones act; the report of the stand-in, and the CPU seconds it took this process, all threads."""
    before = time.process_time()
    report = await remote.act(accounts, steps)
    return {**report, "cpu": time.process_time() - before}


def check(answers: dict[str, Any]) -> None:
    """Raises: BenchError, when a row or a choice is missing or another than was given."""
    rows = [value for key, value in answers.items() if key.startswith("actual/")]
    choices = [value for key, value in answers.items() if key.startswith("agree/")]
    given = ["".join(row.split()).replace("?", "-") for row in world.ROWS]
    kept = ["".join("-" if level is None else str(level) for level in row.values()) for row in rows]
    if kept != given or choices != ["fine"] * len(world.DECISIONS):
        raise BenchError("answers that were confirmed are not in the store: the figures mean nothing")
