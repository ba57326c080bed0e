"""What a poor line is spared: a message for every step, pictures, previews, and chats to scroll through.

A phone without a network keeps what was typed and delivers a day at once. How many bytes each packet costs:
reference/telegram.md, section 4.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app.sayings import method
from bot.core.text import say
from tests.integration import test_round as whole
from tests.integration.test_checkins import on_the_calendar
from tests.offline import (
    AT_THE_AGREEMENTS,
    AT_THE_LEVELS,
    BRINGS,
    DECISIONS,
    Day,
    Wire,
    answers,
    begin,
    deliver,
    seeded,
    shows_the_present,
)
from tests.town import Town


@pytest.mark.parametrize("day", [AT_THE_LEVELS, AT_THE_AGREEMENTS], ids=["levels", "agreements"])
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.audit) for seed in range(1, 6))])
async def test_a_day_delivered_at_once_in_any_order_ends_right_with_one_message_each(
    town: Town, seed: int, day: Day
) -> None:
    wire, dice = Wire(town), seeded(seed)
    await town.set_up(join=True)
    await town.ask_for_levels(DECISIONS)
    people = town.representatives[1:4]
    offered = {person: await begin(town, wire, person, day) for person in people}
    expected = {person: await town.ask(answers, person) for person in people}
    wire.calls.clear()
    for person in people:
        expected[person] |= deliver(town, day, person, offered[person], dice, taps=25)
    await town.settle()
    for person in people:
        assert len(wire.brought(person)) == 1
        assert await shows_the_present(town, wire, person)
        assert await town.ask(answers, person) == expected[person]


@pytest.mark.parametrize(
    "turns", [0, 8, *(pytest.param(turns, marks=pytest.mark.audit) for turns in (1, 3, 50))]
)
async def test_a_day_whose_first_tap_arrives_ahead_brings_at_most_two(town: Town, turns: int) -> None:
    wire, dice, person = Wire(town), seeded(turns), town.representatives[1]
    await town.set_up(join=True)
    await town.ask_for_levels(DECISIONS)
    offered = await begin(town, wire, person, AT_THE_LEVELS)
    expected = await town.ask(answers, person)
    wire.calls.clear()
    ahead = next(press for press in offered if press.about == (DECISIONS[3], "1"))
    town.world.tap(person, ahead.message, ahead.data)
    for _ in range(turns):
        await asyncio.sleep(0)
    said = deliver(town, AT_THE_LEVELS, person, offered, dice, taps=30)
    await town.settle()
    assert 1 <= len(wire.brought(person)) <= 2
    assert await shows_the_present(town, wire, person)
    assert await town.ask(answers, person) == expected | {ahead.about: ahead.value} | said


async def test_more_than_one_poll_holds_brings_at_most_two(town: Town) -> None:
    wire, dice, person = Wire(town), seeded(1), town.representatives[1]
    await town.set_up(join=True)
    await town.ask_for_levels(DECISIONS)
    offered = await begin(town, wire, person, AT_THE_AGREEMENTS)
    wire.calls.clear()
    said = deliver(town, AT_THE_AGREEMENTS, person, offered, dice, taps=150)
    await town.settle()
    assert 1 <= len(wire.brought(person)) <= 2
    assert said.items() <= (await town.ask(answers, person)).items()


async def test_a_backlog_of_many_people_brings_each_at_most_two(town: Town) -> None:
    wire, dice = Wire(town), seeded(1)
    people = [town.world.add_person(f"Person {number}") for number in range(20)]
    backlog = [(person, command) for person in people for command in ("/help", "/privacy", "/start") * 10]
    dice.shuffle(backlog)
    for person, command in backlog:
        town.world.say(person, command)
    await town.settle()
    assert {len(wire.brought(person)) for person in people} <= {1, 2}


async def test_menus_pressed_at_once_bring_one_message_and_a_file_asked_for_often_comes_once(
    town: Town,
) -> None:
    await town.set_up(join=True)
    await on_the_calendar(town, "practice")
    wire, person = Wire(town), town.representatives[1]
    card = town.last(person).id
    for data in ("language", "mine", "!m/1/dates", "help", "!m/1/dates", "!m/1/dates", "privacy"):
        town.world.tap(person, card, data)
    town.world.say(person, "/next")
    await town.settle()
    assert sorted(wire.methods(person)) == ["sendDocument", "sendMessage"]


async def test_an_answer_has_one_message_and_a_tap_on_a_level_only_a_toast_until_the_row_is_complete(
    town: Town,
) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    wire, person = Wire(town), town.representatives[1]
    await town.answer(person)
    assert "Buttons" in town.labels(person), "the typed row comes first"
    assert wire.methods(person) == ["sendMessage"]
    for typed in ("4", "words", "3210"):
        await town.say(person, typed)
        assert wire.methods(person) == ["sendMessage"]
    await town.press(person, "Buttons")
    assert wire.methods(person) == ["editMessageText"]
    toasts = len(town.world.toasts(person))
    for label in ("1=4", "1=3", "2=0", "5=?", "4=1"):
        await town.press(person, label)
        assert wire.methods(person) == []
    assert len(town.world.toasts(person)) == toasts + 5
    await town.press(person, "3=2")
    assert wire.methods(person) == ["editMessageText"]
    for label in ("It is fine", "It is fine", "Done"):
        await town.press(person, label)
        assert wire.methods(person) == ["editMessageText"]


async def test_nothing_has_a_preview_or_a_picture_or_says_that_the_bot_is_typing(town: Town) -> None:
    wire = Wire(town)
    await whole.test_a_round_goes_from_its_opening_to_agreements_and_leaves_no_answers(town)
    methods = {call.method for call in wire.calls}
    assert methods <= BRINGS - {"sendPhoto", "sendDocument"} | {
        "deleteMessages",
        "deleteMessage",
        "answerCallbackQuery",
    }
    for call in wire.calls:
        if call.method in BRINGS:
            assert call.params["link_preview_options"] == {"is_disabled": True}
            assert call.params.get("disable_notification", True) or call.params["chat_id"] == town.group


@pytest.mark.parametrize("most", [1, 2, 3])
async def test_a_group_gets_an_announcement_once_and_the_digest_once_in_each_language(
    town: Town, most: int
) -> None:
    await town.set_up(join=True)
    catalogs, wire, group = town.machine.catalogs, Wire(town), town.group
    languages = catalogs.languages[:most]
    for language in languages[1:]:
        await town.tap(town.facilitator, f"!p/1/group/languages/{language}")
    await town.ask_for_levels(["One made-up decision"])
    (opened,) = wire.brought(group)
    for language in languages:
        assert catalogs.render(say("The questions are open"), language) in opened.result["text"]
    for person in town.representatives:
        await town.answer(person, "43210", "1")
    await town.push_to_end()
    wire.calls.clear()
    await town.push_to_end()
    texts = [call.result["text"] for call in wire.brought(group)]
    for text, language in zip(texts, languages, strict=True):
        assert catalogs.render(method(), language) in text


class Forgetful(Town):
    """A town whose phones keep no message of a private chat but the last card."""

    async def settle(self) -> None:
        await super().settle()
        for person in (self.facilitator, *self.representatives):
            kept = self.from_bot(person)[-1:]
            messages = self.standin.state.chats[person].messages
            messages.clear()
            messages.update({card.id: card for card in kept})


@pytest_asyncio.fixture
async def forgetful(tmp_path: Path) -> AsyncIterator[Town]:
    made = Forgetful.in_folder(tmp_path / "data")
    await made.start()
    yield made
    await made.stop()


async def test_a_whole_round_needs_no_more_of_a_private_chat_than_its_last_card(forgetful: Town) -> None:
    await whole.test_a_round_goes_from_its_opening_to_agreements_and_leaves_no_answers(forgetful)


async def test_a_chat_that_was_emptied_goes_on_where_it_was(town: Town) -> None:
    await town.set_up(join=True)
    await town.ask_for_levels()
    person = town.representatives[1]
    seen = []
    for typed in ("43210", "01234", "It is fine", "2", "3=4", "Skip", "Done"):
        town.standin.state.chats[person].messages.clear()
        seen.append((await town.say(person, "/answer")).partition("\n")[0])
        town.standin.state.chats[person].messages.clear()
        await town.say(person, typed)
    assert seen == [*(f"Question {number} of 4" for number in (1, 2, 3, 4, 4, 4)), "Your answers"]
