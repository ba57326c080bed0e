"""One HTTP server; what it serves is a list of routes that it is given."""

from __future__ import annotations

import errno
from collections.abc import Iterable

from aiohttp import web

from bot.errors import SettingsError

LARGEST_BODY = 1024**2
"""Bytes; an update has a few thousand."""

PATIENCE = 1.0
"""Seconds for requests under way at the end, and as many for them to notice that they are cut off."""


class Server:
    """Listens on one address, beside whatever else the process does; logs no request.

    Args:
        port: 0 means any that is free.
        routes: each answers one path; a request for another gets 404.
    """

    def __init__(self, host: str, port: int, routes: Iterable[web.AbstractRouteDef]) -> None:
        self._address = host, port
        application = web.Application(client_max_size=LARGEST_BODY)
        application.add_routes(routes)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=PATIENCE)

    async def start(self) -> int:
        """Listen. Returns: the port.

        Raises: SettingsError, when the address is taken, is not of this machine, or may not be used.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, *self._address).start()
        except OSError as error:
            await self._runner.cleanup()
            raise SettingsError(f"LISTEN cannot be used: {_reason(error)}") from error
        port: int = self._runner.addresses[0][1]
        return port

    async def stop(self) -> None:
        """Take no more requests and let those under way end."""
        await self._runner.cleanup()


def _reason(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "another program listens on this port. Stop it, or choose another port."
    if error.errno == errno.EACCES:
        return "this account may not listen on this port. Choose one above 1023."
    return "this machine has no such address. 127.0.0.1 is always there, 0.0.0.0 means all."
