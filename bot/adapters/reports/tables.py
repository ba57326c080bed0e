"""Rows as CSV, and rows with readable tables as a workbook; nothing that people typed comes alive in either."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import datetime
from typing import Any

import xlsxwriter

from bot.adapters.reports.colours import LINES, SHADES
from bot.adapters.reports.writing import Scribe
from bot.core.document import OPPOSED_SIGN, Cell, Matrix, Records, Value, Workbook

LIVE = frozenset("=+-@|%\t\r\n＝＋－＠｜％")  # noqa: RUF001 - the wide forms are read as formulas, too
"""What a spreadsheet may take for the beginning of a formula or of a command."""
SPACES, BROKEN = "\t\r\n", frozenset({"Cc", "Cs"})
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
ALWAYS = datetime(2020, 1, 1)


def csv_file(records: Records, scribe: Scribe) -> bytes:
    """Rows as spreadsheets of every country open them: UTF-8 with its mark, a line end of two characters."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(records.columns)
    writer.writerows([_written(value, scribe) for value in row] for row in records.rows)
    return file.getvalue().encode("utf-8-sig")


def workbook_file(workbook: Workbook, scribe: Scribe) -> bytes:
    """A sheet for each matrix, and one with all rows; the same workbook gives the same bytes."""
    file = io.BytesIO()
    with new_workbook(file, title=defused(scribe.plain(workbook.title))) as made:
        names: set[str] = set()
        for matrix in workbook.matrices:
            _matrix(made, _name(scribe.plain(matrix.name), names), matrix, scribe)
        _records(made, _name("data", names), workbook.records, scribe)
    return file.getvalue()


def new_workbook(file: io.BytesIO, **properties: str) -> Any:
    """An empty workbook, whole once it is closed: words stay words in it, and it tells no time."""
    as_it_is = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    made = xlsxwriter.Workbook(file, {"in_memory": True, **dict.fromkeys(as_it_is, False)})
    made.set_properties({**properties, "created": ALWAYS})
    return made


def defused(words: str) -> str:
    """Words that no spreadsheet takes for a formula, without the characters that no file may carry."""
    plain = "".join(
        letter for letter in words if letter in "\t\r\n" or unicodedata.category(letter) not in {"Cc", "Cs"}
    )
    seen = next((letter for letter in plain if not _is_unseen(letter)), "")
    return f"'{plain}" if seen in LIVE else plain


def _is_unseen(letter: str) -> bool:
    """Whether a spreadsheet may skip it on its way to the first letter."""
    return letter not in LIVE and (letter.isspace() or unicodedata.category(letter) == "Cf")


def _written(value: Value, scribe: Scribe) -> str | int:
    match value:
        case None:
            return ""
        case int():
            return value
        case _:
            return defused(scribe.plain(value))


def _matrix(made: Any, name: str, matrix: Matrix, scribe: Scribe) -> None:
    sheet = _sheet(made, name, scribe)
    look = {"text_wrap": True, "valign": "vcenter", "border": 1, "border_color": LINES}
    bold = made.add_format({**look, "bold": True})
    words = made.add_format(look)
    fields = {
        shade: made.add_format(
            {**look, "align": "center", **({} if shade is None else {"bg_color": SHADES[shade]})}
        )
        for shade in (None, *range(len(SHADES)))
    }
    table = matrix.table()
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(matrix.columns), 14)
    for column, one in enumerate(table.head):
        sheet.write_string(0, column, defused(scribe.plain(one)), bold)
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, _field(cell, scribe), fields[cell.shade] if column else words)
    below = len(table.rows) + 2
    for number, key in enumerate(matrix.key, below):
        sheet.write_string(number, 0, _field(key.sign, scribe), words)
        sheet.write_string(number, 1, defused(scribe.plain(key.words)))
    sheet.freeze_panes(1, 1)


def _records(made: Any, name: str, records: Records, scribe: Scribe) -> None:
    sheet = _sheet(made, name, scribe)
    bold = made.add_format({"bold": True})
    for column, title in enumerate(records.columns):
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(records.rows, 1):
        for column, value in enumerate(row):
            written = _written(value, scribe)
            if isinstance(written, int):
                sheet.write_number(number, column, written)
            elif written:
                sheet.write_string(number, column, written)
    sheet.set_column(0, len(records.columns) - 1, 16)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(records.rows)), len(records.columns) - 1)


def _sheet(made: Any, name: str, scribe: Scribe) -> Any:
    sheet = made.add_worksheet(name)
    if scribe.right_to_left:
        sheet.right_to_left()
    return sheet


def _field(cell: Cell, scribe: Scribe) -> str:
    words = defused(scribe.plain(cell.words))
    return f"{words} {OPPOSED_SIGN}" if cell.opposed else words


def _name(wanted: str, taken: set[str]) -> str:
    """A name that the format allows and that no other sheet has."""
    plain = _FORBIDDEN_IN_NAMES.sub(" ", wanted).strip("' ")[:_LONGEST_NAME] or "-"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _LONGEST_NAME - 4]} {number}"
    taken.add(name.casefold())
    return name
