"""What SQLite is asked to do, however it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

ABOUT_ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@contextmanager
def traced() -> Iterator[list[str]]:
    """Every statement about rows, its values filled in, that is executed on connections made meanwhile."""
    found: list[str] = []

    def note(statement: str) -> None:
        if statement.startswith(ABOUT_ROWS):
            found.append(statement)

    def watch(driver: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        driver.set_trace_callback(note)

    event.listen(Engine, "connect", watch)
    try:
        yield found
    finally:
        event.remove(Engine, "connect", watch)
