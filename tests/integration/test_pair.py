"""Two facilitators and a question to them, through the whole application."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.rounds.lifecycle import RoundState
from tests.town import Town

WEEK = timedelta(days=7)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    made = Town.in_folder(tmp_path)
    await made.start()
    await made.set_up(join=True)
    yield made
    await made.stop()


async def invited(town: Town, action: str = "invite") -> str:
    """The token of a link to facilitate."""
    shown = await town.tap(town.facilitator, f"!p/1/pair/{action}")
    (token,) = re.findall(r"start=([\w-]+)", shown)
    return str(token)


async def with_a_second(town: Town) -> int:
    """Somebody without a seat who facilitates, too."""
    second = town.world.add_person("Second Facilitator")
    town.world.open_link(second, await invited(town))
    await town.settle()
    await town.press(second, "I take it on")
    return second


async def test_a_second_facilitator_comes_by_link_and_both_open_the_round(town: Town) -> None:
    second = await with_a_second(town)
    assert town.posts("The facilitators changed") == [
        "The facilitators changed\n2 people facilitate this partnership now."
    ]
    await town.tap(town.facilitator, "!p/1/new/baseline")
    assert "waits for the other facilitator" in await town.tap(town.facilitator, "!r/1/open")
    assert town.posts("A round has opened") == []
    assert "The other facilitator would like this" in await town.tap(second, "r/1")
    await town.tap(second, "!r/1/open")
    assert (await town.round()).state is RoundState.COLLECTING
    assert len(town.posts("A round has opened")) == 1
    stays = await town.tap(second, "!p/1/pair/hand")
    assert "While a round is open its facilitators stay the same" in stays


async def test_a_silent_facilitator_goes_by_the_word_of_two_partners(town: Town) -> None:
    second = await with_a_second(town)
    await town.tap(second, "!p/1/pair/other")
    assert "proposes to go on alone" in town.text(town.facilitator)
    await town.pass_time(WEEK + timedelta(days=1))
    first, another = town.representatives[1:3]  # whose phones are in English
    for person in (first, another):
        assert "silent for a week" in town.text(person)
        await town.press(person, "Confirm it")
    assert "You no longer facilitate Made-up Alliance" in town.text(town.facilitator)
    assert "not available" in await town.tap(town.facilitator, "p/1")
    assert "You facilitate alone" in await town.tap(second, "p/1/pair")


async def test_a_question_is_asked_in_private_and_replied_to_in_the_group(town: Town) -> None:
    asker = town.representatives[1]
    await town.tap(asker, "desk/question/1")
    await town.say(asker, "Who chose the <b>dates</b>?")
    await town.press(asker, "No, without a name")
    assert "Thank you" in town.text(asker)
    assert all("dates" not in item.text for item in town.from_bot(asker)), "nothing of it stays in the chat"
    await town.pass_time(timedelta(days=2))
    assert "Questions to the facilitators" in town.text(town.facilitator)
    await town.press(town.facilitator, "1")
    await town.press(town.facilitator, "Reply to all")
    await town.say(town.facilitator, "We did. Next time we ask first.")
    assert town.posts("Questions to the facilitators") == [
        "Questions to the facilitators\nSomebody asks:\n“Who chose the <b>dates</b>?”\n\n"
        "The facilitators reply:\nWe did. Next time we ask first."
    ]


async def test_a_stand_in_is_announced_before_anybody_answers(town: Town) -> None:
    for action in ("!s/1/free", "!s/1/standin/1"):
        await town.tap(town.facilitator, action)
    newcomer = town.world.add_person("Stand-in")
    town.world.open_link(newcomer, (await town.invitations())[0])
    await town.settle()
    assert "as a stand-in" in town.text(newcomer)
    await town.join(newcomer)
    await town.tap(town.facilitator, "!p/1/new/baseline")
    await town.tap(town.facilitator, "!r/1/open")
    assert "PA (1, with a stand-in)" in town.text(town.group)
