from __future__ import annotations

import pytest

from bot.core.flow.rows import read_row, split_sheet, write_row
from bot.core.flow.session import Row

SIX = ("a", "b", "c", "d", "e", "f")


def read(text: str, before: Row | None = None, *, unknown: bool = True) -> tuple[str, str | None]:
    reading = read_row(text, columns=SIX, levels=range(5), unknown=unknown, before=before or {})
    return write_row(reading.row, SIX), reading.trouble


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("420031", "4 2 0 0 3 1"),
        ("4 2 0 0 3 1", "4 2 0 0 3 1"),
        ("4,2, 0; 0\n3،1", "4 2 0 0 3 1"),
        ("4\n2\n0\n0\n3\n1", "4 2 0 0 3 1"),
        ("٤٢٠٠٣١", "4 2 0 0 3 1"),
        ("४२००३१", "4 2 0 0 3 1"),
        ("\uff14\uff12\uff10\uff10\uff13\uff11", "4 2 0 0 3 1"),
        ("42-?31", "4 2 ? ? 3 1"),
        ("42\u2013\u061f31", "4 2 ? ? 3 1"),
        ("42\uff1f\u221231", "4 2 ? ? 3 1"),
        ("\u202e420031\u202c", "4 2 0 0 3 1"),
        ("4\u13632\u13610\u066b0\u13643 1", "4 2 0 0 3 1"),
        ("4\ufe0f\u20e32\ufe0f\u20e30031", "4 2 0 0 3 1"),
        ("420031 3=4", "4 2 4 0 3 1"),
        ("420031\u060c3=4\u060c1=0", "0 2 4 0 3 1"),
    ],
)
def test_a_clear_row_is_read(typed: str, row: str) -> None:
    assert read(typed) == (row, None)


@pytest.mark.parametrize(
    ("typed", "row", "trouble"),
    [
        ("4200", "1=4 2=2 3=0 4=0", "few"),
        ("4200317", "", "many"),
        ("420071", "1=4 2=2 3=0 4=0 6=1", "unread"),
        ("420x31", "1=4 2=2 3=0 5=3 6=1", "unread"),
        ("they all decide on this together", "", "unread"),
        ("hello", "", "unread"),
        ("", "", "unread"),
        ("👍👍", "", "unread"),
        ("3=9", "", "unread"),
        ("9=3", "", "unread"),
        ("99999999999999999999999=3", "", "unread"),
        ("3=4", "3=4", "few"),
        ("4-2-0-0-3-1", "", "many"),
        ("420xx1", "", "unread"),
        ("PA4 PB2 PC0", "", "unread"),
        ("1. 4\n2. 2", "", "unread"),
        ("4.2.0", "", "unread"),
        ("PA=4 PB=2 3=1", "3=1", "unread"),
        ("PA2=4", "", "unread"),
    ],
)
def test_what_is_unclear_stays_open(typed: str, row: str, trouble: str) -> None:
    assert read(typed) == (row, trouble)


@pytest.mark.parametrize(
    ("typed", "row", "trouble"),
    [
        ("31", "4 2 0 0 3 1", None),
        ("111111", "1 1 1 1 1 1", None),
        ("5=1 6=2", "4 2 0 0 1 2", None),
        ("311", "1=4 2=2 3=0 4=0", "many"),
        ("3", "1=4 2=2 3=0 4=0 5=3", "few"),
        ("PF 3", "1=4 2=2 3=0 4=0", "unread"),
        ("5. 3", "1=4 2=2 3=0 4=0", "unread"),
        ("5=3 PF 1", "1=4 2=2 3=0 4=0 5=3", "unread"),
    ],
)
def test_a_short_row_fills_what_is_open(typed: str, row: str, trouble: str | None) -> None:
    assert read(typed, {"a": 4, "b": 2, "c": 0, "d": 0}) == (row, trouble)


@pytest.mark.parametrize(
    ("typed", "row", "trouble"),
    [
        ("3=4", "4 2 4 0 3 1", None),
        ("٣:٤ 1=0", "0 2 4 0 3 1", None),
        ("42", "4 2 0 0 3 1", "few"),
        ("1=7", "4 2 0 0 3 1", "unread"),
    ],
)
def test_a_full_row_changes_by_corrections(typed: str, row: str, trouble: str | None) -> None:
    assert read(typed, dict(zip(SIX, (4, 2, 0, 0, 3, 1), strict=True))) == (row, trouble)


def test_not_knowing_is_refused_where_it_is_no_answer() -> None:
    assert read("42-031", unknown=False) == ("1=4 2=2 4=0 5=3 6=1", "unread")


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("420031\n111111", 2),
        ("420031\n\n111111\n", 2),
        ("4 2 0\n0 3 1", 1),
        ("420031", 1),
        ("", 1),
    ],
)
def test_lines_make_a_sheet_only_when_they_hold_more_than_one_row(typed: str, rows: int) -> None:
    assert len(split_sheet(typed, 6)) == rows
