"""The bot's process, and its many ends."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from pathlib import Path
from random import Random

from tests.killing.loopback import TOKEN, Telegram

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0

EARLY = 0.1
"""How often a process is killed while it is still starting."""
START = 1.5
LONGEST = 1.0
"""Seconds from the first poll of a process to its end, at most."""


class Mortal:
    """One bot after the other on the same data directory.

    Attributes:
        ends: what the processes were doing when they were killed: "starting", "at work", "rested" after they had
            worked, or "idle".
    """

    def __init__(self, folder: Path, telegram: Telegram, dice: Random, log: Path) -> None:
        self._folder = folder
        self._telegram = telegram
        self._dice = dice
        self._log = log
        self._process: Process | None = None
        self.ends: Counter[str] = Counter()

    async def start(self) -> None:
        self._telegram.expect_start()
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.killing.bot_process"),
                cwd=ROOT,
                env={
                    **environment,
                    "DATA_DIR": str(self._folder),
                    "BOT_TOKEN": TOKEN,
                    "BOT_API_URL": self._telegram.url,
                },
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def begins(self) -> None:
        """Wait until the process has asked for updates."""
        async with asyncio.timeout(PATIENCE):
            await self._telegram.asked.wait()

    async def lives(self) -> None:
        """Wait until a moment at which it is to die: now and then before it works, mostly soon after."""
        if not self._telegram.asked.is_set() and self._dice.random() < EARLY:
            await asyncio.sleep(self._dice.uniform(0, START))
        else:
            await self.begins()
            await asyncio.sleep(LONGEST * self._dice.random() ** 2)  # most of what is due is done early

    async def dies(self) -> None:
        """Kill it where it stands."""
        process, self._process = self._process, None
        assert process is not None
        assert process.returncode is None, "it ended by itself"
        self.ends[self._doing()] += 1
        process.kill()
        assert await process.wait() == -signal.SIGKILL

    def _doing(self) -> str:
        if not self._telegram.asked.is_set():
            return "starting"
        if self._telegram.is_busy:
            return "at work"
        return "rested" if self._telegram.has_worked else "idle"

    async def end(self) -> None:
        """Leave no process behind."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
