"""Every text reaches translators, with a note on what it is and where it stands."""

from __future__ import annotations

import io
from functools import cache

import pytest
from babel.messages import extract as babel_extract
from babel.messages.catalog import Catalog, Message

from bot.adapters.i18n.catalog_tool import COMMENT_TAGS, KEYWORDS, ROOT, template
from bot.adapters.i18n.extract import extract_flow, extract_measures, extract_python
from bot.adapters.i18n.notes import PLACEHOLDERS, WHAT, WHERE, placeholders

PAGE = '''
"""The desk."""

@pages.page("p/{id}")
def one(work: Work, id: int) -> Card:
    """One thing. More about it; ``None`` when there is none."""
    body: list[Line] = [_purpose()]
    body.append(say("It stands in a list."))
    body.extend(say("For {name}", name=name) for name in names)
    if gone:
        raise Refusal(say("That is gone. Please choose another."))
    label = say("Chosen by a name") if work else say("Otherwise")
    notice = say("Something happened")
    return _card(say("A title"), tuple(body), (Choice(label, "x"), Choice(_words(id), "y")), notice)

def _card(title, body, choices, notice):
    return Card(title, body, (choices,), notice=notice)

def _purpose() -> Text:
    return say("What it is for")

def _words(id: int) -> Text:
    return say("On a button")

def state(found: bool) -> Line:
    return say("{what}: {state}", what=say("Seat"), state=say_in("seat", "taken") if found else say("free"))

def passed_on() -> Text:
    return say("said elsewhere")

def unknown() -> Text:
    return say("Whatever")

IN_GROUPS = {"help": say("What it can do")}
'''


def notes_of(source: str) -> dict[str, list[str]]:
    found = extract_python(io.BytesIO(source.encode()), KEYWORDS, COMMENT_TAGS, {})
    return {str([part for part in strings if part][-1]): comments for _, _, strings, comments in found}


@pytest.fixture(scope="module")
def page() -> dict[str, list[str]]:
    return notes_of(PAGE)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("It stands in a list.", "text of a card"),
        ("For {name}", "text of a card"),
        ("What it is for", "text of a card"),
        ("A title", "title of a card: its first line, all that a locked phone shows"),
        (
            "That is gone. Please choose another.",
            "refusal: says what was wrong and what to do, without blame",
        ),
        ("Chosen by a name", "button: keep it short"),
        ("Otherwise", "button: keep it short"),
        ("On a button", "button: keep it short"),
        ("Something happened", "line at the top of a card, about what just happened"),
        ("Seat", "part of a sentence: stands for {what} in “{what}: {state}”"),
        ("taken", "part of a sentence: stands for {state} in “{what}: {state}”"),
        ("said elsewhere", "part of a sentence"),
        ("Whatever", "line of a card, or part of one"),
        ("What it can do", "command in the menu of Telegram: what it does, in a few words"),
    ],
)
def test_a_text_is_followed_to_what_it_becomes(page: dict[str, list[str]], text: str, purpose: str) -> None:
    assert page[text][:-1] == [WHAT + purpose]


@pytest.mark.parametrize(
    ("text", "place"),
    [("A title", "page: One thing"), ("What it is for", "page: One thing"), ("Whatever", "The desk")],
)
def test_the_place_is_what_the_function_around_it_its_caller_or_the_module_says(
    page: dict[str, list[str]], text: str, place: str
) -> None:
    assert page[text][-1] == WHERE + place


def test_what_an_author_writes_above_a_text_comes_first() -> None:
    source = "# Not for them.\n# Translators: a greeting\n# of mornings\na = say('Hello')\n\n# Else.\nb = say('Bye')\n"
    found = notes_of(source)
    assert found["Hello"][:2] == ["Translators: a greeting", "of mornings"]
    assert found["Bye"] == ["What: line of a card, or part of one"]


FLOW = """
flow: tea
version: 1
title: About tea
credit: The method is ours.
scales:
  much:
    - {value: 0, label: None of it, means: not a cup}
    - {value: 1, label: All of it}
stages:
  answer:
    steps:
      - id: like
        type: choice
        ask: |-
          Look around.
          Is tea fine with you?
        why: Some like coffee.
        example: Yes, with milk
        options:
          - {value: fine, label: It is}
          - {value: otherwise, label: It is not}
      - id: check
        type: review
        ask: Here is all.
"""


def test_texts_of_a_flow_are_told_by_their_place() -> None:
    found = list(extract_flow(io.BytesIO(FLOW.encode()), KEYWORDS, COMMENT_TAGS, {}))
    question = "“Is tea fine with you?”"
    assert {strings[1]: comments[0].removeprefix(WHAT) for _, _, strings, comments in found} == {
        "About tea": "title of these questions",
        "The method is ours.": "whose method it is",
        "None of it": "level of a scale: on buttons, and inside sentences",
        "not a cup": "what the level “None of it” means",
        "All of it": "level of a scale: on buttons, and inside sentences",
        "Look around.\nIs tea fine with you?": "question",
        "Some like coffee.": f"explanation why this is asked: {question}",
        "Yes, with milk": f"example of an answer, as somebody could write it: {question}",
        "It is": f"button: an answer to {question}",
        "It is not": f"button: an answer to {question}",
        "Here is all.": "text over all that was answered, before it is done",
    }
    assert {comments[1] for *_, comments in found} == {"Where: the questions “About tea”"}


MEASURES = """
measures:
  - id: charter
    themes: [risk]
    text: Write it jointly
    source: {title: Somebody, where: example.org}
"""


def test_a_measure_is_a_text_and_its_source_is_not() -> None:
    (line, keyword, strings, notes), *others = extract_measures(
        io.BytesIO(MEASURES.encode()), KEYWORDS, COMMENT_TAGS, {}
    )
    assert (line, keyword, strings) == (5, "pgettext", ("measures", "Write it jointly"))
    assert [note.partition(": ")[0] for note in notes] == ["What", "Where"]
    assert others == []


@cache
def shipped() -> Catalog:
    return template()


def messages() -> list[Message]:
    return [message for message in shipped() if message.id]


@pytest.mark.audit
def test_the_same_texts_are_found_as_by_babel_itself() -> None:
    found = set()
    for path in sorted((ROOT / "bot").rglob("*.py")):
        if "bench" not in path.parts:
            with path.open("rb") as file:
                for _, text, _, context in babel_extract.extract("python", file, KEYWORDS):
                    found.add((context, text))
    assert found == {
        (message.context, message.id)
        for message in messages()
        if any(name.startswith("bot/") for name, _ in message.locations)
    }


def test_every_text_says_what_it_is_and_where() -> None:
    for message in messages():
        kinds = {
            WHAT if note.startswith(WHAT) else WHERE if note.startswith(WHERE) else ""
            for note in message.auto_comments
        }
        assert {WHAT, WHERE} <= kinds, message.id


def test_every_placeholder_is_explained_and_nothing_else() -> None:
    assert {name for message in messages() for name in placeholders(message)} == PLACEHOLDERS.keys()


def test_a_text_of_many_places_names_a_few() -> None:
    back = shipped().get("Back")
    assert back is not None
    places = [note for note in back.auto_comments if note.startswith(WHERE)]
    assert (len(places), places[-1]) == (5, "Where: and elsewhere")
