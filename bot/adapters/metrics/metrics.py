"""Everything that ``/metrics`` says. No label names a person, chat, partnership, flow, round or answer."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.adapters.metrics.held import BOUNDS, STEP, Held, Kind

UPDATES = Kind("bot_updates", "Updates that came to their end.", {"outcome": ("handled", "set-aside")})
CALLS = Kind(
    "bot_calls",
    "Calls to the Bot API.",
    {
        "kind": ("poll", "send", "edit", "delete", "toast", "other"),
        "outcome": ("ok", "wait", "refused", "lost"),
    },
)
TRANSACTIONS = Kind("bot_transaction_seconds", "Transactions, from asking for one to its commit.")
TICKS = Kind("bot_tick_seconds", "What the clock did at each beat.")
LEVELS = ("warning", "error")

HELD_UP = 600.0
"""Seconds after which a message that still waits is held up."""

MEMORY_STEP = 16 * 1024 * 1024
"""Bytes to which memory is rounded up: a single sitting must not show in it."""

MINUTE = 60


class Metrics(Collector):
    """Notes what happens and says what may be known of it, on a registry of its own.

    Attributes:
        about: words for ``bot_info``, such as version and kind of database.

    Args:
        seconds: a monotonic clock; wall: seconds since 1970; cpu: seconds of the processor used so far.
        memory: bytes that the process holds, None where that cannot be known.
    """

    def __init__(
        self,
        *,
        seconds: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        cpu: Callable[[], float] = time.process_time,
        memory: Callable[[], int | None] = lambda: resident(),
    ) -> None:
        self.about: dict[str, str] = {}
        self._seconds, self._wall, self._memory = seconds, wall, memory
        self._held = Held((UPDATES, CALLS), (TRANSACTIONS, TICKS), seconds=seconds, cpu=cpu)
        self._started = int(wall())
        self._problems = dict.fromkeys(LEVELS, 0)
        self._answered = False
        self._leads = False
        self._last_tick: tuple[int, int] | None = None
        self._waiting = 0
        self._oldest: tuple[int, float] | None = None
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def describe(self) -> Iterator[Metric]:
        """Nothing: the registry need not look beforehand."""
        return iter(())

    def update(self, outcome: str) -> None:
        """Note an update that came to its end: "handled" or "set-aside"."""
        self._held.update(UPDATES, outcome)

    def transaction(self, seconds: float) -> None:
        """Note a transaction."""
        self._held.took(TRANSACTIONS, seconds)

    def call(self, kind: str, outcome: str) -> None:
        """Note a call to the Bot API; one that is "lost" got no answer."""
        self._answered = outcome != "lost"
        self._held.count(CALLS, kind, outcome)

    def problem(self, level: str) -> None:
        """Note a line in the log that somebody should read: "warning" or "error"."""
        self._problems[level] += 1

    def lead(self, leads: bool) -> None:
        """Note whether this is the process that sends and ticks; of one that is not, no beat is told."""
        self._leads = leads
        if not leads:
            self._last_tick = None

    @contextmanager
    def ticking(self) -> Iterator[None]:
        """Note how long a beat of the clock takes, and that it came to its end."""
        began = self._seconds()
        yield
        took = self._seconds() - began
        self._held.took(TICKS, took)
        self._last_tick = int(self._wall()) // MINUTE * MINUTE, ceil(took)

    def outbox(self, waiting: int, oldest: int | None) -> None:
        """Note how many messages wait, and which of them has waited longest."""
        self._waiting = waiting
        if oldest is None:
            self._oldest = None
        elif self._oldest is None or self._oldest[0] != oldest:
            self._oldest = oldest, self._seconds()

    def text(self) -> bytes:
        """Everything that may be known now, in Prometheus' text format."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """The same as values."""
        yield from self._present()
        told = self._held.told()
        for kind in (UPDATES, CALLS):
            counter = CounterMetricFamily(kind.name, kind.help, labels=list(kind.labels))
            for labels in kind.series():
                counter.add_metric(list(labels), told.counts[kind.name, *labels])
            yield counter
        for kind in (TRANSACTIONS, TICKS):
            bounds = [*map(str, BOUNDS), "+Inf"]
            numbers = told.durations[kind.name]
            yield HistogramMetricFamily(
                kind.name, kind.help, buckets=list(zip(bounds, numbers, strict=True)), sum_value=None
            )
        yield CounterMetricFamily("bot_cpu_seconds", "Time of the processor.", value=told.cpu)

    def _present(self) -> Iterator[Metric]:
        """What nobody's acts move, or so coarsely that it tells nothing: known at once."""
        info = GaugeMetricFamily("bot_info", "What runs here.", labels=list(self.about))
        info.add_metric(list(self.about.values()), 1)
        yield info
        yield GaugeMetricFamily("bot_start_time_seconds", "Since when.", value=self._started)
        problems = CounterMetricFamily("bot_problems", "Lines in the log to be read.", labels=["level"])
        for level, number in self._problems.items():
            problems.add_metric([level], number)
        yield problems
        yield GaugeMetricFamily(
            "bot_telegram_reachable", "Whether Telegram answered the last call.", value=self._answered
        )
        yield GaugeMetricFamily("bot_leads", "Whether this process sends and ticks.", value=self._leads)
        if self._last_tick is not None:
            ended, took = self._last_tick
            yield GaugeMetricFamily("bot_last_tick_time_seconds", "The last beat's minute.", value=ended)
            yield GaugeMetricFamily("bot_last_tick_seconds", "How long it took, rounded up.", value=took)
            waiting = self._waiting // STEP * STEP
            yield GaugeMetricFamily("bot_outbox_waiting", "Messages, in whole hundreds.", value=waiting)
            yield GaugeMetricFamily(
                "bot_outbox_held_up", "Whether one waits for more than ten minutes.", value=self._held_up()
            )
        if (memory := self._memory()) is not None:
            rounded = ceil(memory / MEMORY_STEP) * MEMORY_STEP
            yield GaugeMetricFamily("bot_memory_bytes", "Memory, rounded up to 16 MiB.", value=rounded)

    def _held_up(self) -> bool:
        return self._oldest is not None and self._seconds() - self._oldest[1] > HELD_UP


class Problems(logging.Handler):
    """Counts warnings and errors of all loggers."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(logging.WARNING)
        self._metrics = metrics

    def emit(self, record: logging.LogRecord) -> None:
        self._metrics.problem("error" if record.levelno >= logging.ERROR else "warning")


def resident(status: Path = Path("/proc/self/statm")) -> int | None:
    """Bytes that this process holds in memory; None where the system does not tell."""
    try:
        pages = int(status.read_text("ascii").split()[1])
    except OSError:
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")
