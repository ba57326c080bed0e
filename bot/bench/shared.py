"""This bot with updates brought to one worker, or to several that share a database."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.adapters.system import SystemClock
from bot.bench import api, world
from bot.bench.contestants import FIRST, TAPPED, TYPED, check_all, tables_of, timed
from bot.bench.phones import Json
from bot.bench.stores import Home, serving, settings_of
from bot.bench.workers import SECRET, working


async def shared(workers: int, phones: int, folder: Path, home: Home) -> dict[str, Json]:
    """Answer a round as ``contestants.ours``, each worker a process of its own.

    Raises: BenchError, when an answer is not in the store afterwards.
    """
    settings, clock = settings_of(folder, home.url), SystemClock()
    accounts, tables = range(FIRST, FIRST + phones), tables_of(phones)
    with serving(settings, clock) as service:
        rounds = [await service.run(world.begin_answering, table) for table in tables]
    async with api.started() as address:
        remote = api.Remote(address)
        try:
            seen = asyncio.create_task(remote.act(accounts))
            async with working(settings, address, folder / "log", workers) as running:
                await seen
                await remote.bring_to(running.hooks, SECRET)
                figures = {
                    f"row{workers}": await timed(remote, accounts, TYPED, home, running.busy),
                    f"tap{workers}": await timed(remote, accounts, TAPPED, home, running.busy),
                }
        finally:
            await remote.aclose()
    with serving(settings, clock) as service:
        await check_all(service, rounds, tables)
    return figures
