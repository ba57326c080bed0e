"""Which database a URL names."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.adapters.db.database import Database
from bot.adapters.db.sqlite import SqliteDatabase
from bot.errors import StoreError


def database_of(url: str) -> Database:
    """The database that a URL like ``sqlite:////data/bot.db`` or ``postgresql://user@host/name`` names.

    Raises: StoreError, for any other; it does not repeat the URL, which may hold a password.
    """
    parsed = _parsed(url)
    if parsed is not None and parsed.get_backend_name() == "postgresql":
        from bot.adapters.db.postgresql import (
            PostgresDatabase,  # its driver takes time that SQLite needs not wait
        )

        return PostgresDatabase(parsed)
    if parsed is not None and parsed.get_backend_name() == "sqlite" and parsed.database not in _NO_FILE:
        return SqliteDatabase(parsed)
    raise StoreError(
        "DATABASE_URL names no database of a bot: write it like sqlite:////data/bot.db or "
        "postgresql://user:password@host/name"
    )


_NO_FILE = (None, "", ":memory:")


def _parsed(url: str) -> URL | None:
    try:
        return make_url(url)
    except ArgumentError:
        return None
