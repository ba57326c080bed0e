from __future__ import annotations

import pytest

from bot.core.flow.advance import start
from bot.core.flow.loader import load_flow
from bot.core.flow.readout import consent_version, text_value
from bot.core.flow.session import Param
from bot.errors import FlowError
from tests.unit.flow.talk import NOW, Talk

FLOW = load_flow(
    """\
flow: asked
version: 1
title: Asked first
params: {least: number, closes: date}
first:
  - id: consent
    type: consent
    version: 2
    notice:
      - If fewer than {least} people answer, nothing is shown.
      - You may change your answers until {closes}.
    more: What this bot does with an answer.
stages:
  only:
    steps:
      - {id: place, type: text, ask: Where do you meet?, length: 50}
      - {id: day, type: text, ask: On which day?, length: 50}
""",
    "asked.yaml",
)


def begin_with_consent(**changes: Param) -> Talk:
    params: dict[str, Param] = {"least": 5, "closes": "2027-03-31"}
    return Talk(FLOW, start(FLOW, "only", params=params | changes, salt="pepper", now=NOW))


def test_consent_comes_before_the_first_question_and_counts_as_none() -> None:
    talk = begin_with_consent()
    assert talk.title == "Before you begin"
    assert "fewer than 5 people" in talk.text
    assert "until 2027-03-31" in talk.text
    talk.press("Read more")
    assert "What this bot does" in talk.text
    talk.press("Back")
    talk.press("I take part")
    assert talk.title == "Question 1 of 2"
    assert consent_version(talk.session) == 2


def test_not_now_keeps_the_question_of_consent_open() -> None:
    talk = begin_with_consent()
    assert talk.press("Not now").paused
    assert talk.title == "Before you begin"
    assert consent_version(talk.session) is None


def test_words_are_no_consent() -> None:
    talk = begin_with_consent()
    talk.say("At the river")
    assert talk.title == "Before you begin"
    assert text_value(talk.session, "place") is None


@pytest.mark.parametrize(("agreed", "title"), [(1, "Before you begin"), (2, "Question 1 of 2")])
def test_consent_is_asked_again_only_for_a_newer_text(agreed: int, title: str) -> None:
    assert begin_with_consent(consent_version=agreed).title == title


@pytest.mark.parametrize("changes", [{"least": "five"}, {"closes": "soon"}, {"closes": 3}])
def test_a_notice_needs_what_it_names(changes: dict[str, Param]) -> None:
    with pytest.raises(FlowError, match="give the parameter"):
        begin_with_consent(**changes)
