"""What the clock does at every tick: fold what went quiet, move rounds, destroy keys that are no longer needed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.app import private, timed
from bot.app.work import Service
from bot.errors import BotError


async def tick(service: Service, compact: Callable[[], Awaitable[None]]) -> None:
    """Carry out everything that is due, in order, each step in a transaction of its own.

    Args:
        compact: rewrites the database without what was deleted.

    Raises: what kept a round from moving, once everything else is done.
    """
    setting = service.setting
    for person in setting.watch.over(setting.clock.now()):
        await service.run(private.fold, person)
    stuck: list[BotError] = []
    for round_id in await service.run(timed.due_rounds):
        try:
            while await service.run(timed.carry_out, round_id):
                pass
        except BotError as error:
            stuck.append(error)  # such as a round whose key is missing; the others go on
    outlived = await service.run(timed.keys_to_destroy, setting.keys.existing())
    if outlived:
        await compact()  # first, so that a key still there says that this was interrupted
    for round_id in outlived:
        setting.keys.destroy(round_id)
    if stuck:
        raise stuck[0]
