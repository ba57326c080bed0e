"""What ``/metrics`` says at once, what it holds back, and what it never says."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from bot.adapters.metrics.held import ENOUGH, HOUR
from bot.adapters.metrics.metrics import HELD_UP, MEMORY_STEP, Metrics, Problems, resident
from bot.adapters.metrics.page import metrics_page
from bot.adapters.metrics.watched import WatchedStore, watched_quarantine

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def metrics(clock: Clock) -> Metrics:
    return Metrics(
        seconds=clock,
        wall=lambda: 1_800_000_000.0 + clock.now,
        cpu=lambda: 3 * clock.now,
        memory=lambda: 5 * MEMORY_STEP - 7,
    )


def told(metrics: Metrics) -> dict[str, float]:
    """Every sample, by its name and labels as they are written."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
    }


def test_the_state_of_the_machine_is_known_at_once(metrics: Metrics, clock: Clock) -> None:
    metrics.about |= {"version": "1.2.3", "database": "sqlite"}
    metrics.call("poll", "ok")
    with metrics.ticking():
        clock.now += 61.2
    metrics.outbox(1234, 17)
    metrics.problem("error")
    found = told(metrics)
    assert found["bot_info sqlite 1.2.3"] == 1
    assert found["bot_start_time_seconds"] == 1_800_000_000
    assert found["bot_telegram_reachable"] == 1
    assert found["bot_last_tick_time_seconds"] == 1_800_000_060
    assert found["bot_last_tick_seconds"] == 62
    assert found["bot_outbox_waiting"] == 1200
    assert found["bot_problems_total error"] == 1
    assert found["bot_problems_total warning"] == 0
    assert found["bot_memory_bytes"] == 5 * MEMORY_STEP


def test_a_worker_that_is_not_the_clock_says_nothing_of_ticks_and_the_outbox(metrics: Metrics) -> None:
    assert not [name for name in told(metrics) if name.startswith(("bot_last_tick", "bot_outbox"))]


def test_who_leads_is_told_and_of_one_that_leads_no_more_no_tick(metrics: Metrics) -> None:
    assert told(metrics)["bot_leads"] == 0
    metrics.lead(True)
    with metrics.ticking():
        pass
    assert told(metrics)["bot_leads"] == 1
    assert "bot_last_tick_time_seconds" in told(metrics)
    metrics.lead(False)
    assert told(metrics)["bot_leads"] == 0
    assert "bot_last_tick_time_seconds" not in told(metrics)


def test_a_tick_that_failed_does_not_count_as_one(metrics: Metrics) -> None:
    with pytest.raises(ValueError, match="made up"), metrics.ticking():
        raise ValueError("made up")
    assert "bot_last_tick_time_seconds" not in told(metrics)


def test_telegram_is_out_of_reach_after_a_call_without_an_answer(metrics: Metrics) -> None:
    for outcome, reachable in (("ok", 1), ("lost", 0), ("refused", 1)):
        metrics.call("send", outcome)
        assert told(metrics)["bot_telegram_reachable"] == reachable


def test_a_message_that_stays_first_in_line_is_held_up_and_a_long_line_that_moves_is_not(
    metrics: Metrics, clock: Clock
) -> None:
    with metrics.ticking():
        pass
    for oldest in (17, 18, 18):
        metrics.outbox(5000, oldest)
        assert told(metrics)["bot_outbox_held_up"] == 0
        clock.now += HELD_UP - 1
    metrics.outbox(1, 18)
    assert told(metrics)["bot_outbox_held_up"] == 1
    metrics.outbox(0, None)
    assert told(metrics)["bot_outbox_held_up"] == 0


def everything_that_people_move(metrics: Metrics, times: int) -> None:
    for _ in range(times):
        metrics.update("handled")
        metrics.transaction(0.002)
        metrics.call("edit", "ok")


def test_nothing_moves_when_people_of_a_small_partnership_answer(metrics: Metrics, clock: Clock) -> None:
    """The whole page stays the same, byte by byte, whoever writes and however often it is read."""
    with metrics.ticking():
        pass
    metrics.call("poll", "ok")
    metrics.outbox(0, None)
    before = metrics.text()
    for second in range(0, 24 * 3600, 900):
        clock.now = float(second)
        everything_that_people_move(metrics, 10)
        metrics.outbox(second % 100, None)
        assert metrics.text() == before


def test_a_large_bot_tells_what_it_did_every_hour_in_hundreds(metrics: Metrics, clock: Clock) -> None:
    everything_that_people_move(metrics, ENOUGH + 234)
    metrics.update("set-aside")
    assert told(metrics)["bot_updates_total handled"] == 0
    clock.now = HOUR
    found = told(metrics)
    assert found["bot_updates_total handled"] == ENOUGH + 200
    assert found["bot_updates_total set-aside"] == 0
    assert found["bot_calls_total edit ok"] == ENOUGH + 200
    assert found["bot_transaction_seconds_bucket 0.001"] == 0
    assert found["bot_transaction_seconds_bucket 0.003"] == ENOUGH + 200
    assert found["bot_transaction_seconds_bucket +Inf"] == ENOUGH + 200
    assert found["bot_cpu_seconds_total"] == 3 * HOUR


def test_no_label_can_hold_what_belongs_to_somebody(metrics: Metrics) -> None:
    metrics.about |= {"version": "1.2.3"}
    with metrics.ticking():
        pass
    labels = {
        label
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
        for label in sample.labels
    }
    assert labels == {"version", "level", "outcome", "kind", "le"}


def test_warnings_and_errors_of_any_logger_are_counted(metrics: Metrics) -> None:
    logger = logging.getLogger("made-up")
    handler = Problems(metrics)
    logger.addHandler(handler)
    for level in (logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
        logger.log(level, "made up")
    logger.removeHandler(handler)
    found = told(metrics)
    assert (found["bot_problems_total warning"], found["bot_problems_total error"]) == (1, 2)


class Store:
    """Runs nothing, and fails when asked to."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def run(self, function: Any) -> Any:
        self._clock.now += 0.02
        return function(None)

    async def once(self, update: int, function: Any, *, now: datetime) -> Any:
        self._clock.now += 0.02
        return function(None)


def failing(_: object) -> None:
    raise ValueError("made up")


async def test_a_watched_store_notes_its_transactions_and_gives_back_what_they_gave(
    metrics: Metrics, clock: Clock
) -> None:
    store = WatchedStore(Store(clock), metrics, seconds=clock)
    assert await store.run(lambda _: "kept") == "kept"
    with pytest.raises(ValueError, match="made up"):
        await store.once(1, failing, now=NOW)
    for number in range(ENOUGH):
        assert await store.once(number, lambda _: "handled", now=NOW) == "handled"
    clock.now = HOUR
    found = told(metrics)
    assert found["bot_updates_total handled"] == ENOUGH
    assert found["bot_transaction_seconds_bucket 0.01"] == 0
    assert found["bot_transaction_seconds_bucket 0.03"] == ENOUGH


async def test_an_update_is_noted_as_set_aside_once_it_is(metrics: Metrics, clock: Clock) -> None:
    aside: list[tuple[int, str]] = []

    async def quarantine(update: int, code: str) -> None:
        aside.append((update, code))

    for number in range(ENOUGH):
        await watched_quarantine(quarantine, metrics)(number, "unreadable")
    clock.now = HOUR
    assert aside[0] == (0, "unreadable")
    assert told(metrics)["bot_updates_total set-aside"] == ENOUGH


async def test_the_page_can_be_scraped_and_is_kept_by_nobody(metrics: Metrics) -> None:
    app = web.Application()
    app.router.add_get("/metrics", metrics_page(metrics))
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/metrics")
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        assert answer.headers["Cache-Control"] == "no-store"
        assert b"bot_telegram_reachable" in await answer.read()


def test_memory_is_read_where_the_system_tells_it(tmp_path: Path) -> None:
    assert resident(tmp_path / "nothing") is None
    (tmp_path / "statm").write_text("900 2 1 1 0 1 0", "ascii")
    found = resident(tmp_path / "statm")
    assert found is not None
    assert found % 2 == 0


def test_two_machines_in_one_process_do_not_share_their_counts(metrics: Metrics) -> None:
    metrics.problem("error")
    assert told(Metrics())["bot_problems_total error"] == 0


def test_every_metric_is_explained_to_operators(metrics: Metrics) -> None:
    with metrics.ticking():
        pass
    page = (Path(__file__).resolve().parents[3] / "docs" / "operating.md").read_text("utf-8")
    families = text_string_to_metric_families(metrics.text().decode())
    assert [family.name for family in families if f"`{family.name}" not in page] == []
