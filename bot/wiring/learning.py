"""What ``python -m bot learning`` does: everything that was released across partnerships, as files for researchers."""

from __future__ import annotations

from pathlib import Path

from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.reports.reports import FileReports
from bot.app.learning import all_told
from bot.app.reports.learning import dictionary, readme, records
from bot.settings import Settings
from bot.wiring.exports import in_store
from bot.wiring.machine import LOCALES

ENGLISH = "en"


def write(settings: Settings, to: Path) -> list[Path]:
    """Write the data and its dictionary into a folder, which is made if need be.

    Raises: BotError.
    """
    told = in_store(settings, all_told)
    reports = FileReports(GettextCatalogs(LOCALES))
    files = {
        "learning.csv": reports.csv(records(told), ENGLISH),
        "data-dictionary.csv": reports.csv(dictionary(), ENGLISH),
        "data-dictionary.md": readme().encode(),
    }
    to.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (to / name).write_bytes(content)
    return [to / name for name in files]
