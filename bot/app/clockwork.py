"""What the clock does at every tick: move rounds whose time has come, and destroy keys that are no longer needed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.app import rounds
from bot.app.work import Service


async def tick(service: Service, compact: Callable[[], Awaitable[None]]) -> None:
    """Carry out everything that is due, in order, each step in a transaction of its own.

    Args:
        compact: rewrites the database without what was deleted, after a key was destroyed.
    """
    for round_id in await service.run(rounds.due_rounds):
        while await service.run(rounds.carry_out, round_id):
            pass
    keys = service.setting.keys
    outlived = await service.run(rounds.keys_to_destroy, keys.existing())
    for round_id in outlived:
        keys.destroy(round_id)
    if outlived:
        await compact()
