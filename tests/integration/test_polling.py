"""Polling against the stand-in of Telegram: nothing is confirmed before it is committed or set aside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any, cast

import pytest
import pytest_asyncio
from telegram.error import NetworkError

from bot.adapters.playground.faults import Fault
from bot.adapters.playground.request import StandInRequest
from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from bot.adapters.telegram.apologies import Apologies
from bot.adapters.telegram.application import PollingBot, build_application
from bot.adapters.telegram.handlers import Handlers
from bot.adapters.telegram.intake import Intake
from bot.adapters.telegram.lanes import Lanes
from bot.adapters.telegram.polling import Poller
from bot.adapters.telegram.taps import Taps
from bot.app.work import Service
from bot.errors import SettingsError, StoreError
from tests.unit.telegram.scripted import NotingService, until

TOKEN = "1:made-up"  # noqa: S105


class Telegram(StandIn):
    """The stand-in, which also notes with which offset it was asked."""

    def __init__(self) -> None:
        super().__init__(lambda: datetime(2027, 3, 1, 9, 0, tzinfo=UTC), token=TOKEN)
        self.offsets: list[int | None] = []

    async def call(self, method: str, params: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "getUpdates":
            self.offsets.append(params.get("offset"))
        return await super().call(method, params)


class Desk:
    """A poller in front of a noting service; ``before_commit`` may hold or break a commit."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram, self.world = telegram, World(telegram)
        self.service = NotingService(language_of="en")
        self.aside: list[int] = []
        self.slept = 0
        self.set_aside_fails = False
        self.world.add_person("Person A")
        self.world.add_person("Person B")

    def poller(self, bot: PollingBot, intake: Intake) -> Poller:
        return Poller(bot, intake, sleep=self.sleep)

    async def sleep(self, _: float) -> None:
        self.slept += 1
        await asyncio.sleep(0)

    async def set_aside(self, number: int, _: str) -> None:
        if self.set_aside_fails:
            raise StoreError("disk full")
        self.aside.append(number)

    async def run(self, *, end: Callable[[], bool]) -> None:
        """Start a bot, let it work until something holds, and stop it."""
        service, request = cast("Service", self.service), StandInRequest(self.telegram)
        async with build_application(TOKEN, request=request, handlers=[]) as application:
            taps = Taps(application.bot)
            application.add_handlers(Handlers(service, taps).in_order())
            intake = Intake(
                application,
                lanes=Lanes(100),
                taps=taps,
                apologies=Apologies(service, application.bot),
                set_aside=self.set_aside,
                rests=(0, 0),
            )
            poller = self.poller(application.bot, intake)
            running = asyncio.create_task(poller.run())
            await until(lambda: end() or running.done())
            poller.stop()
            await running

    @property
    def said(self) -> list[str]:
        return [note[3] for note in self.service.notes if note[0] == "said"]


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    yield Desk(Telegram())


async def test_updates_are_handled_in_order_and_then_confirmed(desk: Desk) -> None:
    for words in ("one", "two", "three"):
        desk.world.say(1001, words)
    last = desk.world.last_update
    await desk.run(end=lambda: desk.telegram.offsets[1:] == [last + 1])
    assert desk.said == ["one", "two", "three"]
    assert desk.telegram.offsets == [None, last + 1]
    assert desk.telegram.state.queue.waiting == 0


async def test_nothing_is_confirmed_while_a_commit_is_under_way(desk: Desk) -> None:
    desk.world.say(1001, "slow")
    desk.world.say(1002, "quick")
    held, run = asyncio.Event(), desk.service.run

    async def slow(use_case: Any, *args: Any, **given: Any) -> Any:
        if given["text"] == "slow":
            await held.wait()
        return await run(use_case, *args, **given)

    desk.service.run = slow  # type: ignore[method-assign]

    def quick_is_done() -> bool:
        if desk.said == ["quick"]:
            assert desk.telegram.offsets == [None]
            held.set()
        return len(desk.telegram.offsets) == 2

    await desk.run(end=quick_is_done)
    assert desk.said == ["quick", "slow"]


async def test_a_bot_killed_before_its_commit_gets_the_update_again(desk: Desk) -> None:
    desk.world.say(1001, "first")
    never, run = asyncio.Event(), desk.service.run

    async def dies(use_case: Any, *args: Any, **given: Any) -> Any:
        started.set()
        await never.wait()

    started = asyncio.Event()
    desk.service.run = dies  # type: ignore[method-assign]
    killed = asyncio.create_task(desk.run(end=lambda: False))
    await started.wait()
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    assert (desk.said, desk.telegram.state.queue.waiting) == ([], 1)

    desk.service.run = run  # type: ignore[method-assign]
    await desk.run(end=lambda: desk.telegram.state.queue.waiting == 0)
    assert desk.said == ["first"]


async def test_a_bot_killed_after_its_commit_handles_nothing_twice(desk: Desk) -> None:
    desk.world.say(1001, "first")
    number = desk.world.last_update
    await desk.run(end=lambda: desk.telegram.state.queue.waiting == 0)
    desk.telegram.state.queue.put_back(number)
    await desk.run(end=lambda: desk.telegram.state.queue.waiting == 0)
    assert desk.said == ["first"]


async def test_a_poison_update_among_good_ones_is_set_aside_and_confirmed(desk: Desk) -> None:
    desk.world.say(1001, "before")
    poison = desk.telegram.state.queue.add("callback_query", {"id": "q", "message": {"message_id": 1}})
    desk.world.say(1001, "after")
    await desk.run(end=lambda: desk.telegram.state.queue.waiting == 0)
    assert (desk.said, desk.aside) == (["before", "after"], [poison])


async def test_what_cannot_even_be_set_aside_stays_with_telegram(desk: Desk) -> None:
    desk.world.say(1001, "good")
    desk.world.say(1001, "bad")
    bad, run = desk.world.last_update, desk.service.run
    desk.set_aside_fails = True

    async def breaks(use_case: Any, *args: Any, **given: Any) -> Any:
        if given.get("text") == "bad" and desk.set_aside_fails:
            raise StoreError("disk full")
        return await run(use_case, *args, **given)

    def mended() -> bool:
        if desk.telegram.offsets[-1:] == [bad]:
            desk.set_aside_fails = False
        return desk.telegram.state.queue.waiting == 0

    desk.service.run = breaks  # type: ignore[method-assign]
    await desk.run(end=mended)
    assert desk.said == ["good", "bad"]
    assert desk.telegram.offsets[:2] == [None, bad]


@pytest.mark.parametrize("outcome", [500, NetworkError("cut"), 429])
async def test_a_failing_poll_waits_and_asks_again(desk: Desk, outcome: int | Exception) -> None:
    desk.world.say(1001, "hello")
    fault = Fault(outcome, after_performing=False, retry_after=3 if outcome == 429 else None)
    desk.telegram.faults.plan("getUpdates", fault)
    await desk.run(end=lambda: desk.telegram.state.queue.waiting == 0)
    assert (desk.said, desk.slept) == (["hello"], 1)


@pytest.mark.parametrize(
    ("status", "word"), [(409, "another program"), (401, "BotFather"), (404, "BotFather")]
)
async def test_a_second_poller_or_a_wrong_token_ends_the_poller_plainly(
    desk: Desk, status: int, word: str
) -> None:
    desk.telegram.faults.plan("getUpdates", Fault(status, after_performing=False))
    with pytest.raises(SettingsError, match=word):
        await desk.run(end=lambda: False)


async def test_stopping_drops_a_waiting_poll_at_once(desk: Desk) -> None:
    await desk.run(end=lambda: len(desk.telegram.offsets) == 1)
    assert desk.telegram.offsets == [None]
