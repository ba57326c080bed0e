"""Statements that every update executes, compiled once and handed to the driver.

SQLAlchemy looks a statement up, fills it in and wraps what comes of it at every execution, which takes several times as
long as SQLite needs for it. What every update does goes past that; everything else is left to SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

CURSOR = "cursor"
"""What a connection is marked with: the cursor of these statements."""

Process: TypeAlias = Callable[[Any], Any]


class Prepared:
    """One statement, with its parameters by name.

    Nothing asks whether it may change what it changes, so a change must be to rows of one person or one message.

    Args:
        statement: every parameter one value, and an INSERT or UPDATE naming all that it sets.
    """

    def __init__(self, statement: Select[Any] | Insert | Update | Delete) -> None:
        self.statement = statement
        self._ready: dict[str, _Ready] = {}

    def row(self, connection: Connection, **values: Any) -> tuple[Any, ...] | None:
        """The first row that it finds, or returns of what it changed. Raises: DBAPIError."""
        found = self.rows(connection, **values)
        return found[0] if found else None

    def rows(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """Every row that it finds. Raises: DBAPIError."""
        ready = self._for(connection.dialect)
        found: list[tuple[Any, ...]] = ready.execute(connection, values).fetchall()
        return [ready.read(row) for row in found] if ready.seen else found

    def changed(self, connection: Connection, **values: Any) -> int:
        """Carry out a change; how many rows it met. Raises: DBAPIError."""
        count: int = self._for(connection.dialect).execute(connection, values).rowcount
        return count

    def each(self, connection: Connection, given: Sequence[dict[str, Any]]) -> None:
        """Carry out a change once for each of these values; the database is asked as seldom as possible.

        Raises: DBAPIError.
        """
        self._for(connection.dialect).execute_each(connection, given)

    def _for(self, dialect: Dialect) -> _Ready:
        ready = self._ready.get(dialect.name)
        if ready is None:
            ready = self._ready[dialect.name] = _compiled(self.statement, dialect)
        return ready


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as one kind of database takes it.

    Attributes:
        order: names of its parameters, for a driver that wants them in order.
        fixed: parameters that are part of the statement, as the driver takes them.
        written: what makes of a value what the driver takes, where these differ.
        seen: the same for each column of a row, the other way round; none where no column needs it.
    """

    sql: str
    order: tuple[str, ...] | None
    fixed: dict[str, Any]
    written: tuple[tuple[str, Process], ...]
    seen: tuple[Process | None, ...]

    def execute(self, connection: Connection, values: dict[str, Any]) -> Any:
        """The driver's cursor. Raises: DBAPIError."""
        return self._hand_over(connection, "execute", self._parameters(values))

    def execute_each(self, connection: Connection, given: Sequence[dict[str, Any]]) -> None:
        """Raises: DBAPIError."""
        self._hand_over(connection, "executemany", [self._parameters(values) for values in given])

    def _parameters(self, values: dict[str, Any]) -> dict[str, Any] | list[Any]:
        given = self.fixed | values
        for name, process in self.written:
            given[name] = process(given[name])
        return given if self.order is None else [given[name] for name in self.order]

    def _hand_over(self, connection: Connection, how: str, parameters: Any) -> Any:
        try:
            return getattr(_cursor(connection), how)(self.sql, parameters)
        except connection.dialect.loaded_dbapi.Error as error:
            raise DBAPIError(self.sql, None, error, hide_parameters=True) from error

    def read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            value if process is None else process(value)
            for value, process in zip(row, self.seen, strict=True)
        )


def _cursor(connection: Connection) -> Any:
    """The driver's cursor; everything is read from it at once, so there is one for as long as the connection lives."""
    cursor = connection.info.get(CURSOR)
    if cursor is None:
        cursor = connection.info[CURSOR] = connection.connection.cursor()
    return cursor


def _compiled(statement: Select[Any] | Insert | Update | Delete, dialect: Dialect) -> _Ready:
    compiled: Any = statement.compile(dialect=dialect)
    fixed, written = {}, []
    for bind, name in compiled.bind_names.items():
        if bind.expanding:
            raise TypeError("a prepared statement takes one value for each parameter")
        process = _impl(bind.type, dialect).bind_processor(dialect)
        if not bind.required:
            fixed[name] = bind.value if process is None else process(bind.value)
        elif process is not None:
            written.append((name, process))
    seen = tuple(
        _impl(column.type, dialect).result_processor(dialect, None) for column in statement.exported_columns
    )
    order = None if compiled.positiontup is None else tuple(compiled.positiontup)
    return _Ready(compiled.string, order, fixed, tuple(written), seen if any(seen) else ())


def _impl(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)
