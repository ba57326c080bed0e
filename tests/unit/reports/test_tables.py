"""CSV and workbooks: whole when read back, and nothing in them comes alive."""

from __future__ import annotations

import csv
import io
import unicodedata

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.reports.tables import LIVE, csv_file, defused, workbook_file
from bot.app.reports.records import COLUMNS
from bot.core.document import Cell, Key, Matrix, MatrixRow, Records, Workbook
from tests.unit.reports.archive import HOSTILE, LANGUAGES, Composed, scribe

ANYTHING = st.text(st.characters(codec="utf-8"), max_size=40) | st.text("=+-@|%'\t\r\n\0\u200b＝", max_size=4)  # noqa: RUF001


def first_seen(words: str) -> str:
    """The first character that a spreadsheet does not skip."""
    skipped = {" ", "\u00a0", "\ufeff", "\u200b", "\u2066", "\u2068"}
    return next((letter for letter in words if letter not in skipped), "")


@given(ANYTHING)
def test_no_words_begin_as_a_formula(words: str) -> None:
    assert first_seen(defused(words)) not in LIVE


@given(ANYTHING)
def test_defusing_twice_is_defusing_once(words: str) -> None:
    assert defused(defused(words)) == defused(words)


@given(st.text("abc éশীর42 ,;:!?()", max_size=20))
def test_plain_words_stay_as_they_are(words: str) -> None:
    assert defused(words) == words


@given(st.lists(st.tuples(ANYTHING, st.integers(0, 10**15), st.none() | ANYTHING), max_size=5))
def test_a_csv_file_reads_back_as_it_was_written(rows: list[tuple[str, int, str | None]]) -> None:
    file = csv_file(Records(("a", "b", "c"), tuple(rows)), scribe("en"))
    read = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    assert read[0] == ["a", "b", "c"]
    assert [row[1] for row in read[1:]] == [str(row[1]) for row in rows]
    assert all(first_seen(field) not in LIVE for row in read[1:] for field in row)


def test_a_csv_file_is_what_spreadsheets_of_every_country_open(few: Composed) -> None:
    file = csv_file(few.workbook.records, scribe("bn"))
    assert file.startswith(b"\xef\xbb\xbf")
    assert file.count(b"\r\n") == len(few.workbook.records.rows) + 1
    assert b"\n" not in file.replace(b"\r\n", b"")


def test_records_keep_their_ids_and_their_language_free_words(few: Composed) -> None:
    in_english, in_arabic = (
        list(csv.DictReader(io.StringIO(csv_file(few.workbook.records, scribe(one)).decode("utf-8-sig"))))
        for one in ("en", "ar")
    )
    steady = [name for name in COLUMNS if name != "said"]
    assert [[row[name] for name in steady] for row in in_english] == [
        [row[name] for name in steady] for row in in_arabic
    ]
    assert {row["word"] for row in in_english} >= {"high", "mixed", "withheld", "few", "split"}
    said = [row for row in in_english if row["measure"] == "actual" and row["word"] == "high"]
    assert {row["said"] for row in said} == {"High"}
    assert len({row["first_decision_id"] for row in in_english}) == 3


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_workbook_has_a_sheet_for_each_round_and_one_of_rows(few: Composed, language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_file(few.workbook, scribe(language))))
    *rounds, data = book.worksheets
    assert len(rounds) == 2
    assert [cell.value for cell in data[1]] == list(COLUMNS)
    assert data.max_row == len(few.workbook.records.rows) + 1
    assert all(sheet.freeze_panes == "B2" for sheet in rounds)
    assert data.freeze_panes == "A2"
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in book.worksheets} == {language == "ar"}


def test_a_workbook_says_the_words_of_the_matrix(few: Composed) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_file(few.workbook, scribe("en")))).worksheets[0]
    assert [cell.value for cell in sheet[1]][1:] == [f"Made-up acronym {number}" for number in range(1, 5)]
    assert [cell.value for cell in sheet[2]] == ["1. Made-up decision 1", "High", "Middle", "Low", "Mixed"]
    assert sheet["B2"].fill.start_color.rgb == "FFDFA916"


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_type_stays_text_in_a_workbook(words: str) -> None:
    row = MatrixRow(words, (Cell(words),))
    matrix = Matrix(words, words, (words,), (row,), (Key(Cell(words), words),))
    book = Workbook(words, (matrix, matrix), Records(("a",), ((words,),)))
    made = openpyxl.load_workbook(io.BytesIO(workbook_file(book, scribe("en"))))
    found = [cell for sheet in made.worksheets for line in sheet.iter_rows() for cell in line if cell.value]
    assert found
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.hyperlink is None for cell in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_workbook_gives_the_same_bytes(few: Composed, language: str) -> None:
    assert workbook_file(few.workbook, scribe(language)) == workbook_file(few.workbook, scribe(language))


def test_no_control_character_reaches_a_file() -> None:
    written = defused("a\0b\x07c\x1bd\ud800e")
    assert written == "abcde"
    assert not any(unicodedata.category(letter) == "Cc" for letter in written)
