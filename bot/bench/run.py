"""``make bench``: everything that is measured, one after the other, printed as it becomes known."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
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
from bot.bench.report import Speed
from bot.bench.reports import reports
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
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data_dir.resolve(), prefix="bench-") as name:
        folder = Path(name)
        runs: dict[str, list[Speed]] = {}
        memory: float | None = None
        for number in range(ROUNDS):
            for contestant in (contestants.echo, contestants.ours):
                figures, memory = await apart(contestant, PHONES, folder / f"{number}-{contestant.__name__}")
                for kind, told in figures.items():
                    runs.setdefault(kind, []).append(Speed.of(told))
        say(
            f"\n{PHONES} phones, 8 updates each, median of {ROUNDS} rounds in turns; commits with synchronous=FULL"
        )
        for line in report.speeds(runs):
            say(line)
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
        figures, _ = await apart(reports, 1, folder / "reports")
        say("")
        say(report.reported(figures["report"]))
        say(report.outgoing(MESSAGES, await outgoing(folder / "outbox")))


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
