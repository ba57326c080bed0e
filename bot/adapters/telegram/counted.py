"""A way to the network whose calls are counted: what kind, and how each ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.request import BaseRequest, RequestData

LOG = logging.getLogger("bot.telegram")

OUTAGE = 3
"""Calls in a row without an answer that are worth a line in the log: one alone mends itself."""

KINDS = {"getUpdates": "poll", "answerCallbackQuery": "toast"}
BEGINNINGS = ("send", "edit", "delete")


class CountedRequest(BaseRequest):
    """Hands every request to another request object and says what came of it.

    Args:
        count: is told kind and outcome of each: "ok", "wait" (429), "refused" (another 4xx), "lost" (no answer,
            or a server error).
    """

    def __init__(self, request: BaseRequest, count: Callable[[str, str], None]) -> None:
        self._request = request
        self._count = count
        self._lost_in_a_row = 0
        self.parse_json_payload = request.parse_json_payload  # type: ignore[method-assign]

    @property
    def read_timeout(self) -> float | None:
        return self._request.read_timeout

    async def initialize(self) -> None:
        await self._request.initialize()

    async def shutdown(self) -> None:
        await self._request.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        kind = kind_of(url.rpartition("/")[2])
        try:
            status, answer = await self._request.do_request(
                url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
            )
        except Exception:
            self._note(kind, "lost")
            raise
        self._note(kind, outcome_of(status))
        return status, answer

    def _note(self, kind: str, outcome: str) -> None:
        self._count(kind, outcome)
        before, self._lost_in_a_row = self._lost_in_a_row, self._lost_in_a_row + 1 if outcome == "lost" else 0
        if self._lost_in_a_row == OUTAGE:
            LOG.warning("Telegram does not answer; nothing is lost, and everything is tried again")
        elif before >= OUTAGE and not self._lost_in_a_row:
            LOG.info("Telegram answers again")


def kind_of(call: str) -> str:
    """The class of a method of the Bot API."""
    return KINDS.get(call) or next((kind for kind in BEGINNINGS if call.startswith(kind)), "other")


def outcome_of(status: int) -> str:
    """What an HTTP status says of a call."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "wait"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "lost"
    return "refused" if status >= HTTPStatus.BAD_REQUEST else "ok"
