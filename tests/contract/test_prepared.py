"""What goes past SQLAlchemy finds and changes the same as what goes through it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import UpdateBase

import bot.adapters.db
from bot.adapters.db.databases import database_of
from bot.adapters.db.messages import OUTBOX, State
from bot.adapters.db.postgresql import ONES_OWN
from bot.adapters.db.prepared import Prepared
from bot.adapters.db.store import SqlStore
from bot.adapters.db.updates import PROCESSED_UPDATE
from bot.app.ports import Lane, What

DUE = datetime(2030, 1, 1, 12, tzinfo=UTC)
WAITS = {
    "state": State.PENDING,
    "lane": Lane.DIGEST,
    "what": What.POST,
    "path": "digest/1",
    "fresh": True,
    "attempts": 2,
    "due": DUE,
}


@pytest.fixture
def connection(store: SqlStore, database_url: str) -> Iterator[Connection]:
    """A connection to a database with tables, in a transaction that is undone."""
    store.stop_now()
    database = database_of(database_url)
    with database.open().connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()
    database.close()


def test_a_row_comes_as_sqlalchemy_brings_it(connection: Connection) -> None:
    everything = select(OUTBOX)
    connection.execute(insert(OUTBOX), WAITS)
    through = [tuple(row) for row in connection.execute(everything)]
    assert Prepared(everything).rows(connection) == through
    row = dict(zip(OUTBOX.c.keys(), through[0], strict=True))
    assert {name: row[name] for name in WAITS} == WAITS


def test_what_is_added_is_kept_as_sqlalchemy_keeps_it_and_may_tell_its_number(connection: Connection) -> None:
    wanted = {name: bindparam(name, type_=OUTBOX.c[name].type) for name in WAITS}
    added = Prepared(insert(OUTBOX).values(wanted).returning(OUTBOX.c.id)).row(connection, **WAITS)
    connection.execute(insert(OUTBOX), WAITS)
    prepared, plain = connection.execute(select(OUTBOX).order_by(OUTBOX.c.id)).all()
    assert added == (prepared.id,)
    assert tuple(prepared)[1:] == tuple(plain)[1:]


def test_a_change_tells_how_many_rows_it_met(connection: Connection) -> None:
    connection.execute(insert(OUTBOX), [WAITS, WAITS])
    hasten = Prepared(update(OUTBOX).where(OUTBOX.c.lane == Lane.DIGEST).values(due=bindparam("soon")))
    assert hasten.changed(connection, soon=None) == 2
    assert connection.execute(select(OUTBOX.c.due)).scalars().all() == [None, None]
    nobody = Prepared(delete(OUTBOX).where(OUTBOX.c.person == bindparam("which")))
    assert nobody.changed(connection, which=1) == 0


def test_several_changes_at_once_are_all_made_and_none_makes_none(connection: Connection) -> None:
    rows = [{"id": number, "handled": DUE} for number in (20300101, 20300102, 20300103)]
    connection.execute(insert(PROCESSED_UPDATE), rows)
    forget = Prepared(delete(PROCESSED_UPDATE).where(PROCESSED_UPDATE.c.id == bindparam("which")))
    for some in ([], [{"which": row["id"]} for row in rows[:2]]):
        forget.each(connection, some)
    assert connection.execute(select(PROCESSED_UPDATE.c.id)).scalars().all() == [20300103]


def test_what_is_not_there_is_no_row(connection: Connection) -> None:
    assert Prepared(select(OUTBOX).where(OUTBOX.c.id == bindparam("which"))).row(connection, which=1) is None


def test_an_error_is_one_of_sqlalchemys_without_the_values(connection: Connection, database_url: str) -> None:
    row = {"id": 20300101, "handled": DUE}
    connection.execute(insert(PROCESSED_UPDATE), row)
    again = Prepared(insert(PROCESSED_UPDATE).values({name: bindparam(name) for name in row}))
    with pytest.raises(DBAPIError) as refused:
        again.changed(connection, **row)
    assert refused.value.params is None
    met_another = connection.dialect.name == "postgresql"
    assert database_of(database_url).is_conflict(refused.value) is met_another


def test_several_values_for_one_parameter_are_refused(connection: Connection) -> None:
    with pytest.raises(TypeError):
        Prepared(select(OUTBOX).where(OUTBOX.c.id.in_(bindparam("some", expanding=True)))).rows(
            connection, some=[1]
        )


def test_what_is_prepared_changes_only_what_is_one_persons_own() -> None:
    """Nothing asks such a statement whether it may be carried out beside those of other processes."""
    modules = [
        importlib.import_module(f"bot.adapters.db.{found.name}")
        for found in pkgutil.iter_modules(bot.adapters.db.__path__)
    ]
    prepared = [value for module in modules for value in vars(module).values() if isinstance(value, Prepared)]
    changed = {
        getattr(one.statement.table, "name", None)
        for one in prepared
        if isinstance(one.statement, UpdateBase)
    }
    assert changed
    assert changed <= ONES_OWN
