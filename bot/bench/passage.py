"""What one representative's whole round costs their phone, in every language: naming decisions, then answering."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.bench import world
from bot.bench.api import Remote
from bot.bench.contestants import FIRST, running
from bot.bench.phones import Json
from bot.bench.script import Move, Script, script, steps
from bot.core.ids import RoundId
from bot.wiring.clock import DAY, PushedClock

FLOW = "pat"

T = TypeVar("T")


@dataclass(slots=True)
class Table:
    """A partnership in which everybody reads one language, and what one of its phones has met."""

    language: str
    accounts: range
    script: Script
    found: Json

    @property
    def phone(self) -> int:
        """Not the facilitator's, who hears more."""
        return self.accounts[1]


async def passages(address: str, _: int, folder: Path) -> dict[str, Json]:
    """Play a round as people do, in every language, each in a partnership of its own.

    Returns: by language ``name``, what it calls itself, and its two sittings, ``naming`` and ``answering``.
    """
    clock = PushedClock()  # nobody is called at night or on a Sunday, nor twice a day
    async with running(address, folder, clock) as (service, remote):
        catalogs, flow = service.setting.catalogs, service.setting.flows.get(FLOW)
        seats = len(world.PARTNERS)
        tables = [
            Table(
                language,
                accounts=range(FIRST + place * seats, FIRST + (place + 1) * seats),
                script=script(catalogs, flow, language),
                found={"name": catalogs.name(language)},
            )
            for place, language in enumerate(catalogs.languages)
        ]
        rounds: list[RoundId] = []
        for table in tables:
            opening = service.run(world.begin_collecting, table.accounts, table.language)
            table.found["naming"], opened = await sitting(remote, table, table.script.naming, opening)
            rounds.append(opened)
        clock.push(DAY)
        for table, round_id in zip(tables, rounds, strict=True):
            wordings = table.script.decisions
            going_on = service.run(world.go_on_to_answering, round_id, table.accounts[0], wordings)
            table.found["answering"] = (await sitting(remote, table, table.script.answering, going_on))[0]
    return {table.language: table.found for table in tables}


async def sitting(
    remote: Remote, table: Table, moves: Sequence[Move], opening: Awaitable[T]
) -> tuple[Json, T]:
    """Open a window for answers; let a phone be called, and answer.

    Returns: what it cost, the call included, and the ``purposes`` of its actions; what ``opening`` gave.
    """
    called = asyncio.create_task(remote.act([table.phone], language=table.language))
    opened = await opening
    reports = [await called, await remote.act([table.phone], steps(moves), table.language)]
    return {**total(reports), "purposes": dict(Counter(purpose for purpose, _ in moves))}, opened


def total(reports: Iterable[Json]) -> Json:
    """Add up what the stand-in told of several parts: calls by name, and its other counts."""
    calls: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for report in reports:
        calls.update(report["calls"])
        counts.update({name: report[name] for name in ("taps", "typed", "text", "markup", "device")})
    return {"calls": dict(calls), **counts}
