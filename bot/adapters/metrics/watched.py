"""A store whose transactions are noted."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from bot.adapters.metrics.metrics import Metrics
from bot.app.ports import Store, Transaction

T = TypeVar("T")


class WatchedStore:
    """``Store`` around another one; a transaction that fails is noted like any other."""

    def __init__(
        self, store: Store, metrics: Metrics, *, seconds: Callable[[], float] = time.perf_counter
    ) -> None:
        self._store = store
        self._metrics = metrics
        self._seconds = seconds

    async def run(self, function: Callable[[Transaction], T]) -> T:
        return await self._timed(self._store.run(function))

    async def once(self, update: int, function: Callable[[Transaction], T], *, now: datetime) -> T | None:
        result = await self._timed(self._store.once(update, function, now=now))
        self._metrics.update("handled")
        return result

    async def _timed(self, transaction: Awaitable[T]) -> T:
        began = self._seconds()
        try:
            return await transaction
        finally:
            self._metrics.transaction(self._seconds() - began)


def watched_quarantine(
    set_aside: Callable[[int, str], Awaitable[object]], metrics: Metrics
) -> Callable[[int, str], Awaitable[None]]:
    """Set updates aside as ``set_aside`` does, and note each."""

    async def quarantine(update: int, code: str) -> None:
        await set_aside(update, code)
        metrics.update("set-aside")

    return quarantine
