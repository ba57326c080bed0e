"""A whole installation with an open round, brought from one database to the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.__main__ import main
from bot.adapters.db import moving
from bot.adapters.db.database import Database
from bot.adapters.db.databases import database_of
from bot.adapters.db.groups import CHAT_GROUP
from bot.adapters.db.migrations import upgrade
from bot.adapters.db.tables import NUMBERED, metadata
from bot.bench.postgresql import Server
from bot.errors import StoreError
from bot.wiring.moving import move_lines
from tests.town import Town

LEVELS = "42013"


@pytest.fixture
async def lived_in(tmp_path: Path) -> Town:
    """A town on SQLite in the middle of a round; it has stopped and left everything where it was."""
    town = Town.in_folder(tmp_path / "data", f"sqlite:///{tmp_path / 'data' / 'bot.sqlite3'}")
    await town.start()
    await town.set_up(join=True)
    await town.ask_for_levels()
    for person in town.representatives[:2]:
        await town.answer(person, LEVELS, "It is fine", LEVELS)
    await town.crash()
    return town


@pytest.fixture
def empty(server: Server) -> str:
    return server.new_database()


def rows_of(database: Database) -> dict[str, list[str]]:
    with database.glance() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
        }


def test_every_table_that_numbers_its_rows_promises_never_to_use_a_number_again() -> None:
    promised = {
        name for name, table in metadata.tables.items() if table.dialect_options["sqlite"]["autoincrement"]
    }
    assert promised == NUMBERED


async def test_an_open_round_goes_on_in_the_other_database(
    lived_in: Town, empty: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = lived_in.settings.database
    assert main(["move", "--from", old, "--to", empty]) == 0
    said = capsys.readouterr().out
    assert "answer: 2\n" in said
    assert "unchanged. Set DATABASE_URL" in said
    assert rows_of(database_of(empty)) == rows_of(database_of(old))

    settings = lived_in.settings.model_copy(update={"database_url": empty})
    lived_in.settings = settings
    await lived_in.come_back()
    for person in lived_in.representatives[2:]:
        await lived_in.answer(person, LEVELS, "It is fine", LEVELS, "It is fine", "Done")
    await lived_in.close()
    assert any("Digest of round 1" in text for text in lived_in.posts("Digest"))
    await lived_in.stop()


def test_an_interrupted_move_goes_on_and_nothing_is_there_twice(
    lived_in: Town, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = database_of(lived_in.settings.database), database_of(empty)
    for table, _ in moving.move(old, new):
        if table == "seat":
            break
    assert rows_of(new)["seat"] == rows_of(old)["seat"] != []
    *_, last = move_lines(lived_in.settings.database, empty)
    assert "destroy it" in last
    assert rows_of(new) == rows_of(old)


def test_a_target_that_holds_something_else_is_refused_and_left_alone(lived_in: Town, empty: str) -> None:
    target = database_of(empty)
    with target.open().connect() as connection:
        upgrade(connection, target)
        with target.writing(connection):
            row = {"id": 5, "chat": b"made up", "languages": "en", "active": True}
            columns = {
                column.name: row.get(column.name) for column in CHAT_GROUP.columns if column.name in row
            }
            connection.execute(insert(CHAT_GROUP), columns)
    before = rows_of(target)
    with pytest.raises(StoreError, match="holds something else"):
        list(move_lines(lived_in.settings.database, empty))
    assert rows_of(target)["chat_group"] == before["chat_group"]


def test_numbers_are_never_given_again_after_a_move(lived_in: Town, empty: str) -> None:
    list(move_lines(lived_in.settings.database, empty))
    with database_of(lived_in.settings.database).glance() as connection:
        given = database_of(lived_in.settings.database).counted(connection)
    with database_of(empty).glance() as connection:
        assert database_of(empty).counted(connection) == given
    assert given["outbox"] > 0


def test_a_move_from_nowhere_is_refused(tmp_path: Path, empty: str) -> None:
    with pytest.raises(StoreError, match="--from"):
        list(move_lines(f"sqlite:///{tmp_path / 'nothing.db'}", empty))
