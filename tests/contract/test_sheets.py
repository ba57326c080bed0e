"""Answers under a pseudonym, whatever the database."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.adapters.db.store import SqlStore
from bot.app.ports import Transaction
from bot.core.confidentiality.sealing import pseudonym
from bot.core.ids import PersonId, RoundId
from bot.errors import KeysError
from tests.contract.fakes import FakeKeys

ROUND = RoundId(7)
NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
PEOPLE = [PersonId(number) for number in range(1001, 1007)]


@pytest.fixture(autouse=True)
def open_round(keys: FakeKeys) -> None:
    keys.create(ROUND)


def save_all(store: SqlStore, people: list[PersonId], contents: list[bytes]) -> None:
    def save(tx: Transaction) -> None:
        for person, content in zip(people, contents, strict=True):
            tx.sheets.save(ROUND, person, "answer", content)

    store.run_now(save)


def test_a_sheet_is_replaced_by_the_next_one_of_the_same_person_and_cell(store: SqlStore) -> None:
    save_all(store, PEOPLE[:1], [b"first"])
    save_all(store, PEOPLE[:1], [b"second"])
    store.run_now(lambda tx: tx.sheets.save(ROUND, PEOPLE[0], "collect", b"other"))
    assert store.run_now(lambda tx: tx.sheets.load(ROUND, PEOPLE[0], "answer")) == b"second"
    assert store.run_now(lambda tx: tx.sheets.load(ROUND, PEOPLE[1], "answer")) is None
    assert store.run_now(lambda tx: tx.sheets.all(ROUND, "answer")) == [b"second"]


@pytest.mark.parametrize("people", [PEOPLE, PEOPLE[::-1], PEOPLE[3:] + PEOPLE[:3]])
def test_the_order_of_sheets_tells_neither_who_nor_when(store: SqlStore, people: list[PersonId]) -> None:
    save_all(store, people, [b"d", b"a", b"f", b"c", b"b", b"e"])
    assert store.run_now(lambda tx: tx.sheets.all(ROUND, "answer")) == [b"a", b"b", b"c", b"d", b"e", b"f"]


def test_the_order_in_which_sheets_lie_says_nothing_about_when_they_came(
    store: SqlStore, keys: FakeKeys
) -> None:
    """Rank correlation of place and time over many rounds: its mean stays within four standard errors of none."""
    people, rounds = [PersonId(number) for number in range(2001, 2031)], range(100, 120)
    coefficients = []
    for number in map(RoundId, rounds):
        keys.create(number)
        for moment, person in enumerate(people):
            store.run_now(
                lambda tx, n=number, p=person, m=moment: tx.sheets.save(n, p, "answer", b"%02d" % m)
            )
        asyncio.run(store.prune(NOW))  # as every hour: it brings them into another order
        secret = keys.round_keys(number)
        when = {pseudonym(secret, number, person): moment for moment, person in enumerate(people)}
        coefficients.append(correlation([when[found] for found in as_they_lie(store, number)]))
    # Of a random order of n places the coefficient has the variance 1/(n - 1).
    error = ((len(people) - 1) * len(coefficients)) ** -0.5
    assert abs(sum(coefficients) / len(coefficients)) < 4 * error
    assert correlation(list(range(30))) == 1  # and an order that does tell is seen


def correlation(ranks: Sequence[int]) -> float:
    """Spearman's coefficient between ranks and the order in which they are listed."""
    n = len(ranks)
    return 1 - 6 * sum((rank - place) ** 2 for place, rank in enumerate(ranks)) / (n * (n * n - 1))


def as_they_lie(store: SqlStore, round_id: RoundId) -> list[bytes]:
    """The pseudonyms of a round in the order in which the tables hold them."""
    with store._database.glance() as connection:
        found = connection.execute(
            text("SELECT pseudonym FROM answer WHERE round = :round"), {"round": round_id}
        )
        return [bytes(row.pseudonym) for row in found]


def test_erasing_takes_every_sheet_of_one_person_in_one_round(store: SqlStore, keys: FakeKeys) -> None:
    other = RoundId(8)
    keys.create(other)
    save_all(store, PEOPLE[:2], [b"mine", b"theirs"])
    store.run_now(lambda tx: tx.sheets.save(ROUND, PEOPLE[0], "collect", b"mine too"))
    store.run_now(lambda tx: tx.sheets.save(other, PEOPLE[0], "answer", b"another round"))
    store.run_now(lambda tx: tx.sheets.erase(ROUND, PEOPLE[0]))
    assert store.run_now(lambda tx: tx.sheets.all(ROUND, "answer")) == [b"theirs"]
    assert store.run_now(lambda tx: tx.sheets.all(ROUND, "collect")) == []
    assert store.run_now(lambda tx: tx.sheets.load(other, PEOPLE[0], "answer")) == b"another round"


def test_destroying_needs_no_key_and_leaves_nothing_of_the_round(store: SqlStore, keys: FakeKeys) -> None:
    save_all(store, PEOPLE, [b"x"] * len(PEOPLE))
    keys.destroy(ROUND)
    store.run_now(lambda tx: tx.sheets.destroy(ROUND))
    keys.create(ROUND)
    assert store.run_now(lambda tx: tx.sheets.all(ROUND, "answer")) == []


def test_without_its_key_a_round_cannot_be_read(store: SqlStore, keys: FakeKeys) -> None:
    save_all(store, PEOPLE[:1], [b"x"])
    keys.destroy(ROUND)
    with pytest.raises(KeysError):
        store.run_now(lambda tx: tx.sheets.load(ROUND, PEOPLE[0], "answer"))


def test_another_key_neither_finds_nor_opens_a_sheet(store: SqlStore, keys: FakeKeys) -> None:
    save_all(store, PEOPLE[:1], [b"x"])
    keys.change_seed("another")
    keys.create(ROUND)
    assert store.run_now(lambda tx: tx.sheets.load(ROUND, PEOPLE[0], "answer")) is None
    with pytest.raises(KeysError):
        store.run_now(lambda tx: tx.sheets.all(ROUND, "answer"))
