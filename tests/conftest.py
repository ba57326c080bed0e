"""What all tests share: properties are never timed, and in CI they draw the same examples every time.

Figures that a test notes with ``record_property(FIGURES, ...)`` stand at the end, whichever process it ran in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.adapters.db.databases import database_of
from bot.adapters.db.migrations import upgrade
from bot.bench.postgresql import Server, running_server
from tests.tables import copied_tables

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

FIGURES = "figures"

LONGEST = (
    "test_non_interference",
    "test_gallery",
    "test_modes",
    "test_close",
)
"""Modules whose tests take many seconds each: begun first, so that no process is left with one of them at the end."""


@pytest.fixture(scope="session", autouse=True)
def _tables_are_copied() -> Iterator[None]:
    with copied_tables():
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """PostgreSQL, for those tests of this process that need it."""
    with running_server() as made:
        yield made


@pytest.fixture(scope="session")
def with_tables(server: Server) -> str:
    """The name of a database with all tables and no rows, of which others are copies."""
    url = server.new_database()
    database = database_of(url)
    engine = database.open()
    with engine.connect() as connection:
        upgrade(connection, database)
    return url.rpartition("/")[2].partition("?")[0]


KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, of each kind in turn."""
    yield from a_database(request.param, request, tmp_path)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without rows, of each kind in turn; where that takes time, it has its tables already."""
    yield from a_database(request.param, request, tmp_path, "with_tables")


def a_database(
    kind: str, request: pytest.FixtureRequest, folder: Path, template: str | None = None
) -> Iterator[str]:
    """A database of a kind; with a template, PostgreSQL's is a copy of it."""
    if kind == "sqlite":
        (folder / "data").mkdir(mode=0o700)  # where a bot keeps it unless told otherwise
        yield f"sqlite:///{folder / 'data' / 'bot.sqlite3'}"
        return
    server: Server = request.getfixturevalue("server")
    url = server.new_database(request.getfixturevalue(template) if template else "template1")
    yield url
    server.drop(url)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem not in LONGEST)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, told in getattr(report, "user_properties", ()):
            if name == FIGURES and report.when == "call":
                terminalreporter.write_line(told)
