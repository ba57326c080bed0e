"""The store with its keys, and the machine around it: intake, sender, clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from telegram.error import InvalidToken
from telegram.request import BaseRequest

from bot.adapters.dates.ics import ics
from bot.adapters.db.engine import database_path
from bot.adapters.db.store import SqlStore
from bot.adapters.db.vault import random_id
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.keys import KeyDirectory
from bot.adapters.reports.reports import FileReports
from bot.adapters.scheduling.ticker import Ticker
from bot.adapters.telegram import faults
from bot.adapters.telegram.apologies import Apologies
from bot.adapters.telegram.application import PUBLIC_API, PollingBot, build_application
from bot.adapters.telegram.commands import introduce
from bot.adapters.telegram.handlers import Handlers
from bot.adapters.telegram.intake import Intake
from bot.adapters.telegram.lanes import Lanes
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.polling import Poller
from bot.adapters.telegram.sender import Sender
from bot.adapters.telegram.taps import Taps
from bot.app import clockwork, private, retention
from bot.app.ports import Clock, Randomness, Transaction
from bot.app.work import Service, Setting
from bot.core.flow.library import FlowLibrary, load_library
from bot.core.flow.loader import read_again
from bot.core.measures import Measures, load_measures
from bot.core.text import say
from bot.errors import SettingsError
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
FLOWS = ROOT / "flows"
LOCALES = ROOT / "locales"
MEASURES = ROOT / "resources" / "measures.yaml"

LANES = 100
"""Updates under way at once; Telegram keeps the rest."""

TICK_SECONDS = 30.0
BETWEEN_PRUNES = 120
"""Ticks between two clean-ups of handled updates."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The store and its keys, opened and up to date."""

    store: SqlStore
    keys: KeyDirectory
    flows: FlowLibrary
    measures: Measures


def open_store(settings: Settings, *, draw: Callable[[], int] = random_id) -> Stored:
    """Open keys and database, migrate, and remember the flows this version came with.

    Args:
        draw: makes ids of people and groups; tests give a predictable one.

    Raises: KeysError, StoreError, FlowError.
    """
    measures = load_measures(MEASURES)
    database = database_path(settings.database)
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = KeyDirectory(settings.keys, settings.master_key)
    keys.prepare(database_exists=database.exists())
    store = SqlStore(settings.database, keys, draw=draw)
    store.start()
    try:
        store.migrate()
        flows = store.run_now(_begin)
    except BaseException:
        store.stop_now()
        raise
    return Stored(store, keys, flows, measures)


def _begin(tx: Transaction) -> FlowLibrary:
    """What a start owes to the one before it: messages left under way, and every flow a sitting began with."""
    tx.outbox.recover()
    flows = load_library(FLOWS)
    for flow in flows.newest():
        source = (FLOWS / f"{flow.flow}.yaml").read_text(encoding="utf-8")
        tx.flow_versions.remember(flow.flow, flow.version, flow.structure, source)
    present = {(flow.flow, flow.version) for flow in flows.newest()}
    for name, version, source in tx.flow_versions.all():
        if (name, version) not in present:
            flows.remember(read_again(source))
    return flows


class Machine:
    """One running bot: intake, sender and clock around one store.

    Args:
        request: carries every call to the Bot API, to Telegram or to a stand-in of it.
        pace: how fast to send; Telegram's own limits by default.
        seconds: the clock by which the pace is kept.
    """

    def __init__(
        self,
        settings: Settings,
        stored: Stored,
        *,
        token: str,
        request: BaseRequest,
        clock: Clock,
        random: Randomness,
        api: str = PUBLIC_API,
        pace: Pace | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._stored = stored
        self._clock = clock
        self._random = random
        self._pace = pace
        self._seconds = seconds
        self.catalogs = GettextCatalogs(LOCALES)
        self._application = build_application(token, request=request, handlers=(), api=api)
        self._running: list[asyncio.Task[None]] = []
        self._ticks = 0
        self.service: Service
        self._sender: Sender
        self._poller: Poller
        self._ticker: Ticker

    async def start(self) -> None:
        """Say hello to Telegram, then take updates, send and tick in the background.

        Raises: SettingsError, for a wrong token; TelegramError, when Telegram cannot be reached: try again later.
        """
        await self._say_hello()
        application = self._application
        bot = application.bot
        assert isinstance(bot, PollingBot)  # noqa: S101 - build_application makes no other
        setting = Setting(
            flows=self._stored.flows,
            catalogs=self.catalogs,
            random=self._random,
            keys=self._stored.keys,
            clock=self._clock,
            bot_name=bot.username,
            operator=self._settings.operator or say("the operator"),
            write_dates=ics,
            reports=FileReports(self.catalogs),
            measures=self._stored.measures,
            facilitators=self._settings.facilitators,
        )
        store = self._stored.store
        lanes = Lanes(LANES, cleared=lambda: self._sender.wake())
        self._sender = Sender(
            Service(store, setting, committed=lambda: None),
            bot,
            pace=self._pace,
            talking=lambda: lanes.crowded,
            clock=self._seconds,
        )
        self.service = Service(store, setting, committed=self._sender.wake, replies=self._sender)
        taps = Taps(bot)
        application.add_handlers(Handlers(self.service, taps).in_order())
        intake = Intake(
            application,
            lanes=lanes,
            taps=taps,
            apologies=Apologies(self.service, bot),
            set_aside=store.quarantine,
        )
        self._poller = Poller(bot, intake)
        await self.service.run(private.watch_again)
        self._ticker = Ticker(self.tick, TICK_SECONDS, on_fault=faults.report)
        self._ticker.start()
        self._running = [
            asyncio.create_task(self._sender.run(), name="sender"),
            asyncio.create_task(self._poller.run(), name="poller"),
        ]
        self._introducing = asyncio.create_task(introduce(bot, self.catalogs), name="introduction")

    async def _say_hello(self) -> None:
        try:
            await self._application.initialize()
            await self._application.bot.delete_webhook()  # with one set, Telegram refuses to be polled
        except InvalidToken:
            raise SettingsError(  # "from None": the library's words hold the token
                "Telegram does not know this BOT_TOKEN. Take the present one from @BotFather."
            ) from None

    async def tick(self) -> None:
        """Do what is due now."""
        await clockwork.tick(self.service, self._stored.store.compact)
        self._ticks += 1
        if self._ticks % BETWEEN_PRUNES == 1:
            await self._stored.store.prune(self._clock.now())
            await self.service.run(retention.forget)

    async def until_stopped(self, stop: asyncio.Event) -> None:
        """Run until asked to stop, or until a part ends by itself.

        Raises: what ended that part.
        """
        waiting = asyncio.create_task(stop.wait())
        ended, _ = await asyncio.wait({waiting, *self._running}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        for task in ended - {waiting}:
            task.result()

    async def stop(self) -> None:
        """Stop taking updates, finish what is under way, close everything."""
        if self._running:
            await self._ticker.stop()
            self._poller.stop()
            await self._sender.stop()
            self._introducing.cancel()
            for task in (*self._running, self._introducing):
                with suppress(BaseException):
                    await task
        await self._application.shutdown()
        # The application leaves its bot open if it never came to a start.
        await self._application.bot.shutdown()
