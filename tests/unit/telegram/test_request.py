"""The way to the network, against a server on this machine."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from telegram import InputFile, MessageEntity
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.adapters.telegram.application import PollingBot
from bot.adapters.telegram.refusals import seconds
from bot.adapters.telegram.request import AiohttpRequest, NotConnected
from tests.unit.telegram.scripted import ME, TOKEN


class Server:
    """A Bot API that says what it is told and remembers what it got."""

    def __init__(self) -> None:
        self.answer: tuple[int, str] = (200, '{"ok": true, "result": true}')
        self.cut = False
        self.types: list[str] = []
        self.bodies: list[Any] = []
        self.connections: set[Any] = set()

    async def handle(self, request: web.Request) -> web.Response:
        self.connections.add(request.transport)
        self.types.append(request.content_type)
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            self.bodies.append({name: _content(value) for name, value in form.items()})
        else:
            self.bodies.append(await request.json())
        if self.cut and request.transport is not None:
            request.transport.close()
        status, body = self.answer
        if request.path.endswith("/getMe"):
            body = f'{{"ok": true, "result": {str(ME).replace("True", "true")}}}'.replace("'", '"')
        return web.Response(status=status, text=body)


def _content(value: object) -> object:
    """A field of a form; a file is closed with its request, so it is read here."""
    return (value.filename, value.file.read()) if isinstance(value, web.FileField) else value


@pytest_asyncio.fixture
async def server() -> AsyncIterator[tuple[Server, PollingBot]]:
    told = Server()
    application = web.Application()
    application.router.add_post("/{path:.*}", told.handle)
    runner = web.AppRunner(application, access_log=None)  # the server's own log would show every address
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    request = AiohttpRequest(timeout=5)
    bot = PollingBot(
        TOKEN, base_url=f"http://127.0.0.1:{port}/bot", request=request, get_updates_request=request
    )
    await request.initialize()
    yield told, bot
    await request.shutdown()
    await runner.cleanup()


async def test_parameters_travel_as_json_over_one_connection(server: tuple[Server, PollingBot]) -> None:
    told, bot = server
    told.answer = (
        200,
        '{"ok": true, "result": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}}}',
    )
    for _ in range(2):
        await bot.send_message(1001, "مرحبا", entities=[MessageEntity("bold", 0, 5)])
    assert told.types == ["application/json"] * 2
    assert told.bodies[0] == {
        "chat_id": 1001,
        "text": "مرحبا",
        "entities": [{"type": "bold", "offset": 0, "length": 5}],
    }
    assert len(told.connections) == 1


async def test_files_travel_as_a_form(server: tuple[Server, PollingBot]) -> None:
    told, bot = server
    told.answer = (
        200,
        '{"ok": true, "result": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}}}',
    )
    await bot.send_document(1001, InputFile(b"content", filename="digest.png"), caption="Words")
    [body] = told.bodies
    assert (body["chat_id"], body["caption"]) == ("1001", "Words")
    assert ("digest.png", b"content") in body.values()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((400, '{"ok": false, "description": "Bad Request: chat not found"}'), BadRequest),
        ((429, '{"ok": false, "description": "x", "parameters": {"retry_after": 3}}'), RetryAfter),
        ((502, "<html>Bad Gateway</html>"), NetworkError),
        ((200, "<html>a portal that wants a login</html>"), NetworkError),
        ((200, "[]"), NetworkError),
    ],
)
async def test_answers_become_the_errors_of_the_library(
    server: tuple[Server, PollingBot], answer: tuple[int, str], kind: type[TelegramError]
) -> None:
    told, bot = server
    told.answer = answer
    with pytest.raises(kind) as raised:
        await bot.delete_message(1001, 5)
    if isinstance(raised.value, RetryAfter):
        assert seconds(raised.value) == 3


async def test_a_cut_connection_is_a_network_error_of_unknown_outcome(
    server: tuple[Server, PollingBot],
) -> None:
    told, bot = server
    told.cut = True
    with pytest.raises(NetworkError) as raised:
        await bot.delete_message(1001, 5)
    assert not isinstance(raised.value, NotConnected)


async def test_silence_is_a_timeout(server: tuple[Server, PollingBot]) -> None:
    _, bot = server
    with pytest.raises(TimedOut):
        await bot.delete_message(1001, 5, read_timeout=1e-9)


async def test_no_connection_at_all_is_told_apart() -> None:
    request = AiohttpRequest(timeout=5)
    bot = PollingBot(TOKEN, base_url="http://127.0.0.1:1/bot", request=request, get_updates_request=request)
    with pytest.raises(NotConnected):
        await bot.delete_message(1001, 5)
    await request.initialize()
    await request.initialize()
    with pytest.raises(NotConnected):
        await bot.delete_message(1001, 5)
    await request.shutdown()


async def test_the_token_is_in_no_error_and_no_log(server: tuple[Server, PollingBot]) -> None:
    told, bot = server
    assert TOKEN not in repr(bot)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    words = []
    try:
        for answer, cut in (((502, "x"), False), ((200, "not json"), False), ((200, "{}"), True)):
            told.answer, told.cut = answer, cut
            with pytest.raises(NetworkError) as raised:
                await bot.delete_message(1001, 5)
            words += [repr(raised.value), repr(raised.value.__cause__), repr(raised.value.__context__)]
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert TOKEN not in " ".join(words) + stream.getvalue()
