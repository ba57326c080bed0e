from __future__ import annotations

from tests.unit.flow.talk import Talk, begin, begin_pat, english, items, labels


def toast(talk: Talk, key: str) -> str:
    return english(talk.tap(key).toast or "")


def test_a_level_tapped_is_said_with_its_name() -> None:
    talk = begin_pat(2, 3)
    talk.press("Buttons")
    assert toast(talk, "actual/d1:p3=3") == "Partner C: 3 Decides together"
    assert toast(talk, "actual/d1:p3=3") == "Partner C: 3 Decides together"
    assert toast(talk, "actual/d1:p1=-") == "Partner A: ? I do not know"
    assert toast(talk, "actual/d1:p2=0") == "Partner B: 0 Not involved"
    assert talk.session.position == "actual/d2"


def test_words_of_the_author_for_not_known_are_said() -> None:
    talk = begin("desk", "levels", decisions=items("d", ["One"]), partners=items("p", ["A", "B"]))
    assert toast(talk, "levels/d1:p1=-") == "A: ? Not agreed"


def test_a_long_name_is_cut_so_that_the_level_can_be_read() -> None:
    talk = begin_pat(changes={"partners": items("p", ["W" * 300, "B"])})
    said = toast(talk, "actual/d1:p1=3")
    assert said.endswith("W…: 3 Decides together")
    assert len(said) < 100


def test_the_first_wish_tapped_draws_the_card_again_for_its_keep_button() -> None:
    talk = begin_pat(1, 2)
    talk.say("42")
    talk.tap("agree/d1=differently")
    talk.press("Buttons")
    assert toast(talk, "desired/d1:p1=2") == ""
    assert "Keep" in labels(talk.card)
    assert "✓1=2" in labels(talk.card)
    assert toast(talk, "desired/d1:p2=3") == "Partner B: 3 Decides together"


def test_a_level_tapped_while_reading_why_draws_the_question_again() -> None:
    talk = begin_pat(1, 2)
    talk.press("Why do you ask?")
    assert toast(talk, "actual/d1:p1=2") == ""
    assert "Decision 1" in talk.text


def test_a_late_tap_on_something_else_leaves_the_card_as_it_was() -> None:
    talk = begin_pat(3, 2)
    talk.say("42\n11")
    before = talk.card
    assert toast(talk, "actual/d1:p2=3") == "Partner B: 3 Decides together"
    assert toast(talk, "agree/d1=fine") == "Noted."
    assert talk.card == before


def test_a_late_tap_that_changes_what_the_card_tells_draws_it_again() -> None:
    talk = begin_pat(1, 2)
    talk.say("42")
    assert toast(talk, "actual/d1:p2=3") == ""
    assert "You said: 1. Partner A: 4, 2. Partner B: 3" in talk.text
    talk.tap("agree/d1=fine")
    assert toast(talk, "agree/d1=fine") == "Noted."
    assert toast(talk, "agree/d1=unsure") == ""
    assert "4 3; I am not sure" in talk.text
