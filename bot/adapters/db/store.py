"""The store: one database, its writer, and transactions over it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from bot.adapters.db.database import Database
from bot.adapters.db.messages import prune_undelivered
from bot.adapters.db.migrations import upgrade
from bot.adapters.db.neighbours import Neighbours
from bot.adapters.db.transaction import LEADS, SqlTransaction
from bot.adapters.db.updates import Updates
from bot.adapters.db.vault import Vault, random_id
from bot.adapters.db.writer import Writer
from bot.app.memory import Memory
from bot.app.ports import KeyStore, Transaction
from bot.errors import StoreError

T = TypeVar("T")


class SqlStore:
    """``Store`` over a database: a single writer, commits in groups.

    Args:
        draw: makes ids of people and groups, which must tell nothing; tests give a predictable one.
    """

    def __init__(self, database: Database, keys: KeyStore, *, draw: Callable[[], int] = random_id) -> None:
        self._database = database
        self._keys = keys
        self._draw = draw
        self._vault: Vault | None = None
        self._writer: Writer | None = None

    def start(self) -> None:
        """Open the database.

        Raises: StoreError, when another process has it or it cannot be opened; KeysError, without a key.
        """
        self._vault = Vault(self._keys.identity_key())
        try:
            self._writer = Writer(self._database)
        except BaseException:
            self._database.close()
            raise

    def migrate(self) -> None:
        """Bring the tables up to date; refuses a database of a newer version (StoreError)."""
        self._running().run_now(lambda connection: upgrade(connection, self._database), alone=True)

    async def run(self, function: Callable[[Transaction], T]) -> T:
        return await self._running().run(partial(self._carry_out, function))

    def run_now(self, function: Callable[[Transaction], T]) -> T:
        """``run`` for commands and tests, without an event loop."""
        return self._running().run_now(partial(self._carry_out, function))

    async def once(self, update: int, function: Callable[[Transaction], T], *, now: datetime) -> T | None:
        def handle(transaction: SqlTransaction) -> T | None:
            return function(transaction) if transaction.updates.enter(update, now=now) else None

        return await self._running().run(partial(self._carry_out, handle))

    async def lead(self, owed: Callable[[Transaction], object]) -> bool:
        """Be the one process that sends what waits and ticks, if no other is; to be repeated now and then.

        That lasts for as long as the connection of the writer does, so whatever only the leader may do asks
        ``Transaction.leads`` in the transaction in which it is done.

        Args:
            owed: what the leader owes to processes that ended; done before it leads, and every time.
        Returns: whether this process leads now.
        """
        run = self._running().run
        return await run(partial(self._take_over, owed)) and await run(self._mark)

    def lead_now(self, owed: Callable[[Transaction], object]) -> bool:
        """``lead`` without an event loop."""
        run = self._running().run_now
        return run(partial(self._take_over, owed)) and run(self._mark)

    async def workers(self) -> int:
        """How many processes work on the database, this one included."""
        return len(await self._running().run(self._database.sessions))

    def _take_over(self, owed: Callable[[Transaction], object], connection: Connection) -> bool:
        leads = LEADS in connection.info or self._database.lead(connection)
        if leads:
            self._carry_out(owed, connection)
        return leads

    def _mark(self, connection: Connection) -> bool:
        """Note who leads, now that what had to be done first is committed.

        The database is asked once more, since a connection that broke meanwhile is not the one that led.
        """
        if LEADS not in connection.info and self._database.lead(connection):
            connection.info[LEADS] = True
        return LEADS in connection.info

    def neighbours(
        self, memory: Memory, *, queued: Callable[[], object], missed: Callable[[], Awaitable[object]]
    ) -> Neighbours | None:
        """Those who use the same database, as ``Neighbours`` takes it; None where there are never any."""
        channel = self._database.channel()
        if channel is None or self._vault is None:
            return None
        return Neighbours(channel, self._vault, memory, queued=queued, missed=missed)

    async def quarantine(self, update: int, code: str) -> None:
        """Note that an update was set aside: its number and the code of the error, nothing it said."""
        await self._running().run(lambda connection: Updates(connection).set_aside(update, code))

    async def prune(self, now: datetime) -> None:
        """Forget handled updates and old undeliverable messages, and what the log still holds of former rows."""

        def prune(connection: Connection) -> None:
            Updates(connection).prune(now)
            prune_undelivered(connection, now)

        await self._running().run(prune)
        await self._running().run(self._database.tidy, alone=True)

    async def compact(self) -> None:
        """After a round is closed: leave nothing of deleted rows behind; may be repeated."""
        await self._running().run(self._database.compact, alone=True)

    async def stop(self) -> None:
        """Finish what waits, then close the database and let others have it."""
        await asyncio.to_thread(self.stop_now)

    def stop_now(self) -> None:
        """``stop`` without an event loop."""
        if self._writer is not None:
            self._writer.stop()
            self._writer = None
        self._database.close()

    def _running(self) -> Writer:
        if self._writer is None:
            raise StoreError("The store is not running: start it first.")
        return self._writer

    def _carry_out(self, function: Callable[[SqlTransaction], T], connection: Connection) -> T:
        assert self._vault is not None  # noqa: S101 - set before there is a writer
        transaction = SqlTransaction(
            connection, self._database, vault=self._vault, keys=self._keys, draw=self._draw
        )
        result = function(transaction)
        transaction.outbox.settle()
        return result
