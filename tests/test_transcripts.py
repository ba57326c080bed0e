"""Conversations written as YAML, held with the real engine; the session goes through JSON after every turn.

    flow, stage, params     what is begun; a list of names becomes items d1, d2 or p1, p2, by the parameter, and a
                        mapping items with keys of their own
reworded                prompts in a partnership's own words, by step
turns                   one of say (typed), press (a button's label) or tap (a key), then what is expected:
                        title and toast (the whole of it), shows (parts of the card), hides, answers, finished, paused

Each is held in English, then with every card written in a made-up long language and in Arabic, and with every button
typed as it stands there: what was answered must be the same.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from babel.messages.pofile import read_po

from bot.adapters.i18n.catalog_tool import ROOT
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.i18n.files import PLACEHOLDER, catalog_files
from bot.adapters.telegram.render import LONGEST_TEXT, render, utf16
from bot.app.sittings import tap_data
from bot.app.vocabulary import typed_choice
from bot.core.cards import Card
from bot.core.flow.session import Item, Param
from bot.core.text import Line
from tests.pseudo import PSEUDO, catalogs_with_pseudo
from tests.unit.flow.talk import FLOWS, Talk, begin, english, items, labels

LOCALES = ROOT / "locales"
ARABIC = "ar"
FILES = sorted((Path(__file__).parent / "transcripts").glob("*.yaml"))
LONGEST_TOAST = 200
ISOLATES, END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"


def read(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return data


def param(name: str, value: Any) -> Param:
    match value:
        case list():
            return items(name[0], value)
        case dict():
            return tuple(Item(key=key, label=label) for key, label in value.items())
        case _:
            return cast(Param, value)


def begun(transcript: dict[str, Any]) -> Talk:
    params = {name: param(name, value) for name, value in transcript.get("params", {}).items()}
    talk = begin(transcript["flow"], transcript["stage"], **params)
    talk.reworded = transcript.get("reworded", {})
    return talk


def speak(talk: Talk, turn: dict[str, Any]) -> None:
    if "say" in turn:
        talk.say(str(turn["say"]))
    elif "press" in turn:
        talk.press(str(turn["press"]))
    elif "tap" in turn:
        talk.tap(turn["tap"])


def check(talk: Talk, turn: dict[str, Any]) -> None:
    if "title" in turn:
        assert talk.title == turn["title"]
    if "toast" in turn:
        assert english(talk.turn.toast or "") == turn["toast"]
    for part in turn.get("shows", []):
        assert str(part) in talk.text
    for part in turn.get("hides", []):
        assert str(part) not in talk.text
    check_answers(talk, turn)


def check_answers(talk: Talk, turn: dict[str, Any]) -> None:
    answers = {key: list(a) if isinstance(a, tuple) else a for key, a in talk.session.answers.items()}
    assert {key: answers.get(key) for key in turn.get("answers", {})} == turn.get("answers", {})
    assert talk.turn.finished == turn.get("finished", False)
    assert talk.turn.paused == turn.get("paused", False)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_conversation_goes_as_written(file: Path) -> None:
    transcript = read(file)
    talk = begun(transcript)
    for turn in transcript["turns"]:
        speak(talk, turn)
        check(talk, turn)


@pytest.fixture(scope="module")
def catalogs(tmp_path_factory: pytest.TempPathFactory) -> GettextCatalogs:
    """Arabic as it ships, and the made-up language."""
    with (LOCALES / "bot.pot").open("rb") as file:
        texts = read_po(file)
    shipped = {code: path for code, path in catalog_files(LOCALES) if code == ARABIC}
    return catalogs_with_pseudo(tmp_path_factory.mktemp("locales"), texts, shipped)


@pytest.mark.parametrize("language", [PSEUDO, ARABIC])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_conversation_goes_the_same_in_another_language(
    file: Path, language: str, catalogs: GettextCatalogs
) -> None:
    transcript = read(file)
    phone = Phone(language, catalogs, typed_braces=PLACEHOLDER.findall(file.read_text(encoding="utf-8")))
    talk = begun(transcript)
    phone.look(talk)
    for turn in transcript["turns"]:
        phone.speak(talk, turn)
        check_answers(talk, turn)
        phone.look(talk)


class Phone:
    """What one person sees, in their language, and types: also the words on buttons."""

    def __init__(self, language: str, catalogs: GettextCatalogs, *, typed_braces: list[str]) -> None:
        self._language = language
        self._catalogs = catalogs
        self._typed_braces = set(typed_braces)

    def speak(self, talk: Talk, turn: dict[str, Any]) -> None:
        """Take a turn of a transcript: a button is pressed by typing what stands on it."""
        if "tap" in turn:
            talk.tap(turn["tap"])
        elif "press" in turn:
            choice = labels(talk.card)[str(turn["press"])]
            assert self._meant(talk.card, self._said(choice.label)) == choice.key
            talk.tap(choice.key)
        elif "say" in turn:
            key = self._meant(talk.card, str(turn["say"]))
            talk.say(str(turn["say"])) if key is None else talk.tap(key)

    def look(self, talk: Talk) -> None:
        """Read the card and the toast, and find nothing amiss."""
        card = talk.card
        tokens = {choice.key: tap_data(talk.session.salt, choice.key) for choice in card.choices()}
        message = render(card, languages=(self._language,), catalogs=self._catalogs, tokens=tokens)
        assert 0 < utf16(message.text) <= LONGEST_TEXT
        own_words = {line for line in (card.title, card.notice, *card.body) if isinstance(line, str)}
        own_words |= {line for words in talk.reworded.values() for line in words.split("\n")}
        for line in message.text.split("\n"):
            self._check(line, translated=line not in own_words)
        for choice in card.choices():
            label = self._said(choice.label)
            self._check(label, translated=not isinstance(choice.label, str))
            assert self._meant(card, label) == choice.key
        if talk.turn.toast is not None:
            toast = self._said(talk.turn.toast)
            assert 0 < utf16(toast) <= LONGEST_TOAST
            self._check(toast, translated=True)

    def _said(self, line: Line) -> str:
        return self._catalogs.render(line, self._language)

    def _meant(self, card: Card, text: str) -> str | None:
        """The key of the button that a typed text means, as private chats find it."""
        return typed_choice(card, text, self._said)

    def _check(self, line: str, *, translated: bool) -> None:
        assert set(PLACEHOLDER.findall(line)) <= self._typed_braces, line
        assert is_balanced(line), line
        if self._language == ARABIC and translated:
            assert begins_right_to_left(line), line


def is_balanced(line: str) -> bool:
    """Whether every isolate of a line ends in it, and none ends that did not begin."""
    depth = 0
    for letter in line:
        depth += (letter in ISOLATES) - (letter == END_OF_ISOLATE)
        if depth < 0:
            return False
    return depth == 0


def begins_right_to_left(line: str) -> bool:
    """Whether its first strong letter or mark runs from right to left; figures alone have none."""
    directions = (unicodedata.bidirectional(letter) for letter in line)
    return next((found for found in directions if found in {"L", "R", "AL"}), "R") != "L"


def test_every_stage_of_every_flow_has_a_transcript() -> None:
    told = {(transcript["flow"], transcript["stage"]) for transcript in map(read, FILES)}
    assert {(flow.flow, stage) for flow in FLOWS.newest() for stage in flow.stages} <= told
