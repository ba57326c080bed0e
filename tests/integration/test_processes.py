"""The commands as an operator starts them: separate processes, with a stand-in of the Bot API on loopback."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from bot.__main__ import main
from bot.adapters.playground.faults import Fault
from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from tests.hooked import free_port

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "1000001:made-up-token-that-must-never-show"  # noqa: S105
PATIENCE = 30.0


class Telegram:
    """A stand-in that listens on loopback, where a bot in another process finds it."""

    def __init__(self) -> None:
        self.standin = StandIn(lambda: datetime.now(UTC), token=TOKEN, pace=False)
        self.world = World(self.standin)
        self.url = ""

    async def call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            status, answer = 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        else:
            parameters = await request.json() if request.can_read_body else {}
            status, answer = await self.standin.call(request.match_info["method"], parameters)
        return web.json_response(answer, status=status)

    def texts(self, person: int) -> list[str]:
        return [item.text for item in self.world.messages(person) if item.sender is None]

    async def heard(self, person: int, words: str) -> None:
        """Wait until somebody's newest message holds these words."""
        async with asyncio.timeout(PATIENCE):
            while not (self.texts(person) and words in self.texts(person)[-1]):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[Telegram]:
    made = Telegram()
    application = web.Application()
    application.router.add_post("/bot{token}/{method}", made.call)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = "http://{}:{}".format(*runner.addresses[0])
    yield made
    await made.standin.close()
    await runner.cleanup()


class Shell:
    """Starts commands in one data directory, and ends what is left at the end of a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._started: list[Process] = []

    async def start(self, *arguments: str, **environment: str) -> Process:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=ROOT,
            env={**inherited, "DATA_DIR": str(self.folder), **environment},
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
        )
        self._started.append(process)
        return process

    async def run(self, *arguments: str, typed: str = "", **environment: str) -> tuple[int, str, str]:
        """Run to the end. Returns: exit code, output, errors."""
        process = await self.start(*arguments, **environment)
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate(typed.encode())
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()

    async def end(self) -> None:
        for process in self._started:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.communicate()


@pytest_asyncio.fixture
async def shell(tmp_path: Path) -> AsyncIterator[Shell]:
    made = Shell(tmp_path / "data")
    yield made
    await made.end()


CANARY = "canary-7f3a"


async def test_help_names_every_command_and_no_secret(shell: Shell) -> None:
    code, out, err = await shell.run("--help", BOT_TOKEN=TOKEN, OPERATOR=CANARY, KEY_DIR=f"/{CANARY}")
    assert (code, err) == (0, "")
    assert {"run", "playground", "migrate", "check", "release"} <= set(re.findall(r"^    (\w+)", out, re.M))
    assert TOKEN not in out
    assert CANARY not in out


class Typed:
    """Commands in this process, for what needs none of its own."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def run(self, *arguments: str, typed: str = "", **environment: str) -> tuple[int, str, str]:
        """Run to the end. Returns: exit code, output, errors."""
        for name, value in {"DATA_DIR": str(self.folder), **environment}.items():
            self._monkeypatch.setenv(name, value)
        self._monkeypatch.setattr("sys.stdin", StringIO(typed))
        return (main(list(arguments)), *self._capsys.readouterr())


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(tmp_path / "data", monkeypatch, capsys)


def test_settings_that_cannot_be_used_are_named_without_their_values(command: Typed) -> None:
    wrong = {"LISTEN": CANARY, "LOG_LEVEL": CANARY, "FACILITATORS": CANARY, "OPERATOR": CANARY * 10}
    code, out, err = command.run("migrate", **wrong)
    assert (code, out) == (1, "")
    assert err.startswith("settings: ")
    assert all(name in err for name in wrong)
    assert CANARY not in err


def test_a_database_that_cannot_be_used_is_told_without_its_address(command: Typed) -> None:
    code, _, err = command.run("migrate", DATABASE_URL=f"mysql://somebody:{CANARY}@db/bot")
    assert (code, err.startswith("store: DATABASE_URL")) == (1, True)
    assert CANARY not in err


def test_migrate_makes_the_database_once_and_may_be_repeated(command: Typed) -> None:
    for _ in range(2):
        assert command.run("migrate") == (0, "The database is up to date.\n", "")
    assert (command.folder / "bot.sqlite3").stat().st_mode & 0o077 == 0
    assert (command.folder / "master" / "master.key").stat().st_mode & 0o077 == 0


def test_migrate_refuses_a_newer_database_and_a_missing_key(command: Typed) -> None:
    command.run("migrate")
    (command.folder / "master" / "identity.key").rename(command.folder / "away")
    code, _, err = command.run("migrate")
    assert (code, err.startswith("keys: ")) == (1, True)
    (command.folder / "away").rename(command.folder / "master" / "identity.key")
    with closing(sqlite3.connect(command.folder / "bot.sqlite3")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    code, _, err = command.run("migrate")
    assert (code, "newer version" in err) == (1, True)


def test_check_says_whether_all_is_in_order_and_changes_nothing(command: Typed) -> None:
    code, out, err = command.run("check")
    assert err == ""
    ends = {0: "Settings, flows and languages are in order.", 1: "Something needs attention."}
    assert out.splitlines()[-1] == ends[code]
    assert not command.folder.exists()


def test_release_prints_one_line_for_each_it_reads(command: Typed) -> None:
    given = (
        '{"kind":"level","counts":[0,0,1,2,2],"per_org":1}',
        '{"kind":"level","counts":[0,0,0,2,2],"per_org":1}',
        '{"kind":"agree","counts":[4,1],"per_org":1}',
    )
    code, out, err = command.run("release", "--stdin", typed="\n".join(given))
    assert (code, err) == (0, "")
    first, withheld, third = out.splitlines()
    assert withheld == "null"
    assert "high" in first.casefold()
    assert "few" in third.casefold()


def test_release_names_the_line_it_cannot_read_and_keeps_those_before(command: Typed) -> None:
    typed = '{"kind":"agree","counts":[1,1],"per_org":1}\n\n{"kind":"made-up"}\n'
    code, out, err = command.run("release", "--stdin", typed=typed)
    assert (code, out) == (1, "null\n")
    assert err.startswith("line 3: ")
    with pytest.raises(SystemExit, match="2"):
        command.run("release")


async def running(shell: Shell, telegram: Telegram) -> Process:
    return await shell.start("run", BOT_TOKEN=TOKEN, BOT_API_URL=telegram.url)


async def stopped(process: Process) -> tuple[int, str]:
    """Ask a bot to stop, within ten seconds. Returns: exit code and what it logged."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(10):
        _, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, err.decode()


async def test_a_running_bot_answers_keeps_its_database_to_itself_and_stops_when_asked(
    shell: Shell, telegram: Telegram
) -> None:
    person = telegram.world.add_person("Person A")
    telegram.world.open_link(person)
    bot = await running(shell, telegram)
    await telegram.heard(person, "Who decides what")
    code, _, err = await shell.run("run", BOT_TOKEN=TOKEN, BOT_API_URL=telegram.url)
    assert (code, err.splitlines()[-1]) == (
        1,
        "store: The database is already in use by another process: stop it first.",
    )
    telegram.world.say(person, "/help")
    await telegram.heard(person, "Help")
    code, log = await stopped(bot)
    assert code == 0
    assert "running" in log
    assert TOKEN not in log
    assert TOKEN.partition(":")[2] not in log


async def test_a_bot_killed_again_and_again_takes_every_answer_once(shell: Shell, telegram: Telegram) -> None:
    person = telegram.world.add_person("Person A")
    bot = await running(shell, telegram)
    telegram.world.say(person, "/new")
    await telegram.heard(person, "What is the partnership called?")
    for texts in (("Made-up Alliance", "Clean water"), ("English", "Nairobi")):
        for text in texts:
            telegram.world.say(person, text)
            await asyncio.sleep(0.01)
        bot.kill()
        await bot.communicate()
        bot = await running(shell, telegram)
    await telegram.heard(person, "Which organisations belong to it?")
    telegram.world.say(person, "A | A\nB | B\nC | C")
    await telegram.heard(person, "3. C | C | other")
    telegram.world.press(person, "That is all")
    await telegram.heard(person, "Made-up Alliance")
    assert "Africa/Nairobi" in telegram.texts(person)[-1]
    assert (await stopped(bot))[0] == 0


@pytest.mark.parametrize("moment", ["at the start", pytest.param("later", marks=pytest.mark.audit)])
async def test_a_token_that_telegram_does_not_know_is_told_plainly(
    shell: Shell, telegram: Telegram, moment: str
) -> None:
    wrong = "1000001:another-made-up-token-nobody-knows"
    if moment == "later":
        telegram.standin.faults.plan("getUpdates", Fault(401, after_performing=False))
    token = TOKEN if moment == "later" else wrong
    code, _, err = await shell.run("run", BOT_TOKEN=token, BOT_API_URL=telegram.url)
    assert code == 1
    assert "settings: Telegram does not know this BOT_TOKEN." in err
    assert "Traceback" not in err
    assert token not in err


async def test_a_bot_started_without_a_network_waits_for_one(shell: Shell, telegram: Telegram) -> None:
    person = telegram.world.add_person("Person A")
    telegram.world.open_link(person)
    telegram.standin.faults.plan("getMe", Fault(502, after_performing=False))
    bot = await running(shell, telegram)
    await telegram.heard(person, "Who decides what")
    code, log = await stopped(bot)
    assert (code, "Traceback" in log) == (0, False)


async def test_a_bot_to_which_telegram_comes_answers_and_stops_when_asked(
    shell: Shell, telegram: Telegram
) -> None:
    person, port, secret = telegram.world.add_person("Person A"), free_port(), CANARY
    telegram.world.open_link(person)
    comes = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "WEBHOOK_SECRET": secret}
    environment = {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram.url, "LISTEN": f"127.0.0.1:{port}"}
    bot = await shell.start("run", **environment, **comes)
    await telegram.heard(person, "Who decides what")
    code, log = await stopped(bot)
    assert (code, "Traceback" in log) == (0, False)
    assert "webhook set" in log
    assert TOKEN not in log
    assert secret not in log
    assert telegram.standin.webhooks.url, "others may go on taking updates"

    bot = await shell.start("run", **environment)
    telegram.world.say(person, "/help")
    await telegram.heard(person, "Help")
    assert "webhook removed" in (await stopped(bot))[1]


@pytest.mark.audit
async def test_a_bot_whose_port_is_taken_says_so_and_fails(shell: Shell, telegram: Telegram) -> None:
    taken = telegram.url.removeprefix("http://")
    code, _, err = await shell.run("run", BOT_TOKEN=TOKEN, BOT_API_URL=telegram.url, LISTEN=taken)
    assert (code, "Traceback" in err) == (1, False)
    assert "settings: LISTEN cannot be used: another program" in err


async def test_the_playground_tells_its_address_and_leaves_nothing_behind(shell: Shell) -> None:
    process = await shell.start("run", LISTEN="127.0.0.1:0")
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        lines = [(await process.stdout.readline()).decode() for _ in range(2)]
    assert lines[0].startswith("No BOT_TOKEN is set, so this is the playground.")
    assert lines[1].startswith("Open http://127.0.0.1:")
    code, _ = await stopped(process)
    assert code == 0
    assert not (shell.folder / "playground").exists()
