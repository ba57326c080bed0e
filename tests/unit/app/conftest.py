"""A store whose ids repeat, for tests of the use cases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from bot.adapters.db.databases import database_of
from bot.adapters.db.store import SqlStore
from tests.contract.fakes import FakeKeys
from tests.unit.app.village import Village, settle_village


@pytest.fixture(scope="module")
def keys() -> FakeKeys:
    return FakeKeys()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, keys: FakeKeys) -> Iterator[SqlStore]:
    """One store for all tests of a module; they undo what they do."""
    url = f"sqlite:///{tmp_path_factory.mktemp('data') / 'bot.db'}"
    made = SqlStore(database_of(url), keys, draw=count(5001).__next__)
    made.start()
    made.migrate()
    yield made
    made.stop_now()


@pytest.fixture(scope="module")
def village(store: SqlStore, keys: FakeKeys) -> Village:
    return store.run_now(lambda tx: settle_village(tx, keys))
