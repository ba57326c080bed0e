"""A comment and who may read it: what is agreed to is always the words that were shown."""

from __future__ import annotations

from bot.core.flow.pressable import pressable
from bot.core.flow.readout import choice_value, text_value
from bot.core.flow.review import summary
from tests.unit.flow.talk import Talk, begin_pat, english, labels

GROUP = "The group, word for word"
NOBODY = "Nobody: it is destroyed at the close"


def at_comment(language: str = "shared") -> Talk:
    talk = begin_pat(2, 2, changes={"language": language})
    talk.say("42\n11")
    talk.tap("agree/d1=differently")
    talk.say("1=3")
    assert talk.session.position == "comment/d1"
    return talk


def told(talk: Talk) -> list[str]:
    return [english(line) for line in summary(talk.flow, talk.session)]


def test_who_may_read_a_comment_is_asked_beside_its_exact_words_and_no_levels() -> None:
    talk = at_comment()
    talk.say("Send the draft\n  two weeks *earlier*")
    assert talk.session.position == "audience/d1"
    assert "It would read: “Send the draft two weeks *earlier*”" in talk.text
    assert "You said" not in talk.text
    assert "wished" not in talk.text
    assert list(labels(talk.card))[:3] == [NOBODY, "Only the facilitators", GROUP]


def test_a_language_that_few_read_is_named_with_the_way_out() -> None:
    talk = at_comment("rare")
    talk.say("Send the draft earlier")
    assert talk.session.position == "audience_rare/d1"
    assert "Few seats read Kiswahili" in talk.text
    assert "write it in Français" in talk.text
    assert "It would read: “Send the draft earlier”" in talk.text
    talk.press("The group: I wrote it in Français")
    assert choice_value(talk.session, "audience_rare", "d1") == "group"
    assert choice_value(talk.session, "audience", "d1") is None


def test_nobody_is_asked_about_a_comment_left_out() -> None:
    talk = at_comment()
    talk.press("Skip")
    assert talk.session.position == "agree/d2"
    assert text_value(talk.session, "comment", "d1") is None


def test_a_reader_left_out_is_nobody() -> None:
    talk = at_comment()
    talk.say("Send the draft earlier")
    talk.press("Skip")
    assert text_value(talk.session, "comment", "d1") == "Send the draft earlier"
    assert choice_value(talk.session, "audience", "d1") is None


def test_a_comment_that_is_too_long_is_not_taken() -> None:
    talk = at_comment()
    talk.say("x" * 281)
    assert "281 characters; there is room for 280" in talk.text
    assert talk.session.position == "comment/d1"


def test_other_words_ask_again_who_may_read_them() -> None:
    talk = at_comment()
    talk.say("First words")
    talk.press(GROUP)
    talk.press("Back")
    talk.press("Back")
    assert "Now: First words" in talk.text
    talk.say("Other words")
    assert choice_value(talk.session, "audience", "d1") is None
    assert talk.session.position == "audience/d1"
    assert "It would read: “Other words”" in talk.text


def test_the_same_words_again_leave_their_reader() -> None:
    talk = at_comment()
    talk.say("First words")
    talk.press(GROUP)
    talk.press("Back")
    talk.press("Back")
    talk.say("First words")
    assert choice_value(talk.session, "audience", "d1") == "group"


def test_a_comment_taken_back_does_not_lend_its_reader_to_the_next_one() -> None:
    talk = at_comment()
    talk.say("First words")
    talk.press(GROUP)
    talk.press("Back")
    talk.press("Back")
    talk.press("Skip")
    assert text_value(talk.session, "comment", "d1") is None
    assert "audience/d1" not in talk.session.answers | talk.session.shelved
    talk.press("Back")
    talk.say("Other words")
    assert talk.session.position == "audience/d1"
    assert choice_value(talk.session, "audience", "d1") is None


def test_words_changed_from_the_review_are_asked_about_before_the_end() -> None:
    talk = at_comment()
    talk.say("First words")
    talk.press(GROUP)
    talk.press("It is fine")
    talk.press("1")
    for _ in range(3):
        talk.press("Keep")
    talk.say("Other words")
    assert talk.session.position == "audience/d1"
    talk.press("Back")
    assert talk.session.position == "check"
    assert not talk.press("Done").finished
    assert talk.session.position == "audience/d1"
    talk.press(NOBODY)
    assert talk.press("Done").finished


def test_a_button_of_a_card_with_other_words_means_nothing_any_more() -> None:
    talk = at_comment()
    talk.say("First words")
    stale = labels(talk.card)[GROUP].key
    talk.press("Back")
    talk.say("Other words")
    before = talk.session
    talk.tap(stale)
    talk.tap("audience/d1=group")
    assert talk.session == before
    assert stale not in pressable(talk.flow, talk.session)
    assert labels(talk.card)[GROUP].key in pressable(talk.flow, talk.session)


def test_words_that_look_like_a_key_are_only_words() -> None:
    talk = at_comment()
    talk.say("agree/d2=fine!@done:p1=4")
    talk.press(GROUP)
    assert choice_value(talk.session, "audience", "d1") == "group"
    assert choice_value(talk.session, "agree", "d2") is None


def test_a_wish_withdrawn_takes_the_comment_along_and_brings_it_back() -> None:
    talk = at_comment()
    talk.say("First words")
    talk.press(GROUP)
    talk.tap("agree/d1=fine")
    assert text_value(talk.session, "comment", "d1") is None
    assert choice_value(talk.session, "audience", "d1") is None
    talk.tap("agree/d1=differently")
    assert text_value(talk.session, "comment", "d1") == "First words"
    assert choice_value(talk.session, "audience", "d1") == "group"


def test_the_review_and_the_summary_tell_the_first_words_and_who_may_read_them() -> None:
    talk = at_comment()
    talk.say("Send the draft two weeks earlier than now")
    assert told(talk)[-3:-2] == ["“Send the draft two week…”"]
    talk.press(GROUP)
    talk.tap("agree/d2=fine")
    told_of_it = "“Send the draft two week…”; The group, word for word"
    assert talk.title == "Your answers"
    assert f"4 2; I would like it differently; wished: 3 2\n{told_of_it}\n2. Decision 2" in talk.text
    assert told_of_it in told(talk)


def test_why_tells_what_happens_to_a_comment() -> None:
    talk = at_comment()
    talk.say("First words")
    talk.press("Why do you ask?")
    assert "at least three wrote to it" in talk.text
    assert "may still recognise you" in talk.text
