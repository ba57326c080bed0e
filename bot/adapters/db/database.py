"""What the store needs of a database, whichever it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

SESSION = "session"
"""What a connection is marked with: the number by which it is known among those of all processes."""


class NotShared(BaseException):
    """A shared transaction was about to change what others may be reading.

    No exception that a use case may catch: it is not for the use case to go on.
    """


@dataclass(frozen=True, slots=True)
class Workers:
    """How many processes use a database, and whether one of them leads."""

    running: int
    led: bool


class Channel(Protocol):
    """Tells the other processes of the same bot what need not be kept: fast, and lost where a line breaks."""

    async def listen(
        self, hear: Callable[[bytes], object], connected: Callable[[], Awaitable[object]]
    ) -> None:
        """Hear what others tell, for ever.

        Args:
            connected: called before the first word, and again whenever the line broke and some may have been lost.
        """

    async def tell(self, word: bytes) -> None:
        """Tell all others. Raises: StoreError, when they may not have heard it."""

    async def close(self) -> None:
        """Hang up."""


class Database(Protocol):
    """One database of one bot."""

    @property
    def most_together(self) -> int:
        """Functions that are committed in one transaction, at most."""

    @property
    def file(self) -> Path | None:
        """Where it lies on this machine, if it does."""

    def prepare(self) -> None:
        """Make what has to be there before it can be opened, such as a folder."""

    def exists(self) -> bool:
        """Whether a bot has kept something in it already. Raises: StoreError."""

    def open(self, *, alone: bool = False) -> Engine:
        """Be one of the processes that write; connections begin nothing by themselves.

        Args:
            alone: be the only one; a file has never more than one.
        Raises: StoreError, when other processes are in the way, or when it cannot be reached.
        """

    def lead(self, connection: Connection) -> bool:
        """In a transaction: be the one process that leads, if no other does, until this connection ends.

        May be repeated; undoing the transaction changes nothing about it.
        """

    def workers(self, connection: Connection) -> Workers | None:
        """Who works on it at the moment, as a glance sees it; None where that cannot be told."""

    def sessions(self, connection: Connection) -> Collection[int]:
        """The numbers, as ``SESSION``, of the connections of all processes that write at the moment."""

    def close(self) -> None:
        """Let others have it; may be called at any time."""

    def channel(self) -> Channel | None:
        """A new line to the other processes; None where there are none."""

    def glance(self) -> AbstractContextManager[Connection]:
        """Read beside a bot that may be running, and change nothing. Raises: StoreError."""

    def writing(self, connection: Connection, *, shared: bool = False) -> AbstractContextManager[None]:
        """One transaction, as if there were no other at the same time.

        Args:
            shared: beside others of other processes, which share it, too. What changes more than is one person's own
                then raises NotShared, and has to be done once more by itself.
        """

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
