"""Choosing several things out of a list."""

from __future__ import annotations

import pytest

from bot.core.flow.review import summary
from tests.unit.flow.talk import Talk, begin, english, items, labels


def vote(decisions: int = 12) -> Talk:
    return begin("pat", "vote", decisions=items("d", [f"Decision {n}" for n in range(1, decisions + 1)]))


def chosen(talk: Talk) -> str:
    given = talk.session.answers.get("vote", ())
    assert isinstance(given, tuple)
    return " ".join(key.removeprefix("d") for key in given)


def test_a_tap_chooses_and_another_takes_it_off_again() -> None:
    talk = vote()
    talk.press("3")
    talk.press("1")
    assert chosen(talk) == "1 3"
    assert {"✓1", "2", "✓3"} <= labels(talk.card).keys()
    talk.press("✓3")
    assert chosen(talk) == "1"
    talk.press("✓1")
    assert talk.session.answers == {}
    assert "Done" not in labels(talk.card)


def test_a_sixth_is_refused_kindly_and_the_five_stay() -> None:
    talk = vote()
    talk.say("1 2 3 4 5")
    turn = talk.press("6")
    assert english(turn.toast or "") == "The list is full. Go on, or take something off."
    talk.say("7 8")
    assert "7 entries; there is room for 5" in talk.text
    assert chosen(talk) == "1 2 3 4 5"


@pytest.mark.parametrize(
    "typed",
    [
        "1 4 7",
        "7,4,1",
        "\u0664\u060c \u0661\u061b \u0667",
        "\u09e7 \u09ea \u09ed",
        " 1\n4\n7 ",
        "1 4 4 7",
        "\uff11\u3001\uff14\u3001\uff17",
    ],
)
def test_numbers_of_any_script_and_with_any_comma_are_taken_together(typed: str) -> None:
    talk = vote()
    talk.say(typed)
    assert chosen(talk) == "1 4 7"


@pytest.mark.parametrize(
    "typed", ["1-4", "1 – 4", "0", "13", "1 4 99999", "the first", "1.5", "", "00001 2", "147"]
)
def test_of_anything_else_nothing_is_taken_and_it_is_said_how_to(typed: str) -> None:
    talk = vote()
    talk.say("2 3")
    talk.say(typed)
    assert chosen(talk) == "2 3"
    assert "Please send numbers of the list, for example 1 4 7." in talk.text


def test_more_numbers_are_added_and_one_alone_does_what_its_button_does() -> None:
    talk = vote()
    talk.say("1 4")
    talk.say("4 7")
    assert chosen(talk) == "1 4 7"
    talk.say("4")
    assert chosen(talk) == "1 7"
    talk.say("4")
    assert chosen(talk) == "1 4 7"


def test_a_tap_that_comes_twice_or_late_says_what_shall_be() -> None:
    talk = vote()
    for _ in range(2):
        talk.tap("vote:d2=1")
    assert chosen(talk) == "2"
    for _ in range(2):
        talk.tap("vote:d2=0")
    talk.tap("vote:d99=1")
    assert chosen(talk) == ""


def test_what_was_chosen_is_told_in_peoples_own_words_and_can_be_changed_later() -> None:
    talk = vote()
    talk.say("3 2")
    assert talk.press("Done").finished
    told = "\n".join(english(line) for line in summary(talk.flow, talk.session))
    assert told == "1. Decision 2, Decision 3"


def test_the_example_names_numbers_that_are_there() -> None:
    assert "for example 1 2 3." in vote(3).text
    assert "for example 1 2." in vote(2).text


def test_a_long_list_of_long_words_fits_one_card() -> None:
    talk = begin("pat", "vote", decisions=items("d", ["😀" * 100] * 30))
    assert len(talk.text.encode("utf-16-le")) // 2 < 4096
    assert "30. 😀" in talk.text
