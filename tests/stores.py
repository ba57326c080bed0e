"""Stores that are opened as often as a test likes, and closed at its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TypeAlias

from bot.adapters.db.databases import database_of
from bot.adapters.db.store import SqlStore
from tests.contract.fakes import FakeKeys


def recovered(store: SqlStore) -> int:
    """End as on a restart and lead again; returns how many messages had been left under way."""
    found: list[int] = []
    store.stop_now()
    store.start()
    while len(store._running().run_now(store._database.sessions)) > 1:
        time.sleep(0.01)  # a server takes a moment to end a session whose process has left
    assert store.lead_now(lambda tx: found.append(tx.outbox.recover()))
    return found[0]


Opened: TypeAlias = Callable[[FakeKeys], SqlStore]


@contextmanager
def opening(url: str) -> Iterator[Opened]:
    """Yields: what opens the database of a URL, brings its tables up to date and leads; ids repeat."""
    stores: list[SqlStore] = []

    def open_store(keys: FakeKeys) -> SqlStore:
        store = SqlStore(database_of(url), keys, draw=count(5001).__next__)
        store.start()
        stores.append(store)
        store.migrate()
        store.lead_now(lambda _: None)
        return store

    yield open_store
    for store in stores:
        store.stop_now()
