"""What is told of a day among many partnerships."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from bot.bench.phones import Json
from bot.bench.report import quantile

SOON = 2.0
"""Seconds after a kill in which its silence begins."""


@dataclass(slots=True)
class Watched:
    """What was seen from outside while the day passed.

    Attributes:
        kills: moments, by the clock of the computer.
        cpu, server: seconds that the workers and the server of the database took.
    """

    kills: list[float] = field(default_factory=list)
    memory: list[list[float]] = field(default_factory=list)
    cpu: float = 0.0
    server: float | None = None


def lines(day: Json, watched: Watched, size: float) -> Iterator[str]:
    """All there is to say about a day.

    Args:
        day: as ``Day.passes`` tells it.
        size: of the database in MB.
    """
    seconds, updates, moments, waits = day["seconds"], day["updates"], day["moments"], day["waits"]
    yield (
        f"{updates:,} updates, {day['repeated']:,} of them brought twice, and {len(moments):,} messages"
        f" in {seconds:.0f} s: {updates / seconds:.0f} updates/s"
    )
    server = (
        "" if watched.server is None else f", server of the database {1000 * watched.server / updates:.2f} ms"
    )
    yield f"CPU for an update, calls included: workers {1000 * watched.cpu / updates:.2f} ms{server}"
    told = ", ".join(f"p{part} {1000 * quantile(waits, part):.0f} ms" for part in (50, 95, 99))
    yield f"from an action to its card: {told}, longest {waits[-1]:.1f} s"
    for number, memory in enumerate(watched.memory, 1):
        yield f"memory of worker {number}: {memory_told(memory)}"
    yield f"database at the end: {size:.0f} MB"
    if watched.kills:
        rests = ", ".join(f"{rest:.1f}" for rest in silences(watched.kills, moments))
        yield (
            f"{len(watched.kills)} kills, with silences of {rests} s after them;"
            f" {day['open']} taps were not closed, {day['uncalled']} calls are in doubt"
        )


def silences(kills: Sequence[float], moments: Sequence[float]) -> Iterator[float]:
    """The longest pause between two messages that began soon after each kill, in seconds.

    What was on its way when a worker was killed still arrives, so the first message afterwards tells nothing.

    Args:
        moments: of all messages, in order, by the same clock.
    """
    for kill in kills:
        first, last = bisect_right(moments, kill), bisect_right(moments, kill + SOON)
        begins = [kill, *moments[first:last]]
        yield max(
            (end - begin for begin, end in zip(begins, moments[first : last + 1], strict=False)), default=0.0
        )


def memory_told(found: Sequence[float]) -> str:
    """Resident memory over time, in MB."""
    if not found:
        return "unknown"
    return f"{found[0]:.0f} MB at first, median {median(found):.0f}, last {found[-1]:.0f}, most {max(found):.0f} MB"
