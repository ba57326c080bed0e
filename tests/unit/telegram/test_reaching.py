"""Whether Telegram knows a token, and whether our clock is right."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.adapters.telegram.reaching import Answer, Reached, reach
from tests.unit.telegram.scripted import TOKEN

MORNING = 1_803_891_600.0
DATE = "Tue, 01 Mar 2027 09:00:00 GMT"


def answering(status: int, date: str = DATE) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        assert request.path == f"/bot{TOKEN}/getMe"
        return web.Response(status=status, headers={"Date": date})

    return answer


async def asked(
    handler: Callable[[web.Request], Awaitable[web.Response]], *, now: float = MORNING
) -> Reached:
    app = web.Application()
    app.router.add_get("/{path:.*}", handler)
    async with TestServer(app) as server:
        return await reach(str(server.make_url("/")), TOKEN, wall=lambda: now)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, Answer.WELCOME),
        (401, Answer.UNKNOWN_TOKEN),
        (404, Answer.UNKNOWN_TOKEN),
        (502, Answer.TROUBLE),
        (429, Answer.TROUBLE),
    ],
)
async def test_what_telegram_says_of_a_token_is_understood(status: int, answer: Answer) -> None:
    assert (await asked(answering(status))).answer is answer


@pytest.mark.parametrize("seconds", [0.0, 90.0, -3600.0])
async def test_a_clock_that_is_wrong_is_noticed(seconds: float) -> None:
    assert (await asked(answering(200), now=MORNING + seconds)).ahead == seconds


async def test_a_date_that_cannot_be_read_is_no_date() -> None:
    assert await asked(answering(200, date="soon")) == Reached(Answer.WELCOME, None)


@pytest.mark.parametrize("api", ["http://127.0.0.1:1", "no address at all"])
async def test_without_an_answer_nothing_is_raised_that_could_hold_the_token(api: str) -> None:
    assert await reach(api, TOKEN) == Reached(Answer.SILENCE)
