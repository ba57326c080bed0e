"""Order within a chat, no waiting between chats."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Set
from typing import Any, TypeAlias

Job: TypeAlias = Callable[[], Awaitable[Any]]


class Lanes:
    """Runs jobs of one chat one after the other, and those of different chats side by side.

    Args:
        limit: most jobs taken in and not yet finished; ``put`` waits for room beyond it.
        cleared: called when a chat that was ``crowded`` no longer is.
    """

    def __init__(self, limit: int, *, cleared: Callable[[], None] = lambda: None) -> None:
        self._room = asyncio.Semaphore(limit)
        self._cleared = cleared
        self._waiting: dict[int | None, deque[tuple[Job, asyncio.Future[Any]]]] = {}
        self._crowded: set[int] = set()
        self._met: set[int] = set()
        self._more = False
        self._workers: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """Lanes that have something to do."""
        return len(self._waiting)

    @property
    def busy(self) -> Set[int | None]:
        """Chats with a job that waits or is under way; as it is whenever one looks, from any thread."""
        return self._waiting.keys()

    @property
    def crowded(self) -> frozenset[int]:
        """Chats with several jobs in one batch, until no more are expected: what is said now is soon untrue."""
        return frozenset(self._crowded)

    def expect(self, *, more: bool) -> None:
        """End a batch, and say whether the next one follows at once; until none does, a crowded chat stays so.

        Who has one job in each of several batches is not crowded: that is somebody who goes on as soon as we answer.
        """
        self._more = more
        self._met.clear()
        if not more:
            self._clear(self._crowded - self._waiting.keys())

    async def put(self, key: int | None, job: Job) -> asyncio.Future[Any]:
        """Queue a job behind the others of its chat; None is the chat of what belongs to none.

        Returns: a future that ends with the job, with its result or with the exception that it raised.
        """
        await self._room.acquire()
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if key in self._met:
            self._crowded.add(key)
        if key is not None:
            self._met.add(key)
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

    async def _work(self, key: int | None) -> None:
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
            if key in self._crowded and not self._more:
                self._clear({key})

    def _clear(self, chats: Set[int]) -> None:
        if chats:
            self._crowded -= chats
            self._cleared()


async def _run(job: Job, done: asyncio.Future[Any]) -> None:
    try:
        result = await job()
    except Exception as error:
        if not done.done():
            done.set_exception(error)
    else:
        if not done.done():
            done.set_result(result)
