from __future__ import annotations

import pytest

from bot.core.directions import (
    begins_right_to_left,
    begun_left,
    begun_right,
    isolated,
    left_to_right,
    runs_right_to_left,
    with_commands_isolated,
)


def test_isolates_hold_what_is_between_them() -> None:
    assert isolated("Partner A") == "\u2068Partner A\u2069"
    assert left_to_right("4 2 ? 0") == "\u20664 2 ? 0\u2069"


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("/answer", "\u2066/answer\u2069"),
        ("أرسل /answer أو /help.", "أرسل \u2066/answer\u2069 أو \u2066/help\u2069."),
        ("سطر\n/next", "سطر\n\u2066/next\u2069"),
        ("31/3/2027", "31/3/2027"),
        ("نعم/لا", "نعم/لا"),
        ("a/b", "a/b"),
        ("/ و", "/ و"),
        ("", ""),
    ],
)
def test_a_command_keeps_its_slash_in_front(words: str, held: str) -> None:
    assert with_commands_isolated(words) == held


@pytest.mark.parametrize("words", ["شريك", "A شريك", "שותף", "ߞ", "\U0001e922", "1 ، ش"])
def test_words_with_a_letter_that_does_run_right_to_left(words: str) -> None:
    assert runs_right_to_left(words)


@pytest.mark.parametrize("words", ["", "Partner A", "٣٤", "3=4", "!", "শরিক", "😀"])
def test_words_without_such_a_letter_do_not(words: str) -> None:
    assert not runs_right_to_left(words)


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("شريك A", "شريك A"),
        ("1. شريك", "1. شريك"),
        ("« شريك", "« شريك"),
        ("A شريك", "\u200fA شريك"),
        ("\u2068A\u2069 شريك", "\u200f\u2068A\u2069 شريك"),
        ("\u2068شريك\u2069 A", "\u200f\u2068شريك\u2069 A"),
        ("\u200fA", "\u200fA"),
        ("1 / 2", "\u200f1 / 2"),
        ("", ""),
        ("شريك\nA\n\n1", "شريك\n\u200fA\n\n\u200f1"),
    ],
)
def test_a_line_has_a_mark_in_front_unless_its_first_letter_shows_the_direction(
    line: str, marked: str
) -> None:
    assert begun_right(line) == marked


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("A شريك", "A شريك"),
        ("1. \u2068شريك\u2069", "\u200e1. \u2068شريك\u2069"),
        ("\u2068شريك\u2069, A", "\u200e\u2068شريك\u2069, A"),
        ("\u2068شريك\u2069", "\u2068شريك\u2069"),
        ("\u2068شريك\u2069\n\n1. A", "\u2068شريك\u2069\n\n1. A"),
        ("1. A", "1. A"),
        ("", ""),
    ],
)
def test_a_left_to_right_line_has_a_mark_where_other_words_would_turn_it(line: str, marked: str) -> None:
    assert begun_left(line) == marked


@pytest.mark.parametrize(
    ("words", "rtl"),
    [
        ("شريك A", True),
        ("A شريك", False),
        ("1. \u2068شريك\u2069", True),
        ("\u200f1. A", True),
        ("42 –", None),
        ("", None),
    ],
)
def test_the_first_letter_decides_on_the_direction(words: str, rtl: bool | None) -> None:
    assert begins_right_to_left(words) is rtl
