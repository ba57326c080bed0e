"""What the clock does at every tick: fold what went quiet, move rounds, destroy keys that are no longer needed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.app import private, rounds
from bot.app.work import Service


async def tick(service: Service, compact: Callable[[], Awaitable[None]]) -> None:
    """Carry out everything that is due, in order, each step in a transaction of its own.

    Args:
        compact: rewrites the database without what was deleted.
    """
    setting = service.setting
    for person in setting.watch.over(setting.clock.now()):
        await service.run(private.fold, person)
    for round_id in await service.run(rounds.due_rounds):
        while await service.run(rounds.carry_out, round_id):
            pass
    outlived = await service.run(rounds.keys_to_destroy, setting.keys.existing())
    if outlived:
        await compact()  # first, so that a key still there says that this was interrupted
    for round_id in outlived:
        setting.keys.destroy(round_id)
