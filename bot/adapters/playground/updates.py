"""The queue of updates: kept until confirmed, dropped when too old, read by one poller at a time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.adapters.playground.limits import Clock
from bot.adapters.playground.refusals import Json, Refused

KEPT = timedelta(hours=24)
TAPS_KEPT = timedelta(seconds=150)
MAX_TIMEOUT = 50
MAX_BATCH = 100
MAX_WAITING = 100_000
_HISTORY = 1000
_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TERMINATED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"
_TERMINATED = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(slots=True)
class Waiting:
    """An update that is not confirmed yet."""

    id: int
    body: Json
    until: datetime
    # An update put back on purpose survives confirmation until it was handed out once more.
    put_back: bool = False


class UpdateQueue:
    """Updates in order of arrival. Source: reference/telegram.md, section 1, receiving.

    Attributes:
        allowed: kinds that the bot wants to hear of; empty means the default.
        added: is told of each update that begins to wait.
    """

    def __init__(self, clock: Clock, *, first: int = 5001) -> None:
        self._clock = clock
        self._next = first
        self._waiting: list[Waiting] = []
        self._past: OrderedDict[int, Json] = OrderedDict()
        self.allowed: frozenset[str] = frozenset()
        self.added: Callable[[Waiting], None] | None = None
        self._poll: asyncio.Future[None] | None = None

    @property
    def last_id(self) -> int:
        """Id of the newest update."""
        return self._next - 1

    @property
    def waiting(self) -> int:
        """How many updates are not confirmed and not too old."""
        self._drop_expired()
        return len(self._waiting)

    def add(self, kind: str, body: Json) -> int | None:
        """Queue an update of one kind ("message", "callback_query", ...).

        Returns: its id; None when the bot did not ask for this kind or the queue is full.
        """
        wanted = kind in self.allowed if self.allowed else kind not in _ONLY_ON_REQUEST
        if not wanted or self.waiting >= MAX_WAITING:
            return None
        number = self._next
        self._next += 1
        update = {"update_id": number, kind: body}
        kept = TAPS_KEPT if kind == "callback_query" else KEPT
        self._past[number] = update
        while len(self._past) > _HISTORY:
            self._past.popitem(last=False)
        self._wait(Waiting(number, update, self._clock() + kept))
        return number

    def put_back(self, number: int) -> None:
        """Deliver an update again, as after a confirmation that got lost.

        Raises: KeyError, when there was none with this id.
        """
        self._wait(Waiting(number, self._past[number], self._clock() + KEPT, put_back=True))

    def all(self) -> tuple[Waiting, ...]:
        """What waits, in order of arrival."""
        self._drop_expired()
        return tuple(self._waiting)

    def remove(self, update: Waiting) -> None:
        """Confirm one update by itself."""
        self._waiting = [item for item in self._waiting if item is not update]

    def clear(self) -> None:
        self._waiting.clear()

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember what the bot wants to hear of; nothing means the default."""
        self.allowed = frozenset(kinds)

    async def get(self, *, offset: int = 0, limit: int = MAX_BATCH, wait: int = 0) -> list[Json]:
        """One getUpdates: confirm what is before ``offset`` and return what is there.

        A negative offset keeps only that many of the newest. When nothing is there, wait up to ``wait`` real
        seconds, whatever the stand-in's clock says.

        Raises: Refused, 409, when another poll that waits takes over meanwhile.
        """
        limit = max(1, min(limit, MAX_BATCH))
        batch = self._read(offset, limit)
        if batch or wait <= 0:
            return batch
        self.interrupt()
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, min(wait, MAX_TIMEOUT))
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self._poll = None
        return self._read(offset, limit)

    def interrupt(self, words: str = _TERMINATED) -> None:
        """End a poll that is under way, the way a second poller does unless told otherwise."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(Refused(409, words))

    def _read(self, offset: int, limit: int) -> list[Json]:
        if offset < 0:
            self._waiting = self._waiting[offset:]
        self._waiting = [item for item in self._waiting if item.id >= offset or item.put_back]
        self._drop_expired()
        batch = self._waiting[:limit]
        for item in batch:
            item.put_back = False
        return [item.body for item in batch]

    def _drop_expired(self) -> None:
        now = self._clock()
        self._waiting = [item for item in self._waiting if item.until > now]

    def _wait(self, update: Waiting) -> None:
        self._waiting.append(update)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        if self.added is not None:
            self.added(update)
