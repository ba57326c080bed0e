"""Rows for tests of tables, written as plain SQL that every database and every revision understands."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text


def add_rows(connection: Connection) -> None:
    with connection.begin():
        of_seats = {column["name"] for column in inspect(connection).get_columns("seat")}
        row = {"id": 1, "partner": 1, "confirmed": True, "consent": 0, "stand_in": False, "on_paper": False}
        names = [name for name in row if name in of_seats]
        values = ", ".join(str(row[name]).upper() for name in names)
        seat = f"INSERT INTO seat ({', '.join(names)}) VALUES ({values})"  # noqa: S608
        for statement in (
            "INSERT INTO partnership (id, name, purpose, language, zone) VALUES (1, 'P', '', 'en', 'UTC')",
            "INSERT INTO partner (id, partnership, name, acronym, kind) VALUES (1, 1, 'A', 'A', 'local')",
            seat,
        ):
            connection.execute(text(statement))


def new_round(number: int, state: str, **more: str) -> str:
    """The statement that adds a round; ``more`` holds columns that later revisions brought."""
    names, values = "".join(f", {name}" for name in more), "".join(f", '{value}'" for value in more.values())
    return (
        "INSERT INTO round (id, partnership, number, state, moment, flow, flow_version, collect_days, answer_days, "  # noqa: S608
        f"mode, extended, reminded, foretold, posted{names}) VALUES ({number}, 1, {number}, '{state}', 'baseline', "
        f"'pat', 1, 7, 7, 'confidential', FALSE, 0, FALSE, FALSE{values})"
    )


def seats_of(connection: Connection) -> int:
    with connection.begin():
        return int(connection.execute(text("SELECT count(*) FROM seat")).scalar_one())
