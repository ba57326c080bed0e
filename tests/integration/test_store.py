"""The store on disk: pragmas, lock, keys, durability, and what is left behind of answers."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.adapters.db.databases import database_of
from bot.adapters.db.sqlite import PRAGMAS, SqliteDatabase
from bot.adapters.db.store import SqlStore
from bot.app.ports import Place, Transaction
from bot.core.confidentiality.sealing import pseudonym
from bot.core.ids import PersonId, RoundId
from bot.core.text import say
from bot.errors import KeysError, StoreError
from tests.contract.fakes import FakeKeys
from tests.stores import Opened, opening

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
ROUND = RoundId(7)
REPOSITORY = Path(__file__).resolve().parents[2]
CANARY = "canary-nobody-must-ever-find"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.db"


def on_disk(path: Path) -> SqliteDatabase:
    return SqliteDatabase(make_url(f"sqlite:///{path}"))


@pytest.fixture
def opened(path: Path) -> Iterator[Opened]:
    with opening(f"sqlite:///{path}") as open_store:
        yield open_store


def test_every_pragma_is_on(path: Path) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    expected |= {"temp_store": 2, "busy_timeout": 5000, "journal_size_limit": 16 * 2**20}
    with on_disk(path).engine().connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PRAGMAS}
    assert found == expected


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://a:hidden@host/bot", "bot.db", ""]
)
def test_a_url_that_names_no_database_of_ours_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL") as told:
        database_of(url)
    assert "hidden" not in f"{told.value}"


def test_only_its_owner_may_read_the_database(opened: Opened, path: Path) -> None:
    opened(FakeKeys())
    files = [path, *path.parent.glob("bot.db-*"), *path.parent.glob("bot.db.lock")]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_second_process_is_refused_until_the_first_has_ended(opened: Opened, path: Path) -> None:
    program = (
        "import fcntl, sys\n"
        "lock = open(sys.argv[1], 'w')\n"
        "fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, f"{path}.lock"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:  # noqa: S603
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(StoreError, match="stop it first"):
            opened(FakeKeys())
        other.kill()
    opened(FakeKeys())


def test_a_failed_start_leaves_the_lock_free(opened: Opened, path: Path) -> None:
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError):
        opened(FakeKeys())
    path.unlink()
    opened(FakeKeys())


def test_a_missing_folder_is_named_as_such(tmp_path: Path) -> None:
    store = SqlStore(database_of(f"sqlite:///{tmp_path / 'nowhere' / 'bot.db'}"), FakeKeys())
    with pytest.raises(StoreError, match="folder"):
        store.start()


async def test_what_was_written_is_there_after_a_restart(opened: Opened) -> None:
    keys = FakeKeys()
    keys.create(ROUND)
    first = opened(keys)
    person = await first.run(lambda tx: tx.people.add(1001, language="am"))
    await first.run(lambda tx: tx.people.put_place(person, Place("answer/7", 41)))
    await first.run(lambda tx: tx.sheets.save(ROUND, person, "answer", b"levels"))
    await first.stop()
    second = opened(keys)
    assert await second.run(lambda tx: tx.people.find(1001)) == person
    assert await second.run(lambda tx: tx.people.place(person)) == Place("answer/7", 41)
    assert await second.run(lambda tx: tx.sheets.load(ROUND, person, "answer")) == b"levels"


async def test_with_the_keys_of_another_installation_nothing_opens(opened: Opened) -> None:
    first = opened(FakeKeys())
    person = await first.run(lambda tx: tx.people.add(1001, language="en"))
    group = await first.run(lambda tx: tx.groups.add(-2001, language="en"))
    await first.run(lambda tx: tx.drafts.save(person, "new", b"draft"))
    await first.stop()
    second = opened(FakeKeys("another"))
    assert await second.run(lambda tx: tx.people.find(1001)) is None
    for read in (
        lambda tx: tx.people.account(person),
        lambda tx: tx.people.place(person),
        lambda tx: tx.drafts.load(person, "new"),
        lambda tx: tx.groups.get(group.id),
    ):
        with pytest.raises(KeysError):
            await second.run(read)


async def test_everybody_s_place_and_sheet_have_one_size(opened: Opened, path: Path) -> None:
    keys = FakeKeys()
    keys.create(ROUND)
    store = opened(keys)
    people = [await store.run(lambda tx, n=n: tx.people.add(1001 + n, language="en")) for n in range(3)]
    long_place = Place("answer/7", 10**9, tuple(range(10**9, 10**9 + 40)), say("x" * 300, name="y" * 100))
    await store.run(lambda tx: tx.people.put_place(people[1], long_place))
    for person, content in zip(people, (b"", b"x", bytes(range(256)) * 40), strict=True):
        await store.run(lambda tx, who=person, what=content: tx.sheets.save(ROUND, who, "answer", what))
    await store.stop()
    with sqlite3.connect(path) as reader:
        assert len(reader.execute("SELECT DISTINCT length(content) FROM place").fetchall()) == 1
        assert len(reader.execute("SELECT DISTINCT length(value) FROM answer").fetchall()) == 1
    reader.close()


async def test_where_an_answer_lies_in_the_file_does_not_follow_when_it_came(
    opened: Opened, path: Path
) -> None:
    keys = FakeKeys()
    keys.create(ROUND)
    store = opened(keys)
    people = [PersonId(1001 + number) for number in range(200)]
    for person in people:
        await store.run(lambda tx, who=person: tx.sheets.save(ROUND, who, "answer", b"levels"))
    await store.stop()
    with sqlite3.connect(path) as reader:
        pseudonyms = [row[0] for row in reader.execute("SELECT pseudonym FROM answer")]
    reader.close()
    assert pseudonyms == sorted(pseudonyms)
    derived = keys.round_keys(ROUND)
    offsets = offsets_in(path, [pseudonym(derived, ROUND, person) for person in people])
    assert abs(rank_correlation(offsets)) < 0.2


def offsets_in(path: Path, parts: list[bytes]) -> list[int]:
    content = path.read_bytes()
    return [content.index(part) for part in parts]


def rank_correlation(values: list[int]) -> float:
    """Spearman's coefficient of the values with the order they stand in."""
    ranks = {value: rank for rank, value in enumerate(sorted(values))}
    size = len(values)
    distance = sum((ranks[value] - position) ** 2 for position, value in enumerate(values))
    return 1 - 6 * distance / (size * (size**2 - 1))


async def test_after_compacting_nothing_of_what_was_deleted_is_in_any_file(
    opened: Opened, path: Path
) -> None:
    store = opened(FakeKeys())
    partnership = await store.run(
        lambda tx: tx.partnerships.add(name="P", purpose="", language="en", zone="UTC")
    )
    groups = [await store.run(lambda tx, n=n: tx.groups.add(-2001 - n, language="en")) for n in range(50)]
    for group in groups:
        await store.run(lambda tx, to=group.id: tx.outbox.post(to, CANARY))
    while rows := await store.run(lambda tx: tx.outbox.claim(now=NOW, limit=64)):
        for row in rows:
            await store.run(lambda tx, number=row.id: tx.outbox.sent([number]))
    await store.compact()
    assert CANARY.encode() not in b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert path.with_name("bot.db-wal").stat().st_size == 0
    assert (await store.run(lambda tx: tx.partnerships.get(partnership))).name == "P"


def test_compacting_tells_when_another_program_is_reading(opened: Opened, path: Path) -> None:
    opened(FakeKeys()).stop_now()
    database = on_disk(path)
    with database.engine().connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchall()
        with pytest.raises(StoreError, match="in use by another program"):
            database.compact(connection)
        reader.close()
        database.compact(connection)


async def test_a_commit_that_fails_fails_everybody_who_waited_for_it(opened: Opened) -> None:
    store = opened(FakeKeys())
    await store.run(lambda tx: tx.people.add(1001, language="en"))

    def orphan(tx: Any) -> str:
        tx.people._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        tx.partnerships.add_facilitator(404, 404)
        return "kept"

    results = await asyncio.gather(
        store.run(lambda tx: tx.people.add(1002, language="en")), store.run(orphan), return_exceptions=True
    )
    assert [type(result) for result in results] == [StoreError, StoreError]
    assert await store.run(lambda tx: tx.people.find(1002)) is None
    assert await store.run(lambda tx: tx.people.find(1001)) is not None


class Outcome(BaseException):
    """What a test's own check raises, for instance."""


def test_whatever_ends_a_transaction_the_writer_goes_on(opened: Opened) -> None:
    store = opened(FakeKeys())

    def end(tx: Transaction) -> None:
        tx.groups.add(-2001, language="en")
        raise Outcome

    with pytest.raises(Outcome):
        store.run_now(end)
    assert store.run_now(lambda tx: tx.groups.find(-2001)) is None


def test_what_was_acknowledged_survives_a_kill(opened: Opened, path: Path) -> None:
    program = (
        "import asyncio, itertools, sys\n"
        "from bot.adapters.db.databases import database_of\n"
        "from bot.adapters.db.store import SqlStore\n"
        "from tests.contract.fakes import FakeKeys\n"
        "store = SqlStore(database_of(sys.argv[1]), FakeKeys())\n"
        "store.start()\n"
        "store.migrate()\n"
        "async def add_people():\n"
        "    for account in itertools.count(1001):\n"
        "        await store.run(lambda tx: tx.people.add(account, language='en'))\n"
        "        print(account, flush=True)\n"
        "asyncio.run(add_people())\n"
    )
    command = [sys.executable, "-c", program, f"sqlite:///{path}"]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) as writer:  # noqa: S603
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(30)]
        writer.kill()
    store = opened(FakeKeys())
    assert all(store.run_now(lambda tx, account=account: tx.people.find(account)) for account in acknowledged)


def test_when_exactly_an_update_came_is_not_kept(opened: Opened, path: Path) -> None:
    store = opened(FakeKeys())
    asyncio.run(store.once(5, lambda tx: None, now=NOW.replace(minute=34, second=56)))
    store.stop_now()
    with sqlite3.connect(path) as reader:
        assert reader.execute("SELECT handled FROM processed_update").fetchall() == [
            ("2030-01-01 00:00:00.000000",)
        ]
    reader.close()


async def test_undeliverable_messages_and_updates_set_aside_do_not_pile_up(
    opened: Opened, path: Path
) -> None:
    store = opened(FakeKeys())

    def give_up_many(tx: Transaction) -> None:
        for number in range(1005):
            tx.outbox.tell(PersonId(1001 + number), "help")
        for row in tx.outbox.claim(now=NOW, limit=2000):
            tx.outbox.give_up(row.id, "unreachable")

    await store.run(give_up_many)
    await asyncio.gather(*(store.quarantine(number, "unparsable") for number in range(1005)))
    await store.prune(NOW)
    await store.stop()
    with sqlite3.connect(path) as reader:
        kept = reader.execute("SELECT count(*), min(person) FROM outbox").fetchone()
        aside = reader.execute("SELECT count(*), min(id) FROM quarantine").fetchone()
    reader.close()
    assert (kept, aside) == ((1000, 1006), (1000, 5))


def test_a_store_that_was_not_started_says_so() -> None:
    with pytest.raises(StoreError, match="start it first"):
        SqlStore(database_of("sqlite:///never.db"), FakeKeys()).run_now(lambda tx: None)
