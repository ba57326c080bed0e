"""``python -m bot catalogs``: one command that keeps every language whole."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from bot.adapters.i18n import catalog_tool
from bot.wiring import catalogs

FRENCH = r"""# Reviewed by a native speaker: not yet.
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\n"

msgid "Hello {name}"
msgstr "Bonjour {name}"

msgid "Old"
msgstr "Vieux"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with two texts, and a French catalog that knows one of them."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "babel.cfg").write_text(
        (catalog_tool.ROOT / "babel.cfg").read_text("utf-8"), encoding="utf-8"
    )
    (tmp_path / "bot" / "words.py").write_text(
        '"""A greeting."""\n\na = say("Hello {name}", name=x)\n\n\nb = say("Bye")\n', encoding="utf-8"
    )
    french(tmp_path).parent.mkdir(parents=True)
    french(tmp_path).write_text(FRENCH, encoding="utf-8")
    return tmp_path


def french(root: Path) -> Path:
    return root / "locales" / "fr" / "LC_MESSAGES" / "bot.po"


def test_it_carries_new_texts_with_their_notes_and_says_what_is_missing(project: Path) -> None:
    assert catalogs.refreshed(project) == ["fr: 'Bye': is not translated, or not in every plural form"]
    text = french(project).read_text("utf-8")
    assert "#. What: line of a card, or part of one\n#. Where: A greeting\n" in text
    assert "Old" not in text
    assert catalog_tool.stale(project) == []


def test_texts_that_change_places_within_their_file_make_nothing_stale(project: Path) -> None:
    catalog_tool.update(project)
    module = project / "bot" / "words.py"
    first, *rest = module.read_text("utf-8").split("\n\n")
    module.write_text("\n\n".join([first, *reversed(rest)]), encoding="utf-8")
    assert catalog_tool.stale(project) == []


def test_a_language_is_begun_without_touching_any_code(project: Path) -> None:
    assert catalogs.begun("sw", project) == []
    assert 'msgid "Bye"' in (project / "locales/sw/LC_MESSAGES/bot.po").read_text("utf-8")


@pytest.mark.parametrize("language", ["xx", "../fr", "", "not a language"])
def test_a_language_that_nobody_speaks_is_not_begun(project: Path, language: str) -> None:
    [complaint] = catalogs.begun(language, project)
    assert complaint.endswith("give a code such as sw or pt_BR")
    assert [path.name for path in (project / "locales").iterdir()] == ["fr"]


def test_a_spreadsheet_brings_what_was_missing(project: Path) -> None:
    before = french(project).read_text("utf-8")
    [path] = catalogs.to_workbooks(project / "sheets", project)
    assert french(project).read_text("utf-8") == before
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B1"] = "yes"
    book.worksheets[0]["C5"] = "Au revoir"
    book.save(project / "renamed by hand.xlsx")
    assert catalogs.from_workbooks([project / "renamed by hand.xlsx"], project) == []
    assert catalogs.refreshed(project) == []
    text = french(project).read_text("utf-8")
    assert 'msgid "Bye"\nmsgstr "Au revoir"' in text
    assert text.startswith("# Reviewed by a native speaker: yes\n")


def test_files_that_cannot_be_read_are_named_and_the_others_are_taken(project: Path) -> None:
    [path] = catalogs.to_workbooks(project, project)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].title = "xx"
    book.save(project / "unknown.xlsx")
    files = [project / "absent.xlsx", project / "babel.cfg", project / "unknown.xlsx", path]
    absent, other, unknown, last = catalogs.from_workbooks(files, project)
    assert absent.startswith("absent.xlsx: ")
    assert other == "babel.cfg: this is not an .xlsx workbook"
    assert unknown == "unknown.xlsx: there is no catalog for the language 'xx', the sheet's name"
    assert last == "fr.xlsx: rows still to be translated: 1"
