"""How updates travel to a webhook: one HTTP request each."""

from __future__ import annotations

import aiohttp

from bot.adapters.playground.webhooks import Posted

PATIENCE = 60.0
"""Seconds of silence after which Telegram gives a request up."""


class HttpPost:
    """Posts over connections that stay open; fulfils ``webhooks.Post``."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> Posted:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(sock_read=PATIENCE))
        try:
            async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                content = await answer.read()
        except TimeoutError:
            return Posted("Read timeout expired")
        except aiohttp.ClientConnectorError:
            return Posted("Connection refused")
        except (aiohttp.ClientError, OSError):
            return Posted("Connection reset by peer")
        if not answer.ok:
            return Posted(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        return Posted(content=content)

    async def close(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()
