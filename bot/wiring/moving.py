"""What ``python -m bot move`` does."""

from __future__ import annotations

from collections.abc import Iterator

from bot.adapters.db.databases import database_of
from bot.adapters.db.moving import move
from bot.errors import StoreError


def move_lines(old: str, new: str) -> Iterator[str]:
    """Move everything from one database to another one.

    Args:
        old, new: their URLs.
    Yields: lines to print, one for each table that is whole.
    Raises: StoreError.
    """
    source, target = database_of(old), database_of(new)
    if not source.exists():
        raise StoreError("There is no bot's database to move from: check what stands after --from.")
    total = 0
    for table, rows in move(source, target):
        total += rows
        yield f"{table}: {rows}"
    yield f"All {total} rows are there, unchanged. Set DATABASE_URL to the new database and start the bot."
    yield "Keep the old one only until you have seen it run, then destroy it: it holds sealed answers of open rounds."
