"""A tick of the clock is measured among people for whom nothing is due, and reads nothing about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.app import clockwork
from bot.bench.outgoing import empty, queue
from bot.bench.stores import served, settings_of
from bot.bench.ticks import (
    DUE,
    MOMENTS,
    PEOPLE,
    SEATS,
    StandingClock,
    due_at,
    fill,
    page,
    ticks,
    waiting,
)
from bot.bench.traced import traced


@pytest.mark.parametrize("people", PEOPLE)
def test_at_every_tick_ten_different_people_are_due(people: int) -> None:
    for tick in range(len(MOMENTS)):
        places = due_at(tick, people)
        assert len(set(places)) == DUE
        assert all(0 <= place < people for place in places)


def test_among_many_nobody_is_due_twice() -> None:
    told = [place for tick in range(len(MOMENTS)) for place in due_at(tick, 1000)]
    assert len(set(told)) == DUE * len(MOMENTS)


def test_the_people_of_one_partnership_are_told_of_its_round() -> None:
    assert {page(place) for place in range(SEATS)} == {"remind/1"}
    assert page(SEATS) == "remind/2"


async def test_every_tick_is_measured(tmp_path: Path) -> None:
    found = await ticks(DUE, tmp_path)
    assert found.people == DUE
    assert len(found.later) == len(MOMENTS) - 1


async def test_a_later_tick_scans_no_table_and_lists_no_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, DUE)
    clock = StandingClock()
    with traced() as statements:
        stored, service = served(settings_of(tmp_path), clock)
    await clockwork.tick(service, stored.store.compact)
    monkeypatch.setattr(stored.keys, "existing", None)
    clock.moment = MOMENTS[1]
    statements.clear()
    await clockwork.tick(service, stored.store.compact)
    await stored.store.stop()
    plans = [plan for statement in statements for plan in planned(tmp_path, statement)]
    assert any("ix_notice_at" in plan for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN")] == []


async def test_everything_that_waits_is_brought_to_everybody(tmp_path: Path) -> None:
    crowd = fill(tmp_path, DUE)
    stored, service = served(settings_of(tmp_path), StandingClock())
    await service.run(queue, crowd)
    assert await empty(service) == len(crowd)
    left: int = await service.run(waiting)
    assert left == 0
    await stored.store.stop()


def planned(folder: Path, statement: str) -> list[str]:
    """How SQLite goes about a statement, step by step."""
    engine = create_engine(settings_of(folder).database)
    with engine.connect() as connection:
        found = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
    engine.dispose()
    return found
