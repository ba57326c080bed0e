"""Every store that fulfils the ports, each with keys and ids that repeat."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.adapters.db.store import SqlStore
from tests.contract.fakes import FakeKeys


@pytest.fixture
def keys() -> FakeKeys:
    return FakeKeys()


@pytest.fixture(params=["sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path, keys: FakeKeys) -> Iterator[SqlStore]:
    url = {"sqlite": f"sqlite:///{tmp_path / 'bot.db'}"}[request.param]
    store = SqlStore(url, keys, draw=count(5001).__next__)
    store.start()
    store.migrate()
    yield store
    store.stop_now()
