"""What the tests of the server share: routes on a free port, and a client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web

from bot.adapters.web.server import Server


@asynccontextmanager
async def served(*routes: web.RouteDef) -> AsyncIterator[tuple[ClientSession, Server]]:
    """A server with these routes, and a client that asks it."""
    server = Server("127.0.0.1", 0, routes)
    port = await server.start()
    async with ClientSession(f"http://127.0.0.1:{port}") as client:
        yield client, server
        await server.stop()


async def status(client: ClientSession, method: str, path: str, **more: object) -> int:
    async with client.request(method, path, **more) as response:  # type: ignore[arg-type]
        return response.status
