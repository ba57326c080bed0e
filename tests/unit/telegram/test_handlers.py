"""Every kind of update reaches its use case with the right words, and no other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any, cast

import pytest
import pytest_asyncio
from telegram import Update

from bot.adapters.playground.request import StandInRequest
from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from bot.adapters.telegram.application import AnyApplication, build_application
from bot.adapters.telegram.handlers import Handlers, parse_command
from bot.adapters.telegram.taps import Taps
from bot.app.work import Service
from tests.unit.telegram.scripted import NotingService

TOKEN = "1:made-up"  # noqa: S105


class Toasts:
    """Stands where ``Taps`` stands."""

    def __init__(self) -> None:
        self.said: list[str | None] = []

    def say(self, query: str, words: str | None) -> None:
        self.said.append(words)


class Desk:
    """An application on a stand-in of Telegram, whose use cases are only noted."""

    def __init__(
        self, world: World, application: AnyApplication, service: NotingService, toasts: Toasts
    ) -> None:
        self.world, self.application, self.service, self.toasts = world, application, service, toasts

    async def notes(self, act: Callable[[], object]) -> list[tuple[Any, ...]]:
        """What the updates that an act causes lead to."""
        act()
        self.service.notes.clear()
        for raw in await self.application.bot.raw_updates(offset=None, limit=100, wait=0):
            await self.application.process_update(Update.de_json(raw, self.application.bot))
        return self.service.notes


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    standin = StandIn(lambda: datetime(2027, 3, 1, 9, 0, tzinfo=UTC), token=TOKEN)
    world, service, toasts = World(standin), NotingService(), Toasts()
    world.add_person("Person A")
    world.add_person("Person B", "fr")
    world.add_group("Group", 1001, 1002)
    handlers = Handlers(cast("Service", service), cast("Taps", toasts)).in_order()
    async with build_application(TOKEN, request=StandInRequest(standin), handlers=handlers) as application:
        yield Desk(world, application, service, toasts)


PRIVATE: list[tuple[str, Callable[[World], object], tuple[Any, ...]]] = [
    ("a text", lambda w: w.say(1002, "420031"), ("said", 1002, "fr", "420031", 1)),
    ("a deep link", lambda w: w.open_link(1001, "abc_-1"), ("commanded", 1001, "en", "start", "abc_-1", 1)),
    ("a command", lambda w: w.say(1001, "/Answer"), ("commanded", 1001, "en", "answer", "", 1)),
    ("a photo", lambda w: w.send_photo(1001, b"x", "A caption"), ("sent_something_else", 1001, "en", 1)),
    ("a voice note", lambda w: w.send_voice(1001, b"x"), ("sent_something_else", 1001, "en", 1)),
    ("blocking", lambda w: w.block_bot(1001), ("blocked", 1001, True)),
    ("unblocking", lambda w: w.unblock_bot(1001), ("blocked", 1001, False)),
]


@pytest.mark.parametrize(("act", "note"), [row[1:] for row in PRIVATE], ids=[row[0] for row in PRIVATE])
async def test_what_one_person_does_reaches_its_use_case(
    desk: Desk, act: Callable[[World], object], note: tuple[Any, ...]
) -> None:
    assert await desk.notes(lambda: act(desk.world)) == [note]


async def test_being_added_and_removed_is_told_once_each(desk: Desk) -> None:
    assert await desk.notes(lambda: desk.world.add_bot_to_group(1002, -2001)) == [
        ("bot_added", -2001, 1002, "fr", True)
    ]
    desk.service.handled.clear()
    promoted = await desk.notes(lambda: desk.world.make_bot_administrator(1001, -2001))
    assert [note[0] for note in promoted].count("bot_added") == 1, "promotion alone is no news"
    removed = await desk.notes(lambda: desk.world.remove_bot(1001, -2001))
    assert removed[-1] == ("bot_removed", -2001)


async def test_a_group_hears_commands_to_it_and_nothing_else(desk: Desk) -> None:
    desk.world.add_bot_to_group(1001, -2001, "payload")
    desk.world.make_bot_administrator(1001, -2001)
    notes = await desk.notes(
        lambda: [
            desk.world.say(1002, text, -2001)
            for text in ("Hello all", "/next", "/digest@OtherBot", "/help@playgroundbot")
        ]
    )
    assert [note for note in notes if note[0] == "commanded"] == [
        ("commanded", -2001, None, 1001, "en", "start", "payload"),
        ("commanded", -2001, None, 1002, "fr", "next", ""),
        ("commanded", -2001, None, 1002, "fr", "help", ""),
    ]
    assert {note[0] for note in notes} == {"commanded", "bot_added"}


async def test_a_topic_is_known_and_a_mere_answer_is_none(desk: Desk) -> None:
    forum = desk.world.add_group("Forum", 1001, forum=True)
    desk.world.add_bot_to_group(1001, forum)
    thread = desk.world.add_topic(forum, "Talk")
    first = desk.world.say(1001, "Hello", forum)
    notes = await desk.notes(
        lambda: [
            desk.world.say(1001, "/next@PlaygroundBot", forum, thread=thread),
            desk.world.say(1001, "/help@PlaygroundBot", forum, reply_to=first),
        ]
    )
    assert [note[2] for note in notes if note[0] == "commanded"] == [thread, None]


async def test_a_migration_is_told_from_both_sides(desk: Desk) -> None:
    desk.world.add_bot_to_group(1001, -2001)
    new = 0

    def migrate() -> None:
        nonlocal new
        new = desk.world.migrate(-2001)

    notes = await desk.notes(migrate)
    assert [note for note in notes if note[0] == "moved"] == [("moved", -2001, new)] * 2


@pytest.mark.parametrize("inaccessible", [False, True])
async def test_a_tap_in_private_is_answered_with_the_toast(desk: Desk, inaccessible: bool) -> None:
    desk.world.open_link(1001)
    sent = await desk.application.bot.send_message(1001, "Card")
    desk.service.results["pressed_in_private"] = "Saved"
    notes = await desk.notes(lambda: desk.world.tap(1001, sent.message_id, "t1", inaccessible=inaccessible))
    assert notes[-1] == ("pressed_in_private", 1001, 1001, "en", "t1", sent.message_id)
    assert desk.toasts.said == ["Saved"]


async def test_a_tap_in_a_group_names_chat_and_person(desk: Desk) -> None:
    desk.world.add_bot_to_group(1001, -2001)
    sent = await desk.application.bot.send_message(-2001, "Digest")
    notes = await desk.notes(lambda: desk.world.tap(1002, sent.message_id, "picture", -2001))
    assert notes[-1] == ("pressed_in_group", -2001, 1002, "fr", "picture", sent.message_id)


@pytest.mark.parametrize("kind", ["edited_message", "channel_post", "edited_channel_post"])
async def test_edits_and_channels_are_none_of_our_business(desk: Desk, kind: str) -> None:
    message = {
        "message_id": 1,
        "date": 1_800_000_000,
        "chat": {"id": 1001, "type": "private", "first_name": "Person A"},
        "from": {"id": 1001, "is_bot": False, "first_name": "Person A"},
        "text": "/start",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }
    update = Update.de_json({"update_id": 1, kind: message}, desk.application.bot)
    await desk.application.process_update(update)
    assert desk.service.notes == []


async def test_an_update_that_comes_twice_is_handled_once(desk: Desk) -> None:
    def act() -> None:
        desk.world.say(1001, "Once")
        desk.world.standin.state.queue.put_back(desk.world.last_update)

    assert [note[0] for note in await desk.notes(act)] == ["said"]


async def test_a_fault_in_a_use_case_reaches_whoever_gave_the_update(desk: Desk) -> None:
    desk.service.results["said"] = RuntimeError("no")
    with pytest.raises(RuntimeError):
        await desk.notes(lambda: desk.world.say(1001, "Hello"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("/start", ("start", "", "")),
        ("/start@ReflectionBot  abc ", ("start", "abc", "ReflectionBot")),
        ("/help\nplease", ("help", "please", "")),
        ("/NEXT@x", ("next", "", "x")),
    ],
)
def test_commands_are_taken_apart(text: str, parts: tuple[str, str, str]) -> None:
    assert parse_command(text) == parts
