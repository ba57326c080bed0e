"""A town for every test that wants one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.town import Town


@pytest_asyncio.fixture
async def town(tmp_path: Path, database_url: str) -> AsyncIterator[Town]:
    made = Town.in_folder(tmp_path / "data", database_url)
    await made.start()
    yield made
    await made.stop()
