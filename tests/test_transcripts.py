"""Conversations written as YAML, held with the real engine; the session goes through JSON after every turn.

    flow, stage, params     what is begun; a list of names becomes items d1, d2 or p1, p2, by the parameter
turns                   one of say (typed), press (a button's label) or tap (a key), then what is expected:
                        title and toast (the whole of it), shows (parts of the card), hides, answers, finished, paused
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core.flow.session import Param
from tests.unit.flow.talk import FLOWS, Talk, begin, english, items

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.yaml"))


def read(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return data


def begun(transcript: dict[str, Any]) -> Talk:
    params: dict[str, Param] = {
        name: items(name[0], value) if isinstance(value, list) else value
        for name, value in transcript.get("params", {}).items()
    }
    return begin(transcript["flow"], transcript["stage"], **params)


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


def test_every_stage_of_every_flow_has_a_transcript() -> None:
    told = {(transcript["flow"], transcript["stage"]) for transcript in map(read, FILES)}
    assert {(flow.flow, stage) for flow in FLOWS.newest() for stage in flow.stages} <= told
