from __future__ import annotations

from bot.core.flow.review import summary
from tests.unit.flow.talk import Talk, begin, begin_pat, english


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
    names = ["1 Partner A · 2 Partner B", ""]
    assert told(talk) == [*names, "2. Decision 2", "4 2"]
    talk.tap("@skip")
    talk.tap("agree/d1=fine")
    talk.tap("@skip")
    assert told(talk) == [
        *names,
        "1. Decision 1",
        "skipped · It is fine",
        "2. Decision 2",
        "4 2 · skipped",
    ]


def test_a_row_begun_is_told_as_far_as_it_goes() -> None:
    talk = begin_pat(1, 3)
    talk.say("42")
    assert told(talk)[-1] == "4 2 ·"


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
    assert "4 2 · I would like it differently · not answered yet" in talk.text
    assert "1 1 · skipped" in talk.text
