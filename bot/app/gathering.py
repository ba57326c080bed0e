"""Notes of the same kind that come up at about the same time, in one transaction."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.app.work import Service, Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting(Generic[T]):
    """A thing, and what ends once it is noted."""

    thing: T
    noted: asyncio.Future[None]

    def settle(self, error: Exception | None = None) -> None:
        if self.noted.done():  # whoever waited has left
            return
        if error is None:
            self.noted.set_result(None)
        else:
            self.noted.set_exception(error)


class Gathering(Generic[T]):
    """Runs a use case for all the things that came up until the store got to it.

    Some come up while the transaction is under way already. It sees what they are about, since that was committed
    before by the same writer; with two writers in a process it might not.

    Args:
        use_case: is given things that do not depend on each other; where it fails, it is given each alone.
    """

    def __init__(self, service: Service, use_case: Callable[[Work, Iterable[T]], None]) -> None:
        self._service = service
        self._use_case = use_case
        self._waiting: deque[_Waiting[T]] = deque()
        self._is_called = False
        self._calls: set[asyncio.Task[None]] = set()

    async def add(self, thing: T) -> None:
        """Returns once it is noted. Raises: what the use case raises."""
        waiting = _Waiting(thing, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if not self._is_called:
            self._is_called = True
            call = asyncio.create_task(self._call())
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)
        await waiting.noted

    def take(self) -> list[_Waiting[T]]:
        """Everything that waits; may be called by any thread."""
        self._is_called = False  # before looking: whatever comes from now on sees to a call of its own
        taken = []
        while self._waiting:
            taken.append(self._waiting.popleft())
        return taken

    async def _call(self) -> None:
        together = Together(self)
        try:
            await self._service.run(self._use_case, together)
        except Exception as error:
            if len(together.taken) == 1:
                together.taken[0].settle(error)
            else:  # several, or a store that did not even look at what waits
                await asyncio.gather(*map(self._call_alone, together.taken or self.take()))
        else:
            for waiting in together.taken:
                waiting.settle()

    async def _call_alone(self, waiting: _Waiting[T]) -> None:
        try:
            await self._service.run(self._use_case, (waiting.thing,))
        except Exception as error:
            waiting.settle(error)
        else:
            waiting.settle()


class Together(Generic[T]):
    """The things of one call, known only once somebody looks: until then more may come up."""

    def __init__(self, gathering: Gathering[T]) -> None:
        self._gathering = gathering
        self.taken: list[_Waiting[T]] = []

    def __iter__(self) -> Iterator[T]:
        self.taken += self._gathering.take()  # once more, where the transaction is done again
        return iter([waiting.thing for waiting in self.taken])
