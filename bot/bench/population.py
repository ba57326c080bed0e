"""``bench population``: a day of a round among many partnerships, through webhooks and workers, verified at its end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from bot.adapters.system import SystemClock
from bot.bench import api, kept, population_report, world
from bot.bench.behaviour import DECISIONS, PARTNERS, Plan, plan
from bot.bench.computer import facts
from bot.bench.contestants import FIRST
from bot.bench.phones import BenchError, Json
from bot.bench.population_report import Watched
from bot.bench.postgresql import running_server
from bot.bench.stores import Home, own_folder, serving, settings_of
from bot.bench.workers import SECRET, Workers, working
from bot.core.ids import RoundId
from bot.settings import Settings

SECONDS_EACH = 0.24
"""Length of the day for each partnership."""

SHORTEST = 5.0
BETWEEN_LOOKS = 1.0
DOWN = 3.0
"""Seconds until a worker that was killed is started again."""

AT_ONCE = 20
MOST_TOLD = 20
PATIENCE = 3600.0


@dataclass(frozen=True)
class Wish:
    """What is asked for.

    Attributes:
        kills: how often a worker is killed during the day.
    """

    partnerships: int = 1000
    database: str = "sqlite"
    workers: int = 1
    kills: int = 0
    seed: int = 1

    @property
    def people(self) -> int:
        return self.partnerships * PARTNERS

    @property
    def seconds(self) -> float:
        return max(SHORTEST, self.partnerships * SECONDS_EACH)

    @property
    def tables(self) -> list[range]:
        """The accounts of each partnership."""
        return [range(start, start + PARTNERS) for start in range(FIRST, FIRST + self.people, PARTNERS)]

    @cached_property
    def plans(self) -> dict[int, Plan]:
        return {account: plan(account, self.seed) for table in self.tables for account in table}


async def population(settings: Settings, wish: Wish, say: Callable[[str], None]) -> None:
    """Play the day and tell how it went.

    Raises: BenchError, when an answer is missing, wrong or counted twice, an update was not handled, or a phone shows
        something else than it should; and for a wish that nobody can fulfil.
    """
    if min(wish.partnerships, wish.workers) < 1:
        raise BenchError("at least one partnership and one worker are needed")
    if wish.database == "sqlite" and wish.workers > 1:
        raise BenchError("SQLite is for one worker: choose --database postgresql for more")
    for line in facts():
        say(line)
    with own_folder(settings) as folder:
        needs_server = wish.database == "postgresql"
        with running_server(folder) if needs_server else nullcontext() as server:
            home = Home() if server is None else Home(server.new_database(), server.process)
            await play(folder / "bot", home, wish, say)


async def play(folder: Path, home: Home, wish: Wish, say: Callable[[str], None]) -> None:
    """The same, in a folder of its own.

    Raises: BenchError.
    """
    settings = settings_of(folder, home.url)
    begun = time.perf_counter()
    rounds = await settle(settings, wish)
    say(
        f"{wish.people:,} people in {wish.partnerships:,} partnerships, settled in {time.perf_counter() - begun:.0f} s"
    )
    day, watched = await live(settings, home, wish)
    for line in population_report.lines(day, watched, kept.size(settings)):
        say(line)
    wrong = [*problems(day, kills=len(watched.kills)), *kept.problems(settings, day)]
    wrong += await kept.differences(settings, wish.plans, rounds)
    if wrong:
        raise BenchError("\n".join([f"{len(wrong)} things are not as they should be", *wrong[:MOST_TOLD]]))
    answers = sum(len(found.answers or ()) for found in wish.plans.values())
    say(
        f"verified: {answers:,} answers, each kept once; every update handled once; every phone shows its last card"
    )


async def settle(settings: Settings, wish: Wish) -> list[RoundId]:
    """Make all partnerships, with everybody called. Returns: their rounds."""
    rounds: list[RoundId] = []
    with serving(settings, SystemClock()) as service:
        for start in range(0, wish.partnerships, AT_ONCE):
            tables = wish.tables[start : start + AT_ONCE]
            rounds += await asyncio.gather(*(service.run(world.call, table, DECISIONS) for table in tables))
    return rounds


async def live(settings: Settings, home: Home, wish: Wish) -> tuple[Json, Watched]:
    """Let the day pass among real workers. Returns: what ``Day.passes`` tells, and what was seen meanwhile."""
    watched = Watched()
    async with api.started() as address, aclosing(api.Remote(address, PATIENCE)) as remote:
        await remote.settle(FIRST, wish.people, wish.seed)
        async with working(settings, address, settings.data_dir / "log", wish.workers) as running:
            await remote.bring_to(running.hooks, SECRET)
            before, beside = running.busy(), home.busy
            day = asyncio.create_task(remote.day(wish.seconds))
            killing = asyncio.create_task(kill_some(running, wish, watched, day))
            while not day.done():
                running.look()
                await asyncio.wait({day}, timeout=BETWEEN_LOOKS)
            await killing
            watched.cpu = running.busy() - before
            watched.server = None if beside is None else (home.busy or beside) - beside
        watched.memory = [worker.memory for worker in running.all]
    return await day, watched


async def kill_some(running: Workers, wish: Wish, watched: Watched, day: asyncio.Task[Json]) -> None:
    """Kill a worker now and then while the day lasts, one at a time, and start it again."""
    dice = Random(wish.seed)  # noqa: S311 - a moment, no secret
    begun = time.monotonic()
    for moment in sorted(dice.uniform(0, wish.seconds) for _ in range(wish.kills)):
        await asyncio.wait({day}, timeout=max(0.0, begun + moment - time.monotonic()))
        if day.done():
            return
        worker = dice.choice(running.all)
        await running.kill(worker)
        watched.kills.append(time.monotonic())
        await asyncio.sleep(DOWN)
        await running.restart(worker)


def problems(day: Json, *, kills: int) -> list[str]:
    """What the phones miss; after a kill, a tap may stay open until its phone gives up."""
    found = [f"{account}: the phone does not show its last card" for account in day["wrong"]]
    if day["open"] and not kills:
        found.append(f"{day['open']} taps were never closed")
    return found
