"""Cards with a file, from the card to the chat."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any, cast

import pytest
import pytest_asyncio
from aiohttp import web
from telegram.error import TimedOut
from telegram.request import BaseRequest

from bot.adapters.playground.chats import Message
from bot.adapters.playground.request import StandInRequest
from bot.adapters.playground.schema import Upload
from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from bot.adapters.telegram.application import PUBLIC_API, PollingBot
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.request import AiohttpRequest
from bot.adapters.telegram.sender import Sender
from bot.app.ports import Delivery, Lane, What
from bot.app.work import Service
from bot.core.cards import Attachment, Card, Choice
from bot.errors import ReportError
from tests.unit.telegram.scripted import TOKEN, NotingService, delivery

GROUP = -2001
OUTCOMES = {"delivered", "failed", "unreachable", "doubtful", "retried", "postponed", "moved"}
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def dates(*body: str, content: bytes = CALENDAR, **more: Any) -> Card:
    return Card("Coming dates", body, file=Attachment("dates.ics", content, "text/calendar"), **more)


def to_group(**more: Any) -> Delivery:
    given: dict[str, Any] = {"chat": GROUP, "card": dates(), "protected": False} | more
    return delivery(what=What.POST, group=2, **given)


@pytest.fixture
def world() -> World:
    """Person 1001 has started the bot and added it to a group."""
    made = World(StandIn(lambda: datetime(2027, 3, 1, 9, 0, tzinfo=UTC), token=TOKEN, pace=False))
    made.add_person("Person A")
    made.add_group("Group", 1001)
    made.open_link(1001)
    made.add_bot_to_group(1001, GROUP)
    return made


async def outcome(given: Delivery, request: BaseRequest, address: str = PUBLIC_API) -> tuple[Any, ...]:
    """Send one delivery. Returns: the use case that was told what came of it, and what else it was told."""
    service = NotingService(claim=[[given]])
    bot = PollingBot(TOKEN, base_url=f"{address}/bot", request=request, get_updates_request=request)
    sender = Sender(cast("Service", service), bot, pace=Pace.unlimited())
    running = asyncio.create_task(sender.run())
    await _noted(service)
    await sender.stop()
    await running
    [(name, _, *told)] = [note for note in service.notes if note[0] in OUTCOMES]
    return name, *told


async def _noted(service: NotingService) -> None:
    """Wait for what came of the delivery: one that crosses a port takes time, not turns of the loop."""
    async with asyncio.timeout(30):
        while all(name not in OUTCOMES for name, *_ in service.notes):  # noqa: ASYNC110 - a service has no event
            await asyncio.sleep(0.001)


async def sent(world: World, given: Delivery) -> Message:
    """Send one delivery that arrives as a new message."""
    name, number = await outcome(given, StandInRequest(world.standin))
    newest = world.messages(given.chat)[-1]
    assert (name, number) == ("delivered", newest.id)
    return newest


async def test_a_file_arrives_with_its_name_its_content_and_a_caption(world: World) -> None:
    card = dates("Open it to add them to your calendar.", rows=((Choice("Home", "home"),),))
    message = await sent(world, delivery(card=card, tokens={"home": "home"}))
    assert message.file is not None
    assert (message.file.shape, message.file.name) == ("document", "dates.ics")
    assert (message.file.content, message.file.mime) == (CALENDAR, "text/calendar")
    assert message.text == "Coming dates\nOpen it to add them to your calendar."
    assert message.entities == [{"type": "bold", "offset": 0, "length": 12}]
    assert message.markup == {"inline_keyboard": [[{"text": "Home", "callback_data": "home"}]]}


@pytest.mark.parametrize("flag", [True, False])
async def test_a_file_is_as_protected_and_as_silent_as_its_delivery_says(world: World, flag: bool) -> None:
    message = await sent(world, delivery(card=dates(), protected=flag, silent=not flag))
    assert (message.protected, message.silent) == (flag, not flag)


async def test_a_long_text_is_cut_to_what_a_caption_may_hold(world: World) -> None:
    message = await sent(world, delivery(card=dates("A word or two. " * 200)))
    assert message.file is not None
    assert message.text.endswith(" or two. A…")
    assert 1000 < len(message.text) <= 1024


async def test_a_file_goes_to_the_topic_of_the_group_and_elsewhere_when_that_is_gone(world: World) -> None:
    forum = world.add_group("Forum", 1001, forum=True)
    world.add_bot_to_group(1001, forum)
    topic = world.add_topic(forum, "Topic")
    assert (await sent(world, to_group(chat=forum, topic=topic))).thread == topic
    assert (await sent(world, to_group(chat=forum, topic=1))).thread is None
    world.close_topic(forum, topic)
    message = await sent(world, to_group(chat=forum, topic=topic))
    assert (message.thread, message.file is not None) == (None, True)


async def test_a_card_with_a_file_never_edits_another(world: World) -> None:
    card = await sent(world, delivery())
    message = await sent(world, delivery(card=dates(), edit=card.id))
    assert message.id != card.id
    assert (card.edited, card.text) == (None, "Your round\nWhere are we?")


async def test_a_card_that_follows_a_file_is_a_message_of_its_own(world: World) -> None:
    file = await sent(world, delivery(card=dates()))
    card = await sent(world, delivery(edit=file.id))
    assert card.id != file.id
    assert file.text == "Coming dates"


async def test_a_group_that_takes_no_files_still_gets_texts(world: World) -> None:
    world.forbid_files(GROUP)
    assert await outcome(to_group(), StandInRequest(world.standin)) == ("failed", "refused")
    await sent(world, to_group(card=Card("Hello")))


async def test_a_group_that_removed_the_bot_is_given_up(world: World) -> None:
    world.remove_bot(1001, GROUP)
    assert await outcome(to_group(), StandInRequest(world.standin)) == ("unreachable",)


async def test_a_file_that_may_have_arrived_is_not_sent_twice(world: World) -> None:
    world.fail_next("sendDocument", TimedOut(), after_performing=True)
    given = to_group(lane=Lane.NOTICE)
    assert await outcome(given, StandInRequest(world.standin)) == ("doubtful",)


async def test_an_empty_file_is_refused_before_anything_is_sent(world: World) -> None:
    before = world.messages(1001)
    given = delivery(card=dates(content=b""), delete=(1,))
    assert await outcome(given, StandInRequest(world.standin)) == ("failed", "limit")
    assert world.messages(1001) == before


class Loopback:
    """The stand-in behind a port of this machine, which reads calls as Telegram does."""

    def __init__(self, world: World) -> None:
        self.standin = world.standin
        self.most = 4_000_000

    async def answer(self, request: web.Request) -> web.Response:
        if (request.content_length or 0) > self.most:
            return web.Response(status=413, text="<html>Request Entity Too Large</html>")
        form = await request.post()
        parameters = {name: _value(field) for name, field in form.items()}
        status, body = await self.standin.call(request.match_info["method"], parameters)
        return web.json_response(body, status=status)


def _value(field: object) -> object:
    if not isinstance(field, web.FileField):
        return field
    return Upload(field.filename, field.file.read(), field.content_type)


@pytest_asyncio.fixture
async def loopback(world: World) -> AsyncIterator[tuple[Loopback, AiohttpRequest, str]]:
    made = Loopback(world)
    application = web.Application(client_max_size=50_000_000)
    application.router.add_post("/bot{token}/{method}", made.answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    request = AiohttpRequest(timeout=5)
    await request.initialize()
    yield made, request, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await request.shutdown()
    await runner.cleanup()


async def test_a_large_file_travels_as_a_form_and_arrives_whole(
    world: World, loopback: tuple[Loopback, AiohttpRequest, str]
) -> None:
    _, request, address = loopback
    content = bytes(range(256)) * 8192
    card = dates("Tarehe 😀", content=content, rows=((Choice("Home", "home"),),))
    given = delivery(card=card, tokens={"home": "home"})
    assert (await outcome(given, request, address))[0] == "delivered"
    message = world.messages(1001)[-1]
    assert message.file is not None
    assert (message.file.name, message.file.mime) == ("dates.ics", "text/calendar")
    assert message.file.content == content
    assert message.text == "Coming dates\nTarehe 😀"
    assert (message.protected, message.silent, message.markup is not None) == (True, True, True)


async def test_a_file_too_large_for_a_server_is_given_up_and_never_in_doubt(
    world: World, loopback: tuple[Loopback, AiohttpRequest, str]
) -> None:
    server, request, address = loopback
    server.most = 100
    given = delivery(card=dates(content=bytes(2000)))
    assert await outcome(given, request, address) == ("failed", "too-long")
    assert world.messages(1001)[-1].sender == 1001


@pytest.mark.parametrize(
    "name", ["", ".ics", "a b.ics", "données.ics", "a/b.ics", 'a".ics', "a\n.ics", "a" * 65]
)
def test_a_name_that_a_phone_or_a_header_might_misread_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name of a file"):
        Attachment(name, b"a", "text/calendar")


@pytest.mark.parametrize(
    "kind", ["", "calendar", "text/", "text/calendar; charset=utf-8", "text/calendar\r\nA: b"]
)
def test_a_kind_that_is_no_mime_type_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="kind of a file"):
        Attachment("dates.ics", b"a", kind)


def test_what_is_in_a_file_does_not_print() -> None:
    assert "made up" not in repr(Attachment("dates.ics", b"made up", "text/calendar"))


def made_by(make: Callable[[], bytes]) -> Card:
    return Card("Report", file=Attachment("report.pdf", make, "application/pdf"))


async def test_a_file_that_takes_a_while_is_made_once_and_beside_the_loop(world: World) -> None:
    threads: list[int] = []

    def make() -> bytes:
        threads.append(threading.get_ident())
        return b"%PDF"

    message = await sent(world, delivery(card=made_by(make)))
    assert message.file is not None
    assert message.file.content == b"%PDF"
    assert len(threads) == 1
    assert threads != [threading.get_ident()]


async def test_a_file_that_cannot_be_made_is_given_up_and_nothing_is_deleted(world: World) -> None:
    def make() -> bytes:
        raise ReportError("a made-up reason")

    card = await sent(world, delivery())
    told = await outcome(delivery(card=made_by(make), delete=(card.id,)), StandInRequest(world.standin))
    assert told == ("failed", "fault")
    assert world.messages(1001)[-1].id == card.id
