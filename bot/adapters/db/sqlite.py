"""SQLite as we want it: durable, one writer, and nothing left behind of what was deleted."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.adapters.db.database import SESSION
from bot.adapters.db.lock import FileLock
from bot.adapters.db.tables import NUMBERED
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

CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"
"""Empties the write-ahead log; tells first whether another program was in the way."""

MOST_SESSIONS = 2**31 - 1
"""Numbers of sessions, of which each is drawn anew, so that those of former processes are not met again."""

PATIENCE = 5.0
"""Seconds that a glance waits for a moment in which the running bot is not rewriting the file."""


class SqliteDatabase:
    """``Database`` in one file, with one process at a time."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._path = Path(str(url.database))
        self._lock = FileLock(self._path)

    @property
    def most_together(self) -> int:
        return 64  # a commit is what takes time

    @property
    def file(self) -> Path:
        return self._path

    def prepare(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)

    def exists(self) -> bool:
        return self._path.exists()

    def open(self, *, alone: bool = False) -> Engine:
        self._lock.take()
        try:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        except OSError as exc:
            self._lock.free()
            raise StoreError(
                "The database file cannot be opened for writing: check its owner and mode."
            ) from exc
        return self.engine()

    def lead(self, connection: Connection) -> bool:
        return True

    def workers(self, connection: Connection) -> None:
        """There is one or none; the lock lies beside the file."""

    def sessions(self, connection: Connection) -> tuple[int]:
        """There is no other."""
        return (connection.info[SESSION],)

    def engine(self) -> Engine:
        """An engine without the lock; transactions on its connections are those of ``writing``."""
        engine = create_engine(self._url, poolclass=NullPool, hide_parameters=True)
        event.listen(engine, "connect", _prepare)
        return engine

    def close(self) -> None:
        self._lock.free()

    def channel(self) -> None:
        """There is nobody to talk to."""

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        address = (
            f"{self._path.resolve().as_uri()}?mode=rw"  # as a mere reader, SQLite would leave its log behind
        )

        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(address, uri=True, timeout=PATIENCE)
            connection.execute("PRAGMA query_only = ON")
            return connection

        try:
            with create_engine("sqlite://", creator=connect, poolclass=NullPool).connect() as connection:
                yield connection
        except (SQLAlchemyError, sqlite3.Error):
            raise StoreError(
                "The database cannot be read: check its owner, and bring it up to date with the command migrate."
            ) from None

    @contextmanager
    def writing(self, connection: Connection, *, shared: bool = False) -> Iterator[None]:
        """One transaction that may write from its first moment; a reader that turns writer could fail.

        There is nobody to share with.
        """
        try:
            with connection.begin():
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver itself begins nothing
                yield
        except BaseException:
            with suppress(sqlite3.Error):
                _driver(connection).rollback()  # a COMMIT that fails leaves the transaction open
            raise

    @contextmanager
    def rebuilding(self, connection: Connection) -> Iterator[None]:
        """The same; replacing a table must not delete the rows that refer to it."""
        self.directly(connection, "PRAGMA foreign_keys = OFF")
        try:
            with self.writing(connection):
                yield
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StoreError("The migration would leave rows that refer to nothing: it was undone.")
        finally:
            self.directly(connection, "PRAGMA foreign_keys = ON")

    def directly(self, connection: Connection, statement: str) -> None:
        _driver(connection).execute(statement)

    def is_conflict(self, error: BaseException) -> bool:
        """Never: there is one writer."""
        return False

    def counted(self, connection: Connection) -> dict[str, int]:
        rows = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
        return {name: number for name, number in rows if name in NUMBERED and number}

    def count_on(self, connection: Connection, counted: Mapping[str, int]) -> None:
        for given in counted.items():
            connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", given[:1])
            connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", given)

    def compact(self, connection: Connection) -> None:
        """Rewrite the file and empty the write-ahead log.

        Raises: StoreError, also when another program is reading the file, so that the log could not be emptied.
        """
        try:
            self.directly(connection, "VACUUM")
            busy, _, _ = _driver(connection).execute(CHECKPOINT).fetchone()
        except sqlite3.Error as exc:
            raise StoreError("The database file could not be rewritten: look for room on the disk.") from exc
        if busy:
            raise StoreError(
                "The write-ahead log is in use by another program: end its reading, then try again."
            )

    def tidy(self, connection: Connection) -> None:
        """Empty the write-ahead log."""
        _driver(connection).execute(CHECKPOINT).fetchone()


def _driver(connection: Connection) -> Any:
    """The driver's own connection, of type ``sqlite3.Connection``."""
    return connection.connection.driver_connection


def _prepare(driver: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    entry.info[SESSION] = 1 + secrets.randbelow(MOST_SESSIONS)
    driver.isolation_level = None  # the driver begins nothing by itself
    cursor = driver.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()
