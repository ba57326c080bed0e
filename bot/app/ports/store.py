"""Transactions, and the store that runs them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from bot.app.ports.delivery import Notices, Outbox
from bot.app.ports.facilitation import Pairs, Presses, Questions
from bot.app.ports.learning import Learning
from bot.app.ports.partnerships import Groups, Partnerships, Wordings
from bot.app.ports.people import Drafts, People
from bot.app.ports.rounds import Calendar, Comments, Rounds, Sheets
from bot.core.ids import OwnFlowId, PartnershipId

T = TypeVar("T")


class FlowVersions(Protocol):
    """Every structure a flow ever had, so that running sittings finish on theirs."""

    def remember(self, flow: str, version: int, structure: str, source: str) -> None:
        """Store it once; a FlowError when this version is known with another structure."""

    def source(self, flow: str, version: int) -> str | None:
        """What is remembered of one version."""

    def all(self) -> tuple[tuple[str, int, str], ...]:
        """Name, version and source of everything remembered."""


@dataclass(frozen=True, slots=True)
class OwnFlow:
    """One version of questions of a partnership's own, as the file that was sent."""

    id: OwnFlowId
    partnership: PartnershipId
    version: int
    source: str = field(repr=False)


class OwnFlows(Protocol):
    """Questions of partnerships' own."""

    def of(self, partnership: PartnershipId) -> tuple[OwnFlow, ...]:
        """The newest version of each, in the order in which they came."""

    def get(self, flow: OwnFlowId, version: int | None = None) -> OwnFlow | None:
        """This version, or the newest."""

    def add(self, partnership: PartnershipId, source: str) -> OwnFlowId:
        """Keep a file as version 1 of new questions; their id is never used again."""

    def replace(self, flow: OwnFlowId, source: str) -> int:
        """Keep a file as the next version; returns its number."""

    def drop_version(self, flow: OwnFlowId, version: int) -> None: ...
    def remove(self, flow: OwnFlowId) -> None:
        """Forget every version."""


class Transaction(Protocol):
    @property
    def leads(self) -> bool:
        """Whether this process is the one that sends and ticks; where there is only one, it is once it began."""

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
    @property
    def own_flows(self) -> OwnFlows: ...


class Store(Protocol):
    """Runs functions in transactions, one writer at a time; what waits together commits together."""

    async def run(self, function: Callable[[Transaction], T]) -> T:
        """Run, commit, return the result; the function's exception rolls back its own changes only."""

    async def once(self, update: int, function: Callable[[Transaction], T], *, now: datetime) -> T | None:
        """The same, unless this update was already handled: then nothing happens and None is returned."""
