"""python-telegram-bot's way to the network, over aiohttp: less work a call, and nothing of it in logs."""

from __future__ import annotations

import io
import json
from http import HTTPStatus
from typing import Any
from urllib.request import getproxies

import aiohttp
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData


class NotConnected(NetworkError):
    """No connection was made, so nothing was sent: repeating is safe, whatever it was."""


class TooLarge(BadRequest):
    """The server, or a proxy before it, did not take a request of this size; nothing came of it.

    The library knows status 413 only as a network error, after which a message would be in doubt.
    """

    def __init__(self) -> None:
        super().__init__("the request is too long")


class AiohttpRequest(BaseRequest):
    """One session with connections that stay open.

    The URL of a Bot API call holds the token, and aiohttp's errors may hold the URL. So no error leaves here
    with the original one attached.

    Args:
        connections: most connections open at the same time, the waiting poll included.
        timeout: seconds for connecting and for silence while reading, unless a call says otherwise.
    """

    def __init__(self, *, connections: int = 256, timeout: float = 10.0) -> None:
        self._connections = connections
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._timeout

    async def initialize(self) -> None:
        """Open the session; a second call changes nothing.

        Whether there is a proxy is looked up once: aiohttp would ask a thread about it for every request.
        """
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=30, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(
                connector=connector, trust_env=bool(getproxies()), headers={"User-Agent": self.USER_AGENT}
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

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
        """Send one request.

        Returns: HTTP status and body.
        Raises: NotConnected, TimedOut, TooLarge, NetworkError.
        """
        if self._session is None:
            raise NotConnected("the request object is not open")
        connecting = self._seconds(connect_timeout)
        timeout = aiohttp.ClientTimeout(
            connect=connecting, sock_connect=connecting, sock_read=self._seconds(read_timeout)
        )
        failure: NetworkError
        try:
            async with self._session.request(method, url, timeout=timeout, **_body(request_data)) as response:
                status, answer = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            failure = NotConnected(f"no connection ({type(error).__name__})")
        except TimeoutError as error:
            failure = TimedOut(f"no answer in time ({type(error).__name__})")
        except (aiohttp.ClientError, OSError) as error:
            failure = NetworkError(f"connection lost ({type(error).__name__})")
        else:
            if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                raise TooLarge
            return status, answer
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; unlike the library's, this never logs what could not be read."""
        try:
            answer: dict[str, Any] = json.loads(payload)
        except ValueError:
            answer = {}
        if not isinstance(answer, dict) or "ok" not in answer:
            raise NetworkError("the answer is not the Bot API's")
        return answer

    def _seconds(self, given: Any) -> float | None:
        """A timeout as the library passes it: its marker for "not given", None for "for ever", or seconds."""
        if given is BaseRequest.DEFAULT_NONE:
            return self._timeout
        return None if given is None else float(given)


def _body(data: RequestData | None) -> dict[str, Any]:
    """A form only where a file must travel; JSON is shorter for every script but Latin."""
    if data is None:
        return {}
    if not data.contains_files:
        body = json.dumps(data.parameters, ensure_ascii=False, separators=(",", ":")).encode()
        return {"data": body, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        # As a stream: of bytes in one piece aiohttp warns that writing them keeps everything else waiting.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=mime)
    return {"data": form}
