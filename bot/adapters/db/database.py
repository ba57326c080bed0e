"""What the store needs of a database, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine


class Database(Protocol):
    """One database of one bot."""

    @property
    def file(self) -> Path | None:
        """Where it lies on this machine, if it does."""

    def prepare(self) -> None:
        """Make what has to be there before it can be opened, such as a folder."""

    def exists(self) -> bool:
        """Whether a bot has kept something in it already. Raises: StoreError."""

    def open(self) -> Engine:
        """Be the only process that writes; connections begin nothing by themselves.

        Raises: StoreError, when another process does, or when it cannot be reached.
        """

    def close(self) -> None:
        """Let others have it; may be called at any time."""

    def glance(self) -> AbstractContextManager[Connection]:
        """Read beside a bot that may be running, and change nothing. Raises: StoreError."""

    def writing(self, connection: Connection) -> AbstractContextManager[None]:
        """One transaction, as if there were no other at the same time."""

    def rebuilding(self, connection: Connection) -> AbstractContextManager[None]:
        """One transaction for migrations. Raises: StoreError, when they leave what does not fit together."""

    def directly(self, connection: Connection, statement: str) -> None:
        """Execute past SQLAlchemy what is about the transaction itself, not about rows."""

    def is_conflict(self, error: BaseException) -> bool:
        """Whether a transaction met another one, and may succeed as a whole the next time."""

    def counted(self, connection: Connection) -> dict[str, int]:
        """The last id that each table gave, of those that never give one again."""

    def count_on(self, connection: Connection, counted: Mapping[str, int]) -> None:
        """Give ids after these from now on."""

    def compact(self, connection: Connection) -> None:
        """Leave nothing of deleted rows, as far as this database can; outside any transaction.

        Raises: StoreError.
        """

    def tidy(self, connection: Connection) -> None:
        """Leave no former version of a row in a log, as far as this database can; outside any transaction."""
