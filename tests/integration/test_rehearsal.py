"""Looking at a round, and trying it out, before anybody is asked: played on the facilitator's phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.adapters.db.schema import metadata
from bot.app.work import Work
from bot.core.rounds.lifecycle import Kind
from tests.town import Town

LEVELS = "43210"
OF_THE_CHAT = {"person", "place", "outbox", "processed_update"}
"""Tables that change whenever somebody presses something."""

NOTHING = {
    Kind.ACTIONS: "There is no action under way to ask about.",
    Kind.PRACTICE: "No levels have been agreed yet, so there is nothing to ask about.",
    Kind.PULSE: "There are no statements yet. Write some first.",
    Kind.EVALUATION: "There is no round to look back at yet.",
    Kind.CONSENT: "No meeting has proposed anything that does not count yet, so there is nothing to look at.",
}


def content(work: Work) -> Mapping[str, Any]:
    """Everything that is stored, apart from the chat itself."""
    connection = work.tx.people._connection  # type: ignore[attr-defined]
    return {
        table.name: connection.execute(table.select()).all()
        for table in metadata.sorted_tables
        if table.name not in OF_THE_CHAT
    }


async def test_a_whole_round_can_be_tried_out_and_leaves_nothing(town: Town) -> None:
    await town.set_up()
    await town.tap(town.facilitator, "p/1")
    before = await town.ask(content)
    person = town.facilitator
    await town.press(person, "Try it out")
    await town.press(person, "From the beginning")
    await town.say(person, "Where the wells are dug\nWho speaks at meetings")
    assert "one list" in await town.press(person, "That is all")
    assert "Where the wells are dug" in await town.press(person, "Go on")
    assert "Who speaks at meetings" in await town.say(person, LEVELS)
    await town.say(person, LEVELS)
    await town.press(person, "It is fine")
    await town.press(person, "It is fine")
    assert "is gone" in await town.press(person, "Done")
    digest = await town.press(person, "Digest")
    assert "Views are split" in digest
    assert await town.ask(content) == before
    assert town.machine.service.setting.keys.existing() == frozenset()


async def test_who_begins_again_begins_with_nothing_and_goes_on_from_there(town: Town) -> None:
    await town.set_up()
    person = town.facilitator
    for _ in range(2):
        await town.tap(person, "p/1")
        await town.press(person, "Try it out")
        first = await town.press(person, "From the beginning")
        assert "Where the wells are dug" not in first
        assert "That is all" not in town.labels(person)
        await town.say(person, "Where the wells are dug")
        await town.say(person, "/pause")
    await town.tap(person, "try/1/contribute")
    assert "one list" in await town.press(person, "That is all")


async def test_every_card_can_be_looked_at_in_another_language_and_leaves_nothing(town: Town) -> None:
    await town.set_up()
    await town.tap(town.facilitator, "p/1")
    before = await town.ask(content)
    person = town.facilitator
    await town.press(person, "Preview")
    text = await town.press(person, "Round")
    assert "You are invited" in text
    await town.press(person, "In another language")
    assert "Une invitation pour vous" in await town.press(person, "Français")
    seen = [text]
    while "Further" in town.labels(person):
        seen.append(await town.press(person, "Further"))
    assert len(seen) > 15
    assert len(set(seen)) == len(seen)
    assert await town.ask(content) == before


async def test_a_button_of_a_previewed_card_leads_to_the_next_card(town: Town) -> None:
    await town.set_up()
    await town.tap(town.facilitator, "p/1")
    await town.press(town.facilitator, "Preview")
    await town.press(town.facilitator, "Round")
    assert "card 2 of" in await town.press(town.facilitator, "I take part")


@pytest.mark.parametrize("kind", NOTHING)
async def test_a_preview_with_nothing_to_ask_about_says_so(town: Town, kind: Kind) -> None:
    await town.set_up()
    await town.tap(town.facilitator, "p/1")
    await town.press(town.facilitator, "Preview")
    await town.tap(town.facilitator, f"preview/1/{kind}/1/en")
    assert NOTHING[kind] in town.text(town.facilitator)
