from __future__ import annotations

import pytest

from bot.core.flow.review import summary
from bot.core.text import length
from tests.unit.flow.talk import Talk, begin, begin_pat, english, items

ADLAM = "\U0001e922"
"""A letter that counts twice."""


def told(talk: Talk) -> list[str]:
    return [english(line) for line in summary(talk.flow, talk.session)]


def test_nothing_is_told_before_the_first_answer() -> None:
    talk = begin_pat()
    assert told(talk) == []
    talk.tap("@skip")
    assert told(talk) == []


def test_what_was_not_reached_is_left_out_and_what_was_skipped_is_named() -> None:
    talk = begin_pat(3, 2)
    talk.tap("@skip")
    talk.say("42")
    names = ["1. Partner A", "2. Partner B", ""]
    assert told(talk) == [*names, "2. Decision 2", "4 2"]
    talk.tap("@skip")
    talk.tap("agree/d1=fine")
    talk.tap("@skip")
    assert told(talk) == [
        *names,
        "1. Decision 1",
        "skipped; It is fine",
        "2. Decision 2",
        "4 2; skipped",
    ]


def test_a_row_begun_is_told_as_far_as_it_goes() -> None:
    talk = begin_pat(1, 3)
    talk.say("42")
    assert told(talk)[-1] == "1=4 2=2"


def test_a_stage_without_a_review_is_told_the_same_way() -> None:
    talk = begin("pat", "contribute")
    talk.say("First thing\nSecond thing")
    assert told(talk) == ["1. First thing, Second thing"]


def test_the_review_shows_all_and_what_is_open_as_not_answered_yet() -> None:
    talk = begin_pat(2, 2)
    talk.say("42\n11")
    talk.tap("agree/d1=fine")
    talk.tap("@skip")
    talk.tap("agree/d1=differently")
    assert talk.title == "Your answers"
    assert "4 2; I would like it differently; not answered yet" in talk.text
    assert "1 1; skipped" in talk.text


def wordy(letter: str, decisions: int) -> Talk:
    """A whole sheet in which every decision should be taken differently, all words as long as they may be."""
    partners = items("p", [letter * 12] * 12)
    talk = begin_pat(changes={"decisions": items("d", [letter * 100] * decisions), "partners": partners})
    talk.say("\n".join(["0" * 12] * decisions))
    for number in range(1, decisions + 1):
        talk.tap(f"agree/d{number}=differently")
        talk.say("4" * 12)
        talk.say(letter * 280)
        talk.press("Nobody: it is destroyed at the close")
    assert talk.title == "Your answers"
    return talk


@pytest.mark.parametrize("letter", ["m", ADLAM])
def test_a_small_round_is_told_at_length(letter: str) -> None:
    talk = wordy(letter, decisions=5)
    assert f"5. {letter * 39}…" in talk.text
    assert f"“{letter * 23}…”" in talk.text
    assert "0 0 0 0 0 0 0 0 0 0 0 0; I would like it differently; wished: 4 4 4 4" in talk.text


@pytest.mark.parametrize("letter", ["m", ADLAM])
@pytest.mark.parametrize("decisions", range(8, 16))
def test_a_review_of_many_decisions_fits_one_message(letter: str, decisions: int) -> None:
    assert length(wordy(letter, decisions).text) <= 4096


def test_the_largest_round_is_told_in_fewer_words_with_every_answer() -> None:
    text = wordy(ADLAM, decisions=15).text
    assert text.count("000000000000; I would like it differently; wished: 444444444444") == 15
    assert f"15. {ADLAM * 11}…" in text
