"""Tables of SQLite without a row, which every migration has made once, copied into files that are still empty."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Connection, make_url

from bot.adapters.db import store
from bot.adapters.db.database import Database
from bot.adapters.db.migrations import upgrade
from bot.adapters.db.sqlite import SqliteDatabase


@contextmanager
def copied_tables() -> Iterator[None]:
    """Meanwhile a store on an empty file of SQLite begins with a copy, which takes a hundredth of the time.

    The migrations have tests of their own, which call them directly; a bot that is started as a process runs them, too.
    """
    with_tables = _migrated()

    def copy_and_upgrade(connection: Connection, database: Database) -> None:
        driver = _driver(connection)
        if isinstance(driver, sqlite3.Connection) and _is_empty(driver):
            with_tables.backup(driver)
        upgrade(connection, database)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "upgrade", copy_and_upgrade)
        yield
    with_tables.close()


def _migrated() -> sqlite3.Connection:
    """A database in memory, as it is after all migrations; every thread may read it."""
    made = sqlite3.connect(":memory:", check_same_thread=False)
    with TemporaryDirectory() as folder:
        database = SqliteDatabase(make_url(f"sqlite:///{folder}/bot.sqlite3"))
        with database.open().connect() as connection:
            upgrade(connection, database)
            _driver(connection).backup(made)
        database.close()
    return made


def _is_empty(driver: sqlite3.Connection) -> bool:
    return driver.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
