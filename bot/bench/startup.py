"""How long a start takes and how much memory a running bot needs, by starting it as an operator does."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bench import api
from bot.bench.computer import resident
from bot.bench.contestants import TOKEN

SETTLING = 2.0
"""Seconds after the first poll until memory is read."""


async def live(folder: Path) -> tuple[float, float | None]:
    """Start ``run`` on a data directory.

    Returns: seconds until it asks for updates; resident memory in MB a little later.
    """
    async with api.started() as address:
        remote = api.Remote(address)
        begun = time.perf_counter()
        async with _process("run", folder, BOT_TOKEN=TOKEN, BOT_API_URL=address) as process:
            await remote.polled()
            seconds = time.perf_counter() - begun
            await asyncio.sleep(SETTLING)
            memory = resident(process.pid)
        await remote.aclose()
    return seconds, memory


async def playground(folder: Path) -> float:
    """Start ``playground``; returns seconds until its page is announced."""
    begun = time.perf_counter()
    async with _process("playground", folder, LISTEN="127.0.0.1:0") as process:
        if process.stdout is not None:
            await process.stdout.readline()
        return time.perf_counter() - begun


@asynccontextmanager
async def _process(command: str, folder: Path, **settings: str) -> AsyncIterator[Process]:
    """A process of the bot that knows no other settings than these; ended as a service manager would."""
    environment = {"PATH": os.environ.get("PATH", ""), "DATA_DIR": str(folder), **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", command, env=environment, stdout=PIPE, stderr=DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()
