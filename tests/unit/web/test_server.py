"""One server, its routes, and its end."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientConnectionError, ClientSession, web

from bot.adapters.web.health import health
from bot.adapters.web.server import Server
from bot.errors import SettingsError
from tests.unit.web.asking import served, status


async def nothing_is_missing() -> str | None:
    return None


async def ask(client: ClientSession, path: str) -> tuple[int, str]:
    async with client.get(path) as response:
        return response.status, (await response.text()).strip()


async def test_a_port_that_is_taken_is_told_plainly() -> None:
    async with served() as (client, _):
        port = int(str(client._base_url).rpartition(":")[2].strip("/"))
        with pytest.raises(SettingsError, match="another program listens"):
            await Server("127.0.0.1", port, ()).start()


async def test_an_address_of_another_machine_is_told_plainly() -> None:
    with pytest.raises(SettingsError, match="no such address"):
        await Server("192.0.2.1", 0, ()).start()


async def test_only_its_routes_are_there() -> None:
    async with served(*health(nothing_is_missing)) as (client, _):
        assert await ask(client, "/healthz") == (200, "ok")
        assert await ask(client, "/readyz") == (200, "ok")
        assert (await ask(client, "/"))[0] == 404
        assert await status(client, "POST", "/healthz") == 405


async def test_a_process_that_lacks_something_lives_and_is_not_ready() -> None:
    async def store_is_missing() -> str | None:
        return "store"

    async with served(*health(store_is_missing)) as (client, _):
        assert await ask(client, "/healthz") == (200, "ok")
        assert await ask(client, "/readyz") == (503, "store")


async def test_what_is_under_way_at_the_end_is_answered_and_nothing_new_is_taken() -> None:
    begun, held = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        begun.set()
        await held.wait()
        return web.Response(text="done")

    async with served(web.get("/slow", slow)) as (client, server):
        under_way = asyncio.create_task(ask(client, "/slow"))
        await begun.wait()
        stopping = asyncio.create_task(server.stop())
        await asyncio.sleep(0)
        with pytest.raises(ClientConnectionError):
            await ask(client, "/slow")
        held.set()
        assert await under_way == (200, "done")
        await stopping
