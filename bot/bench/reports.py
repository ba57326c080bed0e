"""How long the report over time takes and how much memory, for a partnership with years behind it."""

from __future__ import annotations

import time
from pathlib import Path

from bot.adapters.system import SystemClock
from bot.app.exports import Export, report_file
from bot.app.ports import Transaction
from bot.app.work import Work
from bot.bench.computer import peak
from bot.bench.phones import Json
from bot.bench.reported import Past, settle
from bot.bench.stores import setting_of, settings_of
from bot.wiring.machine import Stored, open_store

PARTNERS, DECISIONS, ROUNDS = 10, 15, 6


async def reports(_address: str, _phones: int, folder: Path) -> dict[str, Json]:
    """Make the report twice.

    Returns: under ``report`` the seconds inside the transaction and those of making the file, ``first`` and
        ``later``; ``bytes`` of the file; ``peak`` memory of this process in MB. The one that sets the file has
        another 110 MB for half a second.
    """
    stored = open_store(settings_of(folder))
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
    clock = SystemClock()
    work = Work(tx, clock.now(), setting_of(stored, clock))
    partnership = tx.partnerships.get(settle(tx, Past(PARTNERS, DECISIONS, ROUNDS), work.now))
    begun = time.perf_counter()
    file = report_file(work, partnership, Export.TIME, "fr")
    inside = time.perf_counter() - begun
    content = file.read()
    return {"inside": inside, "made": time.perf_counter() - begun - inside, "bytes": len(content)}
