"""What an operator reads about messages that did not arrive, while the bot goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.adapters.db.databases import database_of
from bot.adapters.db.store import SqlStore
from bot.app.ports import Lane, Transaction
from bot.core.ids import GroupId, OutboxId, PersonId
from tests.contract.fakes import FakeKeys

NOW = datetime.now(UTC)  # the command has no other clock
ANNA, BEN, CARO, GROUP = PersonId(987001), PersonId(987002), PersonId(987003), GroupId(987004)
FINE = "Settings, flows and languages are in order."
Read = Callable[[], tuple[int, list[str]]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """The store of a bot that runs: it holds the lock, and keeps its log open."""
    running = SqlStore(database_of(f"sqlite:///{tmp_path / 'bot.sqlite3'}"), FakeKeys())
    running.start()
    running.migrate()
    yield running
    running.stop_now()


@pytest.fixture
def read(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Read:
    monkeypatch.setattr("bot.wiring.checks.catalog_problems", lambda _: [])
    monkeypatch.setattr("bot.wiring.inspection.findings", lambda _: [])
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    def run() -> tuple[int, list[str]]:
        code = main(["check"])
        out, err = capsys.readouterr()
        assert err == ""
        lines = out.splitlines()
        return code, lines[next(place for place, line in enumerate(lines) if line.startswith("Messages")) :]

    return run


def queue(tx: Transaction) -> None:
    tx.outbox.show(ANNA)
    tx.outbox.tell(BEN, "remind/987010")
    tx.outbox.post(GROUP, "digest/987010/1", lane=Lane.DIGEST)


def settle(store: SqlStore, use: Callable[[Transaction, OutboxId], None]) -> None:
    """Take every due row and do something with each."""

    def all_of_them(tx: Transaction) -> None:
        for row in tx.outbox.claim(now=NOW, limit=100):
            use(tx, row.id)

    store.run_now(all_of_them)


def test_without_a_database_there_is_nothing_to_say_and_none_is_made(read: Read, tmp_path: Path) -> None:
    assert read() == (0, ["Messages: none yet, there is no database.", FINE])
    assert list(tmp_path.iterdir()) == []


def test_what_waits_is_counted_beside_the_running_bot(read: Read, store: SqlStore) -> None:
    store.run_now(queue)
    lines = ["Messages:", "  waiting: 3", "  in doubt: 0", "  given up: 0", FINE]
    assert read() == (0, lines)
    settle(store, lambda tx, row: None)
    assert read() == (0, lines), "those under way wait, too"


def test_what_people_who_left_did_not_get_is_told_and_worries_nobody(read: Read, store: SqlStore) -> None:
    store.run_now(lambda tx: tx.outbox.show(ANNA))
    store.run_now(lambda tx: tx.outbox.tell(BEN, "remind/987010"))
    store.run_now(lambda tx: tx.outbox.tell(CARO, "remind/987010"))
    settle(store, lambda tx, row: tx.outbox.give_up(row, "unreachable"))
    code, lines = read()
    assert code == 0
    assert lines[3:5] == ["  given up: 3", "    unreachable: 3 (remind 2, screen 1)"]
    assert "Nothing to do." in lines[5]


@pytest.mark.parametrize("fate", ["doubt", "unreachable"])
def test_a_digest_that_did_not_surely_arrive_needs_attention_for_a_week(
    read: Read, store: SqlStore, fate: str
) -> None:
    store.run_now(lambda tx: tx.outbox.post(GROUP, "digest/987010/1", lane=Lane.DIGEST))
    settle(store, lambda tx, row: tx.outbox.doubt(row) if fate == "doubt" else tx.outbox.give_up(row, fate))
    code, lines = read()
    assert (code, lines[-1]) == (1, "Something needs attention.")
    assert any("1 (digest 1)" in line for line in lines)
    prune(store, NOW - timedelta(days=8))
    code, lines = read()
    assert (code, lines[-1]) == (0, FINE)
    assert any("1 (digest 1)" in line for line in lines), "it is still told"


def test_a_notice_in_doubt_is_told_and_worries_nobody(read: Read, store: SqlStore) -> None:
    store.run_now(lambda tx: tx.outbox.tell(ANNA, "remind/987010"))
    settle(store, lambda tx, row: tx.outbox.doubt(row))
    code, lines = read()
    assert (code, lines[2]) == (0, "  in doubt: 1 (remind 1)")


@pytest.mark.parametrize("code", ["fault", "refused", "too-long"])
def test_a_mistake_of_the_bot_needs_attention(read: Read, store: SqlStore, code: str) -> None:
    store.run_now(lambda tx: tx.outbox.tell(ANNA, "remind/987010"))
    settle(store, lambda tx, row: tx.outbox.give_up(row, code))
    status, lines = read()
    assert (status, lines[4]) == (1, f"    {code}: 1 (remind 1)")
    assert "please report" in lines[5]
    prune(store, NOW - timedelta(days=8))
    assert read()[0] == 0


def test_no_id_is_printed_and_nothing_is_left_beside_the_file(
    read: Read, store: SqlStore, tmp_path: Path
) -> None:
    store.run_now(queue)
    settle(store, lambda tx, row: tx.outbox.give_up(row, "fault"))
    store.stop_now()
    before = {file.name for file in tmp_path.iterdir()}
    _, lines = read()
    assert "9870" not in " ".join(lines)
    assert {file.name for file in tmp_path.iterdir()} == before


def test_a_file_that_is_no_database_of_ours_is_named_as_the_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (tmp_path / "bot.sqlite3").write_bytes(b"not a database at all, but long enough to look like something")
    assert main(["check"]) == 1
    assert capsys.readouterr().err.startswith("store: The database cannot be read")


def test_after_ninety_days_what_was_not_delivered_is_forgotten(read: Read, store: SqlStore) -> None:
    store.run_now(queue)
    settle(store, lambda tx, row: tx.outbox.doubt(row) if row % 2 else tx.outbox.give_up(row, "unreachable"))
    store.run_now(lambda tx: tx.outbox.show(CARO))
    prune(store, NOW)
    prune(store, NOW + timedelta(days=89))
    assert read()[1][2:5:2] == ["  in doubt: 2 (digest 1, screen 1)", "  given up: 1"]
    prune(store, NOW + timedelta(days=91))
    assert read()[1][1:4] == ["  waiting: 1", "  in doubt: 0", "  given up: 0"]


def prune(store: SqlStore, now: datetime) -> None:
    asyncio.run(store.prune(now))
