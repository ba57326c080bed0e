"""How updates are brought to a webhook."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.webhooks import SECRET_HEADER, Posted
from bot.adapters.playground.world import World
from tests.unit.playground.watch import TOKEN, Call, Watch
from tests.unit.telegram.scripted import until

URL = "https://bot.example.org/telegram"
SECRET = "made-up"  # noqa: S105


class Door:
    """Where updates are brought: each waits until a test lets it in, or says what is wrong."""

    def __init__(self) -> None:
        self.came: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.open = True
        self.troubles: list[str | None] = []
        self.let_in = asyncio.Event()
        self.slept: list[float] = []
        self.says = b""

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> Posted:
        assert url == URL
        self.came.append(json.loads(body))
        self.headers.append(headers)
        if not self.open:
            await self.let_in.wait()
        return Posted(self.troubles.pop(0) if self.troubles else None, self.says)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.came if "message" in update]


@pytest.fixture
def door() -> Door:
    return Door()


@pytest_asyncio.fixture
async def standin(watch: Watch, door: Door) -> AsyncIterator[StandIn]:
    made = StandIn(watch, token=TOKEN, post=door.post, sleep=door.sleep)
    yield made
    await made.close()


@pytest.fixture
def idle(world: World) -> World:
    """The world without what happened at its making."""
    world.standin.state.queue.clear()
    return world


async def info(call: Call) -> dict[str, Any]:
    _, body = await call("getWebhookInfo")
    found: dict[str, Any] = body["result"]
    return found


async def test_a_webhook_is_set_shown_and_removed(call: Call, idle: World) -> None:
    assert await info(call) == {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    await call("setWebhook", url=URL, max_connections=7, allowed_updates=["message"])
    assert await info(call) == {
        "url": URL,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
        "allowed_updates": ["message"],
    }
    assert await call("deleteWebhook") == (200, {"ok": True, "result": True})
    assert (await info(call))["url"] == ""


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "http://bot.example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://bot.example.org:8080/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": URL, "secret_token": "made up"}, "secret token contains unallowed characters"),
        ({"url": URL, "secret_token": "m" * 257}, "secret token is too long"),
    ],
)
async def test_what_telegram_would_refuse_is_refused(call: Call, params: dict[str, Any], words: str) -> None:
    status, body = await call("setWebhook", **params)
    assert (status, body["description"]) == (400, f"Bad Request: {words}")
    assert (await info(call))["url"] == ""


async def test_what_waits_is_brought_with_the_secret_and_then_gone(
    call: Call, idle: World, door: Door
) -> None:
    idle.say(1001, "before")
    await call("setWebhook", url=URL, secret_token=SECRET)
    idle.say(1001, "after")
    await until(lambda: idle.standin.state.queue.waiting == 0)
    assert door.texts == ["before", "after"]
    assert {headers[SECRET_HEADER] for headers in door.headers} == {SECRET}
    assert {headers["Content-Type"] for headers in door.headers} == {"application/json"}


async def test_nothing_is_fetched_while_a_webhook_is_set(call: Call, idle: World) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=50))
    await asyncio.sleep(0)
    await call("setWebhook", url=URL)
    status, body = await poll
    assert (status, body["description"]) == (409, "Conflict: terminated by setWebhook request")
    status, body = await call("getUpdates")
    assert (status, "webhook is active" in body["description"]) == (409, True)
    await call("deleteWebhook")
    idle.say(1001, "Hello")
    _, body = await call("getUpdates")
    assert len(body["result"]) == 1


async def test_messages_of_a_chat_come_in_turn_and_chats_side_by_side(
    call: Call, idle: World, door: Door
) -> None:
    _, sent = await call("sendMessage", chat_id=1001, text="Card")
    door.open = False
    await call("setWebhook", url=URL)
    idle.say(1001, "first")
    idle.say(1001, "second")
    idle.say(1002, "of another")
    idle.tap(1001, sent["result"]["message_id"], "a")  # a tap does not wait for the messages of its chat
    await until(lambda: len(door.came) == 3)
    assert door.texts == ["first", "of another"]
    door.let_in.set()
    await until(lambda: idle.standin.state.queue.waiting == 0)
    assert door.texts == ["first", "of another", "second"]


async def test_no_more_come_at_once_than_were_asked_for(call: Call, idle: World, door: Door) -> None:
    door.open = False
    await call("setWebhook", url=URL, max_connections=1)
    idle.say(1001, "first")
    idle.say(1002, "second")
    for _ in range(20):
        await asyncio.sleep(0)
    assert door.texts == ["first"]
    door.let_in.set()
    await until(lambda: door.texts == ["first", "second"])


async def test_what_is_refused_comes_again_and_more_and_more_rarely(
    call: Call, idle: World, door: Door
) -> None:
    refused = "Wrong response from the webhook: 503 Service Unavailable"
    door.troubles = [refused] * 8
    await call("setWebhook", url=URL)
    idle.say(1001, "first")
    idle.say(1001, "second")
    await until(lambda: idle.standin.state.queue.waiting == 0)
    assert door.texts == ["first"] * 9 + ["second"]
    assert door.slept == [0, 2, 4, 8, 16, 32, 60, 60]
    assert (await info(call))["last_error_message"] == refused


async def test_who_is_on_the_way_turns_back_when_the_webhook_is_removed(
    call: Call, idle: World, door: Door
) -> None:
    door.open = False
    await call("setWebhook", url=URL)
    idle.say(1001, "Hello")
    await until(lambda: door.came)
    await call("deleteWebhook")
    await asyncio.sleep(0)
    door.let_in.set()
    assert (await info(call))["pending_update_count"] == 1


async def test_a_call_in_the_answer_is_carried_out(call: Call, idle: World, door: Door) -> None:
    _, sent = await call("sendMessage", chat_id=1001, text="Card")
    door.says = b'{"method": "answerCallbackQuery", "callback_query_id": "%s", "text": "Saved"}'
    await call("setWebhook", url=URL)
    door.open = False
    idle.tap(1001, sent["result"]["message_id"], "a")
    await until(lambda: door.came)
    door.says = door.says % door.came[0]["callback_query"]["id"].encode()
    door.let_in.set()
    await until(lambda: idle.toasts(1001))
    assert [toast.text for toast in idle.toasts(1001)] == ["Saved"]


NO_CALL = (
    b'{"method": "deleteWebhook"}',
    b'{"method": "made_up"}',
    b'{"method": 5}',
    b"[1]",
    b"{}",
    b"{",
    b"\xff",
)


@pytest.mark.parametrize("says", NO_CALL)
async def test_an_answer_that_telegram_would_ignore_keeps_nothing_from_coming(
    call: Call, idle: World, door: Door, says: bytes
) -> None:
    door.says = says
    await call("setWebhook", url=URL)
    idle.say(1001, "first")
    idle.say(1001, "second")
    await until(lambda: idle.standin.state.queue.waiting == 0)
    assert door.texts == ["first", "second"]
    assert (await info(call))["url"] == URL


async def test_a_call_that_breaks_off_keeps_nothing_from_coming(call: Call, idle: World, door: Door) -> None:
    door.says = b'{"method": "sendMessage", "chat_id": 1001, "text": "Hello"}'
    idle.fail_next("sendMessage", TimeoutError())
    await call("setWebhook", url=URL)
    idle.say(1001, "first")
    idle.say(1001, "second")
    await until(lambda: idle.standin.state.queue.waiting == 0)
    assert door.texts == ["first", "second"]
    assert [item.text for item in idle.messages(1001) if item.sender is None] == ["Hello"]


async def test_a_redelivered_update_is_brought_again(call: Call, idle: World, door: Door) -> None:
    await call("setWebhook", url=URL)
    idle.say(1001, "Hello")
    await until(lambda: idle.standin.state.queue.waiting == 0)
    idle.redeliver(idle.last_update)
    await until(lambda: idle.standin.state.queue.waiting == 0)
    assert door.texts == ["Hello", "Hello"]
