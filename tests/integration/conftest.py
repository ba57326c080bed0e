"""A town for every test that wants one, on each kind of database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.town import Town

ALWAYS_ON_BOTH = frozenset({"test_round", "test_exactly_once"})
"""Modules that play on PostgreSQL every time, too; the others do in ``make audit``, since it takes minutes."""


@pytest_asyncio.fixture
async def town(tmp_path: Path, database_url: str) -> AsyncIterator[Town]:
    made = Town.in_folder(tmp_path / "data", database_url)
    await made.start()
    yield made
    await made.stop()


@pytest.hookimpl(tryfirst=True)  # before the marks decide which tests are run
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and "town" in item.fixturenames and hasattr(item, "callspec"):
            other = item.callspec.params.get("database_url") == "postgresql"
            if other and item.path.stem not in ALWAYS_ON_BOTH:
                item.add_marker(pytest.mark.audit)
