"""The playground: the real bot over a stand-in of Telegram, with a cast, a clock to push and helping hands."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.adapters.db.vault import random_id
from bot.adapters.playground.controls import Cast, Language, Phone, Step
from bot.adapters.playground.request import StandInRequest
from bot.adapters.playground.server import PlaygroundServer
from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from bot.adapters.system import SystemRandomness
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.webhook import Hook
from bot.app import helping_hands, planning
from bot.app.ports import Randomness
from bot.app.work import Work
from bot.core.ids import RoundId
from bot.core.rounds.due import ends
from bot.core.rounds.lifecycle import OPEN, RoundState
from bot.core.text import Line, say
from bot.errors import Refusal
from bot.settings import Settings
from bot.wiring import tour
from bot.wiring.clock import DAY, PushedClock
from bot.wiring.machine import Machine, Stored, open_store

TOKEN = "1000:PLAYGROUND-NEEDS-NO-SECRET"  # noqa: S105 - opens nothing, the stand-in is in this process

FACILITATOR = "Facilitator"
PARTNERS = (
    ("Partner A", "fr"),
    ("Partner B", "en"),
    ("Partner C", "ar"),
    ("Partner D", "sw"),
    ("Partner E", "bn"),
)
"""Who is on the page besides the facilitator, and the language of their phone."""

SHORTLY = timedelta(seconds=1)
DAYS_OF_A_YEAR = 365
MOST_WAITS = 400
STEPS: dict[str, timedelta] = {"hour": timedelta(hours=1), "day": DAY}


@dataclass
class Playground:
    """Fulfils the page's ``Controls``: one machine, one world, one database of its own.

    Attributes:
        settings: ``data_dir`` is emptied by *start over*, so it is never the directory of a live bot.
        paced: keep to Telegram's limits of messages a second; tests need not wait for them.
        draw: makes ids of people and groups; tests give a predictable one.
        partners: who is on the page besides the facilitator, and the language of their phone.
    """

    settings: Settings
    randomness: Randomness
    paced: bool = True
    draw: Callable[[], int] = random_id
    partners: Sequence[tuple[str, str]] = PARTNERS

    def __post_init__(self) -> None:
        self.clock = PushedClock()
        self.standin = StandIn(self.clock.now, token=TOKEN, pace=self.paced)
        self.world = World(self.standin)
        self._acts = asyncio.Lock()  # pushing, filling in and starting over never overlap
        self._stored: Stored | None = None
        self._machine: Machine | None = None
        self._cast: Cast

    @property
    def machine(self) -> Machine:
        assert self._machine is not None  # noqa: S101 - the page opens after start
        return self._machine

    async def start(self) -> None:
        """Begin on the first day."""
        shutil.rmtree(self.settings.data_dir, ignore_errors=True)
        facilitator = self.world.add_person(FACILITATOR, "en")
        partners = [(self.world.add_person(name, language), name) for name, language in self.partners]
        group = self.world.add_group("Our partnership", facilitator, *(person for person, _ in partners))
        self._stored = open_store(self.settings, draw=self.draw)
        self._machine = self.built(self._stored)
        catalogs = self._machine.catalogs
        self._cast = Cast(
            phones=(
                Phone(facilitator, FACILITATOR),
                *(Phone(person, name, represents=True) for person, name in partners),
            ),
            group=group,
            languages=tuple(
                Language(code, catalogs.name(code), "rtl" if catalogs.is_right_to_left(code) else "ltr")
                for code in catalogs.languages
            ),
        )
        await self._machine.start()

    def built(self, stored: Stored, hook: Hook | None = None) -> Machine:
        """A machine that works in this world; with a hook, whoever plays brings it updates."""
        return Machine(
            self.settings,
            stored,
            token=TOKEN,
            request=StandInRequest(self.standin),
            clock=self.clock,
            random=self.randomness,
            pace=Pace() if self.paced else Pace.unlimited(),
            seconds=lambda: self.now().timestamp(),  # when the clock is pushed, chats have rested, too
            hook=hook,
        )

    async def stop(self) -> None:
        """Stop the machine and leave nothing behind."""
        if self._machine is not None:
            await self._machine.stop()
            self._machine = None
        if self._stored is not None:
            await self._stored.store.stop()
            self._stored = None
        shutil.rmtree(self.settings.data_dir, ignore_errors=True)

    def now(self) -> datetime:
        return self.clock.now()

    def cast(self) -> Cast:
        return self._cast

    def render(self, line: Line, language: str) -> str:
        return self.machine.catalogs.render(line, language)

    async def hint(self) -> Line:
        return await self.machine.service.run(tour.hint, host=self._cast.phones[0].person)

    async def push(self, step: Step) -> None:
        """Let time pass, and let the bot do what has become due.

        Raises: Refusal, when there is no date to push to.
        """
        async with self._acts:
            if step == "year":
                await self._live_through(DAYS_OF_A_YEAR)
                return
            by = STEPS.get(step)
            if by is None:
                date = await self.machine.service.run(_next_date)
                if date is None:
                    raise Refusal(say("There is no date to go to. Open a round on the facilitator's phone."))
                by = date - self.now() + SHORTLY
            await self._leap(by)

    async def _leap(self, by: timedelta) -> None:
        self.clock.push(by)
        await self.machine.tick()
        self.standin.state.tell("all")

    async def _live_through(self, days: int) -> None:
        """Day after day; whatever opens is answered by everybody on the page."""
        dice = random.Random(days)  # noqa: S311 - opinions, no secrets
        answered: set[RoundId] = set()
        end = self.now() + days * DAY
        while (now := self.now()) < end:
            date = await self.machine.service.run(_next_date)  # so that everything happens at its hour
            await self._leap(min(DAY, date - now + SHORTLY) if date is not None and date > now else DAY)
            for round_id in await self.machine.service.run(helping_hands.open_rounds):
                if round_id not in answered:
                    answered.add(round_id)
                    await self.machine.service.run(helping_hands.everybody_answers, round_id, dice)
            await self._delivered()

    async def _delivered(self) -> None:
        """Wait until what is due has been sent, so that nobody reads on Tuesday what was said on Monday."""
        for _ in range(MOST_WAITS):
            if not await self.machine.service.run(_to_send):
                return
            await asyncio.sleep(0.005)

    async def start_over(self) -> None:
        async with self._acts:
            await self.stop()
            self.standin.reset()
            await self.start()
            self.standin.state.tell("all")

    async def fill(self, person: int) -> None:
        """Take a free seat, or answer what is asked; what was answered by hand stays.

        Raises: Refusal, when there is nothing to fill in.
        """
        async with self._acts:
            dice = random.Random(person)  # noqa: S311 - an opinion, not a secret
            await self.machine.service.run(
                helping_hands.fill_in, person, dice, host=self._cast.phones[0].person
            )

    async def speak(self, person: int, language: str) -> None:
        """Switch a phone, and what the bot says to its owner."""
        self.world.set_language(person, language)
        await self.machine.service.run(helping_hands.speak, person, language)


def _next_date(work: Work) -> datetime | None:
    """The nearest of what everybody waits for: the end of a window, a digest, a check-in."""
    found = [end for round_ in work.tx.rounds.in_states(OPEN) if (end := ends(round_)) is not None]
    for partnership in {round_.partnership for round_ in work.tx.rounds.in_states(list(RoundState))}:
        found += [dated.coming.at for dated in planning.dates(work, partnership, each=1)]
    return min(found, default=None)


def _to_send(work: Work) -> int:
    return work.tx.outbox.waiting()


async def play(settings: Settings, stop: asyncio.Event, *, say_where: Callable[[str], None]) -> None:
    """Open the playground until asked to stop.

    Args:
        say_where: is told the address of the page.
    """
    folder = settings.data_dir.resolve() / "playground"
    own = Settings.model_construct(
        **settings.model_dump()
        | {"data_dir": folder, "database_url": "", "master_key_file": None, "key_dir": None}
    )
    playground = Playground(own, SystemRandomness())
    await playground.start()
    host, port = settings.address
    server = PlaygroundServer(playground.world, playground, host=host, port=port)
    try:
        say_where(await server.start())
        await stop.wait()
    finally:
        await server.stop()
        await playground.stop()
