from __future__ import annotations

import pytest

from bot.core.flow.prompts import PromptText, item_line, problem_with, prompts_of, to_reword
from tests.unit.flow.talk import FLOWS, begin, begin_pat, english, labels

WORDED_ANEW = {"agree": "{decision}\n\nIs everybody at ease with this?"}


@pytest.mark.parametrize(
    ("template", "line", "rest"),
    [
        ("{decision}\n\nIs it fine?", "{decision}\n\n", "Is it fine?"),
        ("{row}\n\nSince {since}:\nhow  was it?", "{row}\n\n", "Since {since}: how was it?"),
        ("{decision} is fine?", "", "{decision} is fine?"),
        ("Fine?\n\n{decision}", "", "Fine? {decision}"),
        ("Is it fine?\nSay so.", "", "Is it fine? Say so."),
        ("", "", ""),
    ],
)
def test_the_line_for_the_item_stays_and_the_rest_is_worded_anew(template: str, line: str, rest: str) -> None:
    assert item_line(template) == line
    assert to_reword(template) == rest


KEEP = "Please keep {one}, {two} in it as it stands, and no other braces."
NONE = "Please leave out { and }; they stand for words that I fill in."


@pytest.mark.parametrize(
    ("words", "original", "problem"),
    [
        ("Since {two} and {one}", "From {one} to {two}", ""),
        ("{one}, {two} and {one} again", "From {one} to {two}", ""),
        ("Since {one}", "From {one} to {two}", KEEP),
        ("{one} {two} {three}", "From {one} to {two}", KEEP),
        ("{one} {two} {", "From {one} to {two}", KEEP),
        ("{one} } {two}", "From {one} to {two}", KEEP),
        ("{one} {two} {}", "From {one} to {two}", KEEP),
        ("{one!r} {two}", "From {one} to {two}", KEEP),
        ("{one:>9} {two}", "From {one} to {two}", KEEP),
        ("{{one}} {one} {two}", "From {one} to {two}", KEEP),
        ("{One} {two}", "From {one} to {two}", KEEP),
        ("Plain words", "Other words", ""),
        ("A {name}", "Other words", NONE),
        ("A {", "Other words", NONE),
        ("A }", "Other words", NONE),
        ("A {{name}}", "Other words", NONE),
    ],
)
def test_words_keep_every_placeholder_and_no_other_brace(words: str, original: str, problem: str) -> None:
    found = problem_with(words, original=original)
    said = "" if found is None else english(found) if found.args else found.msgid
    assert said == problem


def test_a_flow_lists_what_it_asks_once_each_in_the_order_of_the_file() -> None:
    asked = list(prompts_of(FLOWS.get("pat")))
    assert [prompt.place for prompt in asked][:4] == [
        "pat.decisions", "pat.vote", "pat.actual", "pat.agree",
    ]  # fmt: skip
    assert len({prompt.place for prompt in asked}) == len(asked)
    assert PromptText("pat.actual", FLOWS.get("pat").stages["answer"].steps[0].ask) in asked  # type: ignore[union-attr]


@pytest.mark.parametrize("flow", FLOWS.newest(), ids=lambda flow: flow.flow)
def test_consent_and_review_are_never_worded_anew(flow: object) -> None:
    places = {prompt.place.partition(".")[2] for prompt in prompts_of(flow)}  # type: ignore[arg-type]
    assert places
    assert not places & {"consent", "check"}


def test_a_reworded_prompt_is_shown_with_what_stands_in_its_placeholders() -> None:
    talk = begin_pat(1, 2, reworded=WORDED_ANEW)
    talk.say("42")
    assert english(talk.card.body[0]) == "Decision 1\n\nIs everybody at ease with this?"
    assert "Is the way this is decided fine with you?" not in talk.text


def test_the_original_words_are_one_tap_away_and_one_tap_back() -> None:
    talk = begin_pat(1, 2, reworded=WORDED_ANEW)
    talk.say("42")
    title, before = talk.title, talk.session.answers
    talk.press("Original words")
    assert english(talk.card.body[0]) == "Decision 1\n\nIs the way this is decided fine with you?"
    assert talk.title == title
    assert list(labels(talk.card)) == ["Back to the question", "Pause"]
    talk.press("Back to the question")
    assert "Is everybody at ease with this?" in talk.text
    assert talk.session.answers == before


def test_an_answer_typed_while_reading_the_original_is_the_answer() -> None:
    talk = begin_pat(2, 2, reworded={"actual": "{row}\n\nWho has a say?"})
    talk.press("Original words")
    assert "How is each partner involved when this is decided?" in talk.text
    talk.say("42")
    assert talk.session.position == "actual/d2"
    assert "Decision 2\n\nWho has a say?" in talk.text


def test_why_and_the_example_stay_beside_the_original_words() -> None:
    talk = begin_pat(1, 2, reworded=WORDED_ANEW | {"comment": "{decision}\n\nWhat should change?"})
    talk.say("42")
    talk.tap("agree/d1=differently")
    assert "Original words" not in labels(talk.card)
    talk.say("1=0")
    assert [label for label in labels(talk.card) if label in ("Original words", "Why do you ask?", "Example")] == [
        "Original words", "Why do you ask?", "Example",
    ]  # fmt: skip


def test_what_is_not_reworded_has_no_original_to_look_at() -> None:
    talk = begin_pat(1, 2, reworded=WORDED_ANEW)
    assert "Original words" not in labels(talk.card)
    talk.press("Why do you ask?")
    assert "Original words" not in labels(talk.card)
    talk.press("Back to the question")
    talk.say("42")
    talk.tap("agree/d1=fine")
    assert talk.title == "Your answers"
    assert "Original words" not in labels(talk.card)


def test_new_words_are_kept_on_one_line() -> None:
    talk = begin("desk", "prompt", original="Is {decision} fine?")
    talk.say("  How do you find\n{decision}? ")
    assert talk.session.answers == {"words": "How do you find {decision}?"}
