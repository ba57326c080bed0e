"""The server of ``run``: where it listens and what it serves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

from bot.adapters.db.store import SqlStore
from bot.adapters.metrics.page import metrics_page
from bot.adapters.telegram.webhook import Hook
from bot.adapters.web.health import health
from bot.adapters.web.server import Server
from bot.adapters.web.updates import updates
from bot.app.ports import Transaction
from bot.settings import Settings
from bot.wiring.machine import Machine

LOG = logging.getLogger("bot.serving")

PATIENCE = 2.0
"""Seconds after which a store that does not answer counts as missing."""


def hook_of(settings: Settings) -> Hook | None:
    """Where Telegram is to bring updates, if it is to."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    return Hook(settings.webhook_url, settings.webhook_secret.get_secret_value())


@asynccontextmanager
async def serving(
    settings: Settings, machine: Machine, store: SqlStore, stop: asyncio.Event
) -> AsyncIterator[None]:
    """Serve while the block lasts, where the settings ask for it.

    Args:
        stop: once it is set, the bot is no longer ready.
    Raises: SettingsError, when it cannot listen.
    """
    if not settings.serves:
        yield
        return
    server = Server(*settings.address, routes(settings, machine, store, stop))
    LOG.info("listening port=%d", await server.start())
    try:
        yield
    finally:
        await server.stop()


def routes(settings: Settings, machine: Machine, store: SqlStore, stop: asyncio.Event) -> list[web.RouteDef]:
    """All that the server answers."""

    async def missing() -> str | None:
        if stop.is_set():
            return "stopping"
        if not machine.reached:
            return "telegram"
        return None if await _answers(store) else "store"

    found = [*health(missing), web.get("/metrics", metrics_page(machine.metrics))]
    hook = hook_of(settings)
    if hook is not None:
        found.append(updates(urlsplit(hook.url).path or "/", hook.secret, machine.take))
    return found


async def _answers(store: SqlStore) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await store.run(_read)
    except Exception:
        return False
    return True


def _read(tx: Transaction) -> None:
    tx.people.find(0)  # no account has this number; what counts is that the database is asked
