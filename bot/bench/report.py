"""Figures in, lines to read out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from statistics import median

from bot.bench.phones import Json

NAMES = {
    "echo": "bare echo, typed text",
    "echo tap": "bare echo, tap",
    "sqlite row": "SQLite, typed row",
    "sqlite tap": "SQLite, tap",
    "postgresql row": "PostgreSQL, typed row",
    "postgresql tap": "PostgreSQL, tap",
    "postgresql row1": "  brought, 1 worker, row",
    "postgresql tap1": "  brought, 1 worker, tap",
    "postgresql row2": "  brought, 2 workers, row",
    "postgresql tap2": "  brought, 2 workers, tap",
}


@dataclass(frozen=True, slots=True)
class Speed:
    """One measured run.

    Attributes:
        rate: updates a second, from the first poll to the last confirmation.
        cpu: milliseconds of CPU for an update, all threads of the bot.
        usual, slow: seconds from handing out an update to its message, median and 95th percentile.
        server: milliseconds of CPU for an update that the server of the database took; None where there is none.
    """

    rate: float
    cpu: float
    usual: float
    slow: float
    server: float | None = None

    @classmethod
    def of(cls, report: Json) -> Speed:
        waits, updates, server = report["waits"], report["updates"], report.get("server")
        return cls(
            rate=updates / report["seconds"],
            cpu=1000 * report["cpu"] / updates,
            usual=waits[len(waits) // 2],
            slow=waits[len(waits) * 95 // 100],
            server=None if server is None else 1000 * server / updates,
        )


def run(kind: str, one: Speed) -> str:
    """One run, told as soon as it has ended: whatever ends those after it, it was not for nothing."""
    return f"{NAMES[kind].strip()}: {one.rate:.0f} updates/s, {one.cpu:.2f} ms of CPU each"


def speeds(runs: Mapping[str, Sequence[Speed]]) -> list[str]:
    """A table of medians over the rounds; "of echo" compares within one round and stands before the median.

    Everything is compared with the echo of a text, taps with that of a tap, too. The CPU share is the one to trust on
    a busy computer: others can take time from a run, but add no work to it.
    """
    lines = [
        f"{'':24}{'updates/s':>10}{'of echo':>9}{'its tap':>9}{'CPU ms/update':>15}{'of echo':>9}{'its tap':>9}"
        f"{'server ms':>11}{'p50 s':>8}{'p95 s':>8}"
    ]
    for kind, found in runs.items():
        text, tap = runs["echo"], runs["echo tap"] if "tap" in kind else ()
        lines.append(
            f"{NAMES[kind]:24}{median(run.rate for run in found):>10.0f}"
            f"{_share(found, text, _rate):>9}{_share(found, tap, _rate):>9}"
            f"{median(run.cpu for run in found):>15.2f}"
            f"{_share(found, text, _cpu):>9}{_share(found, tap, _cpu):>9}"
            f"{_server(found):>11}"
            f"{median(run.usual for run in found):>8.2f}{median(run.slow for run in found):>8.2f}"
        )
    return lines


_rate, _cpu = attrgetter("rate"), attrgetter("cpu")


def _share(found: Sequence[Speed], echo: Sequence[Speed], of: Callable[[Speed], float]) -> str:
    """The median of the comparisons within a round; nothing where there is nothing to compare with."""
    return (
        f"{median(of(one) / of(other) for one, other in zip(found, echo, strict=True)):.2f}" if echo else ""
    )


def _server(found: Iterable[Speed]) -> str:
    known = [run.server for run in found if run.server is not None]
    return f"{median(known):.2f}" if known else ""


def shares(runs: Mapping[str, Sequence[Speed]]) -> list[str]:
    """What two workers did of what one did, in the same round."""
    lines = []
    for what in ("row", "tap"):
        pairs = zip(runs[f"postgresql {what}2"], runs[f"postgresql {what}1"], strict=True)
        share = median(two.rate / one.rate for two, one in pairs)
        lines.append(f"two workers did {share:.2f} times what one did, {what}")
    return lines


def calm(name: str, rate: float, report: Json) -> str:
    """How long people waited while the bot had half of what it can do; a wait begins when the person acts."""
    waits = report["waits"]
    told = ", ".join(f"p{part} {1000 * quantile(waits, part):.0f} ms" for part in (50, 95, 99))
    return (
        f"half load, {name}: {len(waits)} updates at {rate:.0f}/s: {told}, longest {1000 * waits[-1]:.0f} ms"
    )


def quantile(ordered: Sequence[float], percent: int) -> float:
    """The value below which so many percent of some ordered values are; 0 of none."""
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


@dataclass(frozen=True, slots=True)
class Ticks:
    """What the clock cost.

    Attributes:
        first, later: seconds of the first tick after a start, and of the others.
        cpu: CPU seconds of the others, all threads.
    """

    people: int
    first: float
    later: tuple[float, ...]
    cpu: tuple[float, ...]


def ticks(found: Iterable[Ticks]) -> list[str]:
    """A table of milliseconds; of the later ticks the median."""
    return [
        f"{'people':>9}{'tick ms':>10}{'CPU ms':>10}{'first ms':>10}",
        *(
            f"{one.people:>9,}{1000 * median(one.later):>10.1f}{1000 * median(one.cpu):>10.1f}"
            f"{1000 * one.first:>10.0f}"
            for one in found
        ),
    ]


@dataclass(frozen=True, slots=True)
class Scale:
    """What an update cost beside so many partnerships.

    Attributes:
        statements: of SQL, on average.
        cpu: seconds, median.
    """

    partnerships: int
    statements: float
    cpu: float


def scales(found: Iterable[Scale]) -> list[str]:
    """A table with a row for each number of partnerships."""
    return [
        f"{'partnerships':>13}{'statements':>12}{'CPU ms':>9}",
        *(f"{one.partnerships:>13,}{one.statements:>12.2f}{1000 * one.cpu:>9.2f}" for one in found),
    ]


def outgoing(messages: int, seconds: Sequence[float]) -> str:
    """How fast so many messages left the outbox, each of them to another person."""
    rate = median(messages / one for one in seconds)
    return (
        f"outbox: {rate:.0f} messages/s to {messages:,} people, median of {len(seconds)} rounds, nothing sent"
    )


def reported(told: Json) -> str:
    """What a report cost: its composition holds up others, its making does not."""
    return (
        f"report over time: {1000 * told['inside']:.0f} ms to compose, {1000 * told['first']:.0f} ms to make at first,"
        f" {1000 * told['later']:.0f} ms later, {told['bytes'] / 1000:.0f} kB, {told['peak']:.0f} MB at most"
    )


def start(
    new: float, existing: float, playground: float, idle: float | None, busy: float | None
) -> list[str]:
    """Seconds and memory of a start."""
    return [
        f"start: {new:.2f} s on a new data directory, {existing:.2f} s on an existing one,"
        f" {playground:.2f} s for the playground",
        f"memory: {_megabytes(idle)} after the start, {_megabytes(busy)} after the measurements above",
    ]


def _megabytes(number: float | None) -> str:
    return "unknown" if number is None else f"{number:.0f} MB"
