"""One call of a use case: its transaction, its moment and what does not change between calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from bot.app.allowance import Allowance
from bot.app.outlived import Outlived
from bot.app.ports import Catalogs, Clock, DatesFile, KeyStore, Randomness, Reports, Store, Transaction
from bot.app.tried import Tried
from bot.app.watch import Watch
from bot.core.facilitation import MOST_PARTNERSHIPS
from bot.core.flow.library import FlowLibrary
from bot.core.flow.program import forget_layout
from bot.core.measures import Measures
from bot.core.partnerships import WRONG_LINK_AGAIN, WRONG_LINKS
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
        watch: who has a page open that must not stay on a phone.
        entering: who has begun to enter something for a seat on paper.
        write_dates: makes a file of dates for people's own calendars.
        reports: makes files of what was published and agreed.
        measures: what others did, to choose actions from.
        outlived: rounds whose keys are to be looked at.
        tried: what facilitators answer who try a round out.
        wrong_links: how many links that do not work each person can still try.
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
    watch: Watch = field(default_factory=Watch)
    entering: Watch = field(default_factory=Watch)
    outlived: Outlived = field(default_factory=Outlived)
    tried: Tried = field(default_factory=Tried)
    wrong_links: Allowance = field(
        default_factory=lambda: Allowance(WRONG_LINKS, seconds=WRONG_LINK_AGAIN.total_seconds())
    )


@dataclass(frozen=True, slots=True)
class Work:
    """A unit of work, handed to every use case as its first argument."""

    tx: Transaction
    now: datetime
    setting: Setting


class Service:
    """Runs use cases in transactions and tells the sender when something may have been queued."""

    def __init__(self, store: Store, setting: Setting, *, committed: Callable[[], None]) -> None:
        self._store = store
        self._setting = setting
        self._committed = committed

    @property
    def setting(self) -> Setting:
        return self._setting

    async def run(
        self, use_case: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a use case that no update caused (the clock, the sender, a command)."""
        result = await self._store.run(self._call(self._setting.clock.now(), use_case, *args, **kwargs))
        self._committed()
        return result

    async def once(
        self, update: int, use_case: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Run a use case for one update; a repeated update changes nothing and returns None."""
        now = self._setting.clock.now()
        result = await self._store.once(update, self._call(now, use_case, *args, **kwargs), now=now)
        self._committed()
        return result

    def _call(
        self,
        now: datetime,
        use_case: Callable[Concatenate[Work, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Callable[[Transaction], T]:
        def call(tx: Transaction) -> T:
            try:
                return use_case(Work(tx, now, self._setting), *args, **kwargs)
            finally:
                forget_layout()  # it was made for somebody's answers

        return call
