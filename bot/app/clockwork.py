"""What the clock does at every tick: fold what went quiet, open check-ins, move rounds, release what
partnerships learned, tell people, destroy keys.

Each part asks an index for what is due by now, so a tick costs nothing for those for whom nothing is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container, Iterator

from bot.app import behalf, learning, notify, planning, private, timed
from bot.app.ports import KeyStore
from bot.app.work import Service
from bot.core.ids import RoundId
from bot.errors import BotError


async def tick(
    service: Service, compact: Callable[[], Awaitable[None]], *, acting: Container[int | None] = ()
) -> None:
    """Carry out everything that is due, in order, each step in a transaction of its own.

    Args:
        compact: rewrites the database without what was deleted.
        acting: as ``private.fold`` takes them; it is looked at anew for each person, so it has to change by itself.

    Raises: what kept a round from moving, once everything else is done.
    """
    setting = service.setting
    memory = setting.memory
    for person in memory.watch.over(setting.clock.now()):
        await service.run(private.fold, person, acting=acting)
    for person in memory.entering.over(setting.clock.now()):
        await service.run(behalf.drop_unfinished, person, acting=acting)
    stuck: list[BotError] = []
    for plan in await service.run(planning.due_plans):
        try:
            await service.run(planning.carry_out, plan)
        except BotError as error:
            stuck.append(error)
    for round_id in await service.run(timed.due_rounds):
        try:
            while await service.run(timed.carry_out, round_id):
                pass
        except BotError as error:
            stuck.append(error)  # such as a round whose key is missing; the others go on
    try:
        await service.run(learning.carry_out)
    except BotError as error:
        stuck.append(error)
    while await service.run(notify.hand_over):
        pass
    candidates = memory.outlived.among(_existing(setting.keys))
    if candidates:
        outlived = await service.run(timed.keys_to_destroy, candidates & setting.keys.existing())
        if outlived:
            await compact()  # first, so that a key still there says that this was interrupted
        for round_id in outlived:
            setting.keys.destroy(round_id)
    memory.outlived.looked_at(candidates)
    if stuck:
        raise stuck[0]


def _existing(keys: KeyStore) -> Iterator[RoundId]:
    """All rounds with a key, looked up only if somebody asks: listing them takes longer the more are open."""
    yield from keys.existing()
