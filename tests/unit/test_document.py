from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document import Cell, Matrix, MatrixRow, Table
from bot.core.text import listed


def table(columns: int, rows: int = 2) -> Table:
    return Table(
        tuple(f"head {number}" for number in range(columns)),
        tuple(tuple(Cell(f"{row}.{number}") for number in range(columns)) for row in range(rows)),
    )


@given(st.integers(1, 30), st.integers(1, 8))
def test_the_parts_of_a_table_hold_every_column_once_and_each_what_its_rows_are_about(
    columns: int, most: int
) -> None:
    whole = table(columns)
    parts = list(whole.parts(most))
    assert all(1 <= len(part.head) <= most + 1 for part in parts)
    assert all(part.head[0] == "head 0" for part in parts)
    assert [one for part in parts for one in part.head[1:]] == list(whole.head[1:])
    assert [cell for part in parts for cell in part.rows[1][1:]] == list(whole.rows[1][1:])
    widths = [len(part.head) for part in parts]
    assert max(widths) - min(widths) <= most


@pytest.mark.parametrize(("columns", "widths"), [(7, [6]), (8, [4, 3]), (13, [6, 6]), (1, [0])])
def test_parts_are_about_equally_wide(columns: int, widths: list[int]) -> None:
    assert [len(part.head) - 1 for part in table(columns).parts(6)] == widths


def test_a_table_without_a_head_keeps_its_rows() -> None:
    rows = ((Cell("a"), Cell("b")),)
    assert list(Table((), rows).parts(6)) == [Table((), rows)]


def test_a_matrix_is_a_table_with_numbered_wordings_in_front() -> None:
    high = Cell("High", shade=4)
    matrix = Matrix("title", "name", ("PA",), (MatrixRow("Which villages come first", (high,)),))
    assert matrix.table() == Table(("", "PA"), ((Cell(listed(1, "Which villages come first")), high),))
