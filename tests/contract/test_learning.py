"""Releases across partnerships and who shares, whatever the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.adapters.db.store import SqlStore
from bot.app.ports import Release, Transaction
from bot.errors import StoreError

SPRING, SUMMER = datetime(2030, 4, 1, 6, tzinfo=UTC), datetime(2030, 7, 1, 6, tzinfo=UTC)


def test_releases_come_back_in_their_order_and_only_the_last_keeps_its_members(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        assert tx.learning.last(SUMMER) is None
        tx.learning.add(SPRING, words="{}", members="[1]")
        assert tx.learning.last(SUMMER) == Release(SPRING, "{}", "[1]")
        tx.learning.add(SUMMER, words="{2}", members="[2]")
        assert tx.learning.last(SUMMER) == Release(SUMMER, "{2}", "[2]")
        assert tx.learning.last(SUMMER - timedelta(seconds=1)) == Release(SPRING, "{}", None)
        assert tx.learning.all() == (Release(SPRING, "{}", None), Release(SUMMER, "{2}", "[2]"))

    store.run_now(use)


def test_a_release_is_made_once(store: SqlStore) -> None:
    def again(tx: Transaction) -> None:
        tx.learning.add(SPRING, words="{other}", members="[2]")

    store.run_now(lambda tx: tx.learning.add(SPRING, words="{}", members="[1]"))
    with pytest.raises(StoreError):
        store.run_now(again)
    assert store.run_now(lambda tx: tx.learning.all()) == (Release(SPRING, "{}", "[1]"),)


def test_partnerships_that_share_are_found(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        silent, sharing = (
            tx.partnerships.get(tx.partnerships.add(name=name, purpose="", language="en", zone="UTC"))
            for name in "PQ"
        )
        assert silent.shares_since is None
        shared = replace(sharing, shares_since=date(2030, 3, 1))
        tx.partnerships.save(shared)
        assert tx.partnerships.sharing(date(2030, 3, 1)) == (shared,)
        assert tx.partnerships.sharing(date(2030, 2, 28)) == ()
        tx.partnerships.save(sharing)
        assert tx.partnerships.sharing(date(2030, 3, 1)) == ()

    store.run_now(use)
