"""PostgreSQL as we want it: nobody decides by what another one is changing, and answers are never replicated."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg import errors
from sqlalchemy import (
    URL,
    BigInteger,
    Connection,
    Engine,
    NullPool,
    create_engine,
    event,
    func,
    literal,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.dml import UpdateBase

from bot.adapters.db.answers import ANSWER
from bot.adapters.db.channel import KEEPALIVES, PostgresChannel, session
from bot.adapters.db.database import SESSION, NotShared, Workers
from bot.adapters.db.flow_versions import FLOW_VERSION
from bot.adapters.db.identity import DRAFT, PLACE
from bot.adapters.db.messages import OUTBOX
from bot.adapters.db.tables import NUMBERED
from bot.adapters.db.updates import PROCESSED_UPDATE
from bot.errors import StoreError

IN_USE, ONE_MIGRATION, ONE_LEADER = 0x706F776572_01, 0x706F776572_02, 0x706F776572_03
"""Numbers of advisory locks, "power" and a count: other programs in the same database are unlikely to use them."""

USE_TOGETHER = f"SELECT pg_try_advisory_lock_shared({IN_USE})"
USE_ALONE = f"SELECT pg_try_advisory_lock({IN_USE})"
LEAD = f"SELECT pg_try_advisory_lock({ONE_LEADER})"
"""A session that has the lock already gets it once more; all of it ends with the session."""

HELD = (
    "SELECT pid, classid::bigint << 32 | objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
"""Sessions, as the server numbers them, and the numbers of the advisory locks that they have in this database."""

PATIENCE = 3.0
"""Seconds to wait for a process that was just killed: the server may notice a moment later."""

SETTINGS = {
    "timezone": "UTC",
    "idle_in_transaction_session_timeout": "25s",  # who stands still must not hold up the others
    **KEEPALIVES,
}

BESIDE_OTHERS = "LOCK TABLE alembic_version IN ROW SHARE MODE"
BY_ITSELF = "LOCK TABLE alembic_version IN EXCLUSIVE MODE"
"""One lock for the whole database, on a table that nobody else has a reason to lock: shared by those who change what is
one person's own, and held alone by whoever changes more, so that nobody decides by what is no longer true."""

ONES_OWN = frozenset(table.name for table in (ANSWER, PLACE, DRAFT, OUTBOX, PROCESSED_UPDATE))
"""Tables in which each row belongs to what one person does, or to one message; what two transactions do to the same row
is a conflict."""

ALL_OF_IT = "all of it"
"""What a connection is marked with while it has the database to itself."""

CONFLICTS = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.UniqueViolation,  # a key that both add, which one of them learns late
    errors.InFailedSqlTransaction,  # what comes after one of these, where somebody took it for a fault of a page
)
"""What comes of two transactions at once."""

REWRITTEN = ("VACUUM (FULL) place", "VACUUM (FULL) draft")
"""Tables of what people do, of which nothing should stay behind; they are small, so it takes a moment."""

IN_ANOTHER_ORDER = "CLUSTER answer USING pk_answer"
"""Rows lie in the order in which they came; written anew by pseudonym, their order says nothing."""


class PostgresDatabase:
    """``Database`` on a server. Connect to it directly: locks of a session do not pass a pooler such as PgBouncer."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql+psycopg")

    @property
    def most_together(self) -> int:
        return 8  # all of them are done again when one meets another process

    @property
    def file(self) -> None:
        return None

    def prepare(self) -> None:
        """Whoever runs the server makes the database."""

    def exists(self) -> bool:
        """Every start of a bot notes the flows that it came with."""
        with self.glance() as connection:
            there = connection.exec_driver_sql("SELECT to_regclass('flow_version')").scalar()
            return there is not None and connection.execute(select(FLOW_VERSION).limit(1)).first() is not None

    def open(self, *, alone: bool = False) -> Engine:
        engine = self.engine()
        event.listen(engine, "connect", partial(_take, USE_ALONE if alone else USE_TOGETHER))
        event.listen(engine, "before_execute", _guard)
        return engine

    def lead(self, connection: Connection) -> bool:
        return bool(connection.exec_driver_sql(LEAD).scalar_one())

    def workers(self, connection: Connection) -> Workers:
        held = [lock for _, lock in connection.exec_driver_sql(HELD)]
        return Workers(running=held.count(IN_USE), led=ONE_LEADER in held)

    def sessions(self, connection: Connection) -> frozenset[int]:
        return frozenset(session for session, lock in connection.exec_driver_sql(HELD) if lock == IN_USE)

    def engine(self) -> Engine:
        """An engine without a lock."""
        return create_engine(
            self._url,
            poolclass=NullPool,
            hide_parameters=True,
            isolation_level="REPEATABLE READ",
            connect_args=session(SETTINGS),
        )

    def close(self) -> None:
        """Locks end with the connection that holds them."""

    def channel(self) -> PostgresChannel:
        return PostgresChannel(self._url)

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        try:
            with self.engine().connect() as connection, connection.begin():
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")
                yield connection
        except SQLAlchemyError:
            raise StoreError(
                "The database cannot be read: check DATABASE_URL and the server, and bring the database up to "
                "date with the command migrate."
            ) from None

    @contextmanager
    def writing(self, connection: Connection, *, shared: bool = False) -> Iterator[None]:
        """One transaction; what it sees is decided after it has the lock, which is the first thing it asks for."""
        connection.info[ALL_OF_IT] = not shared
        with connection.begin():
            self.directly(connection, BESIDE_OTHERS if shared else BY_ITSELF)
            yield

    @contextmanager
    def rebuilding(self, connection: Connection) -> Iterator[None]:
        """The same; whoever comes second finds the work done."""
        connection.info[ALL_OF_IT] = True
        with connection.begin():
            # It is to see what was done while it waited for the lock.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_MIGRATION})")
            yield

    def directly(self, connection: Connection, statement: str) -> None:
        _driver(connection).execute(statement)

    def is_conflict(self, error: BaseException) -> bool:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, DBAPIError) and isinstance(cause.orig, CONFLICTS):
                return True
            cause = cause.__cause__
        return False

    def counted(self, connection: Connection) -> dict[str, int]:
        found = {}
        for table in sorted(NUMBERED):
            sequence = _sequence(connection, table)
            last, called = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608
            if called:
                found[table] = last
        return found

    def count_on(self, connection: Connection, counted: Mapping[str, int]) -> None:
        for table, number in counted.items():
            connection.execute(
                select(func.setval(_sequence(connection, table), literal(number, BigInteger())))
            )

    def compact(self, connection: Connection) -> None:
        """Rewrite the tables that hold what people answer, and where they are."""
        driver = _driver(connection)
        driver.autocommit = True
        try:
            for statement in (IN_ANOTHER_ORDER, *REWRITTEN):
                driver.execute(statement)
        except psycopg.Error as exc:
            raise StoreError(
                "The tables of answers could not be rewritten: look for room on the disk."
            ) from exc
        finally:
            driver.autocommit = False

    def tidy(self, connection: Connection) -> None:
        """Write the answers anew; the server's log belongs to whoever runs it, and answers are not in it."""
        with connection.begin():
            connection.exec_driver_sql(IN_ANOTHER_ORDER)


def _sequence(connection: Connection, table: str) -> str:
    """The name of what counts a table's ids."""
    return str(connection.execute(select(func.pg_get_serial_sequence(f'"{table}"', "id"))).scalar_one())


def _driver(connection: Connection) -> Any:
    """The driver's own connection, of type ``psycopg.Connection``."""
    return connection.connection.driver_connection


def _guard(connection: Connection, statement: object, *_: object) -> None:
    """Raises: NotShared."""
    if not isinstance(statement, UpdateBase) or connection.info.get(ALL_OF_IT):
        return
    if getattr(statement.table, "name", None) not in ONES_OWN:
        raise NotShared


def _take(lock: str, driver: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """Have a lock for as long as this connection lives.

    Raises: StoreError.
    """
    cursor, until = driver.cursor(), time.monotonic() + PATIENCE
    cursor.execute(lock)
    while cursor.fetchone() == (False,):
        if time.monotonic() > until:
            raise StoreError("The database is already in use by another process: stop it first.")
        time.sleep(0.1)
        cursor.execute(lock)
    cursor.close()
    driver.rollback()  # the lock is the session's, not the transaction's
    entry.info[SESSION] = driver.info.backend_pid
