"""A look at undelivered messages and used flows, beside a bot that may be running: no lock, and nothing is changed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, Row, create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.db.flow_versions import FLOW_VERSION
from bot.adapters.db.outbox import OUTBOX, State
from bot.app.ports import Lane, What
from bot.errors import StoreError

NEWS = timedelta(days=7)
"""How long what did not surely arrive is something to look after."""

PATIENCE = 5.0
"""Seconds to wait for a moment in which the running bot is not rewriting the file."""

_COLUMNS = (OUTBOX.c.state, OUTBOX.c.what, OUTBOX.c.lane, OUTBOX.c.path, OUTBOX.c.due, OUTBOX.c.error)


@dataclass(slots=True)
class Undelivered:
    """Numbers of messages by kind of page, the first part of its path; no ids.

    Attributes:
        waiting: still to be delivered, or under way.
        doubtful: may or may not have arrived.
        given_up: by the code of the reason.
        news: of what came in the last days: "digest", when one is doubtful or given up, and codes of reasons.
    """

    waiting: int = 0
    doubtful: Counter[str] = field(default_factory=Counter)
    given_up: dict[str, Counter[str]] = field(default_factory=dict)
    news: set[str] = field(default_factory=set)


def undelivered(database: Path, now: datetime) -> Undelivered:
    """Count what waits, what is in doubt and what was given up.

    Raises: StoreError, when the file cannot be read or is not up to date.
    """
    found = Undelivered()
    with looking_at(database) as connection:
        for row in connection.execute(select(*_COLUMNS)):
            _count(found, row, news=row.due is None or row.due > now - NEWS)
    return found


def structures(database: Path) -> dict[tuple[str, int], str]:
    """The structure of every flow that this database has seen, by its name and version.

    Raises: StoreError, as ``undelivered`` does.
    """
    with looking_at(database) as connection:
        rows = connection.execute(
            select(FLOW_VERSION.c.flow, FLOW_VERSION.c.version, FLOW_VERSION.c.structure)
        )
        return {(flow, version): structure for flow, version, structure in rows}


@contextmanager
def looking_at(database: Path) -> Iterator[Connection]:
    address = f"{database.resolve().as_uri()}?mode=rw"  # rw: as a reader, SQLite would leave its log behind

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


def _count(found: Undelivered, row: Row[*tuple[Any, ...]], *, news: bool) -> None:
    page = "screen" if row.what is What.SCREEN else row.path.partition("/")[0]
    if row.state is State.DOUBT:
        found.doubtful[page] += 1
    elif row.state is State.DEAD:
        found.given_up.setdefault(row.error or "unknown", Counter())[page] += 1
    else:
        found.waiting += 1
        return
    if news and row.lane is Lane.DIGEST:
        found.news.add(Lane.DIGEST)
    if news and row.error is not None:
        found.news.add(row.error)
