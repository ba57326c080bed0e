"""One version, wherever it is written."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bot import __version__
from bot.settings import Settings
from bot.wiring.live import about

ROOT = Path(__file__).resolve().parents[2]


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__


def test_the_first_line_of_the_log_tells_the_kind_of_database_and_nothing_of_its_address() -> None:
    settings = Settings(database_url="postgresql+psycopg://made-up:secret@host/name")
    assert about(settings) == {"version": __version__, "database": "postgresql", "updates": "fetched"}
    assert about(Settings())["database"] == "sqlite"
