"""Where Telegram brings updates."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.adapters.web.server import LARGEST_BODY
from bot.adapters.web.updates import SECRET_HEADER, End, updates
from bot.errors import StoreError
from tests.unit.web.asking import served, status

SECRET = "made-up-secret_1"  # noqa: S105
JSON = {"Content-Type": "application/json"}
UPDATE = {"update_id": 7, "message": {"text": "Hello"}}


class Inside:
    """Takes updates; each ends when and how a test says."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.end: End | None = asyncio.get_running_loop().create_future()
        self.arrived = asyncio.Event()

    async def take(self, update: dict[str, Any]) -> End | None:
        self.taken.append(update)
        self.arrived.set()
        return self.end


class Desk:
    """Somebody who posts to the route, as Telegram unless told otherwise."""

    def __init__(self, client: ClientSession, inside: Inside) -> None:
        self.client, self.inside = client, inside

    async def bring(self, body: bytes = json.dumps(UPDATE).encode(), **headers: str) -> int:
        return await status(
            self.client,
            "POST",
            "/telegram",
            data=BytesIO(body),
            headers={SECRET_HEADER: SECRET, **JSON, **headers},
        )


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    inside = Inside()
    async with served(updates("/telegram", SECRET, inside.take)) as (client, _):
        yield Desk(client, inside)


async def test_nothing_is_answered_before_the_update_is_done_with(desk: Desk) -> None:
    assert desk.inside.end is not None
    answer = asyncio.create_task(desk.bring())
    await desk.inside.arrived.wait()
    done, _ = await asyncio.wait((answer,), timeout=0.05)
    assert not done
    desk.inside.end.set_result(None)
    assert await answer == 200
    assert desk.inside.taken == [UPDATE]


async def test_the_answer_is_empty(desk: Desk) -> None:
    assert desk.inside.end is not None
    desk.inside.end.set_result(None)
    async with desk.client.post("/telegram", json=UPDATE, headers={SECRET_HEADER: SECRET}) as response:
        assert (response.status, await response.read()) == (200, b"")


async def test_a_call_goes_with_the_answer(desk: Desk) -> None:
    assert desk.inside.end is not None
    call = {"method": "answerCallbackQuery", "callback_query_id": "q1", "text": "Gemerkt ✓"}
    desk.inside.end.set_result(call)
    async with desk.client.post("/telegram", json=UPDATE, headers={SECRET_HEADER: SECRET}) as response:
        assert (response.status, await response.json()) == (200, call)


@pytest.mark.parametrize("secret", ["", "made-up-secret_2", SECRET + "1", "é", "\udcff"])
async def test_without_the_secret_nothing_is_taken(desk: Desk, secret: str) -> None:
    assert await desk.bring(**{SECRET_HEADER: secret}) == 403
    assert desk.inside.taken == []


async def test_the_secret_is_asked_for_before_the_body_is_looked_at(desk: Desk) -> None:
    assert await desk.bring(b"no JSON", **{SECRET_HEADER: "another"}) == 403
    assert await status(desk.client, "POST", "/telegram", json=UPDATE) == 403


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (b" " * (LARGEST_BODY + 1), {}, 413),
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"update_id=7", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b"", {}, 400),
        (b"{", {}, 400),
        (b"\xff\xfe\xff", {}, 400),
        (b"[" * 100_000, {}, 400),
        (b"[]", {}, 400),
        (b'"update"', {}, 400),
        (b"{}", {}, 400),
        (b'{"update_id": "7"}', {}, 400),
        (b'{"update_id": true}', {}, 400),
    ],
)
async def test_what_is_no_update_is_refused(
    desk: Desk, body: bytes, headers: dict[str, str], expected: int
) -> None:
    assert await desk.bring(body, **headers) == expected
    assert desk.inside.taken == []


async def test_only_a_post_brings_updates(desk: Desk) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert await status(desk.client, method, "/telegram", headers={SECRET_HEADER: SECRET}) == 405


async def test_what_could_not_be_kept_has_to_come_again(desk: Desk) -> None:
    assert desk.inside.end is not None
    desk.inside.end.set_exception(StoreError("disk full"))
    assert await desk.bring() == 503


async def test_what_was_cut_off_has_to_come_again(desk: Desk) -> None:
    assert desk.inside.end is not None
    desk.inside.end.cancel()
    assert await desk.bring() == 503


async def test_a_bot_that_starts_or_stops_asks_to_come_again(desk: Desk) -> None:
    desk.inside.end = None
    assert await desk.bring() == 503


async def test_a_caller_who_leaves_does_not_take_the_update_along(desk: Desk) -> None:
    assert desk.inside.end is not None
    answer = asyncio.create_task(desk.bring())
    await desk.inside.arrived.wait()
    answer.cancel()
    await asyncio.gather(answer, return_exceptions=True)
    assert not desk.inside.end.cancelled()
    desk.inside.end.set_result(None)
