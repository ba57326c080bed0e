"""A town for every test that wants one, on each kind of database, and with several workers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.conftest import a_database
from tests.hooked import soon
from tests.town import Town
from tests.workers import WorkersTown

SQLITE, POSTGRESQL, WORKERS = "sqlite", "postgresql", "postgresql-workers"
TOWNS = (SQLITE, POSTGRESQL, WORKERS)

ALWAYS = {
    SQLITE: None,
    POSTGRESQL: {"test_round"},
    WORKERS: {"test_workers"},
}
"""Modules whose towns are played every time; the others are in ``make audit``, since it takes minutes."""

ONLY = {
    "test_low_bandwidth": {SQLITE, POSTGRESQL},
    "test_polling": {SQLITE, POSTGRESQL},
    "test_restore": {SQLITE},
}
"""Modules that are not for every kind of town: what rests on fetching, since of updates that are brought one by one
nobody knows whether more of them are at hand; and what puts back a file, of which a server has none."""


@pytest.fixture(params=TOWNS)
def town_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The kind of a town, and the URL of its database."""
    kind = SQLITE if request.param == SQLITE else POSTGRESQL
    for url in a_database(kind, request, tmp_path, "with_tables"):
        yield request.param, url


@pytest_asyncio.fixture
async def town(
    tmp_path: Path, town_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    kind, url = town_database
    monkeypatch.setattr("bot.wiring.machine.BETWEEN_TRIALS", 0.05)  # nobody waits for one who takes over
    monkeypatch.setattr("bot.wiring.machine.introduce", no_introduction)
    made = (WorkersTown if kind == WORKERS else Town).in_folder(tmp_path / "data", url)
    await made.start()
    await soon(lambda: made.machine.reached)
    yield made
    await made.stop()


async def no_introduction(*_: object) -> None:
    """The menu of commands in every language has tests of its own; telling Telegram takes a sixth of a short test."""


@pytest.hookimpl(tryfirst=True)  # before the marks decide which tests are run
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [item for item in items if _kind(item) in {None, *ONLY.get(item.path.stem, TOWNS)}]
    for item in items:
        kind = _kind(item)
        always = None if kind is None else ALWAYS[kind]
        if always is not None and item.path.stem not in always:
            item.add_marker(pytest.mark.audit)


def _kind(item: pytest.Item) -> str | None:
    """Which kind of town a test plays in, if it plays in one that the fixture makes."""
    if isinstance(item, pytest.Function) and "town" in item.fixturenames and hasattr(item, "callspec"):
        kind: str | None = item.callspec.params.get("town_database")
        return kind
    return None
