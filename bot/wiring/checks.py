"""What ``python -m bot check`` looks at besides the settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot.adapters.db.databases import database_of
from bot.adapters.db.glance import structures, undelivered
from bot.adapters.i18n.catalog_tool import problems as catalog_problems
from bot.core.flow.library import load_library
from bot.core.flow.loader import check_version, decoded, load_flow
from bot.core.measures import load_measures
from bot.errors import ContactUnreachable, FlowError
from bot.settings import Settings
from bot.wiring.machine import FLOWS, MEASURES, ROOT

DOUBTFUL = "A digest: look in its group, and if it is not there, write /digest there. The bot repeats nothing of this."
NOBODYS_FAULT = {
    ContactUnreachable.code: "They blocked or removed the bot; it writes again when they return. Nothing to do.",
    "attempts": "Telegram took none of several attempts. People see their card again when they write.",
}
OUR_FAULT = "A mistake in the bot: please report this code and the lines of the log that name it."


def problems() -> list[str]:
    """What is wrong with flows, measures and languages, as lines to print; empty when all is well."""
    found = catalog_problems(ROOT)
    for load, where in ((load_library, FLOWS), (load_measures, MEASURES)):
        try:
            load(where)
        except FlowError as error:
            found += str(error).splitlines()
    return found


def file_problems(files: Iterable[Path], settings: Settings) -> list[str]:
    """What is wrong with flow files, as ``file:line:column: message``; empty when all are in order.

    Raises: StoreError, when there is a database that cannot be read.
    """
    known = {(flow.flow, flow.version): flow.structure for flow in load_library(FLOWS).newest()}
    database = database_of(settings.database)
    if database.exists():
        known |= structures(database)
    found: list[str] = []
    for file in files:
        try:
            source = decoded(file.read_bytes(), str(file))
            check_version(load_flow(source, str(file)), source, str(file), known)
        except FlowError as error:
            found += str(error).splitlines()
        except OSError as error:
            found.append(f"{file}:1:1: cannot be read ({error.strerror})")
    return found


def messages(settings: Settings, now: datetime) -> tuple[list[str], bool]:
    """What became of the messages of a bot, which may be running meanwhile.

    Returns: lines to print, and whether somebody should look after it: after a digest that did not surely
        arrive and after a mistake of ours, while that is news; not after what heals by itself.
    Raises: StoreError.
    """
    database = database_of(settings.database)
    if not database.exists():
        return ["Messages: none yet, there is no database."], False
    found = undelivered(database, now)
    lines = ["Messages:", f"  waiting: {found.waiting}", f"  in doubt: {_numbers(found.doubtful)}"]
    if found.doubtful:
        lines.append(f"    {DOUBTFUL}")
    lines.append(f"  given up: {sum(pages.total() for pages in found.given_up.values())}")
    for code, pages in sorted(found.given_up.items()):
        lines += [f"    {code}: {_numbers(pages)}", f"      {NOBODYS_FAULT.get(code, OUR_FAULT)}"]
    return lines, not found.news <= NOBODYS_FAULT.keys()


def _numbers(pages: Counter[str]) -> str:
    """A total, and the pages it is made of: ``3 (digest 1, remind 2)``."""
    parts = ", ".join(f"{page} {number}" for page, number in sorted(pages.items()))
    return f"{pages.total()} ({parts})" if parts else "0"
