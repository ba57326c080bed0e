"""The playground's page over HTTP."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.adapters.playground.controls import Cast, Language, Phone, Step
from bot.adapters.playground.schema import Upload
from bot.adapters.playground.server import PlaygroundServer
from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from bot.core.text import Line, say
from bot.errors import Refusal, SettingsError


class FakeControls:
    """Remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def now(self) -> datetime:
        return datetime(2027, 3, 1, 9, 0, tzinfo=UTC)

    def cast(self) -> Cast:
        phones = (Phone(1001, "Person A"), Phone(1002, "Person B", represents=True))
        languages = (Language("en", "English"), Language("fr", "Français"), Language("ar", "العربية", "rtl"))
        return Cast(phones, -2001, languages, "Africa/Nairobi")

    def render(self, line: Line, language: str) -> str:
        """English with the language in front."""
        said = line if isinstance(line, str) else line.msgid
        return f"{language}: {said}"

    async def hint(self) -> Line:
        return say("Send /new first.")

    async def push(self, step: Step) -> None:
        if step == "next":
            raise Refusal(say("No round is open yet."))
        self.asked.append(("push", step))

    async def start_over(self) -> None:
        self.asked.append(("start over",))

    async def fill(self, person: int) -> None:
        self.asked.append(("fill", person))

    async def speak(self, person: int, language: str) -> None:
        self.asked.append(("speak", person, language))


@pytest.fixture
def controls() -> FakeControls:
    return FakeControls()


@pytest.fixture
def world(controls: FakeControls) -> World:
    made = World(StandIn(controls.now, token="1:made-up"))  # noqa: S106
    made.add_person("Person A")
    made.add_person("Person B", "fr")
    made.add_group("Group", 1001, 1002)
    return made


@pytest_asyncio.fixture
async def page(world: World, controls: FakeControls) -> AsyncIterator[str]:
    server = PlaygroundServer(world, controls, port=0)
    yield await server.start()
    await server.stop()


@pytest_asyncio.fixture
async def client(page: str) -> AsyncIterator[ClientSession]:
    async with ClientSession(page) as made:
        yield made


async def post(client: ClientSession, action: str, **body: Any) -> tuple[int, str]:
    async with client.post(f"/api/{action}", json=body) as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/page.css",
        "/phone.css",
        "/page.js",
        "/screen.js",
        "/chat.js",
        "/words.js",
        "/icon.svg",
        "/lock.svg",
    ],
)
async def test_the_page_is_served_and_loads_nothing_from_elsewhere(client: ClientSession, path: str) -> None:
    async with client.get(path) as answer:
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "//" not in (await answer.text()).replace("http://www.w3.org/2000/svg", "").replace("// ", "")


async def test_what_is_said_on_the_page_reaches_the_bot(client: ClientSession, world: World) -> None:
    assert await post(client, "say", person=1001, chat=1001, text="Hello") == (204, "")
    _, body = await world.standin.call("getUpdates", {})
    assert [update["message"]["text"] for update in body["result"]] == ["Hello"]


async def test_a_file_from_the_page_reaches_the_bot(client: ClientSession, world: World) -> None:
    sent = {"person": 1001, "chat": 1001, "name": "made-up.yaml", "mime": ""}
    content = base64.b64encode(b"flow: made_up").decode()
    assert await post(client, "send", **sent, content=content) == (204, "")
    assert await post(client, "send", **sent, content="?") == (400, "content is no base64.")
    _, body = await world.standin.call("getUpdates", {})
    (update,) = body["result"]
    assert update["message"]["document"]["file_name"] == "made-up.yaml"
    assert [file.content for file in world.standin.state.files.values()] == [b"flow: made_up"]


async def test_taps_and_links_reach_the_bot(client: ClientSession, world: World) -> None:
    assert (await post(client, "link", person=1001, kind="start", payload="a1"))[0] == 204
    await world.standin.call("sendMessage", {"chat_id": 1001, "text": "Hello"})
    assert (await post(client, "tap", person=1001, chat=1001, message=2, data="go"))[0] == 204
    assert (await post(client, "link", person=1001, kind="startgroup", payload="g1"))[0] == 204
    _, body = await world.standin.call("getUpdates", {})
    kinds = [next(kind for kind in update if kind != "update_id") for update in body["result"]]
    assert kinds == ["message", "callback_query", "my_chat_member", "message", "message"]


async def test_the_controls_do_what_the_page_asks(client: ClientSession, controls: FakeControls) -> None:
    for action, body in (
        ("push", {"step": "day"}),
        ("fill", {"person": 1002}),
        ("language", {"person": 1002, "language": "en"}),
        ("start-over", {}),
    ):
        assert await post(client, action, **body) == (204, "")
    assert controls.asked == [("push", "day"), ("fill", 1002), ("speak", 1002, "en"), ("start over",)]


async def test_what_cannot_be_done_is_said(client: ClientSession) -> None:
    assert await post(client, "push", step="next") == (409, "en: No round is open yet.")
    assert await post(client, "push", step="century") == (400, "Unknown step.")
    gone = await post(client, "tap", person=1001, chat=1001, message=99, data="go")
    assert gone == (409, "en: That is no longer there.")
    assert (await post(client, "say", person="1001", chat=1001, text="Hello"))[0] == 400
    assert (await post(client, "say", person=True, chat=1001, text="Hello"))[0] == 400


async def test_the_next_step_is_told(client: ClientSession) -> None:
    async with client.get("/api/hint") as answer:
        assert await answer.text() == "en: Send /new first."


async def test_whoever_opens_the_page_is_spoken_to_in_their_language(client: ClientSession) -> None:
    wanted = {"Accept-Language": "pt, fr-CH;q=0.9, en;q=0.8"}
    async with client.get("/api/words", headers=wanted) as answer:
        told = await answer.json()
    assert told["language"] == "fr"
    assert told["words"]["hour"] == "fr: An hour later"
    assert told["languages"][2] == {"code": "ar", "name": "العربية", "direction": "rtl"}
    async with client.get("/api/hint", headers=wanted) as answer:
        assert await answer.text() == "fr: Send /new first."
    async with client.post("/api/push", json={"step": "next"}, headers=wanted) as answer:
        assert await answer.text() == "fr: No round is open yet."


async def test_a_phone_in_another_language_is_offered_other_commands(
    client: ClientSession, world: World
) -> None:
    await world.standin.call("setMyCommands", {"commands": [{"command": "aide", "description": "Aide"}]})
    async with client.get("/api/events") as stream:
        await read_news(stream.content)
        world.set_language(1001, "fr")
        kind, everything = await read_news(stream.content)
    assert kind == "all"
    assert everything["phones"][0]["language"] == "fr"
    assert everything["phones"][0]["commands"] == [{"command": "aide", "description": "Aide"}]


async def test_other_sites_are_refused(client: ClientSession, page: str) -> None:
    async with client.get("/", headers={"Host": "elsewhere.example"}) as answer:
        assert answer.status == 403
    async with client.post(
        "/api/start-over", json={}, headers={"Origin": "http://elsewhere.example"}
    ) as answer:
        assert answer.status == 403
    async with client.post("/api/start-over", json={}, headers={"Origin": page}) as answer:
        assert answer.status == 204
    async with client.post("/api/start-over", data={"a": "b"}) as answer:
        assert answer.status == 415


async def test_files_are_shown_or_saved_but_never_opened(client: ClientSession, world: World) -> None:
    world.open_link(1001)
    document = Upload("a.html", b"<script>", "text/html")
    await world.standin.call("sendDocument", {"chat_id": 1001, "document": document})
    file = world.messages(1001)[-1].file
    assert file is not None
    async with client.get(f"/file/{file.id}") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert await answer.read() == b"<script>"
    async with client.get("/file/none") as answer:
        assert answer.status == 404


async def test_news_reach_an_open_page(client: ClientSession, world: World) -> None:
    async with client.get("/api/events") as stream:
        assert stream.content_type == "text/event-stream"
        kind, everything = await read_news(stream.content)
        assert kind == "all"
        assert [phone["name"] for phone in everything["phones"]] == ["Person A", "Person B"]
        world.say(1001, "<b>Hello</b>")
        kind, told = await read_news(stream.content)
        assert (kind, told["chat"]) == ("chat", 1001)
        assert told["messages"][0]["runs"] == [{"text": "<b>Hello</b>"}]
        query = world.tap(1001, 1, "go")
        await world.standin.call("answerCallbackQuery", {"callback_query_id": query, "text": "Saved"})
        assert await read_news(stream.content) == ("toast", {"chat": 1001, "text": "Saved", "alert": False})


async def read_news(stream: Any) -> tuple[str, dict[str, Any]]:
    block = (await stream.readuntil(b"\n\n")).decode()
    kind, data = block.strip().split("\n")
    return kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))


async def test_the_next_free_port_is_taken(world: World, controls: FakeControls) -> None:
    holder = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    taken = holder.sockets[0].getsockname()[1]
    server = PlaygroundServer(world, controls, port=taken)
    try:
        address = await server.start()
        assert address.startswith("http://127.0.0.1:")
        assert not address.endswith(f":{taken}")
    finally:
        await server.stop()
        holder.close()
        await holder.wait_closed()


async def test_only_this_machine_is_served(world: World, controls: FakeControls) -> None:
    with pytest.raises(SettingsError):
        PlaygroundServer(world, controls, host="0.0.0.0")  # noqa: S104
