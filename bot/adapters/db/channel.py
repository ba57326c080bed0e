"""The line between the processes of one bot: PostgreSQL's notifications, which no table and no log of it keeps."""

from __future__ import annotations

import asyncio
import logging
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Any

import psycopg
from psycopg import AsyncConnection
from sqlalchemy import URL

from bot.errors import StoreError

LOG = logging.getLogger("bot.channel")

NAME = "power_reflection_bot"

KEEPALIVES = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
"""Seconds, and how often: a host that vanished holds its locks for less than half a minute."""

LISTEN = f"LISTEN {NAME}"
TELL = "SELECT pg_notify(%s, part) FROM unnest(%s::text[]) AS part"
AT_ONCE = "SET synchronous_commit = off"  # there is nothing to be kept, so nothing to wait for

LONGEST = 7000
"""Characters of one notification; PostgreSQL takes less than 8,000 bytes."""

BROKEN_FOR = 2.0
"""Seconds until a line that broke is tried again."""


def session(settings: Mapping[str, str]) -> dict[str, Any]:
    """Arguments of a connection whose session has these settings of the server."""
    return {
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        "connect_timeout": 10,
    }


class PostgresChannel:
    """``Channel`` over LISTEN and NOTIFY, on two connections of its own: nobody waits for it."""

    def __init__(self, url: URL) -> None:
        _, address = url.get_dialect()().create_connect_args(url)
        self._address = {**address, **session(KEEPALIVES)}
        self._numbers = count()
        self._speaking: AsyncConnection | None = None
        self._heard: dict[tuple[int, str], list[str]] = {}

    async def listen(
        self, hear: Callable[[bytes], object], connected: Callable[[], Awaitable[object]]
    ) -> None:
        while True:
            try:
                async with await self._connect() as line:
                    self._heard.clear()
                    await line.execute(LISTEN)
                    await connected()
                    async for note in line.notifies():
                        self._take(note.pid, note.payload, hear)
            except (psycopg.Error, StoreError) as error:  # the store may have lost its connection, too
                LOG.warning("the line to other processes broke error=%s", type(error).__name__)
            await asyncio.sleep(BROKEN_FOR)

    async def tell(self, word: bytes) -> None:
        text, number = b64encode(word).decode("ascii"), next(self._numbers)
        pieces = [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]
        # Each part has its place in it: of notifications that are the same PostgreSQL sends one.
        parts = [f"{number} {place}/{len(pieces)} {piece}" for place, piece in enumerate(pieces, start=1)]
        try:
            if self._speaking is None or self._speaking.closed:
                self._speaking = await self._connect()
                await self._speaking.execute(AT_ONCE)
            await self._speaking.execute(TELL, [NAME, parts])
        except psycopg.Error as error:
            await self.close()
            raise StoreError("Other processes could not be told.") from error

    async def close(self) -> None:
        if self._speaking is not None:
            await self._speaking.close()
            self._speaking = None

    async def _connect(self) -> AsyncConnection:
        return await AsyncConnection.connect(**self._address, autocommit=True)

    def _take(self, speaker: int, payload: str, hear: Callable[[bytes], object]) -> None:
        """Put a word together from its parts, which come in order; our own are left out."""
        if self._speaking is not None and speaker == self._speaking.info.backend_pid:
            return
        number, place, piece = payload.split(" ", 2)
        which, _, pieces = place.partition("/")
        self._heard.setdefault((speaker, number), []).append(piece)
        if which == pieces:
            hear(b64decode("".join(self._heard.pop((speaker, number)))))
