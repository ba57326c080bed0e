"""Rows of levels as any keyboard may type them: read back exactly, or left open, and never guessed."""

from __future__ import annotations

import sys
import unicodedata
from itertools import zip_longest

from hypothesis import given
from hypothesis import strategies as st

from bot.core.flow.rows import UNKNOWN, read_row, write_row
from bot.core.flow.session import Row

LEVELS = range(5)
ZEROS = [
    chr(code) for code in range(sys.maxunicode) if unicodedata.decimal(chr(code), None) == 0
]  # of every script
UNKNOWNS = [
    "?",
    "\u061f",
    "\uff1f",
    "\ufe56",
    *"-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d",
]
SPACES = [chr(code) for code in range(sys.maxunicode) if chr(code).isspace()]
COMMAS = list(",;\u060c\u061b\u066b\u1361\u1363\u1364\u3001\uff0c\uff1b\ufe50\ufe51\uff64")
EQUALS = ["=", ":", "\uff1d", "\uff1a", "\u2236", "\ufe55", "\ufe66", " = ", "\u00a0:\u2003"]
UNSEEN = [*"\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"]
UNSEEN += ["\ufeff", "\u00ad", "\u034f", "\ufe0e", "\ufe0f", "\ufe0f\u20e3"]

#: one column each: its level, or None for not known
CELLS = st.lists(st.none() | st.sampled_from(LEVELS), min_size=1, max_size=12)
GAP = st.lists(st.sampled_from(SPACES + COMMAS), max_size=3).map("".join)
NOISE = st.text(st.characters(categories=["L", "M", "So", "Sk", "Po"]), min_size=1, max_size=6).filter(
    lambda words: (
        not any(c in words for c in UNKNOWNS + COMMAS + EQUALS) and not has_digits(words) and seen(words)
    )
)


def has_digits(words: str) -> bool:
    """Also those that a compatible form of a letter has, as in a circled number."""
    return any(c.isdecimal() or c in "?-" for c in unicodedata.normalize("NFKC", words))


def seen(words: str) -> int:
    """How many characters of them somebody can see."""
    return sum(c not in "".join(UNSEEN) for c in unicodedata.normalize("NFKC", words))


def columns(row: object) -> tuple[str, ...]:
    return tuple(f"p{number}" for number, _ in enumerate(row, 1))  # type: ignore[arg-type]


def as_row(cells: list[int | None]) -> Row:
    return dict(zip(columns(cells), cells, strict=True))


@st.composite
def digit(draw: st.DrawFn, value: int) -> str:
    return chr(ord(draw(st.sampled_from(ZEROS))) + value)


@st.composite
def level(draw: st.DrawFn, value: int | None) -> str:
    """A level in some script, or some sign for not known."""
    return draw(st.sampled_from(UNKNOWNS)) if value is None else draw(digit(value))


@st.composite
def number(draw: st.DrawFn, value: int) -> str:
    return "".join(draw(digit(int(figure))) for figure in str(value))


@st.composite
def strewn(draw: st.DrawFn, words: str) -> str:
    """The words with what cannot be seen anywhere between their letters."""
    marks = draw(st.lists(st.sampled_from(["", *UNSEEN]), min_size=len(words) + 1, max_size=len(words) + 1))
    return "".join(mark + letter for mark, letter in zip_longest(marks, words, fillvalue=""))


def read(text: str, row: list[int | None], before: Row | None = None) -> tuple[Row, str | None]:
    reading = read_row(text, columns=columns(row), levels=LEVELS, unknown=True, before=before or {})
    return reading.row, reading.trouble


@given(data=st.data(), row=CELLS)
def test_a_row_is_read_back_in_any_digits_separators_and_signs(
    data: st.DataObject, row: list[int | None]
) -> None:
    typed = data.draw(GAP) + "".join(data.draw(level(value)) + data.draw(GAP) for value in row)
    assert read(data.draw(strewn(typed)), row) == (as_row(row), None)


@given(data=st.data(), row=CELLS, earlier=CELLS)
def test_a_row_typed_whole_replaces_what_was_known(
    data: st.DataObject, row: list[int | None], earlier: list[int | None]
) -> None:
    known = dict(zip(columns(row), earlier, strict=False))
    typed = "".join(data.draw(level(value)) for value in row)
    assert read(typed, row, known) == (as_row(row), None)


@given(data=st.data(), row=CELLS)
def test_the_beginning_of_a_row_fills_the_columns_it_was_typed_for(
    data: st.DataObject, row: list[int | None]
) -> None:
    given_ = row[: data.draw(st.integers(1, len(row)))]
    typed = "".join(data.draw(level(value)) + data.draw(GAP) for value in given_)
    found, trouble = read(typed, row)
    assert found == as_row(given_)
    assert (trouble is None) == (len(given_) == len(row))


@given(data=st.data(), row=CELLS)
def test_a_correction_sets_exactly_its_column(data: st.DataObject, row: list[int | None]) -> None:
    changes = data.draw(
        st.dictionaries(st.integers(1, len(row)), st.none() | st.sampled_from(LEVELS), min_size=1, max_size=4)
    )
    typed = ""
    for column, value in changes.items():
        between = data.draw(st.sampled_from(SPACES + COMMAS)) + data.draw(GAP)
        equals = data.draw(st.sampled_from(EQUALS))
        typed += data.draw(number(column)) + equals + data.draw(level(value)) + between
    wanted = as_row(row) | {f"p{column}": value for column, value in changes.items()}
    assert read(data.draw(strewn(typed)), row, as_row(row)) == (wanted, None)


@given(data=st.data(), row=CELLS)
def test_words_in_the_place_of_levels_leave_only_their_own_columns_open(
    data: st.DataObject, row: list[int | None]
) -> None:
    """What is read stands where it was typed, however the words are taken."""
    lost = data.draw(st.sets(st.integers(0, len(row) - 1), min_size=1))
    typed = ""
    for place, value in enumerate(row):
        typed += data.draw(NOISE if place in lost else level(value)) + data.draw(GAP)
    found, trouble = read(typed, row)
    kept = {key: value for place, (key, value) in enumerate(as_row(row).items()) if place not in lost}
    assert found in ({}, kept)
    assert trouble is not None


@given(data=st.data(), row=CELLS)
def test_one_letter_in_the_place_of_a_level_costs_that_level_alone(
    data: st.DataObject, row: list[int | None]
) -> None:
    lost = data.draw(st.integers(0, len(row) - 1))
    signs = [data.draw(level(value)) for value in row]
    signs[lost] = data.draw(st.sampled_from("xoéжشकአ字"))
    kept = as_row(row)
    del kept[f"p{lost + 1}"]
    found, trouble = read("".join(signs), row)
    assert (found, trouble) == (kept, "unread")


@given(data=st.data(), row=CELLS)
def test_words_among_levels_never_move_one_to_another_column(
    data: st.DataObject, row: list[int | None]
) -> None:
    """Names before levels, words behind them, at the beginning of a row: nothing tells which columns are meant."""
    given_ = row[: data.draw(st.integers(1, len(row)))]
    typed = ""
    for value in given_:
        words = data.draw(st.lists(NOISE, max_size=1).map("".join))
        typed += words + data.draw(st.sampled_from(["", " "])) + data.draw(level(value)) + data.draw(GAP)
    typed += data.draw(NOISE) + " " + data.draw(NOISE)
    found, trouble = read(typed, row)
    assert found == {}
    assert trouble in ("many", "unread")


@given(data=st.data(), row=CELLS)
def test_a_named_level_never_fills_what_is_still_open(data: st.DataObject, row: list[int | None]) -> None:
    known = dict(list(as_row(row).items())[: data.draw(st.integers(0, len(row)))])
    words = data.draw(NOISE.filter(lambda words: seen(words) > 1))
    typed = f"{words} {data.draw(level(data.draw(st.sampled_from(LEVELS))))}"
    found, trouble = read(typed, row, known)
    assert found == known
    assert trouble is not None


@given(data=st.data(), row=CELLS)
def test_a_row_as_it_is_written_is_read_as_itself(data: st.DataObject, row: list[int | None]) -> None:
    known = data.draw(st.sets(st.sampled_from(columns(row))))
    part = {key: value for key, value in as_row(row).items() if key in known}
    written = write_row(part, columns(row))
    assert read(written, row)[0] == part
    assert read(written, row, part)[0] == part
    assert write_row(read(written, row)[0], columns(row)) == written
    assert (UNKNOWN in written) == (None in part.values())


@given(row=CELLS)
def test_a_row_is_read_the_same_with_and_without_spaces(row: list[int | None]) -> None:
    assert read(write_row(as_row(row), columns(row), between=""), row) == (as_row(row), None)
