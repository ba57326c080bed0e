"""How long the report over time takes and how much memory, for a partnership with years behind it."""

from __future__ import annotations

import time
from pathlib import Path

from bot.adapters.dates.ics import ics
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.reports.reports import FileReports
from bot.adapters.system import SystemClock, SystemRandomness
from bot.app.exports import Export, report_file
from bot.app.ports import Transaction
from bot.app.work import Setting, Work
from bot.bench.computer import peak
from bot.bench.phones import Json
from bot.bench.reported import Past, settle
from bot.settings import Settings
from bot.wiring.machine import LOCALES, Stored, open_store

PARTNERS, DECISIONS, ROUNDS = 10, 15, 6


async def reports(_address: str, _phones: int, folder: Path) -> dict[str, Json]:
    """Make the report twice.

    Returns: under ``report`` the seconds inside the transaction and those of making the file, ``first`` and
        ``later``; ``bytes`` of the file; ``peak`` memory of this process in MB. The one that sets the file has
        another 110 MB for half a second.
    """
    stored = open_store(
        Settings(data_dir=folder, database_url="", master_key_file=None, key_dir=None, bot_token=None)
    )
    try:
        first, later = (stored.store.run_now(lambda tx: _made(tx, stored)) for _ in range(2))
    finally:
        stored.store.stop_now()
    return {
        "report": {
            "inside": later["inside"],
            "first": first["made"],
            "later": later["made"],
            "bytes": later["bytes"],
            "peak": peak() or 0.0,
        }
    }


def _made(tx: Transaction, stored: Stored) -> Json:
    catalogs, clock = GettextCatalogs(LOCALES), SystemClock()
    setting = Setting(
        flows=stored.flows,
        catalogs=catalogs,
        random=SystemRandomness(),
        keys=stored.keys,
        clock=clock,
        bot_name="MadeUpBot",
        operator="Made-up Operator",
        write_dates=ics,
        reports=FileReports(catalogs),
    )
    work = Work(tx, clock.now(), setting)
    partnership = tx.partnerships.get(settle(tx, Past(PARTNERS, DECISIONS, ROUNDS), work.now))
    begun = time.perf_counter()
    file = report_file(work, partnership, Export.TIME, "fr")
    inside = time.perf_counter() - begun
    content = file.read()
    return {"inside": inside, "made": time.perf_counter() - begun - inside, "bytes": len(content)}
