"""Trying a path as somebody, and taking back whatever it did."""

from __future__ import annotations

from typing import Any

import pytest

from bot.adapters.db.schema import metadata
from bot.adapters.db.store import SqlStore
from bot.app.pages import PRIVATE_PAGES, sitting_at
from bot.app.ports import Transaction
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.village import Village, works


class Undone(Exception):
    """Ends a transaction without a trace."""


def content(tx: Transaction) -> dict[str, list[Any]]:
    """Everything that is stored, as the driver reads it: that is looked at some thousand times."""
    driver = tx.people._connection.connection.driver_connection  # type: ignore[attr-defined]
    return {name: driver.execute(f'SELECT * FROM "{name}"').fetchall() for name in metadata.tables}  # noqa: S608


def attempt(store: SqlStore, keys: FakeKeys, village: Village, path: str, role: str) -> tuple[bool, bool]:
    """Call what a path names.

    Returns: whether it was allowed; whether anything stored, or any key, is different afterwards.
    """
    outcome: list[bool] = []

    def use(tx: Transaction) -> None:
        work, before, had = works(tx, keys), content(tx), keys.existing()
        person = village.people[role]
        try:
            sitting = sitting_at(path)
            if sitting is not None:
                sitting.open(work, person)
            else:
                found = PRIVATE_PAGES.find(path)
                assert found is not None
                found[0](work, person, **found[1])
            allowed = True
        except Refusal:
            allowed = False
        outcome.extend((allowed, (content(tx), keys.existing()) != (before, had)))
        for round_id in keys.existing() - had:
            keys.destroy(round_id)
        raise Undone

    with pytest.raises(Undone):
        store.run_now(use)
    return outcome[0], outcome[1]
