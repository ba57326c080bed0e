"""The cards of a stage, as somebody meets them who answers everything."""

from __future__ import annotations

import pytest

from bot.core.flow.advance import start
from bot.core.flow.prompts import AS_WRITTEN
from bot.core.flow.walk import walk
from tests.unit.flow.talk import FLOWS, NOW, english, pat_params, written

ANSWERED = [(flow.flow, stage) for flow in FLOWS.newest() if "answer" in flow.stages for stage in flow.stages]


@pytest.mark.parametrize(("name", "stage"), ANSWERED)
def test_every_question_is_met_and_the_review_is_last(name: str, stage: str) -> None:
    flow = FLOWS.get(name)
    params = pat_params(2, 5) | {"since": "1 March 2027"}
    wanted = flow.params_of(stage)
    session = start(
        flow, stage, params={key: value for key, value in params.items() if key in wanted}, salt="x", now=NOW
    )
    cards = [written(card) for card in walk(flow, session, AS_WRITTEN, write=english, now=NOW)]
    assert len(set(cards)) == len(cards)
    if stage == "answer":
        assert "Here is all you answered" in cards[-1]


def test_questions_that_depend_on_an_answer_are_met_too() -> None:
    flow = FLOWS.get("pat")
    session = start(flow, "answer", params=pat_params(1, 5), salt="x", now=NOW)
    told = "\n".join(written(card) for card in walk(flow, session, AS_WRITTEN, write=english, now=NOW))
    for words in ("How would you like", "What would have to change", "Who may read this?"):
        assert words in told


def test_prompts_in_own_words_are_shown_so() -> None:
    flow = FLOWS.get("pulse")
    session = start(flow, "answer", params=pat_params(1, 3), salt="x", now=NOW)
    cards = list(walk(flow, session, {"agree": "In our own words: {statement}"}, write=english, now=NOW))
    assert any("In our own words" in written(card) for card in cards)
