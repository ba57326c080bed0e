"""One round from the call to the digest, told over many short lives of a bot."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.playground.chats import Chat
from bot.core.flow.session import Answer
from bot.core.ids import RoundId
from tests.killing import disk as on_disk
from tests.killing.bot_process import OFFSET, shifted
from tests.killing.crowd import Crowd
from tests.killing.disk import Disk
from tests.killing.ledger import DIGEST, OPENING, SOON, Ledger
from tests.killing.loopback import Telegram, listening
from tests.killing.mortal import Mortal
from tests.killing.questions import CALL, REMINDER, Table

FRIDAY = datetime(2027, 3, 5, 7, 0, tzinfo=UTC)
"""In Nairobi 10:00 on a day from which days 3, 7, 12 and 14 are working days, too."""

TOLD = {0: (CALL, OPENING), 3: (REMINDER,), 7: (REMINDER,), 12: (REMINDER, SOON)}
"""Titles that come on a day of the round, in private and in the group."""

SEATS = 6
CLOSE = 14
MANY = 1000
SECONDS_A_LIFE = 1.0
PATIENCE = 60.0

UNDER_WAY = "SELECT 1 FROM outbox WHERE state IN ('pending', 'sending') LIMIT 1"


@dataclass(frozen=True, slots=True)
class Plan:
    """How many, how much and how often.

    Attributes:
        acts: what everybody does in a day, the pause at its end included.
        days: kills on each day of the round that something happens on; the last is that of the close.
        hours: kills at so many hours after the close, until all digests have come.
        at_work: fewest kills that have to hit a bot in the middle of its work.
        late: seconds by which every other day begins later than the first; with 0, what is due on it comes little by
            little, as the rounds were opened.
    """

    tables: int
    decisions: int
    acts: int
    days: dict[int, int]
    hours: dict[int, int]
    at_work: int = 0
    late: int = 0

    @property
    def kills(self) -> int:
        """All of them, with the one after the last answer."""
        return sum(self.days.values()) + sum(self.hours.values()) + 1


class PushedClock:
    """The clock of the stand-in and, through a file, of the bot."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / OFFSET
        self.set(FRIDAY)

    def now(self) -> datetime:
        return shifted(self._file)

    def set(self, moment: datetime) -> None:
        """Go on from this moment."""
        new = self._file.with_suffix(".new")
        new.write_text(str((moment - datetime.now(UTC)).total_seconds()), "ascii")
        new.replace(self._file)


class Story:
    """Everything that happens, and what is known of it afterwards.

    Attributes:
        seen: how many acknowledged answers were looked up after kills, and found.
        in_peace: words of every round when a copy of its answers is closed in one go.
    """

    def __init__(self, folder: Path, plan: Plan, seed: int) -> None:
        self._folder = folder
        self._plan = plan
        self._seed = seed
        self._tables: list[Table] = []
        self._takes_answers = True
        self.log = folder / "log"
        self.disk = Disk(folder / "data")
        self.disk.folder.mkdir()
        self._clock = PushedClock(self.disk.folder)
        self.seen = 0
        self.in_peace: dict[RoundId, str] = {}
        self.telegram: Telegram
        self.crowd: Crowd
        self.ledger: Ledger
        self.bot: Mortal

    async def play(self) -> None:
        """Let it happen, up to the Monday after the digest."""
        async with listening(self._clock.now) as self.telegram:
            self._move_in()
            dice = random.Random(self._seed)  # noqa: S311 - the same every time
            self.bot = Mortal(self.disk.folder, self.telegram, dice, self.log)
            try:
                async with Crowd(self.telegram, self._tables, self._seed) as self.crowd:
                    await self._answer()
                await self._close()
            finally:
                await self.bot.end()

    def words(self) -> dict[RoundId, str]:
        """What every round published."""
        with self._copy().opened(self._clock.now()) as run:
            return {table.round: run(on_disk.words, table.round) for table in self._tables}

    def kept(self) -> dict[int, dict[str, Answer]]:
        """Everybody's answers as they lie on disk while no bot runs."""
        with self._copy().opened(self._clock.now()) as run:
            return run(on_disk.answers, self._tables)

    def nothing_is_left(self) -> bool:
        """Whether neither answers nor keys of a round exist any more."""
        return not self.disk.rows("SELECT 1 FROM answer LIMIT 1") and not self.disk.round_keys()

    def _move_in(self) -> None:
        """Seat everybody in a partnership of six, with a group and a round that waits to be opened."""
        state, world = self.telegram.standin.state, self.telegram.world
        with self.disk.opened(FRIDAY) as run:
            for number in range(self._plan.tables):
                accounts = [world.add_person(f"Person {number}.{seat}") for seat in range(SEATS)]
                for account in accounts:
                    state.people[account].started = True
                group = -accounts[0]
                state.chats[group] = Chat(group, "group", f"Made-up group {number}", set(accounts))
                self._tables.append(run(on_disk.prepare, accounts, self._plan.decisions))
            self.ledger = Ledger(self.telegram, self.disk, run(on_disk.names, self._tables))

    async def _answer(self) -> None:
        """All days on which answers are taken; the bot is dead at their end."""
        await self.bot.start()
        *_, last, _ = self._plan.days
        for day, kills in self._plan.days.items():
            if day != CLOSE:
                self.ledger.expect(*TOLD.get(day, ()))
                self.crowd.new_day(
                    acts=MANY if day == last else self._plan.acts,
                    pause=SECONDS_A_LIFE * kills / self._plan.acts,
                    knows=day > 0,
                )
                await self._day(day, kills, until=lambda: self.crowd.is_at_rest and not self.ledger.owed())
        await self.bot.dies()
        self._look()

    async def _close(self) -> None:
        """The end of the answers, and the digests."""
        self._takes_answers = False
        with self._copy().opened(self._clock.now()) as run:
            self.in_peace = {table.round: run(on_disk.close, table.round) for table in self._tables}
        await self.bot.start()
        await self._day(CLOSE, self._plan.days[CLOSE], until=self.nothing_is_left)
        self.ledger.expect(DIGEST)
        for hours, kills in self._plan.hours.items():
            self._clock.set(FRIDAY + timedelta(days=CLOSE, hours=hours))
            await self._die(kills)
        await self._settle(lambda: not self.ledger.owed() and not self.disk.rows(UNDER_WAY))

    async def _day(self, day: int, kills: int, *, until: Callable[[], bool]) -> None:
        """Push the clock to a day while the bot runs, kill it so often, then let it come to the day's end."""
        self._clock.set(FRIDAY + timedelta(days=day, seconds=self._plan.late if day else 0))
        await self._die(kills)
        await self._settle(until)

    async def _die(self, kills: int) -> None:
        for _ in range(kills):
            await self.bot.lives()
            await self.bot.dies()
            if self._takes_answers:
                self._look()
            await self.bot.start()

    def _look(self) -> None:
        """See that what had been acknowledged is on disk as the kill left it."""
        kept = self.kept()
        for phone in self.crowd.phones:
            for key, given in phone.acknowledged().items():
                assert kept[phone.account].get(key) == given.value, f"an acknowledged answer to {key} is gone"
                self.seen += 1

    def _copy(self) -> Disk:
        """The data directory, where looking changes nothing for the next start."""
        return self.disk.copy(self._folder / "copy")

    async def _settle(self, until: Callable[[], bool]) -> None:
        """Wait until all updates are confirmed and something holds."""
        await self.bot.begins()
        queue = self.telegram.standin.state.queue
        try:
            async with asyncio.timeout(PATIENCE):
                while queue.waiting or not until():  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.1)
        except TimeoutError:
            restless = [phone.state for phone in self.crowd.phones if not phone.is_at_rest]
            pytest.fail(f"{queue.waiting} updates wait; owed: {self.ledger.owed()}; not at rest: {restless}")
