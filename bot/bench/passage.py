"""What one representative's whole round costs their phone: naming decisions, answering, contesting three."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

from bot.bench import world
from bot.bench.contestants import FIRST, running
from bot.bench.phones import Json, Step
from bot.wiring.clock import DAY, PushedClock

BEGIN: Step = ("tap", "Begin or go on")
CONTRIBUTE: tuple[Step, ...] = (BEGIN, ("say", "\n".join(world.DECISIONS[:5])), ("tap", "That is all"))
CONTESTED = 3


def answering() -> tuple[Step, ...]:
    """Every level in typed rows; contested decisions with one wish, and a few words on the first of them."""
    fine: tuple[Step, ...] = (("tap", world.FINE),)
    wish: tuple[Step, ...] = (("tap", world.DIFFERENTLY), ("say", "3=4"))
    words: tuple[Step, ...] = (
        ("say", "The plan comes when it is finished. A first sketch earlier would let us add to it."),
        ("tap", "Only the facilitators"),
    )
    skip: tuple[Step, ...] = (("tap", "Skip"),)
    rows: tuple[Step, ...] = tuple(("say", row) for row in world.ROWS)
    choices = wish + words + (wish + skip) * (CONTESTED - 1) + fine * (len(world.DECISIONS) - CONTESTED)
    return (BEGIN, *rows, *choices, ("tap", "Done"))


async def passage(address: str, _: int, folder: Path) -> dict[str, Json]:
    """Play a round as people do; the calls to one phone and their bytes, with the actions they answer."""
    table = range(FIRST, FIRST + len(world.PARTNERS))
    phone = [FIRST + 1]  # not the facilitator, who hears more
    clock = PushedClock()  # nobody is called at night or on a Sunday, nor twice a day
    async with running(address, folder, clock) as (service, remote):
        called = asyncio.create_task(remote.act(phone))
        round_id = await service.run(world.begin_collecting, table)
        reports = [await called, await remote.act(phone, CONTRIBUTE)]
        called = asyncio.create_task(remote.act(phone))
        clock.push(DAY)
        await service.run(world.go_on_to_answering, round_id, table[0])
        reports += [await called, await remote.act(phone, answering())]
    return {"round": total(reports)}


def total(reports: list[Json]) -> Json:
    """Add up what the stand-in told of each part."""
    calls: Counter[str] = Counter()
    for report in reports:
        calls.update(report["calls"])
    return {
        "calls": dict(calls),
        **{name: sum(report[name] for report in reports) for name in ("updates", "text", "markup")},
    }
