"""One question to Telegram, asked by whoever checks an installation: does it know this token, and what time is it?"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus

import aiohttp

PATIENCE = aiohttp.ClientTimeout(total=10)


class Answer(StrEnum):
    """What Telegram said."""

    WELCOME = "welcome"
    UNKNOWN_TOKEN = "unknown-token"  # noqa: S105 - the name of an answer
    TROUBLE = "trouble"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Reached:
    """How a question to Telegram went.

    Attributes:
        ahead: seconds by which our clock is ahead of Telegram's; None when that was not to be learned.
    """

    answer: Answer
    ahead: float | None = None


async def reach(api: str, token: str, *, wall: Callable[[], float] = time.time) -> Reached:
    """Ask who this token belongs to; nothing is changed, and a bot that runs meanwhile is not disturbed.

    Args:
        api: address of the Bot API server, without the token.
        wall: our clock, seconds since 1970.
    """
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE, trust_env=True) as session,
            session.get(f"{api.rstrip('/')}/bot{token}/getMe") as response,
        ):
            return Reached(_answer(response.status), _ahead(response.headers.get("Date"), wall()))
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):  # their words hold the token
        return Reached(Answer.SILENCE)


def _answer(status: int) -> Answer:
    if status == HTTPStatus.OK:
        return Answer.WELCOME
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
        return Answer.UNKNOWN_TOKEN
    return Answer.TROUBLE


def _ahead(date: str | None, now: float) -> float | None:
    if date is None:
        return None
    try:
        return now - parsedate_to_datetime(date).timestamp()
    except ValueError:
        return None
