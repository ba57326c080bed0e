"""Lines as typst takes them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.reports.writing import BREAK_HERE, LONGEST_LINE, breakable
from bot.core.document import Cell
from bot.core.text import say
from tests.unit.reports.archive import HOSTILE, scribe

WORDS = st.text(st.characters(codec="utf-8", exclude_characters=BREAK_HERE), max_size=60)


@given(WORDS, st.integers(0, 10), st.integers(1, 10))
def test_breaks_are_all_that_is_added(words: str, longest: int, every: int) -> None:
    assert breakable(words, longest, every=every).replace(BREAK_HERE, "") == words


@given(WORDS)
def test_no_break_parts_a_letter_from_its_marks(words: str) -> None:
    for part in breakable(words, 0, every=1).split(BREAK_HERE)[1:]:
        assert not unicodedata.category(part[0]).startswith("M")
        assert part[0] != "\u200d"


@given(st.text("aW", min_size=1, max_size=80), st.integers(1, 10))
def test_a_long_word_can_break_often_enough(word: str, every: int) -> None:
    parts = breakable(word, every, every=every).split(BREAK_HERE)
    assert max(map(len, parts)) <= every


def test_consonants_that_are_joined_stay_together() -> None:
    assert breakable("ক্ষক্ষ", 0, every=1) == f"ক্ষ{BREAK_HERE}ক্ষ"


@pytest.mark.parametrize(
    ("line", "language", "rtl", "own"),
    [
        ("Partner A", "ar", False, True),
        ("شريك", "en", True, True),
        ("42", "ar", True, True),
        ("42", "en", False, True),
        (say("High"), "ar", True, False),
        (say("High"), "fr", False, False),
        (say("Pulse"), "am", False, False),
    ],
)
def test_words_run_as_their_first_letter_does(line: object, language: str, rtl: bool, own: bool) -> None:
    written = scribe(language).line(line)  # type: ignore[arg-type]
    assert isinstance(written, dict)
    assert (written["rtl"], written["own"]) == (rtl, own)


def test_opposing_views_have_a_sign_besides_the_shade() -> None:
    written = scribe("en").cell(Cell(say("Mixed"), opposed=True))
    assert isinstance(written, dict)
    assert (written["words"], written["opposed"], written["shade"]) == ("Mixed", "±", None)


def test_control_characters_are_left_out_and_what_is_endless_is_cut() -> None:
    assert scribe("en").plain("a\0b\x1bc") == "abc"
    assert len(scribe("en").plain("x" * 5000)) == LONGEST_LINE


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_type_stays_what_it_is(words: str) -> None:
    written = scribe("en").line(words)
    assert isinstance(written, dict)
    assert str(written["words"]).replace(BREAK_HERE, "") == words


@pytest.mark.parametrize(
    ("language", "zero"), [("en", "0"), ("bn", "\u09e6"), ("ne", "\u0966"), ("hi", "0"), ("ar", "0")]
)
def test_pages_are_numbered_in_the_digits_of_the_language(language: str, zero: str) -> None:
    digits = scribe(language).digits()
    assert (len(digits), digits[0]) == (10, zero)
