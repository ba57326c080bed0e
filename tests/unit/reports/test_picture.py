"""The small picture: small in every language, the same twice, and readable without its shades."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from bot.adapters.db.store import SqlStore
from bot.adapters.reports.picture import LARGEST, data, picture
from bot.bench.reported import LEVELS
from bot.core.document import Cell, Key, Matrix, MatrixRow
from tests.unit.reports.archive import (
    CATALOGS,
    HOSTILE,
    LANGUAGES,
    MANY,
    Composed,
    composed,
    scribe,
)

SOME = ("en", "ar", "bn")


def drawn(file: bytes) -> Image.Image:
    return Image.open(io.BytesIO(file))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_small_and_the_same_every_time(few: Composed, language: str) -> None:
    file = picture(few.matrix, scribe(language))
    assert len(file) <= LARGEST
    assert drawn(file).format == "PNG"
    assert 300 <= drawn(file).width <= 1200
    assert file == picture(few.matrix, scribe(language))


def largest(store: SqlStore, *, rungs: bool) -> Matrix:
    return composed(store, replace(MANY, rounds=1, levels=MANY.levels if rungs else LEVELS)).matrix


@pytest.mark.parametrize("rungs", [True, False])
def test_the_largest_picture_keeps_to_its_size(archive: SqlStore, rungs: bool) -> None:
    file = picture(largest(archive, rungs=rungs), scribe("en"))
    assert len(file) <= LARGEST
    assert drawn(file).width >= 400


@pytest.mark.audit
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rungs", [True, False])
def test_the_largest_picture_keeps_to_its_size_in_every_language(
    archive: SqlStore, language: str, rungs: bool
) -> None:
    file = picture(largest(archive, rungs=rungs), scribe(language))
    assert len(file) <= LARGEST
    assert drawn(file).width >= 400


@pytest.mark.parametrize("rungs", [True, False])
def test_every_sign_is_told_apart_without_its_shade(archive: SqlStore, rungs: bool) -> None:
    cells = [cell for row in largest(archive, rungs=rungs).rows for cell in row.cells]
    shades: dict[str, set[int | None]] = {}
    for cell in cells:
        shades.setdefault(CATALOGS.render(cell.words, "en"), set()).add(cell.shade)
    assert all(words and len(found) == 1 for words, found in shades.items())


def test_every_sign_that_is_no_word_has_its_meaning_beside_it(archive: SqlStore) -> None:
    matrix = largest(archive, rungs=True)
    signs = {CATALOGS.render(cell.words, "en") for row in matrix.rows for cell in row.cells}
    explained = {CATALOGS.render(key.sign.words, "en") for key in matrix.key}
    assert signs == {"0", "1", "2", "3", "4", "–"}
    assert explained == signs | {"±"}


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_type_is_never_more_than_words(words: str) -> None:
    row = MatrixRow(words, (Cell(words, shade=4, opposed=True),))
    assert picture(Matrix(words, words, (words,), (row,), (Key(Cell(words), words),)), scribe("en"))


def test_a_picture_reads_from_its_side(few: Composed) -> None:
    told = [data(few.matrix, scribe(language)) for language in ("en", "ar")]
    assert [one["rtl"] for one in told if isinstance(one, dict)] == [False, True]
