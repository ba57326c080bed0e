"""One process at a time for one database file."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.errors import StoreError


class FileLock:
    """An exclusive lock beside the database; the system frees it when the process ends, however it ends."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = None

    def take(self) -> None:
        """Raises: StoreError, when another process holds it or the folder cannot be written."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as exc:
            raise StoreError(
                "The folder of the database is missing or cannot be written: check DATABASE_URL and DATA_DIR."
            ) from exc
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise StoreError("The database is already in use by another process: stop it first.") from None
        self._descriptor = descriptor

    def free(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
