"""What the web server answers at ``/metrics``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from bot.adapters.metrics.metrics import Metrics


def metrics_page(metrics: Metrics) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Make the handler of ``GET /metrics``."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(
            body=metrics.text(),
            headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"},
        )

    return page
