"""``make bench``: everything that is measured, one after the other, printed as it becomes known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bot.bench import api, contestants, costs, report, startup
from bot.bench.computer import facts, pin, resident
from bot.bench.contestants import Contestant
from bot.bench.costs import Passage
from bot.bench.outgoing import MESSAGES, outgoing
from bot.bench.passage import passages
from bot.bench.phones import BenchError, Json
from bot.bench.postgresql import Server, running_server
from bot.bench.report import Speed
from bot.bench.reports import reports
from bot.bench.scale import PARTNERSHIPS, scale
from bot.bench.shared import shared
from bot.bench.stores import Home, own_folder
from bot.bench.ticks import DUE, PEOPLE, ticks
from bot.settings import Settings

ROUNDS = 3
PHONES = 150


async def bench(settings: Settings, say: Callable[[str], None]) -> None:
    """Measure and tell; everything is written to a folder beside the data, the disk a bot would use.

    Args:
        say: is given every line as soon as it is known.
    Raises: BenchError.
    """
    for line in facts():
        say(line)
    with own_folder(settings) as folder:
        with running_server(folder) as server:
            memory = await speeds(folder, server, say)
        figures, _ = await apart(passages, 1, folder / "passages")
        for line in costs.told([Passage.of(language, found) for language, found in figures.items()]):
            say(line)
        say("")
        new, idle = await startup.live(folder / "live")
        existing, _ = await startup.live(folder / "live")
        for line in report.start(new, existing, await startup.playground(folder / "play"), idle, memory):
            say(line)
        say(
            f"\nA tick of the clock with {DUE} people to tell, the first after a start and the median of the next"
        )
        found = [await ticks(people, folder / f"ticks-{people}") for people in PEOPLE]
        for line in report.ticks(found):
            say(line)
        say("\nAn update beside so many partnerships with open rounds, its reply noted and not sent")
        for line in report.scales([await scale(many, folder / f"scale-{many}") for many in PARTNERSHIPS]):
            say(line)
        figures, _ = await apart(reports, 1, folder / "reports")
        say("")
        say(report.reported(figures["report"]))
        say(report.outgoing(MESSAGES, await outgoing(folder / "outbox")))


async def speeds(folder: Path, server: Server, say: Callable[[str], None]) -> float | None:
    """Let the contestants take turns, then ask how long people wait at half of what we reached.

    Returns: memory of the bot on SQLite in MB.
    """
    runs: dict[str, list[Speed]] = {}
    memory: float | None = None

    def note(figures: dict[str, Json], before: str = "") -> None:
        for kind, told in figures.items():
            run = Speed.of(told)
            runs.setdefault(before + kind, []).append(run)
            say(report.run(before + kind, run))

    def postgresql() -> Home:
        return Home(server.new_database(), server.process)

    for number in range(ROUNDS):
        here = folder / f"round-{number}"
        here.mkdir()
        note((await apart(contestants.echo, PHONES, here / "echo"))[0])
        figures, memory = await apart(contestants.ours, PHONES, here / "sqlite")
        note(figures, "sqlite ")
        ours = partial(contestants.ours, home=postgresql())
        note((await apart(ours, PHONES, here / "postgresql"))[0], "postgresql ")
        for workers in (1, 2):
            home = postgresql()
            note(await shared(workers, PHONES, here / f"workers-{workers}", home), "postgresql ")
    say(f"\n{PHONES} phones, 8 updates each, median of {ROUNDS} rounds in turns; every commit is durable")
    for line in (*report.speeds(runs), *report.shares(runs)):
        say(line)
    for name, home in (("sqlite", contestants.SQLITE), ("postgresql", postgresql())):
        rate = min(run.rate for what in ("row", "tap") for run in runs[f"{name} {what}"]) / 2
        calm = partial(contestants.calm, home=home, rate=rate)
        figures, _ = await apart(calm, PHONES, folder / f"calm-{name}")
        say(report.calm(name, rate, figures["calm"]))
    return memory


async def apart(contestant: Contestant, phones: int, folder: Path) -> tuple[dict[str, Json], float | None]:
    """Run a contestant in a process of its own, beside a fresh stand-in.

    Returns: its figures, and its resident memory at the end in MB.
    Raises: BenchError.
    """
    context = get_context("spawn")
    async with api.started() as address:
        here, there = context.Pipe(duplex=False)
        process = context.Process(
            target=_compete, args=(contestant, address, phones, folder, there), daemon=True
        )
        process.start()
        there.close()
        try:
            figures, memory = await asyncio.to_thread(here.recv)
        except EOFError:
            raise BenchError("a measured bot ended without figures; what went wrong stands above") from None
        finally:
            process.kill()
            process.join()
    return figures, memory


def _compete(contestant: Contestant, address: str, phones: int, folder: Path, tell: Connection) -> None:
    pin(0)
    figures = asyncio.run(contestant(address, phones, folder))
    tell.send((figures, resident()))
