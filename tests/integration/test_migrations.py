"""The tables on disk: made by migrations, equal to the models, and without what must never be in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, LargeBinary, inspect, text

from bot.adapters.db.database import Database
from bot.adapters.db.databases import database_of
from bot.adapters.db.migrations import configuration, upgrade
from bot.adapters.db.tables import ANSWERS, DELIVERY, IDENTITY, ROUNDS, metadata
from bot.errors import StoreError
from tests.rows import add_rows, new_round, seats_of


@pytest.fixture
def database(empty_database_url: str) -> Database:
    return database_of(empty_database_url)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.open().connect() as connection:
        yield connection
    database.close()


def tables_of(connection: Connection) -> set[str]:
    with connection.begin():
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_migrations_make_every_table_from_nothing_whatever_the_working_directory(
    connection: Connection, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    upgrade(connection, database)
    assert tables_of(connection) == set(metadata.tables)


def test_every_table_belongs_to_one_part_of_the_database() -> None:
    parts = [table.name for part in (IDENTITY, ROUNDS, ANSWERS, DELIVERY) for table in part]
    assert sorted(parts) == sorted(metadata.tables)


def test_models_and_migrations_are_equal(connection: Connection, database: Database) -> None:
    upgrade(connection, database)
    with connection.begin():
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrations_can_be_undone_with_rows_in_place(connection: Connection, database: Database) -> None:
    upgrade(connection, database)
    add_rows(connection)
    with database.rebuilding(connection):
        command.downgrade(configuration(connection), "base")
    assert tables_of(connection) == set()
    upgrade(connection, database)
    assert tables_of(connection) == set(metadata.tables)


def test_a_round_under_way_goes_on_after_the_upgrade_that_brings_the_calendar(
    connection: Connection, database: Database
) -> None:
    with database.rebuilding(connection):
        command.upgrade(configuration(connection), "0001")
    add_rows(connection)
    with connection.begin():
        for number, state in ((1, "archived"), (2, "answering")):
            connection.execute(text(new_round(number, state)))
    upgrade(connection, database)
    with connection.begin():
        rows = connection.execute(text("SELECT kind, due_at < '2026-01-01' FROM round ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [("reflection", None), ("reflection", 1)], (
        "looked at by the first tick"
    )


def test_going_back_before_the_calendar_takes_the_check_ins_along(
    connection: Connection, database: Database
) -> None:
    upgrade(connection, database)
    add_rows(connection)
    with connection.begin():
        for number, kind in ((1, "reflection"), (2, "actions")):
            for statement in (
                new_round(number, "archived", kind=kind),
                "INSERT INTO decision (id, round, wording, position) VALUES (:id, :id, :kind, 1)",
            ):
                connection.execute(text(statement), {"id": number, "kind": kind})
    with database.rebuilding(connection):
        command.downgrade(configuration(connection), "0001")
    with connection.begin():
        assert connection.execute(text("SELECT id FROM round")).scalars().all() == [1]
        assert connection.execute(text("SELECT id FROM decision")).scalars().all() == [1]


def test_a_group_keeps_its_language_there_and_back(connection: Connection, database: Database) -> None:
    with database.rebuilding(connection):
        command.upgrade(configuration(connection), "0002")
    with connection.begin():
        sealed = {"one": b"1", "two": b"2"}
        group = "INSERT INTO chat_group (id, chat, language, active) VALUES (5, :one, 'fr', TRUE)"
        person = (
            "INSERT INTO person (id, lookup, account, language, reachable) VALUES (7, :one, :two, 'sw', TRUE)"
        )
        for statement in (group, person):
            connection.execute(text(statement), sealed)
    upgrade(connection, database)
    with connection.begin():
        assert connection.execute(text("SELECT languages FROM chat_group")).scalars().all() == ["fr"]
        assert connection.execute(text("SELECT plain FROM person")).scalars().all() == [0]
        connection.execute(text("UPDATE chat_group SET languages = 'ar fr'"))
    with database.rebuilding(connection):
        command.downgrade(configuration(connection), "0002")
    with connection.begin():
        assert connection.execute(text("SELECT language FROM chat_group")).scalars().all() == ["ar"]
        assert connection.execute(text("SELECT language FROM person")).scalars().all() == ["sw"]


def test_seats_and_rosters_of_before_have_no_stand_ins(connection: Connection, database: Database) -> None:
    with database.rebuilding(connection):
        command.upgrade(configuration(connection), "0003")
    add_rows(connection)
    with connection.begin():
        for statement in (
            new_round(1, "archived", kind="reflection"),
            "INSERT INTO roster (round, partner, seats) VALUES (1, 1, 1)",
        ):
            connection.execute(text(statement))
    upgrade(connection, database)
    with connection.begin():
        for table in ("seat", "roster"):
            stand_ins = connection.execute(text(f"SELECT stand_in FROM {table}"))  # noqa: S608
            assert stand_ins.scalars().all() == [0]
    with database.rebuilding(connection):
        command.downgrade(configuration(connection), "0003")
    assert seats_of(connection) == 1


def test_in_rosters_of_before_nothing_is_on_paper_and_everybody_knows_their_own(
    connection: Connection,
    database: Database,
) -> None:
    with database.rebuilding(connection):
        command.upgrade(configuration(connection), "0006")
    add_rows(connection)
    with connection.begin():
        for statement in (
            new_round(1, "archived", kind="reflection"),
            "INSERT INTO roster (round, partner, seats, stand_in) VALUES (1, 1, 2, FALSE)",
        ):
            connection.execute(text(statement))
    upgrade(connection, database)
    with connection.begin():
        assert connection.execute(text("SELECT on_paper, known FROM roster")).all() == [(0, 2)]
        assert connection.execute(text("SELECT on_paper FROM seat")).scalars().all() == [0]
    with database.rebuilding(connection):
        command.downgrade(configuration(connection), "0006")
    assert seats_of(connection) == 1


def test_what_was_merged_stays_together_there_and_back(connection: Connection, database: Database) -> None:
    with database.rebuilding(connection):
        command.upgrade(configuration(connection), "0003")
    add_rows(connection)
    with connection.begin():
        for statement in (
            new_round(1, "shaping", kind="reflection"),
            "INSERT INTO decision (id, round, wording, position) VALUES (1, 1, 'Budget', 1), (2, 1, 'Staff', 2)",
            "INSERT INTO contribution (id, round, words, decision) VALUES "
            "(1, 1, 'money', 1), (2, 1, 'budgets', 1), (3, 1, 'parties', NULL)",
        ):
            connection.execute(text(statement))
    upgrade(connection, database)
    with connection.begin():
        thread = connection.execute(text("SELECT contribution, decision FROM thread")).all()
        assert sorted(map(tuple, thread)) == [(1, 1), (2, 1)]
        connection.execute(text("INSERT INTO thread (contribution, decision) VALUES (1, 2)"))
        connection.execute(text("UPDATE round SET state = 'voting'"))
    with database.rebuilding(connection):
        command.downgrade(configuration(connection), "0003")
    with connection.begin():
        rows = connection.execute(text("SELECT id, decision FROM contribution ORDER BY id")).all()
        assert [tuple(row) for row in rows] == [(1, 1), (2, 1), (3, None)]
        assert connection.execute(text("SELECT state FROM round")).scalars().all() == ["shaping"]


def test_what_was_recorded_before_goes_on_counting_and_comes_back_without_proposals(
    connection: Connection,
    database: Database,
) -> None:
    with database.rebuilding(connection):
        command.upgrade(configuration(connection), "0003")
    add_rows(connection)
    action = (
        'INSERT INTO action (id, round, decision, what, owner, "by", status{more}) '
        "VALUES ({id}, 1, {decision}, 'a', 1, '2027-09-01', 'open'{values})"
    )
    with connection.begin():
        for statement in (
            new_round(1, "meeting", kind="reflection"),
            "INSERT INTO decision (id, round, wording, position) VALUES (1, 1, 'd', 1)",
            "INSERT INTO agreed_level (decision, partner, level) VALUES (1, 1, 3)",
            action.format(id=1, decision=1, more="", values=""),
        ):
            connection.execute(text(statement))
    upgrade(connection, database)
    with connection.begin():
        for statement in ("SELECT standing FROM action", "SELECT standing FROM agreed_level"):
            assert connection.execute(text(statement)).scalars().all() == ["agreed"]
        for number, decision, standing in ((2, 1, "proposed"), (3, "NULL", "agreed")):
            more = action.format(id=number, decision=decision, more=", standing", values=f", '{standing}'")
            connection.execute(text(more))
        connection.execute(text("UPDATE agreed_level SET standing = 'contested'"))
        connection.execute(text("UPDATE decision SET theme = 'risk'"))
    with database.rebuilding(connection):
        command.downgrade(configuration(connection), "0003")
    with connection.begin():
        assert connection.execute(text("SELECT id FROM action")).scalars().all() == [1]
        assert connection.execute(text("SELECT count(*) FROM agreed_level")).scalar_one() == 0
        connection.execute(text("DELETE FROM action"))
        connection.execute(text(action.format(id=4, decision=1, more="", values="")))


def test_partnerships_of_before_share_nothing_and_lose_nothing_on_the_way_back(
    connection: Connection,
    database: Database,
) -> None:
    with database.rebuilding(connection):
        command.upgrade(configuration(connection), "0007")
    add_rows(connection)
    upgrade(connection, database)
    with connection.begin():
        assert connection.execute(text("SELECT shares_since FROM partnership")).scalars().all() == [None]
        connection.execute(text("UPDATE partnership SET shares_since = '2027-03-01'"))
        connection.execute(text("INSERT INTO learning_release (at, words) VALUES ('2027-04-01', '{}')"))
    with database.rebuilding(connection):
        command.downgrade(configuration(connection), "0007")
    assert "learning_release" not in tables_of(connection)
    assert seats_of(connection) == 1


def test_upgrading_again_keeps_the_rows(connection: Connection, database: Database) -> None:
    upgrade(connection, database)
    add_rows(connection)
    upgrade(connection, database)
    assert seats_of(connection) == 1


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(
    connection: Connection, database: Database
) -> None:
    upgrade(connection, database)
    with connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="upgrade the bot"):
        upgrade(connection, database)
    with connection.begin():
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_nothing_refers_to_answers_and_answers_to_nothing() -> None:
    (answer,) = ANSWERS
    assert not answer.foreign_keys
    assert not any(key.references(answer) for table in metadata.tables.values() for key in table.foreign_keys)


def test_rounds_never_refer_to_people() -> None:
    identity = {table.name for table in IDENTITY} - {"chat_group"}
    for table in (*ROUNDS, *ANSWERS):
        assert not {key.column.table.name for key in table.foreign_keys} & identity


def test_telegram_ids_are_only_kept_sealed_or_hashed() -> None:
    sealed = {("person", "lookup"), ("person", "account"), ("chat_group", "chat"), ("chat_alias", "lookup")}
    for table, column in sealed:
        assert isinstance(metadata.tables[table].c[column].type, LargeBinary)
    names = {(table.name, column.name) for table in metadata.tables.values() for column in table.columns}
    suspicious = {name for name in names if re.search("account|chat|telegram|username|phone", name[1])}
    assert suspicious <= sealed


def test_no_message_of_the_outbox_has_a_column_for_text() -> None:
    columns = metadata.tables["outbox"].c.keys()
    assert not {"text", "card", "args", "content", "payload"} & set(columns)


def test_answers_have_no_column_that_tells_who_or_when(connection: Connection, database: Database) -> None:
    upgrade(connection, database)
    with connection.begin():
        columns = {column["name"]: column for column in inspect(connection).get_columns("answer")}
        indexes = inspect(connection).get_indexes("answer")
        references = inspect(connection).get_foreign_keys("answer")
    assert list(columns) == ["round", "pseudonym", "cell", "value"]
    assert indexes == []
    assert references == []
