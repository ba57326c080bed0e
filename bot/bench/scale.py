"""Whether an update costs more where there are more partnerships: statements and CPU time among 1, 100 and 1,000."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bot.app import private, screens
from bot.app.ports import Delivery
from bot.app.work import Service, Work
from bot.bench import world
from bot.bench.contestants import FIRST
from bot.bench.phones import BenchError
from bot.bench.report import Scale
from bot.bench.stores import served, settings_of
from bot.bench.ticks import SEATS, StandingClock, fill, taken
from bot.bench.traced import traced

PARTNERSHIPS = (1, 100, 1000)
FINE = "=fine"


class Brought:
    """``Replies`` that keeps what it is to bring.

    Attributes:
        card: the message on the phone that has buttons.
    """

    def __init__(self) -> None:
        self.newest: Delivery | None = None
        self.card = 0

    def last(self) -> Callable[[Work], Delivery | None]:
        return screens.reply

    def bring(self, delivery: Delivery) -> None:
        self.newest = delivery


async def scale(partnerships: int, folder: Path) -> Scale:
    """Let six people answer beside so many partnerships with open rounds; nothing is sent.

    An update is its own transaction, with the reply in it, and the one that notes the reply as delivered.

    Raises: BenchError, when an update was not answered.
    """
    others = fill(folder, partnerships * SEATS)
    with traced() as executed:
        stored, service = served(settings_of(folder), StandingClock())
    brought = Brought()
    answering = Service(stored.store, service.setting, committed=lambda _: None, replies=brought)
    accounts = range(FIRST + len(others) + SEATS, FIRST + len(others) + SEATS + len(world.PARTNERS))
    statements: list[int] = []
    cpu: list[float] = []
    try:
        await service.run(world.begin_answering, accounts)
        await service.run(taken, [await service.run(world.person_of, account) for account in accounts])
        number = 0
        for account in accounts:
            for words in (*world.ROWS, *(None,) * len(world.DECISIONS)):
                number += 1
                executed.clear()
                begun = time.process_time()
                await act(answering, brought, number, account, words)
                cpu.append(time.process_time() - begun)
                statements.append(len(executed))
    finally:
        await stored.store.stop()
    return Scale(partnerships, statements=sum(statements) / len(statements), cpu=median(cpu))


async def act(service: Service, brought: Brought, number: int, account: int, words: str | None) -> None:
    """One update and its reply: typed words and a new card, or the tap that says that it is fine and an edit."""
    if words is None:
        tokens = (None if brought.newest is None else brought.newest.tokens) or {}
        data = next(data for key, data in tokens.items() if key.endswith(FINE))
        await service.once(number, private.pressed, account, hint="en", data=data, message=brought.card)
    else:
        await service.once(number, private.said, account, hint="en", text=words, message=number)
        brought.card = number
    if brought.newest is None:
        raise BenchError("an update was not answered: the figures mean nothing")
    arrived = screens.Arrived(brought.newest, None if words is None else brought.card)
    await service.run(screens.delivered, [arrived])
