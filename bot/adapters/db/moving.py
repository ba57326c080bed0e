"""Everything that one database holds, brought into another one, row by row, and looked at again.

Tables are copied one after the other, each in one transaction, so an interruption leaves whole tables. Moving again
goes on from there: what is in the target already has to be what the source holds, whatever else is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Table, insert, select

from bot.adapters.db.database import Database
from bot.adapters.db.migrations import upgrade
from bot.adapters.db.tables import metadata
from bot.errors import StoreError

AT_ONCE = 500
"""Rows of one statement."""

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
Key: TypeAlias = tuple[Any, ...]


def move(source: Database, target: Database) -> Iterator[tuple[str, int]]:
    """Move all rows. No bot may be running on either; the source is brought up to date and keeps its rows.

    Yields: each table and the number of its rows, once all of them are in the target, unchanged.
    Raises: StoreError, when the target holds something else, or when a row did not arrive as it was.
    """
    target.prepare()
    try:
        with source.open(alone=True).connect() as old, target.open(alone=True).connect() as new:
            upgrade(old, source)
            upgrade(new, target)
            for table in metadata.sorted_tables:
                yield table.name, _moved(table, old, new, target)
            with old.begin(), target.writing(new):
                target.count_on(new, source.counted(old))
    finally:
        source.close()
        target.close()


def _moved(table: Table, old: Connection, new: Connection, target: Database) -> int:
    with old.begin():
        rows = {_key(table, row): row for row in old.execute(select(table))}
    with target.writing(new):
        there = _marks(table, new)
        if any(key not in rows or _mark(rows[key]) != mark for key, mark in there.items()):
            raise StoreError(
                "The database to move to holds something else already: choose an empty one. Nothing was changed."
            )
        missing = _referred_first(table, [row for key, row in rows.items() if key not in there])
        while part := list(islice(missing, AT_ONCE)):
            new.execute(insert(table), [dict(row._mapping) for row in part])
    with target.writing(new):
        if _marks(table, new) != {key: _mark(row) for key, row in rows.items()}:
            raise StoreError(
                f"Not every row of {table.name} arrived as it was: move again, into an empty database."
            )
    return len(rows)


def _marks(table: Table, connection: Connection) -> dict[Key, bytes]:
    """What tells rows apart, by key; sealed values need not be held in memory twice."""
    return {_key(table, row): _mark(row) for row in connection.execute(select(table))}


def _key(table: Table, row: AnyRow) -> Key:
    return tuple(row._mapping[column] for column in table.primary_key)


def _mark(row: AnyRow) -> bytes:
    return hashlib.sha256(repr(tuple(row)).encode()).digest()


def _referred_first(table: Table, rows: Sequence[AnyRow]) -> Iterator[AnyRow]:
    """Rows in an order in which each comes after those of the same table that it refers to."""
    own = [fk.parent for fk in table.foreign_keys if fk.column.table is table]
    waiting = {_key(table, row): row for row in rows}
    while waiting:
        ready = [
            key
            for key, row in waiting.items()
            if not any(
                (row._mapping[column],) in waiting and (row._mapping[column],) != key for column in own
            )
        ]
        if not ready:
            raise StoreError(f"Rows of {table.name} refer to each other in a circle.")
        for key in ready:
            yield waiting.pop(key)
