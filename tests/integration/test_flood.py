"""A flood from one chat: it costs little, and nobody waits for it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest
import pytest_asyncio

from bot.adapters.telegram import intake
from bot.adapters.telegram.excess import AT_ONCE, Excess
from tests.integration.test_polling import Desk, Telegram

LOUD, EVERY = 1001, 50
"""Who floods, and after how many updates of theirs somebody else says something."""


@pytest_asyncio.fixture
async def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk for which no time passes, so that nothing comes back of what was used up."""
    monkeypatch.setattr(intake, "Excess", partial(Excess, clock=lambda: 0.0))
    return Desk(Telegram())


async def test_of_a_thousand_updates_of_one_chat_only_the_first_go_before_those_of_others(desk: Desk) -> None:
    others = [desk.world.add_person(f"Person {number}") for number in range(20)]
    for number in range(1000):
        desk.world.say(LOUD, f"flood {number}")
        if number % EVERY == EVERY - 1:
            desk.world.say(others[number // EVERY], "an answer")
    last = desk.world.last_update
    await desk.run(end=lambda: desk.telegram.offsets[-1:] == [last + 1])
    said = desk.said
    flood = [words for words in said if words != "an answer"]
    assert flood == [f"flood {number}" for number in range(AT_ONCE)]
    assert said.count("an answer") == 20
    last_of_flood = said.index(flood[-1])
    assert said[last_of_flood:].count("an answer") >= 20 - AT_ONCE // EVERY - 1, "the others came later"
    assert len(said[last_of_flood + 1 :]) == said[last_of_flood:].count("an answer"), (
        "with nothing before them"
    )
    assert desk.aside == []
    assert desk.telegram.state.queue.waiting == 0


async def test_while_the_first_of_a_flood_is_not_done_everybody_else_in_the_batch_is(desk: Desk) -> None:
    others = [desk.world.add_person(f"Person {number}") for number in range(9)]
    for number in range(90):
        desk.world.say(LOUD, f"flood {number}")
    for person in others:
        desk.world.say(person, "an answer")
    held, run = asyncio.Event(), desk.service.run

    async def slow(use_case: Any, *args: Any, **given: Any) -> Any:
        if given["text"] == "flood 0":
            await held.wait()
        return await run(use_case, *args, **given)

    desk.service.run = slow  # type: ignore[method-assign]

    def done() -> bool:
        if desk.said == ["an answer"] * 9:
            held.set()
        return len(desk.said) == 99

    await desk.run(end=done)
    assert desk.said == ["an answer"] * 9 + [f"flood {number}" for number in range(90)]


async def test_what_a_phone_brings_back_after_a_day_is_all_handled_however_often_the_store_fails(
    desk: Desk,
) -> None:
    """Ten times nothing can be stored, not even that it failed; each time Telegram brings everything again."""
    for number in range(100):
        desk.world.say(LOUD, f"answer {number}")
    failures, run = 10 * 100 * 3, desk.service.run

    async def failing(use_case: Any, *args: Any, **given: Any) -> Any:
        nonlocal failures
        if use_case.__name__ == "said" and failures > 0:
            failures -= 1
            raise RuntimeError
        return await run(use_case, *args, **given)

    desk.service.run = failing  # type: ignore[method-assign]
    desk.set_aside_fails = True
    await desk.run(end=lambda: len(desk.said) == 100)
    assert desk.said == [f"answer {number}" for number in range(100)]
    assert desk.slept >= 10
