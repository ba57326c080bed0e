"""Every store that fulfils the ports, each with keys and ids that repeat."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from bot.adapters.db.databases import database_of
from bot.adapters.db.store import SqlStore
from tests.contract.fakes import FakeKeys


@pytest.fixture
def keys() -> FakeKeys:
    return FakeKeys()


@pytest.fixture
def store(database_url: str, keys: FakeKeys) -> Iterator[SqlStore]:
    store = SqlStore(database_of(database_url), keys, draw=count(5001).__next__)
    store.start()
    store.migrate()
    yield store
    store.stop_now()
