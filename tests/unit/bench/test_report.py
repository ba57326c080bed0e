"""Figures are read out as medians, and only when the answers were kept."""

from __future__ import annotations

from typing import Any

import pytest

from bot.bench import world
from bot.bench.computer import facts
from bot.bench.contestants import check
from bot.bench.phones import BenchError
from bot.bench.report import Speed, Ticks, outgoing, run, speeds, start, ticks

RUN: dict[str, Any] = {"seconds": 2.0, "updates": 4, "cpu": 0.008, "waits": [0.1, 0.2, 0.3, 0.4]}


def given() -> dict[str, Any]:
    """Answers as the typed rows and taps of the measurement leave them."""
    levels = [[None if mark in "-?" else int(mark) for mark in "".join(row.split())] for row in world.ROWS]
    rows = {f"actual/d{n}": {f"p{m}": level for m, level in enumerate(row)} for n, row in enumerate(levels)}
    return {**rows, **{f"agree/d{n}": "fine" for n in range(len(levels))}}


def test_a_run_is_told_per_second_and_per_update() -> None:
    assert Speed.of(RUN) == Speed(rate=2.0, cpu=2.0, usual=0.3, slow=0.4)


def test_every_run_is_told_when_it_has_ended() -> None:
    assert run("sqlite tap", Speed.of(RUN)) == "SQLite, tap: 2 updates/s, 2.00 ms of CPU each"


def speeds_of(*runs: tuple[float, float]) -> list[Speed]:
    return [Speed(rate, cpu, 0.1, 0.2) for rate, cpu in runs]


def test_shares_compare_within_a_round_and_the_median_is_told() -> None:
    echo = speeds_of((100, 1), (200, 2), (400, 4))
    ours = speeds_of((50, 2), (180, 4), (80, 4))
    assert speeds({"echo": echo, "sqlite row": ours})[2].split()[3:7] == ["80", "0.50", "4.00", "2.00"]


def test_a_tap_is_compared_with_the_echo_of_a_text_and_with_that_of_a_tap() -> None:
    runs = {
        "echo": speeds_of((100, 1)),
        "echo tap": speeds_of((50, 2)),
        "sqlite row": speeds_of((80, 1)),
        "sqlite tap": speeds_of((75, 1.5)),
    }
    found = {line[:24].strip(): line[24:].split()[:6] for line in speeds(runs)}
    assert found["bare echo, tap"] == ["50", "0.50", "1.00", "2.00", "2.00", "1.00"]
    assert found["SQLite, tap"] == ["75", "0.75", "1.50", "1.50", "1.50", "0.75"]
    # A row has nothing to do with taps.
    assert found["SQLite, typed row"][:4] == ["80", "0.80", "1.00", "1.00"]


def test_memory_that_the_system_does_not_tell_is_called_unknown() -> None:
    assert start(1.0, 1.0, 1.0, None, 99.6)[1] == (
        "memory: unknown after the start, 100 MB after the measurements above"
    )


def test_the_first_tick_after_a_start_is_told_apart() -> None:
    found = Ticks(1000, first=0.5, later=(0.003, 0.009, 0.004), cpu=(0.001, 0.001, 0.003))
    assert ticks([found])[1].split() == ["1,000", "4.0", "1.0", "500"]


def test_the_outbox_is_told_in_messages_a_second() -> None:
    assert outgoing(2000, [1.0, 4.0, 2.0]).startswith("outbox: 1000 messages/s to 2,000 people")


def test_answers_that_were_kept_let_the_figures_stand() -> None:
    check(given())


@pytest.mark.parametrize("change", [{"actual/d0": {"p0": 1}}, {"agree/d7": "unsure"}])
def test_an_answer_that_is_not_in_the_store_voids_the_figures(change: dict[str, Any]) -> None:
    with pytest.raises(BenchError):
        check(given() | change)


def test_the_computer_is_told_with_its_versions() -> None:
    assert "SQLite" in facts()[1]
