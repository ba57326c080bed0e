"""The store with its keys, and the machine around it: intake, sender, clock."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Container, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telegram.error import InvalidToken
from telegram.request import BaseRequest

from bot.adapters.dates.ics import ics
from bot.adapters.db.databases import database_of
from bot.adapters.db.neighbours import Neighbours
from bot.adapters.db.store import SqlStore
from bot.adapters.db.vault import random_id
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.keys import KeyDirectory
from bot.adapters.metrics.metrics import Metrics
from bot.adapters.metrics.watched import WatchedStore, watched_quarantine
from bot.adapters.reports.reports import FileReports
from bot.adapters.scheduling.ticker import Ticker
from bot.adapters.telegram import faults
from bot.adapters.telegram.apologies import Apologies
from bot.adapters.telegram.application import PUBLIC_API, PollingBot, build_application
from bot.adapters.telegram.commands import introduce
from bot.adapters.telegram.counted import CountedRequest
from bot.adapters.telegram.handlers import Handlers
from bot.adapters.telegram.intake import Intake
from bot.adapters.telegram.lanes import Lanes
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.patience import WRONG_TOKEN
from bot.adapters.telegram.polling import Poller
from bot.adapters.telegram.sender import Sender
from bot.adapters.telegram.taps import Carried, Taps
from bot.adapters.telegram.webhook import Hook, Webhook
from bot.app import clockwork, private, retention
from bot.app.ports import Clock, Randomness, Transaction
from bot.app.work import Service, Setting, Work
from bot.core.flow.library import FlowLibrary, load_library
from bot.core.flow.loader import read_again
from bot.core.measures import Measures, load_measures
from bot.core.text import say
from bot.errors import SettingsError
from bot.settings import Settings

LOG = logging.getLogger("bot.machine")

ROOT = Path(__file__).resolve().parents[2]
FLOWS = ROOT / "flows"
LOCALES = ROOT / "locales"
MEASURES = ROOT / "resources" / "measures.yaml"

LANES = 100
"""Updates under way at once; Telegram keeps the rest."""

TICK_SECONDS = 30.0
BETWEEN_TRIALS = 2.0
"""Seconds until a process looks again whether it can lead."""

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
    database = database_of(settings.database)
    database.prepare()
    keys = KeyDirectory(settings.keys, settings.master_key)
    keys.prepare(database_exists=database.exists())
    store = SqlStore(database, keys, draw=draw)
    store.start()
    try:
        store.migrate()
        flows = store.run_now(_begin)
    except BaseException:
        store.stop_now()
        raise
    return Stored(store, keys, flows, measures)


def _begin(tx: Transaction) -> FlowLibrary:
    """Every flow a sitting began with."""
    flows = load_library(FLOWS)
    for flow in flows.newest():
        source = (FLOWS / f"{flow.flow}.yaml").read_text(encoding="utf-8")
        tx.flow_versions.remember(flow.flow, flow.version, flow.structure, source)
    present = {(flow.flow, flow.version) for flow in flows.newest()}
    for name, version, source in tx.flow_versions.all():
        if (name, version) not in present:
            flows.remember(read_again(source))
    return flows


def _recover(tx: Transaction) -> None:
    """What whoever leads owes to processes that ended: messages left under way."""
    tx.outbox.recover()


def _backlog(work: Work) -> tuple[int, int | None]:
    """How many messages wait, and the number of the one that came first."""
    return work.tx.outbox.waiting(), work.tx.outbox.oldest()


class Machine:
    """One running process: intake, sender and clock around one store.

    Where several processes share the database, all take updates and bring the replies to them; one of them leads,
    which is to say that it sends everything else, ticks, and fetches updates if they are to be fetched. When it ends,
    another one takes over.

    Args:
        request: carries every call to the Bot API, to Telegram or to a stand-in of it.
        pace: how fast to send; Telegram's own limits by default.
        seconds: the clock by which the pace is kept.
        hook: where Telegram is to bring updates, for ``take``; without it they are fetched.
        metrics: notes what happens; its own unless somebody wants to read it.
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
        hook: Hook | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        self.metrics = metrics or Metrics()
        self._settings = settings
        self._stored = stored
        self._clock = clock
        self._random = random
        self._pace = pace
        self._seconds = seconds
        self._hook = hook
        self.catalogs = GettextCatalogs(LOCALES)
        counted = CountedRequest(request, self.metrics.call)
        self._application = build_application(token, request=counted, handlers=(), api=api)
        self._running: list[asyncio.Task[None]] = []
        self._lasting: list[asyncio.Task[None]] = []
        self._introducing: asyncio.Task[int] | None = None
        self._leads = False
        self._ticks = 0
        self._acting: Container[int | None] = ()
        self.service: Service
        self._sender: Sender
        self._source: Poller | Webhook | None = None
        self._neighbours: Neighbours | None = None
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
            most_partnerships=self._settings.most_partnerships,
        )
        store = WatchedStore(self._stored.store, self.metrics)
        self._neighbours = self._stored.store.neighbours(
            setting.memory, queued=self._send_if_leading, missed=self._look_around
        )
        lanes = Lanes(LANES, cleared=lambda: self._sender.wake())
        self._acting = lanes.busy
        self._sender = Sender(
            Service(store, setting, committed=self._committed),
            bot,
            pace=self._pace,
            talking=lambda: lanes.crowded,
            clock=self._seconds,
        )
        self.service = Service(store, setting, committed=self._committed, replies=self._sender)
        taps = Taps(bot, carried=self._hook is not None)
        application.add_handlers(Handlers(self.service, taps).in_order())
        intake = Intake(
            application,
            lanes=lanes,
            taps=taps,
            apologies=Apologies(self.service, bot),
            set_aside=watched_quarantine(self._stored.store.quarantine, self.metrics),
        )
        source = (
            Poller(bot, intake, leads=lambda: self._leads)
            if self._hook is None
            else Webhook(bot, intake, self._hook)
        )
        if self._neighbours is None:
            await self._look_around()  # otherwise as soon as they can be heard
        self._ticker = Ticker(self._beat, TICK_SECONDS, on_fault=faults.report)
        self._ticker.start()
        await self._try_to_lead()
        self._lasting = [asyncio.create_task(self._keep_leading(), name="leadership")]
        if self._neighbours is not None:
            self._lasting.append(asyncio.create_task(self._neighbours.run(), name="neighbours"))
        self._running = [
            asyncio.create_task(self._sender.run(), name="sender"),
            asyncio.create_task(source.run(), name="source of updates"),
            *self._lasting,
        ]
        self._source = source

    async def _say_hello(self) -> None:
        try:
            await self._application.initialize()
        except InvalidToken:
            raise SettingsError(WRONG_TOKEN) from None  # the library's words hold the token

    @property
    def leads(self) -> bool:
        """Whether this is the process that sends and ticks."""
        return self._leads

    @property
    def reached(self) -> bool:
        """Whether Telegram has answered since the start; one that waits to lead has nothing more to ask for."""
        waits = self._hook is None and not self._leads
        return self._source is not None and (waits or self._source.heard is not None)

    async def take(self, raw: Mapping[str, Any]) -> asyncio.Future[Carried | None] | None:
        """Take an update that Telegram brought; None while the bot starts or stops, or fetches its updates."""
        return await self._source.take(raw) if isinstance(self._source, Webhook) else None

    def _send_if_leading(self) -> None:
        if self._leads:
            self._sender.wake()

    def _committed(self, left: bool) -> None:
        """Whoever leads is to look for what was left to be sent."""
        if left:
            self._send_if_leading()
        if self._neighbours is not None:
            self._neighbours.committed(to_send=left and not self._leads)

    async def _look_around(self) -> None:
        """Remember what follows from the database of what a process should remember."""
        self.service.setting.memory.outlived.look_at_all()
        await self.service.run(private.watch_again)

    async def _keep_leading(self) -> None:
        while True:
            await asyncio.sleep(BETWEEN_TRIALS)
            await self._try_to_lead()

    async def _try_to_lead(self) -> None:
        led = self._leads
        try:
            self._leads = await self._stored.store.lead(_recover)
            if self._hook is not None:  # otherwise whoever leads takes all updates, and the others are silent
                self._sender.share(await self._stored.store.workers())
        except Exception as error:
            self._leads = False
            faults.report(error)
        self.metrics.lead(self._leads)
        if self._leads and not led:
            LOG.info("leading")
            self._sender.wake()
            self._ticker.soon()
            self._introduce()

    def _introduce(self) -> None:
        """Once is enough for all processes, and for each that comes to lead, which may be of a newer version."""
        if self._introducing is None:
            introduction = introduce(self._application.bot, self.catalogs)
            self._introducing = asyncio.create_task(introduction, name="introduction")

    async def _beat(self) -> None:
        if not self._leads:
            return
        with self.metrics.ticking():
            await self.tick()
        self.metrics.outbox(*await self.service.run(_backlog))

    async def tick(self) -> None:
        """Do what is due now."""
        await clockwork.tick(self.service, self._stored.store.compact, acting=self._acting)
        self._ticks += 1
        if self._ticks % BETWEEN_PRUNES == 1:
            if self._neighbours is not None:  # one may have ended before it told of a round's end
                self.service.setting.memory.outlived.look_at_all()
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
        if self._source is not None:
            await self._ticker.stop()
            self._source.stop()
            await self._sender.stop()
            passing = [] if self._introducing is None else [self._introducing]
            for task in (*self._lasting, *passing):
                task.cancel()
            for task in (*self._running, *passing):
                with suppress(BaseException):
                    await task
        await self._application.shutdown()
        # The application leaves its bot open if it never came to a start.
        await self._application.bot.shutdown()
