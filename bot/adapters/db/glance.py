"""A look at undelivered messages and used flows, beside a bot that may be running: no lock, and nothing is changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from bot.adapters.db.database import Database
from bot.adapters.db.flow_versions import FLOW_VERSION
from bot.adapters.db.messages import OUTBOX, State
from bot.app.ports import Lane, What

NEWS = timedelta(days=7)
"""How long what did not surely arrive is something to look after."""

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


def undelivered(database: Database, now: datetime) -> Undelivered:
    """Count what waits, what is in doubt and what was given up.

    Raises: StoreError, when the database cannot be read or is not up to date.
    """
    found = Undelivered()
    with database.glance() as connection:
        for row in connection.execute(select(*_COLUMNS)):
            _count(found, row, news=row.due is None or row.due > now - NEWS)
    return found


def structures(database: Database) -> dict[tuple[str, int], str]:
    """The structure of every flow that this database has seen, by its name and version.

    Raises: StoreError, as ``undelivered`` does.
    """
    with database.glance() as connection:
        rows = connection.execute(
            select(FLOW_VERSION.c.flow, FLOW_VERSION.c.version, FLOW_VERSION.c.structure)
        )
        return {(flow, version): structure for flow, version, structure in rows}


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
