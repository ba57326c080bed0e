"""Keeps other web sites away from a server on this machine.

A page elsewhere may point its own name at 127.0.0.1 (DNS rebinding) or post across origins; both are refused,
and our own page may load nothing from anywhere else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    return host in _LOOPBACK


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse requests that did not come from our own page.

    Raises: HTTPForbidden; HTTPUnsupportedMediaType for a post that is not JSON, which no form can send.
    """
    host = request.headers.get("Host", "")
    if not is_loopback(urlsplit(f"//{host}").hostname or ""):
        raise web.HTTPForbidden(text="This playground answers on this machine only.")
    if request.method != "GET":
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{host}":
            raise web.HTTPForbidden(text="Only the playground's own page may do this.")
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="Send JSON.")
    return await handler(request)


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Runs before the headers of any answer are sent, refusals included."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
