"""One call of a use case: its transaction, its moment and what does not change between calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar

from bot.app.memory import Memory, Remarks
from bot.app.ports import (
    Catalogs,
    Clock,
    DatesFile,
    Delivery,
    KeyStore,
    Randomness,
    Reports,
    Store,
    Transaction,
)
from bot.core.facilitation import MOST_PARTNERSHIPS
from bot.core.flow.library import FlowLibrary
from bot.core.flow.program import forget_layout
from bot.core.flow.session import Session
from bot.core.ids import PersonId
from bot.core.measures import Measures
from bot.core.text import Line

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting:
    """What every use case may rely on and none may change.

    Attributes:
        bot_name: Telegram name of the bot, for links.
        operator: who runs the bot, named in the consent notice.
        facilitators: accounts that may set up partnerships; None when everybody may.
        most_partnerships: that one person can facilitate.
        write_dates: makes a file of dates for people's own calendars.
        reports: makes files of what was published and agreed.
        measures: what others did, to choose actions from.
        memory: what is remembered and never written down.
    """

    flows: FlowLibrary
    catalogs: Catalogs
    random: Randomness
    keys: KeyStore
    clock: Clock
    bot_name: str
    operator: Line
    write_dates: DatesFile
    reports: Reports
    measures: Measures = field(default_factory=Measures)
    facilitators: frozenset[int] | None = None
    most_partnerships: int = MOST_PARTNERSHIPS
    memory: Memory = field(default_factory=Memory)


@dataclass(frozen=True, slots=True)
class Work:
    """A unit of work, handed to every use case as its first argument.

    Attributes:
        sessions: by person and sitting, as what they did in this unit of work left them.
        remarks: what ``setting.memory`` is to remember, once this unit of work is kept.
    """

    tx: Transaction
    now: datetime
    setting: Setting
    sessions: dict[tuple[PersonId, object], Session] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)


class Replies(Protocol):
    """Brings people what their own update is answered with, without a detour through a second transaction."""

    def last(self) -> Callable[[Work], Delivery | None] | None:
        """What the transaction of an update does last: take and make the reply; None, to leave it in the outbox."""

    def bring(self, delivery: Delivery) -> None:
        """Bring it, after the commit."""


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[T]):
    """What came of one transaction.

    Attributes:
        reply: what it took for sending.
        left: whether it queued anything else.
        remarks: what is to be remembered.
    """

    result: T
    reply: Delivery | None
    left: bool
    remarks: Remarks


class Service:
    """Runs use cases in transactions and tells the sender when something may have been queued.

    Args:
        committed: called after every commit, with whether it left something to be claimed and sent.
        replies: brings the replies to updates; without it they wait in the outbox to be claimed.
    """

    def __init__(
        self,
        store: Store,
        setting: Setting,
        *,
        committed: Callable[[bool], object],
        replies: Replies | None = None,
    ) -> None:
        self._store = store
        self._setting = setting
        self._committed = committed
        self._replies = replies

    @property
    def setting(self) -> Setting:
        return self._setting

    async def run(
        self, use_case: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a use case that no update caused (the clock, the sender, a command)."""
        now = self._setting.clock.now()
        came = await self._store.run(self._call(now, None, use_case, *args, **kwargs))
        self._setting.memory.remember(came.remarks)
        self._committed(came.left)
        return came.result

    async def once(
        self, update: int, use_case: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Run a use case for one update; a repeated update changes nothing and returns None."""
        now = self._setting.clock.now()
        last = None if self._replies is None else self._replies.last()
        came = await self._store.once(update, self._call(now, last, use_case, *args, **kwargs), now=now)
        if came is None:
            return None
        self._setting.memory.remember(came.remarks)
        if came.reply is not None and self._replies is not None:
            self._replies.bring(came.reply)
        self._committed(came.left)
        return came.result

    def _call(
        self,
        now: datetime,
        last: Callable[[Work], Delivery | None] | None,
        use_case: Callable[Concatenate[Work, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Callable[[Transaction], _Outcome[T]]:
        def call(tx: Transaction) -> _Outcome[T]:
            work = Work(tx, now, self._setting)
            try:
                result = use_case(work, *args, **kwargs)
                reply = None if last is None else last(work)
                return _Outcome(result, reply, left=tx.outbox.left, remarks=work.remarks)
            finally:
                forget_layout()  # it was made for somebody's answers

        return call
