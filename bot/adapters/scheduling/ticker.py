"""Wakes the bot at a steady beat; what is due is read from the database, so a missed beat loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Ticker:
    """Calls ``tick`` every so many seconds, one call at a time, the first at once.

    Args:
        tick: does whatever is due by now.
        seconds: between the starts of two calls; beats that fall into a running call are left out.
        on_fault: is told when a call failed; the next one comes all the same.
    """

    def __init__(
        self,
        tick: Callable[[], Awaitable[object]],
        seconds: float,
        *,
        on_fault: Callable[[Exception], object],
    ) -> None:
        self._tick = tick
        self._seconds = seconds
        self._on_fault = on_fault
        self._running = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        self._scheduler.add_job(
            self._beat,
            "interval",
            seconds=self._seconds,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # a loop that was busy for a moment must not swallow the beat
        )
        self._scheduler.start()

    def soon(self) -> None:
        """Call as soon as possible, and then at the same beat from there on."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))

    async def stop(self) -> None:
        """Stop; a call under way is let finish."""
        self._scheduler.pause()
        async with self._running:
            self._scheduler.shutdown(wait=False)

    async def _beat(self) -> None:
        async with self._running:
            try:
                await self._tick()
            except Exception as error:
                self._on_fault(error)
