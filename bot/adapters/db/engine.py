"""SQLite as we want it: durable, one writer, and nothing left behind of what was deleted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StoreError

PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # what was confirmed to Telegram survives a power cut
    "secure_delete": "ON",  # deleted answers are overwritten
    "foreign_keys": "ON",
    "busy_timeout": "5000",  # milliseconds; a backup may be reading
    "temp_store": "MEMORY",  # no copy of a row in a temporary file
    "journal_size_limit": "16777216",
}


def database_path(url: str) -> Path:
    """The file that a URL like ``sqlite:////data/bot.db`` names.

    Raises: StoreError, for another database and for one in memory.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise StoreError("DATABASE_URL names no SQLite file: write it like sqlite:////data/bot.db")
    return Path(str(parsed.database))


def open_engine(url: str) -> Engine:
    """Make the engine; transactions on its connections are those of ``writing``.

    Raises: StoreError, when the file cannot be made.
    """
    try:
        os.close(os.open(database_path(url), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as exc:
        raise StoreError("The database file cannot be opened for writing: check its owner and mode.") from exc
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    return engine


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """One transaction that may write from its first moment; a reader that turns writer could fail."""
    try:
        with connection.begin():
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver itself begins nothing
            yield
    except BaseException:
        with suppress(sqlite3.Error):
            _driver(connection).rollback()  # a COMMIT that fails leaves the transaction open
        raise


def compact(connection: Connection) -> None:
    """Rewrite the file without what was deleted and empty the write-ahead log; outside any transaction.

    Raises: StoreError, when another program is reading the file, so that the log could not be emptied.
    """
    try:
        directly(connection, "VACUUM")
        busy, _, _ = directly(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as exc:
        raise StoreError("The database file could not be rewritten: look for room on the disk.") from exc
    if busy:
        raise StoreError("The write-ahead log is in use by another program: end its reading, then try again.")


def empty_log(connection: Connection) -> None:
    """Empty the write-ahead log, so that no former version of a row stays in it; outside any transaction."""
    directly(connection, "PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def rebuilding(connection: Connection) -> Iterator[None]:
    """One transaction for migrations: replacing a table must not delete the rows that refer to it.

    Raises: StoreError, and nothing is kept, when rows refer to nothing at the end.
    """
    directly(connection, "PRAGMA foreign_keys = OFF")
    try:
        with writing(connection):
            yield
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise StoreError("The migration would leave rows that refer to nothing: it was undone.")
    finally:
        directly(connection, "PRAGMA foreign_keys = ON")


def directly(connection: Connection, statement: str) -> Any:
    """Execute past SQLAlchemy what is about the connection itself, not about rows; returns the first row."""
    return _driver(connection).execute(statement).fetchone()


def _driver(connection: Connection) -> Any:
    """The driver's own connection, of type ``sqlite3.Connection``."""
    return connection.connection.driver_connection


def _prepare(driver: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    driver.isolation_level = None  # the driver begins nothing by itself
    cursor = driver.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()
