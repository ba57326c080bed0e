"""How updates travel to a webhook: one HTTP request each."""

from __future__ import annotations

import aiohttp

PATIENCE = 60.0
"""Seconds of silence after which Telegram gives a request up."""


class HttpPost:
    """Posts over connections that stay open; fulfils ``webhooks.Post``."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> str | None:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(sock_read=PATIENCE))
        try:
            async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                await answer.read()
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except (aiohttp.ClientError, OSError):
            return "Connection reset by peer"
        return None if answer.ok else f"Wrong response from the webhook: {answer.status} {answer.reason}"

    async def close(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()
