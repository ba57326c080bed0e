"""What PostgreSQL alone is asked for: one leader by a lock of its session, conflicts, lost connections, its log."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.adapters.db.databases import database_of
from bot.adapters.db.postgresql import IN_USE
from bot.adapters.db.store import SqlStore
from bot.app.ports import Transaction
from bot.bench.postgresql import Server
from bot.core.ids import PersonId, RoundId
from bot.errors import StoreError
from bot.settings import Settings
from bot.wiring.inspection import Finding, findings
from tests.contract.fakes import FakeKeys
from tests.stores import Opened, opening

REPOSITORY = Path(__file__).resolve().parents[2]
ROUND = RoundId(7)
NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def url(server: Server, with_tables: str) -> Iterator[str]:
    made = server.new_database(with_tables)
    yield made
    server.drop(made)


@pytest.fixture
def opened(url: str) -> Iterator[Opened]:
    with opening(url) as open_store:
        yield open_store


@pytest.fixture
def keys() -> FakeKeys:
    made = FakeKeys()
    made.create(ROUND)
    return made


def beside(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection of somebody else."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)


def wait_until(done: Callable[[], bool], seconds: float = 10.0) -> None:
    """The server notices a moment later that a process was killed."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_one_process_leads_until_it_is_killed_and_nobody_moves_what_is_in_use(
    opened: Opened, url: str, keys: FakeKeys
) -> None:
    program = (
        "import sys\n"
        "from bot.adapters.db.databases import database_of\n"
        "from bot.adapters.db.store import SqlStore\n"
        "from tests.contract.fakes import FakeKeys\n"
        "store = SqlStore(database_of(sys.argv[1]), FakeKeys())\n"
        "store.start()\n"
        "print(store.lead_now(lambda _: None), flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, url]
    begun: list[int] = []
    with subprocess.Popen(  # noqa: S603
        command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"True\n"
        store = opened(keys)
        assert not store.lead_now(lambda _: begun.append(1))
        assert not store.run_now(lambda tx: tx.leads)
        with pytest.raises(StoreError, match="stop it first"):
            database_of(url).open(alone=True).connect()
        other.kill()
    wait_until(lambda: store.lead_now(lambda _: begun.append(1)))
    assert store.lead_now(lambda _: begun.append(1))
    assert store.run_now(lambda tx: tx.leads)
    assert begun == [1, 1], "what the leader owes is done before it leads, and every time it is asked"


def test_what_a_killed_process_had_under_way_is_found_and_what_others_have_is_not(
    opened: Opened, url: str, keys: FakeKeys
) -> None:
    leader, other = opened(keys), opened(keys)
    for number, store in enumerate((leader, other), start=1):
        store.run_now(lambda tx, number=number: tx.outbox.show(PersonId(number)) or tx.outbox.take_screen())

    def under_way() -> int:
        return leader.run_now(lambda tx: tx.outbox.waiting())

    def claimed() -> list[PersonId | None]:
        return leader.run_now(lambda tx: [row.person for row in tx.outbox.claim(now=NOW, limit=10)])

    assert leader.lead_now(lambda tx: tx.outbox.recover())
    assert (under_way(), claimed()) == (2, [])
    other.stop_now()
    wait_until(lambda: leader.run_now(lambda tx: tx.outbox.recover()) == 1)
    assert claimed() == [PersonId(2)]


async def test_a_worker_knows_how_many_there_are(opened: Opened, keys: FakeKeys) -> None:
    first = opened(keys)
    assert await first.workers() == 1
    second = opened(keys)
    assert [await first.workers(), await second.workers()] == [2, 2]


def test_the_check_sees_who_works_and_whether_one_leads(
    server: Server, url: str, keys: FakeKeys, tmp_path: Path
) -> None:
    settings = Settings.model_construct(
        **Settings().model_dump() | {"data_dir": tmp_path / "data", "database_url": url}
    )

    def says() -> Finding:
        return next(found for found in findings(settings) if found.what == "Workers")

    stores = [SqlStore(database_of(url), keys) for _ in range(2)]
    stores[0].start()
    stores[0].run_now(lambda tx: tx.flow_versions.remember("demo", 1, "structure", ""))
    assert says().says.startswith("1 running, and none of them leads")
    assert says().do
    stores[1].start()
    assert stores[1].lead_now(lambda _: None)
    elsewhere = beside(server.new_database())
    elsewhere.execute("SELECT pg_advisory_lock_shared(%s)", [IN_USE])
    assert says() == Finding("Workers", "2 running, and one of them leads")
    elsewhere.close()
    for store in stores:
        store.stop_now()
    wait_until(lambda: says() == Finding("Workers", "none is running"))


@pytest.mark.parametrize("url", ["postgresql://made-up:hidden@127.0.0.1:1/bot"])
def test_a_server_that_is_not_there_is_told_without_the_password(url: str) -> None:
    with pytest.raises(StoreError) as told:
        SqlStore(database_of(url), FakeKeys()).start()
    assert "hidden" not in f"{told.value}"
    with pytest.raises(StoreError, match="check DATABASE_URL"):
        database_of(url).exists()


def test_a_database_is_new_until_a_bot_has_kept_something_in_it(
    server: Server, opened: Opened, url: str, keys: FakeKeys
) -> None:
    empty = server.new_database()
    assert not database_of(empty).exists()
    server.drop(empty)
    assert not database_of(url).exists()
    opened(keys).run_now(lambda tx: tx.flow_versions.remember("demo", 1, "structure", ""))
    assert database_of(url).exists()


async def test_workers_that_start_together_on_an_empty_database_migrate_it_once(
    server: Server, keys: FakeKeys, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    empty = server.new_database()
    stores = [SqlStore(database_of(empty), keys) for _ in range(3)]
    for store in stores:
        store.start()
    await asyncio.gather(*(asyncio.to_thread(store.migrate) for store in stores))
    assert len([line for line in caplog.messages if line.startswith("tables brought up to date")]) == 1
    for number, store in enumerate(stores):
        await store.run(lambda tx, n=number: tx.people.add(1001 + n, language="en"))
        store.stop_now()
    server.drop(empty)


async def test_a_transaction_that_meets_another_one_is_tried_again(opened: Opened, keys: FakeKeys) -> None:
    """Another process changes the same row in between; nobody is told, and all is done once."""
    store, another = opened(keys), opened(keys)
    person = await store.run(lambda tx: tx.people.add(1001, language="en"))
    paths = list[str]()

    def go_elsewhere(tx: Transaction) -> None:
        tx.people.put_place(person, replace(tx.people.place(person), path="elsewhere"))

    def use(tx: Transaction) -> None:
        place = tx.people.place(person)
        paths.append(place.path)
        if len(paths) == 1:
            another.run_now(go_elsewhere)
        tx.people.put_place(person, replace(place, path=f"{place.path}, then here"))

    others = [store.run(lambda tx, n=n: tx.outbox.tell(person, f"page/{n}")) for n in range(3)]
    await asyncio.gather(store.run(use), *others)
    assert paths[1:] == ["elsewhere"], "the second time it reads what the other one wrote"
    assert (await store.run(lambda tx: tx.people.place(person))).path == "elsewhere, then here"
    assert await store.run(lambda tx: tx.outbox.waiting()) == 3


async def test_what_is_one_persons_own_is_changed_side_by_side_and_more_than_that_alone(
    opened: Opened, url: str, keys: FakeKeys
) -> None:
    """The first has begun something of somebody's own and is held; the second does the same, the third more."""
    stores = [opened(keys) for _ in range(3)]
    first, second = await stores[0].run(lambda tx: [tx.people.add(1001 + n, language="en") for n in range(2)])
    begun, go_on = threading.Event(), threading.Event()

    def held(tx: Transaction) -> None:
        tx.people.put_place(first, replace(tx.people.place(first), path="held"))
        begun.set()
        assert go_on.wait(10)

    def moves(tx: Transaction) -> None:
        tx.people.put_place(second, replace(tx.people.place(second), path="moved"))

    def looks_and_adds(tx: Transaction) -> str:
        seen = tx.people.place(first).path
        tx.groups.add(-2001, language="en")
        return seen

    holding = asyncio.create_task(stores[0].run(held))
    await asyncio.to_thread(begun.wait, 10)
    await stores[1].run(moves)
    adding = asyncio.create_task(stores[2].run(looks_and_adds))
    done, _ = await asyncio.wait({adding}, timeout=0.3)
    assert not done, "it decides by what others may be changing, so it waits for them"
    go_on.set()
    await holding
    assert await adding == "held"


async def test_two_processes_that_change_the_same_row_leave_what_both_did(
    opened: Opened, url: str, keys: FakeKeys
) -> None:
    stores = [opened(keys) for _ in range(2)]
    person = await stores[0].run(lambda tx: tx.people.add(1001, language="en"))

    def walk(tx: Transaction) -> None:
        place = tx.people.place(person)
        tx.people.put_place(person, replace(place, trail=(*place.trail, len(place.trail) + 1)))

    await asyncio.gather(*(store.run(walk) for _ in range(15) for store in stores))
    place = await stores[0].run(lambda tx: tx.people.place(person))
    assert place.trail == tuple(range(1, 31))


async def test_a_use_case_that_catches_everything_does_not_go_on_where_it_may_not(
    opened: Opened, keys: FakeKeys
) -> None:
    store = opened(keys)

    def stubborn(tx: Transaction) -> bool:
        with suppress(Exception):
            tx.groups.add(-2001, language="en")
        return tx.groups.find(-2001) is not None

    assert await store.run(stubborn)


async def test_after_a_lost_connection_the_store_goes_on(opened: Opened, url: str, keys: FakeKeys) -> None:
    store = opened(keys)
    assert await store.run(lambda tx: tx.leads)
    with beside(url) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )
    with pytest.raises(StoreError, match="nothing of this was kept"):
        await store.run(lambda tx: tx.people.add(1001, language="en"))
    assert await store.run(lambda tx: tx.people.add(1001, language="en"))
    assert not await store.run(lambda tx: tx.leads), "another process may lead by now"
    assert await store.lead(lambda _: None)
    assert await store.run(lambda tx: tx.leads)


async def test_answers_are_in_no_log_and_are_written_anew_after_a_close(
    opened: Opened, url: str, keys: FakeKeys
) -> None:
    store = opened(keys)
    for number in range(20):
        await store.run(lambda tx, n=number: tx.sheets.save(ROUND, PersonId(1001 + n), "answer", b"made-up"))
    await store.run(lambda tx: tx.sheets.destroy(ROUND))
    with beside(url) as other:
        sizes = "SELECT relpersistence, pg_relation_size('answer') FROM pg_class WHERE relname = 'answer'"
        kept = other.execute(sizes).fetchone()
        await store.compact()
        left = other.execute(sizes).fetchone()
    assert kept is not None
    assert int(str(kept[1])) > 0
    assert left == ("u", 0)
