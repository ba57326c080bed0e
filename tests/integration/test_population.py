"""A day among a few partnerships, with real workers that are killed, keeps every answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bench.population import Wish, population
from bot.bench.stores import settings_of
from tests.conftest import FIGURES


@pytest.mark.audit
@pytest.mark.parametrize(("database", "workers"), [("sqlite", 1), ("postgresql", 2)])
async def test_every_answer_of_a_day_is_kept_though_a_worker_is_killed(
    tmp_path: Path, database: str, workers: int, record_property: Callable[[str, object], None]
) -> None:
    told: list[str] = []
    wish = Wish(partnerships=2, database=database, workers=workers, kills=1)
    await population(settings_of(tmp_path), wish, told.append)
    record_property(FIGURES, "; ".join(told[2:]))
    assert any(line.startswith("1 kills") for line in told)
    assert told[-1].startswith("verified")
