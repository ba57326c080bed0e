"""Rows of a catalog as an ``.xlsx`` workbook, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
import xlsxwriter
from babel.messages.catalog import Catalog

from bot.adapters.i18n.sheet_rows import MISSING, UNSURE, WRONG, Returned, reviewer, rows

NOTES, ENGLISH, TRANSLATION = "What it is, and where", "English", "Translation"
NUMBERS, STATE, ID = "For the numbers", "State", "Id"
WIDTHS = {NOTES: 46, ENGLISH: 46, TRANSLATION: 46, NUMBERS: 18, STATE: 20, ID: 18}
"""The columns, and how many characters wide they are. They are found again by name, wherever they stand."""
REVIEWED_BY = "Reviewed by a native speaker (name or role and date, or yes)"
ADVICE = (
    "Write in the column Translation. Words in braces, such as {partner}, stay as they are and may move within"
    " the sentence. Rows may be sorted and filtered. Leave the columns English and Id as they are."
)
HEADING = 2
"""The row that names the columns, counted from nought."""
LEFT_TO_RIGHT = {"reading_order": 1, "align": "left"}
RIGHT_TO_LEFT = {"reading_order": 2, "align": "right"}
COLOURS = {MISSING: "#FFF2CC", UNSURE: "#DDEBF7", WRONG: "#F8CBAD"}
"""Behind what is to be done, by how the state begins; the column State says the same in words."""


@dataclass
class Sheet:
    """What came back in a workbook.

    Attributes:
        language: the code of its catalog, which is the name of the sheet.
        reviewed_by: who has reviewed the texts; empty when nobody filled it in.
    """

    language: str
    reviewed_by: str = ""
    rows: list[Returned] = field(default_factory=list)


def write_workbook(path: Path, language: str, catalog: Catalog) -> None:
    """Write a catalog as a workbook of one sheet; whatever a text begins with, its cell is no formula."""
    right_to_left = catalog.locale.text_direction == "rtl"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(language)
        if right_to_left:
            sheet.right_to_left()
        look = partial(_look, book)
        sheet.write_string(0, 0, REVIEWED_BY, look(bold=True))
        sheet.write_string(0, 1, reviewer(catalog), look(border=1))
        sheet.merge_range(1, 0, 1, len(WIDTHS) - 1, "", look())
        sheet.write_string(1, 0, ADVICE, look())
        sheet.set_row(1, 36)  # a merged cell does not grow with its text
        for column, (name, width) in enumerate(WIDTHS.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(HEADING, column, name, look(bold=True, bottom=1))
        sheet.freeze_panes(HEADING + 1, 0)
        plain, grey = look(), look(font_color="#7F7F7F")
        theirs = RIGHT_TO_LEFT if right_to_left else LEFT_TO_RIGHT
        done = look(**theirs)
        to_do = {
            state: (look(**theirs, bg_color=colour), look(bold=True, bg_color=colour))
            for state, colour in COLOURS.items()
        }
        line = HEADING
        for line, row in enumerate(rows(catalog), HEADING + 1):
            translation, state = next(
                (looks for state, looks in to_do.items() if row.state.startswith(state)), (done, plain)
            )
            cells = [
                (row.notes, plain),
                (row.english, plain),
                (row.translation, translation),
                (row.numbers, plain),
                (row.state, state),
                (row.id, grey),
            ]
            for column, (words, format_) in enumerate(cells):
                sheet.write_string(line, column, words, format_)
        sheet.autofilter(HEADING, 0, line, len(WIDTHS) - 1)


def read_workbook(path: Path) -> Sheet:
    """Read what came back in the first sheet, wherever its rows and columns stand now.

    Raises: ValueError, when it is no workbook or has no heading; OSError, when it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            sheet = openpyxl.load_workbook(file).worksheets[0]
    except (BadZipFile, KeyError, IndexError, TypeError, ParseError) as error:
        raise ValueError("this is not an .xlsx workbook") from error
    read = Sheet(sheet.title)
    columns: dict[str, int] = {}
    for cells in sheet.iter_rows():
        words = [_words(cell) for cell in cells]
        if REVIEWED_BY in words:
            read.reviewed_by = next((said for said in words if said and said != REVIEWED_BY), "")
        elif {ENGLISH, TRANSLATION, ID} <= set(words):
            columns = {name: words.index(name) for name in WIDTHS if name in words}
        elif columns and any(said != "" for said in words):
            read.rows.append(_returned(cells[0].row, words, columns))
    if not columns:
        raise ValueError(f"there is no row with the headings {ENGLISH}, {TRANSLATION} and {ID}")
    return read


def _look(book: Any, **options: Any) -> Any:
    """A cell format; text wraps and begins at the top and, if nothing else is said, on the left."""
    return book.add_format({"text_wrap": True, "valign": "top"} | LEFT_TO_RIGHT | options)


def _words(cell: Any) -> str | None:
    """The text of a cell, "" when it is empty; None for a formula, a number, a date or a mistake."""
    if cell.value is None:
        return ""
    return str(cell.value) if cell.data_type == "s" else None


def _returned(line: int, words: Sequence[str | None], columns: dict[str, int]) -> Returned:
    state = words[columns[STATE]] if STATE in columns else ""
    return Returned(
        line,
        (words[columns[ID]] or "").strip(),
        words[columns[ENGLISH]] or "",
        words[columns[TRANSLATION]],
        state or "",
    )
