"""Transactions, and the store that runs them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from bot.app.ports.delivery import Notices, Outbox
from bot.app.ports.facilitation import Pairs, Presses, Questions
from bot.app.ports.learning import Learning
from bot.app.ports.partnerships import Groups, Partnerships, Wordings
from bot.app.ports.people import Drafts, People
from bot.app.ports.rounds import Calendar, Comments, Rounds, Sheets

T = TypeVar("T")


class FlowVersions(Protocol):
    """Every structure a flow ever had, so that running sittings finish on theirs."""

    def remember(self, flow: str, version: int, structure: str, source: str) -> None:
        """Store it once; a FlowError when this version is known with another structure."""

    def all(self) -> tuple[tuple[str, int, str], ...]:
        """Name, version and source of everything remembered."""


class Transaction(Protocol):
    def undone(self) -> AbstractContextManager[None]:
        """What is done in it is undone at its end: to look at what would be, and keep nothing of it."""

    @property
    def people(self) -> People: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def partnerships(self) -> Partnerships: ...
    @property
    def wordings(self) -> Wordings: ...
    @property
    def pairs(self) -> Pairs: ...
    @property
    def presses(self) -> Presses: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def rounds(self) -> Rounds: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def sheets(self) -> Sheets: ...
    @property
    def comments(self) -> Comments: ...
    @property
    def learning(self) -> Learning: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def flow_versions(self) -> FlowVersions: ...


class Store(Protocol):
    """Runs functions in transactions, one writer at a time; what waits together commits together."""

    async def run(self, function: Callable[[Transaction], T]) -> T:
        """Run, commit, return the result; the function's exception rolls back its own changes only."""

    async def once(self, update: int, function: Callable[[Transaction], T], *, now: datetime) -> T | None:
        """The same, unless this update was already handled: then nothing happens and None is returned."""
