"""A town to play in: the whole application over the stand-in, driven as people drive it.

Its clock stands still until it is pushed, so that what a test sees follows from what it does.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, func, or_, select

from bot.adapters.db.messages import OUTBOX
from bot.adapters.playground.chats import Message
from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from bot.adapters.system import SystemRandomness
from bot.app.vocabulary import folded
from bot.app.work import Work
from bot.core.ids import PartnershipId
from bot.core.rounds.lifecycle import Round
from bot.settings import Settings
from bot.wiring.clock import PushedClock
from bot.wiring.machine import Machine, Stored, open_store
from bot.wiring.playground import TOKEN, Playground

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 20.0
"""Seconds after which a test that waits has failed."""

MORNING = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)

PARTNERS = (
    "Partner A | PA | funder",
    "Partner B | PB | international",
    "Partner C | PC | local",
    "Partner D | PD | local",
    "Partner E | PE | network",
)
PHONES = (("Partner A", "fr"), *((f"Partner {letter}", "en") for letter in "BCDE"))
DECISIONS = ("Which villages come first", "How the budget is divided")


class StillClock(PushedClock):
    """Stands still until it is pushed, forward or back."""

    def __init__(self) -> None:
        self._now = MORNING

    def now(self) -> datetime:
        return self._now

    def push(self, by: timedelta) -> None:
        self._now += by


class Town(Playground):
    """A playground without pace, and shorthands for what a test does in it."""

    @classmethod
    def in_folder(cls, folder: Path, database_url: str = "") -> Town:
        own = {"data_dir": folder, "database_url": database_url}
        settings = Settings.model_construct(**Settings().model_dump() | own)
        return cls(settings, SystemRandomness(), paced=False, partners=PHONES)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.clock = StillClock()
        self.standin = StandIn(self.clock.now, token=TOKEN, pace=False)
        self.world = World(self.standin)

    # Who and where

    @property
    def facilitator(self) -> int:
        return self.cast().phones[0].person

    @property
    def representatives(self) -> list[int]:
        return [phone.person for phone in self.cast().phones[1:]]

    @property
    def group(self) -> int:
        return self.cast().group

    # Reading

    def from_bot(self, chat: int) -> list[Message]:
        """What the bot wrote in a chat, oldest first."""
        return [item for item in self.world.messages(chat) if item.sender is None and not item.service]

    def last(self, chat: int) -> Message:
        return self.from_bot(chat)[-1]

    def text(self, chat: int) -> str:
        return self.last(chat).text

    def labels(self, chat: int) -> list[str]:
        return [button["text"] for button in buttons(self.last(chat))]

    def posts(self, title: str) -> list[str]:
        """Messages in the group that begin with this title."""
        return [item.text for item in self.from_bot(self.group) if item.text.startswith(title)]

    async def ask(self, question: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Look something up in the application."""
        return await self.machine.service.run(question, *args, **kwargs)

    async def round(self) -> Round:
        """The newest round of the first partnership."""
        return await self.ask(lambda work: max(_rounds(work), key=lambda found: found.id))

    # Acting

    async def settle(self) -> None:
        """Wait until every update is handled, every tap answered and every message that is due has arrived."""
        state = self.standin.state
        async with asyncio.timeout(PATIENCE):
            while state.queue.waiting or state.queries or await self.ask(_under_way):  # noqa: ASYNC110 - no one event
                await asyncio.sleep(0.002)

    async def say(self, person: int, text: str, chat: int | None = None) -> str:
        self.world.say(person, text, chat)
        await self.settle()
        return self.text(chat or person)

    async def press(self, person: int, label: str, chat: int | None = None) -> str:
        """Press the button with these words on the newest message that has it; return what then stands there."""
        for item in reversed(self.world.messages(chat or person)):
            for button in buttons(item):
                if folded(button["text"]) == folded(label) and "callback_data" in button:
                    return await self.tap(person, button["callback_data"], item.id, chat)
        raise LookupError(f"no button {label!r} among {self.labels(chat or person)}")

    async def press_at(self, person: int, row: int, column: int) -> str:
        """Press a button of the newest card by its place, whatever the language; rows count from 0."""
        keyboard = (self.last(person).markup or {})["inline_keyboard"]
        return await self.tap(person, keyboard[row][column]["callback_data"])

    async def tap(self, person: int, data: str, message: int | None = None, chat: int | None = None) -> str:
        """Send callback data, as any phone may; return what then stands where it was pressed."""
        place = chat or person
        number = self.last(place).id if message is None else message
        self.world.tap(person, number, data, chat)
        await self.settle()
        return next((item.text for item in self.from_bot(place) if item.id == number), self.text(place))

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass in one leap, and let the bot do what has become due."""
        self.clock.push(by)
        await self.machine.tick()
        await self.settle()

    async def push_to_end(self) -> None:
        await self.push("next")
        await self.settle()

    # Whole stretches

    async def set_up(self, *, partners: Sequence[str] = PARTNERS, join: bool = False) -> None:
        """A partnership with its group, and every representative on a seat.

        Args:
            join: they have agreed to take part, too.
        """
        for text in ("/new", "Made-up Alliance", "Clean water for all", "English", "Nairobi"):
            await self.say(self.facilitator, text)
        await self.say(self.facilitator, "\n".join(partners))
        for label in ("That is all", "Done"):
            await self.press(self.facilitator, label)
        self.world.add_bot_to_group(self.facilitator, self.group, "p1")
        await self.settle()
        for person, token in zip(self.representatives, await self.invitations(), strict=False):
            self.world.open_link(person, token)
            await self.settle()
            if join:
                await self.join(person)

    async def join(self, person: int) -> str:
        """Agree to the notice."""
        return await self.press_at(person, 0, 0)

    async def invitations(self) -> list[str]:
        """New links for all free seats; returns their tokens."""
        shown = await self.tap(self.facilitator, "!p/1/invite")
        return re.findall(r"start=([\w-]+)", shown)

    async def ask_for_levels(self, decisions: Iterable[str] = DECISIONS) -> int:
        """A round whose decisions the facilitators bring, open for answers. Returns: its number."""
        await self.tap(self.facilitator, "!p/1/new/baseline")
        number = (await self.round()).id
        await self.tap(self.facilitator, f"!r/{number}/bring")
        await self.say(self.facilitator, "\n".join(decisions))
        await self.press(self.facilitator, "That is all")
        await self.tap(self.facilitator, f"!r/{number}/ask")
        return number

    async def answer(self, person: int, *words: str) -> str:
        """Go to the questions and type these answers."""
        await self.say(person, "/answer")
        shown = self.text(person)
        for word in words:
            shown = await self.say(person, word)
        return shown

    async def close(self) -> None:
        """Let the open window end and the digest come."""
        await self.push_to_end()
        await self.push_to_end()

    # Ends and beginnings

    async def crash(self) -> None:
        """End as by ``kill -9``: whatever is under way stays as it is."""
        assert self._stored is not None
        await fall(self.machine, self._stored)

    async def come_back(self) -> None:
        """Start again on what the folder holds."""
        self._stored = open_store(self.settings)
        self._machine = self.built(self._stored)
        await self._machine.start()
        await self._machine.tick()
        await self.settle()


async def fall(machine: Machine, stored: Stored) -> None:
    """Let a process end as by ``kill -9``."""
    sender, lanes = machine._sender, machine._source._intake._lanes
    passing = [] if machine._introducing is None else [machine._introducing]
    tasks = [*machine._running, *passing, *sender._under_way.values(), *lanes._workers]
    while tasks:  # a task that has just been woken takes another turn before it gives in
        for task in tasks:
            task.cancel()
        _, left = await asyncio.wait(tasks, timeout=0.01)
        tasks = list(left)
    await machine._ticker.stop()
    stored.store.stop_now()


def buttons(message: Message) -> list[dict[str, str]]:
    markup = message.markup or {"inline_keyboard": []}
    return [button for row in markup["inline_keyboard"] for button in row]


def _rounds(work: Work) -> tuple[Round, ...]:
    return work.tx.rounds.of_partnership(PartnershipId(1))


def _under_way(work: Work) -> int:
    """Messages that are being sent, or could be by now."""
    now = or_(OUTBOX.c.due.is_(None), OUTBOX.c.due <= work.now)
    waiting = or_(OUTBOX.c.state == "sending", (OUTBOX.c.state == "pending") & now)
    return int(connection_of(work).execute(select(func.count()).where(waiting)).scalar_one())


def connection_of(work: Work) -> Connection:
    """The connection under a transaction, to look at rows as they lie there."""
    found: Connection = work.tx.outbox._connection  # type: ignore[attr-defined]
    return found
