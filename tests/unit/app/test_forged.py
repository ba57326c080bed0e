"""Data that stood on no button: every path there is, with each part of it replaced, stops nobody."""

from __future__ import annotations

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import groups, private
from bot.app.pages import DESK
from bot.app.ports import Transaction
from bot.app.private import LONGEST_DATA
from bot.app.screens import from_earlier, on_screen
from tests.contract.fakes import FakeKeys
from tests.unit.app.attempts import Undone, content
from tests.unit.app.test_access import EXPECTED, SITTINGS
from tests.unit.app.village import Village, works

ODD = (
    *(
        "0",
        "9" * 18,
        "9" * 19,
        "9" * 60,
        "-1",
        "1.5",
        "1e3",
        "0x1",
        "\u0663",
        "x",
        "",
        " ",
        "..",
        "%s",
        "{0}",
    ),
    *("2027-02-30", "0000-00-00", "99999-01-01", "2027-03-01T09:00", "a+b", "+", "1.", ".x", "m1/1", "\x00"),
)


def forged(path: str, turn: int) -> list[str]:
    """The path with one part after the other replaced, each by what ``turn`` says, and with one part less."""
    parts = path.split("/")
    places = range(1, len(parts))
    return [
        *("/".join((*parts[:at], ODD[(turn + at) % len(ODD)], *parts[at + 1 :])) for at in places),
        "/".join(parts[:-1]),
    ]


@pytest.mark.parametrize("role", ["facilitator", "elsewhere"])
def test_no_forged_path_ends_in_a_fault(store: SqlStore, keys: FakeKeys, village: Village, role: str) -> None:
    """Ids that nothing has, numbers that no database holds, days that no calendar has, words that are none."""
    known = {path(village) for path, _ in (*EXPECTED.values(), *SITTINGS.values())}
    assert len(known) > len(DESK)

    def use(tx: Transaction) -> None:
        work = works(tx, keys)
        person = village.people[role]
        account = tx.people.account(person)
        for data in (data for turn, path in enumerate(sorted(known)) for data in forged(path, turn)):
            had = keys.existing()
            with tx.undone():
                private.pressed(work, account, hint="en", data=data, message=1)
                on_screen(work, person, tx.people.place(person).path)
            for round_id in keys.existing() - had:
                keys.destroy(round_id)
        raise Undone

    with pytest.raises(Undone):
        store.run_now(use)


@pytest.mark.parametrize("length", [LONGEST_DATA + 1, 4096, 100_000])
def test_data_longer_than_any_button_s_is_not_looked_at_and_leads_nowhere(
    store: SqlStore, keys: FakeKeys, village: Village, length: int
) -> None:
    def use(tx: Transaction) -> None:
        work, person = works(tx, keys), village.people["facilitator"]
        before = tx.people.place(person).path
        for start in ("", "!", "~", "p/", f"p/{village.partnership}/", "answer/"):
            data = start.ljust(length, "1")
            private.pressed(work, tx.people.account(person), hint="en", data=data, message=1)
            place = tx.people.place(person)
            assert (place.path, place.notice) == (before, from_earlier().words)
        raise Undone

    with pytest.raises(Undone):
        store.run_now(use)


def test_forged_data_in_a_group_changes_nothing(store: SqlStore, keys: FakeKeys, village: Village) -> None:
    def use(tx: Transaction) -> None:
        work = works(tx, keys)
        chat, account = -2001, tx.people.account(village.people["representative"])
        before = content(tx)
        for kind in ("!picture", "!language", "picture", "!", "", "p", "!digest"):
            for odd in (*ODD, "9" * 100_000, "fr"):
                groups.pressed(work, chat, account=account, hint="en", data=f"{kind}/{odd}", message=1)
        assert content(tx) == before
        raise Undone

    with pytest.raises(Undone):
        store.run_now(use)
