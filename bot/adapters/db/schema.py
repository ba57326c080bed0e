"""What all tables share: one MetaData, the column types, and statements that are made from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Enum,
    Insert,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    Update,
    bindparam,
    exists,
    literal,
    select,
    update,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number = BigInteger().with_variant(Integer(), "sqlite")
"""An id; SQLite numbers rows by itself only when the type is INTEGER."""


WHICH: BindParameter[Any] = bindparam("which")
"""The row or rows that a statement is about."""


class UTCDateTime(TypeDecorator[datetime]):
    """Aware moments in and out, UTC in the table; SQLite itself would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word(kind: type[StrEnum], length: int = 16) -> Enum:
    """A column type that holds the values of an enum as plain text."""
    return Enum(
        kind, native_enum=False, length=length, values_callable=lambda kind: [member.value for member in kind]
    )


def columns_of(table: Table, kind: type) -> list[Column[Any]]:
    """The columns of a dataclass, in the order of its fields, so that ``kind(*row)`` makes one."""
    return [table.c[field.name] for field in fields(kind)]


def values_of(value: Any) -> dict[str, Any]:
    """The fields of a dataclass as parameters; ``id`` becomes ``which`` as ``update_by_id`` wants it."""
    return {
        "which" if field.name == "id" else field.name: getattr(value, field.name) for field in fields(value)
    }


def update_by_id(table: Table) -> Update:
    """Update the row ``which`` with the columns that are given as parameters."""
    return update(table).where(table.c.id == WHICH)


def insert_new(table: Table, *, key: Sequence[str]) -> Insert:
    """An INSERT of a full row that does nothing, as ``rowcount`` tells, when the key is there already."""
    given = {column.name: bindparam(column.name, type_=column.type) for column in table.columns}
    there = exists().where(*(table.c[name] == given[name] for name in key))
    return insert_where(given, table, ~there)


def insert_where(row: Mapping[str, Any], table: Table, condition: ColumnElement[bool]) -> Insert:
    """An INSERT of a row, some of its values parameters, that does nothing where a condition does not hold.

    ``rowcount`` tells, or RETURNING.
    """
    values = [
        value if isinstance(value, BindParameter) else literal(value, table.c[name].type)
        for name, value in row.items()
    ]
    insert = table.insert().from_select(list(row), select(*values).where(condition))
    return insert.execution_options(preserve_rowcount=True)  # of an INSERT not every driver remembers it


class Repository:
    """Rows of one subject within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _insert(self, statement: Insert, row: Mapping[str, Any]) -> int:
        """Insert a row whose id the database chooses; returns the id."""
        key = self._connection.execute(statement, row).inserted_primary_key
        if key is None:
            raise TypeError("this statement chooses no id")
        return int(key[0])
