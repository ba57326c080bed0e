"""What SQLite alone is asked for: row numbers, rebuilt tables, and foreign keys that are looked at last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text

from bot.adapters.db.database import Database
from bot.adapters.db.databases import database_of
from bot.adapters.db.migrations import upgrade
from bot.adapters.db.tables import metadata
from bot.errors import StoreError
from tests.rows import add_rows, seats_of


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return database_of(f"sqlite:///{tmp_path / 'bot.db'}")


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.open().connect() as connection:
        yield connection
    database.close()


def test_ids_are_never_used_again_in_the_tables_that_promise_it(
    connection: Connection, database: Database
) -> None:
    upgrade(connection, database)
    with connection.begin():
        statements = dict(
            connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
        )
    promised = {
        name for name, table in metadata.tables.items() if table.dialect_options["sqlite"]["autoincrement"]
    }
    assert "round" in promised
    assert {name for name in promised if "AUTOINCREMENT" not in statements[name]} == set()


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(
    connection: Connection, database: Database
) -> None:
    upgrade(connection, database)
    add_rows(connection)
    with database.rebuilding(connection):
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("partner", recreate="always") as batch:
            batch.alter_column("name", nullable=True)
    assert seats_of(connection) == 1
    assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_migration_that_leaves_rows_without_what_they_refer_to_is_undone(
    connection: Connection, database: Database
) -> None:
    upgrade(connection, database)
    add_rows(connection)

    def lose() -> None:
        with database.rebuilding(connection):
            connection.execute(text("DELETE FROM partner"))

    with pytest.raises(StoreError, match="undone"):
        lose()
    assert seats_of(connection) == 1


def test_answers_have_no_row_number(connection: Connection, database: Database) -> None:
    upgrade(connection, database)
    with connection.begin():
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'answer'")).scalar_one()
    assert "WITHOUT ROWID" in made
