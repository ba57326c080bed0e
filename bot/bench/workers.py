"""Workers of one bot as processes of their own, to which updates are brought."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.bench.computer import busy, pin, resident
from bot.bench.contestants import TOKEN
from bot.bench.phones import BenchError
from bot.settings import Settings

SECRET = "measuring-needs-no-secret"  # noqa: S105 - opens nothing
PATIENCE = 60.0
"""Seconds for a worker to become ready, or to end when it is asked to."""


@dataclass
class Worker:
    """One place for a process, which another one takes after a kill.

    Attributes:
        memory: MB at every look, of all processes that were here.
        spent: CPU seconds of those that were killed.
    """

    port: int
    process: Process
    memory: list[float] = field(default_factory=list)
    spent: float = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def busy(self) -> float:
        """CPU seconds so far."""
        return self.spent + (0.0 if self.process.returncode is not None else busy(self.process.pid))

    def look(self) -> None:
        """Note the memory."""
        memory = resident(self.process.pid)
        if memory is not None:
            self.memory.append(memory)


class Workers:
    """Starts, kills and ends them; all share the settings and differ in their port.

    Args:
        alone: there is one, which stays on the first CPU.
    """

    def __init__(self, settings: Settings, api: str, log: Path, *, alone: bool) -> None:
        self._settings = settings
        self._api = api
        self._log = log
        self._alone = alone
        self._hook = ""
        self.all: list[Worker] = []

    @property
    def hooks(self) -> list[str]:
        """Where each of them takes updates."""
        return [f"{worker.url}/telegram" for worker in self.all]

    def busy(self) -> float:
        """CPU seconds of all so far."""
        return sum(worker.busy for worker in self.all)

    def look(self) -> None:
        """Note the memory of all."""
        for worker in self.all:
            worker.look()

    async def start(self, number: int) -> None:
        """Start so many, and wait until all are ready.

        Raises: BenchError.
        """
        ports = [_free_port() for _ in range(number)]
        self._hook = f"http://127.0.0.1:{ports[0]}/telegram"
        for port in ports:
            self.all.append(Worker(port, await self._process(port)))
            await self.ready(self.all[-1])

    async def _process(self, port: int) -> Process:
        settings, known = self._settings, ("PATH", "HOME", "LANG")
        environment = {name: os.environ[name] for name in known if name in os.environ} | {
            "DATA_DIR": str(settings.data_dir),
            "DATABASE_URL": settings.database,
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self._api,
            "LISTEN": f"127.0.0.1:{port}",
            "WEBHOOK_URL": self._hook,
            "WEBHOOK_SECRET": SECRET,
        }
        with self._log.open("ab") as log:
            command = sys.executable, "-m", "bot.bench.worker"
            process = await asyncio.create_subprocess_exec(
                *command, env=environment, stdin=DEVNULL, stdout=log, stderr=log
            )
        if self._alone:
            pin(0, process.pid)
        return process

    async def ready(self, worker: Worker) -> None:
        """Wait until a worker is of use.

        Raises: BenchError, when it ended or does not come to it.
        """
        try:
            async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
                while worker.process.returncode is None:
                    if await _is_ready(session, worker.url):
                        return
                    await asyncio.sleep(0.05)
        except TimeoutError:
            pass
        raise BenchError(f"a worker did not start: {self._log.read_text('utf-8')[-1000:]}")

    async def kill(self, worker: Worker) -> None:
        """Kill a worker where it stands."""
        worker.spent = worker.busy
        worker.process.kill()
        await worker.process.wait()

    async def restart(self, worker: Worker) -> None:
        """Start another process in the place of one that was killed."""
        worker.process = await self._process(worker.port)
        await self.ready(worker)

    async def end(self) -> None:
        """Ask all to stop, and wait for it.

        Raises: BenchError, when one had to be killed or ended in trouble.
        """
        for worker in self.all:
            if worker.process.returncode is None:
                worker.process.send_signal(signal.SIGTERM)
        for worker in self.all:
            try:
                async with asyncio.timeout(PATIENCE):
                    status = await worker.process.wait()
            except TimeoutError:
                worker.process.kill()
                raise BenchError("a worker did not stop when it was asked to") from None
            if status not in (0, -signal.SIGKILL):
                raise BenchError(f"a worker failed: {self._log.read_text('utf-8')[-1000:]}")

    def abandon(self) -> None:
        """Leave no process behind."""
        for worker in self.all:
            if worker.process.returncode is None:
                worker.process.kill()


@asynccontextmanager
async def working(settings: Settings, api: str, log: Path, number: int) -> AsyncIterator[Workers]:
    """So many workers, ready; when the block ends well, they are asked to stop.

    Raises: BenchError.
    """
    workers = Workers(settings, api, log, alone=number == 1)
    try:
        await workers.start(number)
        yield workers
        await workers.end()
    finally:
        workers.abandon()


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/readyz") as answer:
            return answer.ok
    except aiohttp.ClientError:
        return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
