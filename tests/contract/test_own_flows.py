"""Questions of partnerships' own, as any store keeps them."""

from __future__ import annotations

from bot.adapters.db.store import SqlStore
from bot.app.ports import Transaction
from bot.core.ids import PartnershipId


def partnership(tx: Transaction) -> PartnershipId:
    return tx.partnerships.add(name="Made-up Alliance", purpose="", language="en", zone="UTC")


def test_the_newest_version_of_each_is_given_and_older_ones_are_kept(store: SqlStore) -> None:
    def play(tx: Transaction) -> None:
        here, there = partnership(tx), partnership(tx)
        one, other, elsewhere = (tx.own_flows.add(where, "first") for where in (here, here, there))
        assert tx.own_flows.replace(one, "second") == 2
        assert [(kept.id, kept.version, kept.source) for kept in tx.own_flows.of(here)] == [
            (one, 2, "second"),
            (other, 1, "first"),
        ]
        assert [kept.id for kept in tx.own_flows.of(there)] == [elsewhere]
        first = tx.own_flows.get(one, 1)
        assert first is not None
        assert (first.partnership, first.source) == (here, "first")
        assert "first" not in repr(first)
        tx.own_flows.drop_version(one, 1)
        assert tx.own_flows.get(one, 1) is None
        newest = tx.own_flows.get(one)
        assert newest is not None
        assert newest.version == 2

    store.run_now(play)


def test_what_is_removed_is_gone_and_its_id_is_not_used_again(store: SqlStore) -> None:
    def play(tx: Transaction) -> None:
        here = partnership(tx)
        gone = tx.own_flows.add(here, "first")
        tx.own_flows.remove(gone)
        assert tx.own_flows.get(gone) is None
        assert tx.own_flows.add(here, "first") > gone
        tx.partnerships.remove(here)
        assert tx.own_flows.of(here) == ()

    store.run_now(play)
