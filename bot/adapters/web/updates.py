"""Where Telegram brings updates: it is told "200" only about what will never be asked for again.

Whatever else it hears, Telegram keeps the update and comes again, later and later, for up to a day.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from aiohttp import web

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header

End: TypeAlias = asyncio.Future[dict[str, str] | None]
Take: TypeAlias = Callable[[dict[str, Any]], Awaitable[End | None]]
"""Takes an update; the future ends once it is committed or set aside, with the call that Telegram is to carry out if
there is one, and raises when it is neither.

None instead of a future: not now, because the bot is starting or stopping.
"""


def updates(path: str, secret: str, take: Take) -> web.RouteDef:
    """Take updates at a path, from whoever knows the secret.

    Answers 200, empty or with a call, once an update is done with; 403 without the secret, before the body is looked
    at; 413 and 415 for what is too large or no JSON, 400 for what is no update; 503 when it has to come again.
    """
    expected = secret.encode()

    async def handle(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            raise web.HTTPForbidden
        end = await take(await _update(request))
        if end is None or not await _is_done(end):
            raise web.HTTPServiceUnavailable
        call = end.result()
        return web.Response() if call is None else web.json_response(call)

    return web.post(path, handle)


async def _update(request: web.Request) -> dict[str, Any]:
    """The update in a request, not understood any further.

    Raises: HTTPException, when there is none.
    """
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        update = json.loads(await request.read())
    except (ValueError, RecursionError, ConnectionError):  # the last: whoever sent it has left
        raise web.HTTPBadRequest from None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        raise web.HTTPBadRequest
    return update


async def _is_done(end: End) -> bool:
    """Wait for an end without taking the update along, should this request break off."""
    await asyncio.wait((end,))
    return not end.cancelled() and end.exception() is None
