"""What the page is given to draw."""

from __future__ import annotations

from typing import Any

import pytest

from bot.adapters.playground.schema import Upload
from bot.adapters.playground.view import conversation, read_link, runs
from bot.adapters.playground.world import World
from tests.unit.playground.watch import Call


def test_a_text_is_cut_where_its_look_changes() -> None:
    entities = [{"type": "bold", "offset": 0, "length": 5}, {"type": "italic", "offset": 3, "length": 4}]
    assert runs("🌍abcdefg", entities) == [
        {"text": "🌍a", "styles": ["bold"]},
        {"text": "bc", "styles": ["bold", "italic"]},
        {"text": "de", "styles": ["italic"]},
        {"text": "fg"},
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Open https://t.me/PlaygroundBot?start=a1.", {"link": "https://t.me/PlaygroundBot?start=a1"}),
        ("Open t.me/PlaygroundBot", {"link": "t.me/PlaygroundBot"}),
        ("Send /help to learn more", {"command": "/help"}),
    ],
)
def test_addresses_and_commands_are_found(text: str, found: dict[str, str]) -> None:
    marked = [run for run in runs(text, []) if len(run) > 1]
    assert marked == [{"text": next(iter(found.values())), **found}]


@pytest.mark.parametrize("text", ["and/or 3/4", "<b>bold</b>", "/usr/bin", "https://a.example/help"])
def test_other_slashes_are_no_commands(text: str) -> None:
    assert not [run for run in runs(text, []) if "command" in run]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://t.me/PlaygroundBot?start=a1", {"kind": "start", "payload": "a1"}),
        ("t.me/playgroundbot", {"kind": "start", "payload": ""}),
        ("https://t.me/PlaygroundBot?startgroup=g1", {"kind": "startgroup", "payload": "g1"}),
        (
            "https://t.me/share/url?url=https%3A%2F%2Ft.me%2FPlaygroundBot%3Fstart%3Da1&text=Hello",
            {"kind": "start", "payload": "a1"},
        ),
        ("https://a.example/x", {"kind": "web", "payload": "https://a.example/x"}),
    ],
)
def test_links_say_what_a_phone_does_with_them(address: str, link: dict[str, str]) -> None:
    assert read_link(address, "PlaygroundBot") == link


async def test_a_message_is_shown_with_its_buttons(call: Call, world: World) -> None:
    rows: list[list[dict[str, Any]]] = [
        [{"text": "Go", "callback_data": "go"}, {"text": "Copy", "copy_text": {"text": "a1"}}],
        [{"text": "Open", "url": "https://t.me/PlaygroundBot?start=a1"}],
    ]
    markup = {"inline_keyboard": rows}
    await call("sendMessage", chat_id=1001, text="Hello", reply_markup=markup, protect_content=True)
    shown = conversation(world.standin.state, 1001)
    assert [message["from"] for message in shown] == [1001, None]
    assert shown[1]["protected"]
    assert shown[1]["rows"] == [
        [
            {"label": "Go", "data": "go", "link": None, "copy": None},
            {"label": "Copy", "data": None, "link": None, "copy": "a1"},
        ],
        [{"label": "Open", "data": None, "link": {"kind": "start", "payload": "a1"}, "copy": None}],
    ]


async def test_a_file_is_shown_with_its_name_and_where_to_get_it(call: Call, world: World) -> None:
    document = Upload("dates.ics", b"made up", "text/calendar")
    await call("sendDocument", chat_id=1001, document=document, caption="Dates")
    shown = conversation(world.standin.state, 1001)[-1]
    file = world.messages(1001)[-1].file
    assert file is not None
    assert shown["file"] == {"shape": "document", "name": "dates.ics", "url": f"/file/{file.id}", "bytes": 7}
    assert shown["runs"] == [{"text": "Dates"}]


def test_of_an_opened_link_the_phone_shows_the_command_alone(world: World) -> None:
    world.open_link(1001, "a-secret_1")
    world.say(1001, "/start a b")
    shown = conversation(world.standin.state, 1001)[-2:]
    assert [message["runs"] for message in shown] == [
        [{"text": "/start", "command": "/start"}],
        [{"text": "/start", "command": "/start"}, {"text": " a b"}],
    ]


async def test_a_phone_tells_about_the_bot_in_its_own_language(call: Call, world: World) -> None:
    await call("setMyDescription", description="About")
    await call("setMyDescription", description="À propos", language_code="fr")
    assert [world.about(person) for person in (1001, 1002)] == ["About", "À propos"]
