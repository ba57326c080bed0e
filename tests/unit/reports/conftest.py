"""A store, and what is composed of a partnership with two rounds behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.adapters.db.databases import database_of
from bot.adapters.db.store import SqlStore
from tests.contract.fakes import FakeKeys
from tests.unit.reports.archive import Composed, composed


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    made = SqlStore(database_of(f"sqlite:///{tmp_path_factory.mktemp('reports') / 'bot.db'}"), FakeKeys())
    made.start()
    made.migrate()
    yield made
    made.stop_now()


@pytest.fixture(scope="session")
def few(archive: SqlStore) -> Composed:
    """Three decisions, four partners, two rounds."""
    return composed(archive)
