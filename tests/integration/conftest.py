"""A town for every test that wants one, on each kind of database, and with several workers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.conftest import a_database
from tests.town import Town
from tests.workers import WorkersTown

SQLITE, POSTGRESQL, WORKERS = "sqlite", "postgresql", "postgresql-workers"
TOWNS = (SQLITE, POSTGRESQL, WORKERS)

ALWAYS = {
    SQLITE: None,
    POSTGRESQL: {"test_round"},
    WORKERS: {"test_exactly_once", "test_rehearsal", "test_workers"},
}
"""Modules whose towns are played every time; the others are in ``make audit``, since it takes minutes."""


@pytest.fixture(params=TOWNS)
def town_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The kind of a town, and the URL of its database."""
    kind = SQLITE if request.param == SQLITE else POSTGRESQL
    for url in a_database(kind, request, tmp_path, "with_tables"):
        yield request.param, url


@pytest_asyncio.fixture
async def town(tmp_path: Path, town_database: tuple[str, str]) -> AsyncIterator[Town]:
    kind, url = town_database
    made = (WorkersTown if kind == WORKERS else Town).in_folder(tmp_path / "data", url)
    await made.start()
    yield made
    await made.stop()


@pytest.hookimpl(tryfirst=True)  # before the marks decide which tests are run
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and "town" in item.fixturenames and hasattr(item, "callspec"):
            always = ALWAYS[item.callspec.params["town_database"]]
            if always is not None and item.path.stem not in always:
                item.add_marker(pytest.mark.audit)
