"""python-telegram-bot's request interface over the stand-in: no sockets, the same JSON."""

from __future__ import annotations

import json
from typing import IO, Any
from urllib.parse import unquote

from telegram.request import BaseRequest, RequestData

from bot.adapters.playground.refusals import Json, Refused
from bot.adapters.playground.schema import Upload
from bot.adapters.playground.standin import StandIn


class StandInRequest(BaseRequest):
    """Hands each request of a ``telegram.Bot`` to a stand-in in the same process."""

    def __init__(self, standin: StandIn) -> None:
        self._standin = standin

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    @property
    def read_timeout(self) -> float | None:
        return None

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
        """Carry out a request; the method is the last part of the URL, the token the part before.

        A file is fetched from ``file/bot<token>/<its path>``, as it is.
        """
        *_, kind, token, name = unquote(url).split("/")
        if kind == "file" and token == f"bot{self._standin.token}":
            return self._standin.file(name)
        if token == f"bot{self._standin.token}":
            status, answer = await self._standin.call(name, _parameters(request_data))
        else:
            status, answer = Refused(401, "Unauthorized").answer()
        return status, json.dumps(answer).encode()


def _parameters(data: RequestData | None) -> Json:
    if data is None:
        return {}
    parameters: Json = dict(data.parameters)
    if data.contains_files:
        for name, (filename, content, mime) in data.multipart_data.items():
            parameters[name] = Upload(filename, _bytes(content), mime)
    return parameters


def _bytes(content: bytes | IO[bytes]) -> bytes:
    return content if isinstance(content, bytes) else content.read()
