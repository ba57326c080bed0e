"""The one thread that writes: what waits together is committed together."""

from __future__ import annotations

import asyncio
import concurrent.futures
import random
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.db.database import Database, NotShared
from bot.errors import StoreError

TOGETHER, ATTEMPTS, APART = 3, 10, 0.005
"""How often a transaction is tried that meets others, of several functions and of one, and seconds, times the attempts
so far, between two."""

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Job:
    """One function that waits for its turn, and later how it went.

    Attributes:
        alone: to be run outside a transaction, by itself.
        loop: whose future it is; None when another thread waits for it.
    """

    function: Callable[[Connection], Any]
    future: asyncio.Future[Any] | concurrent.futures.Future[Any]
    loop: asyncio.AbstractEventLoop | None = None
    alone: bool = False
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        if self.future.done():  # whoever waited has left
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class Writer:
    """Runs functions on one connection, in the order in which they came.

    Raises: StoreError, when the database does not open.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[_Job] = deque()
        self._changed = Condition()
        self._stopped = False
        self._opened: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._thread = Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()
        self._opened.result()

    async def run(self, function: Callable[[Connection], T], *, alone: bool = False) -> T:
        """Run, commit and return the result; an exception undoes what this function did, nothing else."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._add(_Job(function, future, loop, alone=alone))
        return await future

    def run_now(self, function: Callable[[Connection], T], *, alone: bool = False) -> T:
        """The same for a caller without an event loop; waits."""
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        self._add(_Job(function, future, alone=alone))
        return future.result()

    def stop(self) -> None:
        """Finish what waits, take nothing new, close the connection."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        self._thread.join()

    def _add(self, job: _Job) -> None:
        with self._changed:
            if self._stopped:
                raise StoreError("The store is stopped: nothing can be read or written any more.")
            self._waiting.append(job)
            self._changed.notify()

    def _take(self) -> list[_Job]:
        """What to do next; nothing when stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stopped)
            jobs: list[_Job] = []
            while (
                self._waiting
                and len(jobs) < self._database.most_together
                and not (jobs and self._waiting[0].alone)
            ):
                jobs.append(self._waiting.popleft())
                if jobs[-1].alone:
                    break
            return jobs

    def _work(self) -> None:
        try:
            connection = self._database.open().connect()
        except Exception as exc:  # whoever opens the store waits for an end, whatever it is
            self._opened.set_exception(exc if isinstance(exc, StoreError) else _refused(exc))
            return
        self._opened.set_result(None)
        with connection:
            while jobs := self._take():
                try:
                    if jobs[0].alone:
                        _run(jobs[0], connection)
                    else:
                        self._commit(jobs, connection)
                except Exception as exc:  # whatever it is, nobody may be left waiting
                    _fail(jobs, exc)
                _announce(jobs)

    def _commit(self, jobs: list[_Job], connection: Connection) -> None:
        """First beside other processes, all together; then by itself what needs that."""
        self._settle(jobs, connection, shared=True)
        left = [job for job in jobs if isinstance(job.error, NotShared)]
        for job in left:
            job.error = None
        if left:
            self._settle(left, connection, shared=False)

    def _settle(self, jobs: list[_Job], connection: Connection, *, shared: bool) -> None:
        """In one transaction; where that meets others of another process again and again, each in its own."""
        several = len(jobs) > 1
        try:
            self._insist(jobs, connection, shared=shared, attempts=TOGETHER if several else ATTEMPTS)
        except Exception as exc:
            if not several or not self._database.is_conflict(exc):
                _fail(jobs, exc)
                return
            for job in jobs:
                self._settle([job], connection, shared=shared)

    def _insist(self, jobs: list[_Job], connection: Connection, *, shared: bool, attempts: int) -> None:
        """Raises: what the last attempt met."""
        for attempt in range(1, attempts + 1):
            try:
                self._commit_together(jobs, connection, shared=shared)
            except Exception as exc:
                if attempt == attempts or not self._database.is_conflict(exc):
                    raise
            else:
                return
            time.sleep(random.uniform(0, attempt * APART))  # noqa: S311 - only to come at another moment

    def _commit_together(self, jobs: list[_Job], connection: Connection, *, shared: bool) -> None:
        """One transaction for all.

        Nearly every job succeeds, and what makes it possible to undo one alone costs more than some of them do. So it
        is made only once one has failed: then all is undone and done again.
        """
        with suppress(_Undone):
            self._carry_out(jobs, connection, shared=shared)
            return
        if len(jobs) > 1:
            self._carry_out(jobs, connection, shared=shared, apart=True)

    def _carry_out(
        self, jobs: list[_Job], connection: Connection, *, shared: bool, apart: bool = False
    ) -> None:
        """One transaction.

        Args:
            apart: a job that fails leaves nothing, and the others stay.
        Raises: _Undone, when a job failed and they are not apart; what meets another process.
        """
        directly = self._database.directly
        with self._database.writing(connection, shared=shared):
            for job in jobs:
                if apart:
                    directly(connection, "SAVEPOINT job")
                _run(job, connection)
                if job.error is not None:
                    if self._database.is_conflict(job.error):
                        raise job.error  # the whole transaction is lost
                    if not apart:
                        raise _Undone
                    directly(connection, "ROLLBACK TO SAVEPOINT job")
                if apart:
                    directly(connection, "RELEASE SAVEPOINT job")


class _Undone(Exception):
    """A function failed, and with it the transaction."""


def _run(job: _Job, connection: Connection) -> None:
    """Note result or exception; whoever asked for the job deals with it."""
    job.result, job.error = None, None
    try:
        job.result = job.function(connection)
    except SQLAlchemyError as exc:
        job.error = _refused(exc)
    except StopIteration:  # a future would not take it
        job.error = RuntimeError("a function of a transaction ended with StopIteration")
    except BaseException as exc:  # it belongs to whoever asked; the thread works for everybody
        job.error = exc


def _fail(jobs: list[_Job], cause: Exception) -> None:
    """Nothing of a batch was kept: everybody who was not told otherwise learns it."""
    for job in jobs:
        if job.error is None:
            job.error = _refused(cause)


def _refused(cause: Exception) -> StoreError:
    refusal = StoreError(f"The database refused ({type(cause).__name__}): nothing of this was kept.")
    refusal.__cause__ = cause
    return refusal


def _announce(jobs: list[_Job]) -> None:
    """Wake everybody who waits, each event loop once."""
    for loop in {job.loop for job in jobs}:
        settled = [job.settle for job in jobs if job.loop is loop]
        if loop is None:
            _call_all(settled)
        else:
            with suppress(RuntimeError):  # the loop has ended, and everybody on it
                loop.call_soon_threadsafe(_call_all, settled)


def _call_all(functions: list[Callable[[], None]]) -> None:
    for function in functions:
        function()
