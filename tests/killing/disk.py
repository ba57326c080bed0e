"""What lies in the data directory: made there before the first start, and read where a kill left it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from bot.adapters.dates.ics import ics
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.reports.reports import FileReports
from bot.adapters.system import SystemRandomness
from bot.app import rounds, timed
from bot.app.work import Setting, Work
from bot.bench import world
from bot.core.flow.session import Answer
from bot.core.ids import RoundId
from bot.core.rounds.lifecycle import RoundState
from bot.settings import Settings
from bot.wiring.machine import LOCALES, open_store
from tests.killing.questions import Table

P = ParamSpec("P")
T = TypeVar("T")


class Run(Protocol):
    """Runs a use case in a transaction of its own."""

    def __call__(
        self, use_case: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T: ...


@dataclass(frozen=True, slots=True)
class Stopped:
    """A clock that tells one moment."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


class Disk:
    """A data directory, with or without a bot that has it open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        own = {"data_dir": folder, "database_url": "", "master_key_file": None, "key_dir": None}
        self._settings = Settings.model_construct(**Settings().model_dump() | own)

    def copy(self, folder: Path) -> Disk:
        """The same as it is now, elsewhere, in place of what was there."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return Disk(folder)

    @contextmanager
    def opened(self, now: datetime) -> Iterator[Run]:
        """Open it as a bot would, at that moment, while no bot does."""
        stored = open_store(self._settings)
        setting = Setting(
            flows=stored.flows,
            catalogs=GettextCatalogs(LOCALES),
            random=SystemRandomness(),
            keys=stored.keys,
            clock=Stopped(now),
            bot_name="PlaygroundBot",
            operator="somebody",
            write_dates=ics,
            reports=FileReports(GettextCatalogs(LOCALES)),
        )

        def run(use_case: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
            return stored.store.run_now(lambda tx: use_case(Work(tx, now, setting), *args, **kwargs))

        try:
            yield run
        finally:
            stored.store.stop_now()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows as they lie there; a bot may be running."""
        file = f"file:{self.folder / 'bot.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(file, uri=True)) as connection:
            return connection.execute(query).fetchall()

    def round_keys(self) -> list[Path]:
        return list(self._settings.keys.iterdir())


def prepare(work: Work, accounts: Sequence[int], decisions: int) -> Table:
    """A partnership with a round of so many decisions, ready to be opened for answers by its first person."""
    round_id = world.settle(work, accounts)
    partnership = rounds.bring_decisions(work, world.person_of(work, accounts[0]), round_id).partnership
    return Table(
        round=round_id,
        accounts=accounts,
        decisions=[work.tx.rounds.add_decision(round_id, wording) for wording in world.DECISIONS[:decisions]],
        partners=[partner.id for partner in work.tx.partnerships.partners(partnership)],
    )


def answers(work: Work, tables: Sequence[Table]) -> dict[int, dict[str, Answer]]:
    """What everybody has answered, by account and prompt."""
    return {
        account: world.answers(work, table.round, account) for table in tables for account in table.accounts
    }


def names(work: Work, tables: Sequence[Table]) -> dict[tuple[str, int], int]:
    """Chats by what an outbox row calls them."""
    found: dict[tuple[str, int], int] = {}
    for table in tables:
        group = work.tx.groups.find(-table.accounts[0])
        assert group is not None
        found |= {("person", world.person_of(work, account)): account for account in table.accounts}
        found["group", group.id] = group.chat
    return found


def close(work: Work, round_id: RoundId) -> str:
    """Close a round in peace, in one transaction; returns its words."""
    found = work.tx.rounds.get(round_id)
    assert found is not None
    assert found.answer_until is not None
    at_the_end = replace(work, now=found.answer_until)
    while found.state is not RoundState.CLOSING:
        assert timed.carry_out(at_the_end, round_id)
        found = work.tx.rounds.get(round_id)
        assert found is not None
    assert timed.carry_out(at_the_end, round_id)
    return words(work, round_id)


def words(work: Work, round_id: RoundId) -> str:
    """What a round published."""
    found = work.tx.rounds.published(round_id)
    assert found is not None
    return found
