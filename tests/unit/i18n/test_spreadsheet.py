"""Catalogs go through spreadsheets and come back whole, and what is not good in a sheet is told by its row."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from openpyxl.worksheet.worksheet import Worksheet

from bot.adapters.i18n import catalog_tool
from bot.adapters.i18n.files import as_text
from bot.adapters.i18n.sheet_rows import TRANSLATED, note_reviewer, reviewer, take
from bot.adapters.i18n.spreadsheet import (
    ENGLISH,
    ID,
    NUMBERS,
    STATE,
    TRANSLATION,
    read_workbook,
    write_workbook,
)

ARABIC = r"""# Texts of the power reflection bot.
# Reviewed by a native speaker: not yet.
msgid ""
msgstr ""
"Language: ar\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 "
": n%100>=11 && n%100<=99 ? 4 : 5);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

#. What: text of a card
#: bot/words.py
#, python-brace-format
msgid "{name} has joined"
msgstr "انضم {name}"

#: bot/words.py
msgid ""
"First line\n"
"\n"
"third line"
msgstr ""
"السطر الأول\n"
"\n"
"السطر الثالث"

#: bot/words.py
msgctxt "button"
msgid "= Equal"
msgstr "=1+1"

#: bot/words.py
msgid "+ More"
msgstr "أكثر~: _x0041_ <b>&amp;"

#: bot/words.py
#, fuzzy
msgid "Perhaps"
msgstr "ربما"

#: bot/words.py
msgid "Not yet"
msgstr ""

#: bot/words.py
#, python-brace-format
msgid "Only {name}"
msgstr "فقط"

#: bot/words.py
#, python-brace-format
msgid "{count} partner"
msgid_plural "{count} partners"
msgstr[0] "لا شركاء"
msgstr[1] "شريك واحد"
msgstr[2] "شريكان"
msgstr[3] "{count} شركاء"
msgstr[4] "{count} شريكًا"
msgstr[5] "{count} شريك"
"""


def arabic() -> Catalog:
    return read_po(io.BytesIO(ARABIC.replace("~", "\N{NO-BREAK SPACE}").encode()), locale="ar")


def emptied(catalog: Catalog) -> Catalog:
    for message in catalog:
        if message.id:
            message.string = "" if isinstance(message.id, str) else ("",) * catalog.num_plurals
    return catalog


@pytest.fixture
def returned(tmp_path: Path) -> Callable[..., list[str]]:
    """Send the Arabic catalog out, change its sheet, and take it back; gives the complaints."""

    def through(change: Callable[[Worksheet], None], catalog: Catalog | None = None) -> list[str]:
        path = tmp_path / "ar.xlsx"
        write_workbook(path, "ar", arabic())
        book = openpyxl.load_workbook(path)
        change(book.worksheets[0])
        book.save(path)
        return take(catalog or arabic(), read_workbook(path).rows)

    return through


def row_of(sheet: Worksheet, english: str, numbers: str = "") -> int:
    found = (
        cells[0].row
        for cells in sheet.iter_rows(min_row=4)
        if cells[column(ENGLISH) - 1].value == english and (cells[column(NUMBERS) - 1].value or "") == numbers
    )
    return int(next(found))


def column(name: str) -> int:
    return ["What it is, and where", ENGLISH, TRANSLATION, NUMBERS, STATE, ID].index(name) + 1


def put(english: str, name: str, value: Any, numbers: str = "") -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, english, numbers), column(name)).value = value

    return change


def said(catalog: Catalog, text: str, context: str | None = None) -> Any:
    message = catalog.get(text, context)
    assert message is not None
    return message.string


def test_the_french_that_ships_comes_back_to_the_letter(tmp_path: Path) -> None:
    catalogs = {language: catalog for language, _, catalog in catalog_tool.updated()}
    before = as_text(catalogs["fr"])
    whole = all(message.string for message in catalogs["fr"] if message.id)
    write_workbook(tmp_path / "fr.xlsx", "fr", catalogs["fr"])
    sheet = read_workbook(tmp_path / "fr.xlsx")
    assert sheet.language == "fr"
    complaints = take(emptied(catalogs["fr"]), sheet.rows)
    assert (complaints == [], as_text(catalogs["fr"])) == (whole, before)


def test_six_plural_forms_lines_and_odd_signs_come_back_to_the_letter(tmp_path: Path) -> None:
    write_workbook(tmp_path / "ar.xlsx", "ar", arabic())
    catalog = emptied(arabic())
    complaints = take(catalog, read_workbook(tmp_path / "ar.xlsx").rows)
    assert complaints == ["row 10: placeholder {name} is missing", "rows still to be translated: 1"]
    assert as_text(catalog) == as_text(arabic()).replace('"فقط"', '""').replace("#, fuzzy\n", "")


def test_a_sheet_that_nobody_changed_changes_nothing(returned: Callable[..., list[str]]) -> None:
    catalog = arabic()
    returned(lambda sheet: None, catalog)
    assert as_text(catalog) == as_text(arabic())


def test_a_sheet_for_a_language_from_the_right_begins_there(tmp_path: Path) -> None:
    write_workbook(tmp_path / "ar.xlsx", "ar", arabic())
    sheet = openpyxl.load_workbook(tmp_path / "ar.xlsx").worksheets[0]
    english, translation = (sheet.cell(4, column(name)).alignment for name in (ENGLISH, TRANSLATION))
    assert b'rightToLeft="1"' in ZipFile(tmp_path / "ar.xlsx").read("xl/worksheets/sheet1.xml")
    assert (english.readingOrder, translation.readingOrder, translation.wrap_text) == (1, 2, True)
    assert sheet.freeze_panes == "A4"


def test_every_row_says_its_state_in_words_and_for_which_numbers_it_is(tmp_path: Path) -> None:
    write_workbook(tmp_path / "ar.xlsx", "ar", arabic())
    sheet = openpyxl.load_workbook(tmp_path / "ar.xlsx").worksheets[0]
    told = [
        [cells[column(name) - 1].value for name in (ENGLISH, NUMBERS, STATE)]
        for cells in sheet.iter_rows(min_row=4)
    ]
    assert [[english, state] for english, _, state in told[:7]] == [
        ["{name} has joined", TRANSLATED],
        ["First line\n\nthird line", TRANSLATED],
        ["= Equal", TRANSLATED],
        ["+ More", TRANSLATED],
        ["Perhaps", "unsure: please check"],
        ["Not yet", "missing"],
        ["Only {name}", "wrong: placeholder {name} is missing"],
    ]
    assert [[english, numbers] for english, numbers, _ in told[7:]] == [
        ["{count} partners", "0"],
        ["{count} partner", "1"],
        ["{count} partners", "2"],
        ["{count} partners", "3-10, 103-110, 203-210, 303-310, …"],
        ["{count} partners", "11-99, 111-199, 211-299, 311-399, …"],
        ["{count} partners", "100-102, 200-202, 300-302, 400-402, …"],
    ]


def test_no_cell_is_a_formula_whatever_it_begins_with(tmp_path: Path) -> None:
    write_workbook(tmp_path / "ar.xlsx", "ar", arabic())
    assert b"<f>" not in ZipFile(tmp_path / "ar.xlsx").read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "value", ["مرحبا {name}", "مرحبا {name}  ", "مرحبا {name}\r\n", "\n مرحبا {name}_x000D_\n"]
)
def test_a_new_translation_is_taken_without_what_hands_leave_behind(
    returned: Callable[..., list[str]], value: str
) -> None:
    catalog = arabic()
    returned(put("{name} has joined", TRANSLATION, value), catalog)
    assert said(catalog, "{name} has joined") == "مرحبا {name}"


def test_rows_find_their_message_again_in_any_order_and_in_part(returned: Callable[..., list[str]]) -> None:
    def turned(sheet: Worksheet) -> None:
        rows = [[cell.value for cell in cells] for cells in sheet.iter_rows(min_row=4)]
        for line, values in enumerate(reversed(rows), 4):
            for position, value in enumerate(values, 1):
                cell = sheet.cell(line, position)
                cell.value = value
                cell.data_type = "s"
        sheet.delete_rows(4)
        sheet.insert_cols(2)

    catalog = emptied(arabic())
    returned(turned, catalog)
    *most, last = said(catalog, "{count} partner")
    assert (most[:2], last) == (["لا شركاء", "شريك واحد"], "")
    assert said(catalog, "= Equal", "button") == "=1+1"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (put("{name} has joined", TRANSLATION, "انضم"), "row 4: placeholder {name} is missing"),
        (put("{name} has joined", TRANSLATION, "{name} {nom}"), "row 4: placeholder {nom} does not exist"),
        (
            put("{name} has joined", TRANSLATION, " \n"),
            "row 4: the translation is empty; the one there was stays",
        ),
        (
            put("{name} has joined", TRANSLATION, "=HYPERLINK(1)"),
            "row 4: the translation is a formula, a number or an error, not text; put an apostrophe (') in front of it",
        ),
        (
            put("{name} has joined", TRANSLATION, 7),
            "row 4: the translation is a formula, a number or an error, not text; put an apostrophe (') in front of it",
        ),
        (
            put("{name} has joined", ENGLISH, "{name} has left"),
            "row 4: the English is not that of the bot; perhaps columns were sorted apart from each other",
        ),
        (
            put("{name} has joined", ID, "m000"),
            "row 4: the bot has no such text; it was changed or taken out after the file was made",
        ),
        (
            put("{count} partners", TRANSLATION, "{name}", numbers="2"),
            "row 13: placeholder {name} does not exist",
        ),
    ],
)
def test_what_is_not_good_is_told_by_its_row_and_the_rest_is_kept(
    returned: Callable[..., list[str]], change: Callable[[Worksheet], None], complaint: str
) -> None:
    catalog = arabic()

    def both(sheet: Worksheet) -> None:
        put("+ More", TRANSLATION, "زيادة")(sheet)
        change(sheet)

    assert complaint in returned(both, catalog)
    assert said(catalog, "{name} has joined") == "انضم {name}"
    assert said(catalog, "{count} partner")[2] == "شريكان"
    assert said(catalog, "+ More") == "زيادة"


def test_of_a_row_that_stands_twice_the_first_is_read(returned: Callable[..., list[str]]) -> None:
    def twice(sheet: Worksheet) -> None:
        sheet.append([cell.value for cell in sheet[4]])

    catalog = arabic()
    assert "row 17: stands in this file twice; only the first is read" in returned(twice, catalog)
    assert said(catalog, "{name} has joined") == "انضم {name}"


@pytest.mark.parametrize("change", [put("Perhaps", STATE, TRANSLATED), put("Perhaps", TRANSLATION, "لعل")])
def test_an_unsure_translation_is_sure_when_it_was_changed_or_called_translated(
    returned: Callable[..., list[str]], change: Callable[[Worksheet], None]
) -> None:
    catalog = arabic()
    returned(change, catalog)
    message = catalog.get("Perhaps")
    assert message is not None
    assert not message.fuzzy


def test_who_has_reviewed_it_goes_into_the_header(tmp_path: Path) -> None:
    write_workbook(tmp_path / "ar.xlsx", "ar", arabic())
    assert read_workbook(tmp_path / "ar.xlsx").reviewed_by == "not yet."
    book = openpyxl.load_workbook(tmp_path / "ar.xlsx")
    book.worksheets[0]["B1"] = "Teacher A,\n May 2027"
    book.save(tmp_path / "ar.xlsx")
    catalog = arabic()
    note_reviewer(catalog, read_workbook(tmp_path / "ar.xlsx").reviewed_by)
    assert reviewer(catalog) == "Teacher A, May 2027"
    assert as_text(catalog).splitlines()[1] == "# Reviewed by a native speaker: Teacher A, May 2027"


@pytest.mark.parametrize("words", ["", "  ", "not yet."])
def test_a_reviewer_who_says_nothing_changes_no_header(words: str) -> None:
    catalog = arabic()
    note_reviewer(catalog, words)
    assert as_text(catalog) == as_text(arabic())


def test_a_catalog_without_such_a_line_gets_one() -> None:
    catalog = Catalog(locale="ar", header_comment="# Texts.")
    note_reviewer(catalog, "yes")
    assert catalog.header_comment == "# Texts.\n# Reviewed by a native speaker: yes"


def test_what_is_no_workbook_or_has_no_heading_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"id,text")
    openpyxl.Workbook().save(tmp_path / "b.xlsx")
    with pytest.raises(ValueError, match=r"not an \.xlsx workbook"):
        read_workbook(tmp_path / "a.xlsx")
    with pytest.raises(ValueError, match="no row with the headings English, Translation and Id"):
        read_workbook(tmp_path / "b.xlsx")
