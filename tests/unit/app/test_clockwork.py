"""What a tick does for several rounds at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.db.databases import database_of
from bot.adapters.db.store import SqlStore
from bot.app import clockwork
from bot.app.ports import Transaction
from bot.app.work import Service
from bot.core.ids import PartnershipId, RoundId
from bot.core.quarters import quarter
from bot.core.rounds.lifecycle import Kind, Moment, RoundState
from bot.errors import KeysError
from tests.contract.fakes import FakeKeys
from tests.unit.app.village import NOW, setting


@pytest.fixture
def keys() -> FakeKeys:
    return FakeKeys()


@pytest.fixture
def store(tmp_path: Path, keys: FakeKeys) -> Iterator[SqlStore]:
    made = SqlStore(database_of(f"sqlite:///{tmp_path / 'bot.db'}"), keys)
    made.start()
    made.migrate()
    yield made
    made.stop_now()


def ended_rounds(tx: Transaction, keys: FakeKeys) -> list[RoundId]:
    """Three rounds whose announced time is over, each of its own partnership."""
    found = []
    for _ in range(3):
        partnership: PartnershipId = tx.partnerships.add(name="P", purpose="", language="en", zone="UTC")
        made = tx.rounds.add(
            partnership,
            kind=Kind.REFLECTION,
            moment=Moment.BASELINE,
            flow="pat",
            flow_version=2,
            collect_days=7,
            answer_days=7,
        )
        tx.rounds.save(replace(made, state=RoundState.ANSWERING, answer_until=NOW, foretold=True))
        keys.create(made.id)
        found.append(made.id)
    return found


async def test_a_tick_makes_the_release_of_the_quarter_once(store: SqlStore, keys: FakeKeys) -> None:
    def share(tx: Transaction) -> None:
        made = tx.partnerships.add(name="P", purpose="", language="en", zone="UTC")
        tx.partnerships.save(replace(tx.partnerships.get(made), shares_since=date(2026, 12, 1)))

    store.run_now(share)
    service = Service(store, setting(keys), committed=lambda _: None)
    for _ in range(2):
        await clockwork.tick(service, store.compact)
    assert [one.at for one in store.run_now(lambda tx: tx.learning.all())] == [quarter(NOW)]


async def test_a_round_whose_key_is_missing_waits_and_the_others_close(
    store: SqlStore, keys: FakeKeys
) -> None:
    stuck, *others = store.run_now(lambda tx: ended_rounds(tx, keys))
    keys.destroy(stuck)
    service = Service(store, setting(keys), committed=lambda _: None)
    with pytest.raises(KeysError):
        await clockwork.tick(service, store.compact)

    def digest_dates(tx: Transaction) -> dict[RoundId, bool]:
        rounds = tx.rounds.in_states({RoundState.CLOSING})
        return {found.id: found.digest_at is not None for found in rounds}

    assert store.run_now(digest_dates) == dict.fromkeys(others, True)
    assert store.run_now(lambda tx: tx.rounds.get(stuck)).state is RoundState.ANSWERING, "it can be cancelled"
    assert keys.existing() == frozenset()
    keys.create(stuck)
    await clockwork.tick(service, store.compact)
    assert store.run_now(digest_dates)[stuck]
