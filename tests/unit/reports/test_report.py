"""PDFs: read back, in every language, with whatever people type."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from dataclasses import replace

import pypdf
import pytest
from PIL import Image

from bot.adapters.db.store import SqlStore
from bot.adapters.reports import typesetting
from bot.adapters.reports.report import TEMPLATE, data, report
from bot.adapters.reports.writing import BREAK_HERE
from bot.core.document import Cell, Document, Heading, Paragraph, Points, Table
from bot.errors import ReportError
from tests.unit.reports.archive import CATALOGS, HOSTILE, LANGUAGES, MANY, REPORTS, Composed, composed, scribe

SOME = ("en", "ar", "bn", "am")
READ_BACK = ("en", "fr", "sw")
"""Languages whose letters a PDF gives back in their order; of others it keeps the shapes."""


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The words of all pages, each space as one."""
    whole = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(unicodedata.normalize("NFKC", whole).replace(BREAK_HERE, "").split())


def one(words: str) -> Document:
    """A document in which these words stand wherever words can."""
    cell = Cell(words, shade=2, opposed=True)
    table = Table((words, words), ((Cell(words), cell), (Cell(words), cell)))
    return Document(
        words,
        words,
        words,
        (
            Heading(words),
            Paragraph(words),
            Points((words,), about=words),
            table,
            Points((words,), numbered=True),
        ),
    )


@pytest.mark.parametrize("language", READ_BACK)
def test_every_section_and_every_word_can_be_read_back(few: Composed, language: str) -> None:
    for document in (few.after, few.over):
        told = text_of(REPORTS.pdf(document, language))
        for block in document.blocks:
            if isinstance(block, Heading):
                said = CATALOGS.render(block.words, language)
                assert " ".join(unicodedata.normalize("NFKC", said).split()) in told
        assert "Made-up acronym 3" in told
        assert "Made-up action 2" in told


@pytest.mark.parametrize("language", SOME)
def test_a_report_is_tagged_and_says_its_title_and_its_language(few: Composed, language: str) -> None:
    found = read(REPORTS.pdf(few.after, language))
    title = CATALOGS.render(few.after.heading, language)
    assert found.metadata is not None
    assert found.metadata.title == f"Made-up partnership 1 – {title}"
    assert found.metadata.creation_date is None
    assert found.metadata.author is None
    assert found.root_object["/Lang"] == language
    assert found.root_object["/MarkInfo"]["/Marked"]
    assert 1 <= len(found.pages) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_every_language_has_its_shape(few: Composed, language: str) -> None:
    """The accessible standard refuses what no font of ours can draw."""
    assert typesetting.strict_pdf(TEMPLATE, data(few.over, scribe(language)))


def test_a_letter_that_no_font_has_costs_the_standard_and_not_the_report() -> None:
    with pytest.raises(ReportError) as refused:
        typesetting.strict_pdf(TEMPLATE, data(one("A ꦗ"), scribe("en")))
    assert "ꦗ" not in str(refused.value)
    assert "A" in text_of(report(one("A ꦗ"), scribe("en")))


@pytest.mark.parametrize("language", SOME)
def test_the_same_report_gives_the_same_bytes(few: Composed, language: str) -> None:
    assert REPORTS.pdf(few.after, language) == REPORTS.pdf(few.after, language)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_type_is_never_more_than_words(words: str) -> None:
    pdf = report(one(words), scribe("en"))
    told = Counter(text_of(pdf))
    assert not Counter(letter for letter in words if letter.isascii() and letter.isalnum()) - told
    assert b"/URI" not in pdf
    assert b"/JavaScript" not in pdf


@pytest.mark.parametrize("words", ["W" * 100, "ش" * 100, "ক্ষ" * 50])
def test_a_word_without_an_end_stays_on_its_page(words: str) -> None:
    """Wherever it stands: the margins of the page are as white as ever."""
    page = typesetting.png(TEMPLATE, data(one(words), scribe("en")), ppi=72)
    with Image.open(io.BytesIO(page)) as drawn:
        grey = drawn.convert("L")
    width, height = grey.size
    for margin in ((0, 0, 60, height), (width - 60, 0, width, height)):
        assert grey.crop(margin).getextrema() == (255, 255)


def test_a_wide_table_becomes_several(archive: SqlStore) -> None:
    told = composed(archive, replace(MANY, decisions=2, rounds=1))
    blocks = data(told.after, scribe("en"))
    assert isinstance(blocks, dict)
    tables = [len(block["head"]) for block in blocks["blocks"] if block["kind"] == "table" and block["head"]]  # type: ignore[union-attr,index,call-overload,arg-type]
    assert set(tables) == {7}


@pytest.mark.audit
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_reports_can_be_made_in_every_language(archive: SqlStore, language: str) -> None:
    told = composed(archive, MANY)
    for document in (told.after, told.over):
        assert typesetting.strict_pdf(TEMPLATE, data(document, scribe(language)))
