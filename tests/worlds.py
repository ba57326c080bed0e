"""Made-up worlds that are played through to the digest, the same way every time.

A world is one whole round of a partnership. What its people do is typed or tapped through the real application;
its time is pushed and its dice are seeded, so that two worlds differ in nothing but what their plans differ in.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.adapters.playground.world import World
from bot.app.work import Work
from bot.core.rounds.due import FORETELLING
from bot.core.rounds.lifecycle import INTERVAL
from bot.core.text import Text
from bot.settings import Settings
from tests.plans import WISHES, Plan, Words
from tests.town import DECISIONS, PARTNERS, Town
from tests.traces import Recorder, Trace, names_in, overheard, pages_of, pages_of_group, rows_of

T = TypeVar("T")

MORE_PARTNERS = ("Partner F | PF | national", "Partner G | PG | local")
MANY = tuple(f"Decision {letter}" for letter in "ABCDEFGHIJKL")
"""A list long enough for a vote."""
APART = timedelta(hours=5)
"""Between two people's passages."""

BEFORE_THE_CLOSE = FORETELLING - timedelta(hours=1)
"""When the world is looked at before the close: the group has just been told whether a summary is possible."""


class SeededRandomness:
    """Draws that follow from a seed, each kind from a row of its own; all sittings have one salt."""

    def __init__(self, seed: int) -> None:
        self._tokens, self._order, self._hours = (_row_of_draws(seed, kind) for kind in range(3))

    def token(self) -> str:
        return f"{self._tokens.getrandbits(128):032x}"

    def salt(self) -> str:
        return "a-made-up-salt"

    def shuffled(self, items: Iterable[T]) -> list[T]:
        shuffled = list(items)
        self._order.shuffle(shuffled)
        return shuffled

    def hours_between(self, least: float, most: float) -> float:
        return self._hours.uniform(least, most)


def _row_of_draws(seed: int, number: int) -> random.Random:
    return random.Random(f"{seed}/{number}")  # noqa: S311 - to be the same every time


@dataclass
class Scene(Town):
    """A town with as many seats as a plan needs, which writes down what everybody is told."""

    languages: Words = ("en",) * 5
    _more: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path, *, seed: int = 1, languages: Words = ("en",) * 5) -> Scene:
        ids = _row_of_draws(seed, 3)
        return cls(
            settings_in(folder),
            SeededRandomness(seed),
            paced=False,
            draw=lambda: ids.randrange(1, 2**53),
            languages=languages,
        )

    def __post_init__(self) -> None:
        super().__post_init__()
        self.standin = self.recorder = Recorder(self.clock.now)
        self.world = World(self.standin)

    @property
    def representatives(self) -> list[int]:
        return [*super().representatives, *self._more][: len(self.languages)]

    @property
    def database(self) -> Path:
        return self.settings.data_dir / "bot.sqlite3"

    async def start(self) -> None:
        await super().start()
        self.machine._ticker._scheduler.pause()  # where a world takes long, no tick comes between
        for line in MORE_PARTNERS[: max(0, len(self.languages) - len(PARTNERS))]:
            self._more.append(self.world.add_person(line.partition(" |")[0]))
            self.world.join(self._more[-1], self.group)
        for person, language in zip(self.representatives, self.languages, strict=True):
            self.world.set_language(person, language)

    async def prepare(self, plan: Plan) -> None:
        """Everything up to the moment at which the round asks for levels."""
        await self.make_list(plan)
        await self.ask_for_answers()

    async def make_list(self, plan: Plan) -> None:
        """Everything up to the list of decisions."""
        await self.set_up(partners=[*PARTNERS, *MORE_PARTNERS][: len(self.languages)], join=True)
        await self.tap(self.facilitator, "!p/1/new/baseline")
        if plan.wishes:
            await self.tap(self.facilitator, "!r/1/mode/proposed")
        await self.tap(self.facilitator, "!r/1/open" if any(plan.named) else "!r/1/bring")
        for seat, person in enumerate(self.representatives):
            for action in WISHES[plan.wishes[seat]] if plan.wishes else ():
                await self.tap(person, action)
            await self.pass_through(person, plan.named[seat])
        if any(plan.named):
            await self.pass_time(APART)  # what was left open is folded before the end comes
            await self.push_to_end()
        else:
            await self.say(self.facilitator, "\n".join(MANY if plan.voted else DECISIONS))
            await self.press(self.facilitator, "That is all")

    async def vote(self, voted: Sequence[Words]) -> None:
        """Everybody is asked which decisions matter most to them."""
        await self.tap(self.facilitator, "!r/1/vote")
        await self.everybody_answers(voted)
        await self.pass_time(APART)  # what was left open is folded before the end comes

    async def leave_out_most(self) -> None:
        """Of a long list two decisions stay."""
        for number in range(1, len(MANY) - 1):
            await self.tap(self.facilitator, f"!d/{number}/out")

    async def ask_for_answers(self) -> None:
        await self.tap(self.facilitator, "!r/1/ask")

    async def everybody_answers(self, given: Sequence[Words]) -> None:
        for person, words in zip(self.representatives, given, strict=True):
            await self.pass_through(person, words)

    async def ask_again(self) -> None:
        """A second round about the same decisions, once the rest is over."""
        await self.pass_time(INTERVAL)
        for action in ("!p/1/new/mid_term", "!r/2/carry", "!r/2/ask"):
            await self.tap(self.facilitator, action)

    async def agree_on_an_action(self) -> None:
        """One action from the meeting, about which everybody is asked."""
        await self.tap(self.facilitator, "desk/action/1")
        for words in ("1", "Share the draft", "2", "1/9/2027"):
            await self.say(self.facilitator, words)
        await self.tap(self.facilitator, "!r/1/finish")

    async def check_in(self) -> None:
        """The check-in on that action."""
        await self.tap(self.facilitator, "!c/1/actions/now")

    async def pass_through(self, person: int, words: Words) -> None:
        """One person's passage, or the same time without it."""
        self.clock.push(APART)
        if words:
            await self.say(person, "/answer")
        for word in words:
            if word.startswith("!"):
                await self.tap(person, word)
            elif (label := await self.ask(_in_language_of, person, word)) in self.labels(person):
                await self.press(person, label)
            else:
                await self.say(person, word)

    async def leave(self, folder: Path) -> None:
        """End this run as by ``kill -9`` and keep a copy of what it left."""
        await self.crash()
        shutil.copytree(self.settings.data_dir, folder)

    async def resume(self, folder: Path, *, at: datetime) -> None:
        """Go on from a copy of what ``leave`` kept, at that time; Telegram remembers the runs in between."""
        data = Path(tempfile.mkdtemp(dir=folder.parent)) / "data"
        shutil.copytree(folder, data)
        self.settings = settings_in(data)
        self.clock.push(at - self.now())
        await self.come_back()

    async def wait_until_before_the_close(self) -> None:
        end = (await self.round()).answer_until
        assert end is not None
        await self.pass_time(end - BEFORE_THE_CLOSE - self.now())


def settings_in(folder: Path) -> Settings:
    return Settings.model_construct(**Settings().model_dump() | {"data_dir": folder})


def _in_language_of(work: Work, account: int, word: str) -> str:
    """The words of a button on somebody's phone."""
    person = work.tx.people.find(account)
    assert person is not None
    return work.setting.catalogs.render(Text(word), work.tx.people.language(person))


async def play(plan: Plan, folder: Path, *, unseen: tuple[int, int], looking: bool = True) -> Trace:
    """Play a world and return all that it left behind, except in the chats of two seats.

    Pages are looked at from the first round on in which the two did not do the same: before it, both worlds are one.
    Everybody else is as they are: ``unseen`` must not hold the first seat, whose pages are looked at, too.

    Args:
        looking: whether pages are looked at at all; without them a world takes half the time.
    """
    trace = Trace()
    scene = Scene.of(folder, seed=plan.seed, languages=plan.languages)
    one, other = unseen

    def looks(*done: Sequence[object]) -> bool:
        return looking and any(stage[one] != stage[other] for stage in done if stage)

    with overheard() as log:
        await scene.start()
        try:
            await scene.make_list(plan)
            named = plan.wishes, plan.named
            if plan.voted:
                await scene.vote(plan.voted)
                await _look_around(scene, trace, "during the vote", pages=looks(*named, plan.voted))
                await scene.push_to_end()
                trace.rows["after the vote"] = rows_of(scene.database)  # of which all pages are made
                await scene.leave_out_most()
            await scene.ask_for_answers()
            await scene.everybody_answers(plan.given)
            first = *named, plan.voted, plan.given
            await _close(scene, trace, "first", pages=looks(*first))
            if plan.again:
                await scene.ask_again()
                await scene.everybody_answers(plan.again)
                await _close(scene, trace, "second", pages=looks(*first, plan.again))
            if plan.consented or plan.checked_in:
                await scene.agree_on_an_action()
                await scene.everybody_answers(plan.consented or ((),) * len(plan.given))
                await _close(scene, trace, "consent", pages=looks(*first, plan.again, plan.consented))
            if plan.checked_in:
                await scene.check_in()
                await scene.everybody_answers(plan.checked_in)
                asked = plan.again, plan.consented, plan.checked_in
                await _close(scene, trace, "check-in", pages=looks(*first, *asked))
        finally:
            await scene.stop()
    hidden = {scene.representatives[seat] for seat in unseen}
    trace.told = {chat: lines for chat, lines in scene.recorder.told.items() if chat not in hidden}
    trace.log = sorted(log)
    return trace


async def _close(scene: Scene, trace: Trace, round_: str, *, pages: bool) -> None:
    """Lead a round to its digest and look around before the close, after it and after the digest."""
    for name, wait in (
        ("before the close", scene.wait_until_before_the_close),
        ("after the close", scene.push_to_end),
        ("after the digest", scene.push_to_end),
    ):
        await wait()
        await _look_around(scene, trace, f"{round_} round, {name}", pages=pages)


async def _look_around(scene: Scene, trace: Trace, moment: str, *, pages: bool) -> None:
    """Note everything that is kept at a moment, and everything that is shown."""
    assert scene._stored is not None
    await scene._stored.store.prune(scene.now())  # as every hour
    trace.rows[moment] = rows_of(scene.database)
    trace.files[moment] = names_in(scene.settings.data_dir)
    if pages:
        trace.pages[moment] = await pages_of_group(scene)
        for person in (scene.facilitator, scene.representatives[0]):
            trace.pages[moment] += await pages_of(scene, person)
