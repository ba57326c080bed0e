"""Order within a chat, no waiting between chats."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import TypeAlias

Job: TypeAlias = Callable[[], Awaitable[object]]


class Lanes:
    """Runs jobs of one key one after the other, and those of different keys side by side.

    Args:
        limit: most jobs taken in and not yet finished; ``put`` waits for room beyond it.
    """

    def __init__(self, limit: int) -> None:
        self._room = asyncio.Semaphore(limit)
        self._waiting: dict[Hashable, deque[tuple[Job, asyncio.Future[None]]]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """Lanes that have something to do."""
        return len(self._waiting)

    async def put(self, key: Hashable, job: Job) -> asyncio.Future[None]:
        """Queue a job behind the others of its key.

        Returns: a future that ends with the job, and with its exception if it raised one.
        """
        await self._room.acquire()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane = self._waiting.get(key)
        if lane is not None:
            lane.append((job, done))
            return done
        self._waiting[key] = deque([(job, done)])
        worker = asyncio.create_task(self._work(key))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)
        return done

    async def finish(self, seconds: float) -> None:
        """Give the jobs under way some time, then cancel what is left."""
        if not self._workers:
            return
        _, late = await asyncio.wait(self._workers, timeout=seconds)
        for worker in late:
            worker.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, key: Hashable) -> None:
        lane = self._waiting[key]
        try:
            while lane:
                job, done = lane[0]
                await _run(job, done)
                lane.popleft()
                self._room.release()
        finally:
            for _, done in lane:
                done.cancel()
                self._room.release()
            del self._waiting[key]


async def _run(job: Job, done: asyncio.Future[None]) -> None:
    try:
        await job()
    except Exception as error:
        if not done.done():
            done.set_exception(error)
    else:
        if not done.done():
            done.set_result(None)
