"""Updates brought to a webhook, as Telegram brings them to several workers behind a proxy."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from itertools import cycle

import aiohttp

from bot.adapters.web.updates import SECRET_HEADER
from bot.bench.phones import Json, Update

CONNECTIONS = 100
"""Most updates under way, as the bot asks Telegram for."""

AGAIN = 1.0
"""Seconds until an update is brought again that no worker took."""

LONGEST = 60.0


class Bringer:
    """Brings updates to the workers in turns.

    Those of one account and kind come one after the other, the next only when the one before was taken. Where no
    connection can be made, the next worker is tried at once, as nginx and Caddy do; an update that was refused or
    whose answer got lost is brought again after a moment, as Telegram does.

    Args:
        addresses: of the workers' webhooks.
        taken: told of every update once a worker took it.
        call: carries out what stands in the answer to an update: a method and its parameters.
    """

    def __init__(
        self,
        addresses: Sequence[str],
        secret: str,
        taken: Callable[[Update], None],
        call: Callable[[str, Json], object],
    ) -> None:
        self._workers = len(addresses)
        self._turns = cycle(addresses)
        self._taken = taken
        self._call = call
        self._lanes: dict[tuple[int, str], deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(CONNECTIONS)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            timeout=aiohttp.ClientTimeout(LONGEST),
            headers={SECRET_HEADER: secret, "Content-Type": "application/json"},
        )

    def bring(self, update: Update) -> None:
        """See that an update is brought, after those before it."""
        key = update.account, update.kind
        if key in self._lanes:
            self._lanes[key].append(update)
        else:
            self._lanes[key] = deque([update])
            self._begin(self._empty(key))

    def repeat(self, update: Update) -> None:
        """Bring an update once more beside all others, as if the answer to it had been lost."""
        self._begin(self._see_through(update))

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Bring nothing more."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()

    async def _empty(self, key: tuple[int, str]) -> None:
        lane = self._lanes[key]
        while lane:
            await self._see_through(lane[0])
            lane.popleft()
        del self._lanes[key]

    async def _see_through(self, update: Update) -> None:
        while not await self._brought(update):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(AGAIN)
        self._taken(update)

    async def _brought(self, update: Update) -> bool:
        """Bring it to the first worker that can be reached; whether it took it."""
        async with self._room:
            for _ in range(self._workers):
                try:
                    async with self._session.post(next(self._turns), data=update.content) as answer:
                        content = await answer.read()
                        if answer.ok and content:
                            parameters = json.loads(content)
                            self._call(parameters.pop("method"), parameters)
                        return answer.ok
                except aiohttp.ClientConnectorError:
                    continue
                except (aiohttp.ClientError, TimeoutError, OSError):
                    return False
        return False
