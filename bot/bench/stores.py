"""Data of a measurement: its settings, and the use cases over its store while no bot runs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.adapters.dates.ics import ics
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.reports.reports import FileReports
from bot.adapters.system import SystemRandomness
from bot.app.ports import Clock
from bot.app.work import Service, Setting
from bot.bench.computer import busy_together
from bot.settings import Settings
from bot.wiring.machine import LOCALES, Stored, open_store


@contextmanager
def own_folder(settings: Settings) -> Iterator[Path]:
    """A folder beside the data, which the server of a database may enter, too."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data_dir.resolve(), prefix="bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@dataclass(frozen=True, slots=True)
class Home:
    """Where answers are kept: a database by its URL, or a file in the folder of the measurement.

    Attributes:
        server: id of the first process of the database's server, where we started one.
    """

    url: str = ""
    server: int | None = None

    @property
    def busy(self) -> float | None:
        """CPU seconds that the server took so far; None where there is none, or the system does not tell."""
        try:
            return None if self.server is None else busy_together(self.server)
        except OSError:
            return None


def own(folder: Path, database: str = "") -> dict[str, Any]:
    """Settings that keep everything in a folder of this measurement, but for a database elsewhere."""
    return {"data_dir": folder, "database_url": database, "master_key_file": None, "key_dir": None}


def settings_of(folder: Path, database: str = "") -> Settings:
    return Settings.model_construct(**own(folder, database))


def served(settings: Settings, clock: Clock) -> tuple[Stored, Service]:
    """Open a store, and the use cases over it; nobody sends."""
    stored = open_store(settings)
    stored.store.lead_now(lambda _: None)
    return stored, Service(stored.store, setting_of(stored, clock), committed=lambda _: None)


def setting_of(stored: Stored, clock: Clock) -> Setting:
    """What use cases rely on, over this store."""
    catalogs = GettextCatalogs(LOCALES)
    return Setting(
        flows=stored.flows,
        catalogs=catalogs,
        random=SystemRandomness(),
        keys=stored.keys,
        clock=clock,
        bot_name="MeasuredBot",
        operator="the operator",
        write_dates=ics,
        reports=FileReports(catalogs),
    )


@contextmanager
def serving(settings: Settings, clock: Clock) -> Iterator[Service]:
    """The same, while the block lasts."""
    stored, service = served(settings, clock)
    try:
        yield service
    finally:
        stored.store.stop_now()
