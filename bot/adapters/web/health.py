"""Two questions for whoever watches the process: does it live, and is it of use?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

Missing: TypeAlias = Callable[[], Awaitable[str | None]]
"""What is missing, in a word; None when nothing is."""


def health(missing: Missing) -> tuple[web.RouteDef, ...]:
    """Answer ``/healthz`` and ``/readyz``.

    The first says that the process lives and its event loop turns: restart it when it does not. The second is 503
    while something is missing: leave it alone, and send requests elsewhere.
    """

    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_: web.Request) -> web.Response:
        lacking = await missing()
        return web.Response(status=200 if lacking is None else 503, text=f"{lacking or 'ok'}\n")

    return web.get("/healthz", alive), web.get("/readyz", ready)
