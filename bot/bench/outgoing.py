"""How fast messages leave the outbox when nothing but the database takes time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from bot.adapters.telegram.sender import MOST_BULK
from bot.app import screens
from bot.app.ports import Delivery
from bot.app.work import Service, Work
from bot.bench.phones import BenchError
from bot.bench.stores import served, settings_of
from bot.bench.ticks import StandingClock, fill, page, waiting
from bot.core.ids import PersonId

MESSAGES = 2000
ROUNDS = 3


async def outgoing(folder: Path) -> list[float]:
    """Seconds for ``MESSAGES`` notices, each to another person, once a round.

    Everything that the sender asks of the store is done: rows are claimed and their pages made, as many side by
    side as it allows; each message is noted before it would leave, and when it would have arrived.

    Raises: BenchError, when a message was not brought.
    """
    crowd = fill(folder, MESSAGES)
    stored, service = served(settings_of(folder), StandingClock())
    seconds = []
    try:
        for _ in range(ROUNDS):
            await service.run(queue, crowd)
            begun = time.perf_counter()
            brought = await empty(service)
            seconds.append(time.perf_counter() - begun)
            left: int = await service.run(waiting)
            if left or brought != MESSAGES:
                raise BenchError("messages were left in the outbox: the figures mean nothing")
    finally:
        await stored.store.stop()
    return seconds


def queue(work: Work, crowd: Sequence[PersonId]) -> None:
    """Queue a notice for everybody."""
    for place, person in enumerate(crowd):
        work.tx.outbox.tell(person, page(place))


async def empty(service: Service) -> int:
    """Bring everything that waits; returns how many messages."""
    brought = 0
    while claimed := await service.run(screens.claim, MOST_BULK, frozenset(), MOST_BULK):
        await asyncio.gather(*(bring(service, delivery) for delivery in claimed))
        brought += len(claimed)
    return brought


async def bring(service: Service, delivery: Delivery) -> None:
    """What the sender notes of a message, without the message."""
    await service.run(screens.handed_over, delivery)
    await service.run(screens.delivered, [screens.Arrived(delivery, 1)])
