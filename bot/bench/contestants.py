"""The two that are compared: a bare echo as python-telegram-bot comes, and this bot as it ships."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.adapters.system import SystemClock, SystemRandomness
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.request import AiohttpRequest
from bot.app.ports import Clock
from bot.app.work import Service
from bot.bench import world
from bot.bench.api import Remote
from bot.bench.phones import BenchError, Json, Step
from bot.bench.stores import Home, own
from bot.core.ids import RoundId
from bot.settings import Settings
from bot.wiring.live import tune
from bot.wiring.machine import Machine, open_store

TOKEN = "1000:MEASURING-NEEDS-NO-SECRET"  # noqa: S105 - opens nothing, the stand-in takes any
FIRST = 1001

Contestant: TypeAlias = Callable[[str, int, Path], Coroutine[Any, Any, dict[str, Json]]]
"""Given the address of the stand-in, a number of phones and a folder, measures and returns figures by name."""
SQLITE = Home()
TYPED: tuple[Step, ...] = tuple(("say", row) for row in world.ROWS)
TAPPED: tuple[Step, ...] = (("tap", world.FINE),) * len(world.DECISIONS)
LABELS = ("Again", "And again", "Once more")
"""Buttons of the echo, about as many as below a question."""


async def echo(address: str, phones: int, _: Path) -> dict[str, Json]:
    """Answer every text with itself, and every tap by closing it and editing its message, which keeps its buttons.

    Updates one by one, httpx, polling: the library as it comes.
    """
    application = Application.builder().token(TOKEN).base_url(f"{address}/bot").build()
    application.add_handler(CommandHandler("buttons", _offer))
    application.add_handler(MessageHandler(filters.TEXT, _same))
    application.add_handler(CallbackQueryHandler(_edited))
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
        text = await timed(remote, accounts, TYPED)
        await remote.act(accounts, (("say", "/buttons"),))
        tap = await timed(remote, accounts, (("tap", LABELS[0]),) * len(TAPPED))
        await updater.stop()
        await application.stop()
        await application.shutdown()
    finally:
        await remote.aclose()
    return {"echo": text, "echo tap": tap}


async def _same(update: Update, _: Any) -> None:
    message = update.effective_message
    if message is not None:
        await message.reply_text(message.text or "")


async def _offer(update: Update, _: Any) -> None:
    if update.message is not None:
        buttons = [[InlineKeyboardButton(label, callback_data=label)] for label in LABELS]
        await update.message.reply_text("Tap", reply_markup=InlineKeyboardMarkup(buttons))


async def _edited(update: Update, _: Any) -> None:
    query, card = update.callback_query, update.effective_message
    if query is not None and card is not None:
        await query.answer()
        # The id of the tap, since an unchanged text would be refused.
        await query.edit_message_text(query.id, reply_markup=card.reply_markup)


async def ours(address: str, phones: int, folder: Path, home: Home = SQLITE) -> dict[str, Json]:
    """Answer a round, fetching updates: first every level in typed rows, then every choice in taps.

    Raises: BenchError, when an answer is not in the store afterwards.
    """
    async with running(address, folder, database=home.url) as (service, remote):
        accounts = range(FIRST, FIRST + phones)
        tables = tables_of(phones)
        seen = asyncio.create_task(remote.act(accounts))
        rounds = [await service.run(world.begin_answering, table) for table in tables]
        await seen
        figures = {
            "row": await timed(remote, accounts, TYPED, home),
            "tap": await timed(remote, accounts, TAPPED, home),
        }
        await check_all(service, rounds, tables)
    return figures


async def calm(address: str, phones: int, folder: Path, home: Home, rate: float) -> dict[str, Json]:
    """The same rows and taps, at so many a second of all together, however the bot fares.

    Raises: BenchError, as ``ours``.
    """
    async with running(address, folder, database=home.url) as (service, remote):
        accounts, tables = range(FIRST, FIRST + phones), tables_of(phones)
        seen = asyncio.create_task(remote.act(accounts))
        rounds = [await service.run(world.begin_answering, table) for table in tables]
        await seen
        figures = {"calm": await remote.act(accounts, (*TYPED, *TAPPED), rate=rate)}
        await check_all(service, rounds, tables)
    return figures


def tables_of(phones: int) -> list[range]:
    """The accounts of each partnership."""
    accounts = range(FIRST, FIRST + phones)
    return [accounts[start : start + 6] for start in range(0, phones, 6)]


async def check_all(service: Service, rounds: Sequence[RoundId], tables: Sequence[range]) -> None:
    """Raises: BenchError, as ``check``."""
    for round_id, table in zip(rounds, tables, strict=True):
        for account in table:
            check(await service.run(world.answers, round_id, account))


@asynccontextmanager
async def running(
    address: str, folder: Path, clock: Clock | None = None, database: str = ""
) -> AsyncIterator[tuple[Service, Remote]]:
    """The bot as ``run`` starts it, but with no pace, which would be all there is to measure."""
    settings = Settings.model_construct(**Settings().model_dump() | own(folder, database))
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
        tune()
        yield machine.service, remote
    finally:
        await remote.aclose()
        await machine.stop()
        await stored.store.stop()


async def timed(
    remote: Remote,
    accounts: Collection[int],
    steps: Sequence[Step],
    home: Home = SQLITE,
    busy: Callable[[], float] = time.process_time,
) -> Json:
    """Let phones act.

    Args:
        busy: CPU seconds that the bot took so far, all threads.
    Returns: the report of the stand-in, with those that it took the bot (``cpu``) and its database (``server``).
    """
    before, beside = busy(), home.busy
    report = await remote.act(accounts, steps)
    after = home.busy
    server = None if beside is None or after is None else after - beside
    return {**report, "cpu": busy() - before, "server": server}


def check(answers: dict[str, Any]) -> None:
    """Raises: BenchError, when a row or a choice is missing or another than was given."""
    rows = [value for key, value in answers.items() if key.startswith("actual/")]
    choices = [value for key, value in answers.items() if key.startswith("agree/")]
    given = ["".join(row.split()).replace("?", "-") for row in world.ROWS]
    kept = ["".join("-" if level is None else str(level) for level in row.values()) for row in rows]
    if kept != given or choices != ["fine"] * len(world.DECISIONS):
        raise BenchError("answers that were confirmed are not in the store: the figures mean nothing")
