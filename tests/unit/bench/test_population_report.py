"""A day is told with what people waited, what it cost, and how long a kill was felt."""

from __future__ import annotations

from typing import Any

import pytest

from bot.bench.population_report import Watched, lines, memory_told, silences

DAY: dict[str, Any] = {
    "seconds": 10.0,
    "updates": 2000,
    "repeated": 60,
    "waits": [0.01, 0.02, 0.03, 1.5],
    "moments": [1.0, 2.0, 3.5],
    "open": 1,
    "uncalled": 2,
}


def test_a_day_without_kills_says_nothing_of_them() -> None:
    told = list(lines(DAY, Watched(memory=[[100.0]], cpu=8.0), 41.6))
    assert told[0].endswith("in 10 s: 200 updates/s")
    assert told[1] == "CPU for an update, calls included: workers 4.00 ms"
    assert told[2] == "from an action to its card: p50 30 ms, p95 1500 ms, p99 1500 ms, longest 1.5 s"
    assert told[-1] == "database at the end: 42 MB"


def test_the_cpu_of_the_server_is_told_apart() -> None:
    assert list(lines(DAY, Watched(cpu=8.0, server=2.0), 1.0))[1].endswith(
        "workers 4.00 ms, server of the database 1.00 ms"
    )


def test_after_a_kill_the_longest_silence_counts_that_begins_soon() -> None:
    moments = [1.0, 10.1, 10.3, 14.0, 14.1, 30.0]
    assert list(silences([10.0, 14.05, 31.0], moments)) == pytest.approx([3.7, 15.9, 0.0])


def test_kills_are_told_with_what_became_of_taps_and_calls() -> None:
    assert list(lines(DAY, Watched(kills=[2.0]), 1.0))[-1] == (
        "1 kills, with silences of 1.5 s after them; 1 taps were not closed, 2 calls are in doubt"
    )


def test_memory_is_told_over_time() -> None:
    assert memory_told([110, 130, 131, 128]) == "110 MB at first, median 129, last 128, most 131 MB"
    assert memory_told([]) == "unknown"
