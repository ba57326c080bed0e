"""Which questions are asked, by what was answered and by the parameters of the session."""

from __future__ import annotations

import pytest

from bot.core.flow.advance import start
from bot.core.flow.loader import load_flow
from bot.core.flow.program import program
from bot.core.flow.session import Answer, Session
from tests.unit.flow.talk import NOW, items

FLOW = """\
flow: demo
version: 1
title: A demo
params: {{things: items, word: text}}
scales:
  steps: [{{value: 0, label: Low}}, {{value: 1, label: High}}]
stages:
  only:
    steps:
      - {{id: note, type: text, ask: Note, length: 50, optional: true}}
      - {{id: grid, type: matrix, ask: "{{row}}", rows: params.things, columns: params.things, scale: steps}}
      - id: loop
        type: repeat
        over: params.things
        as: thing
        steps:
          - {{id: pick, type: choice, ask: Pick, options: [{{value: left, label: L}}]}}
          - {{id: asked, type: text, ask: Asked, length: 9, when: {when}}}
"""


def begun(when: str, *, word: str = "shared") -> Session:
    flow = load_flow(FLOW.format(when=when), "demo.yaml")
    params = {"things": items("d", ["One", "Two"]), "word": word}
    return start(flow, "only", params=params, salt="pepper", now=NOW)


def asked(when: str, answers: dict[str, Answer] | None = None, *, word: str = "shared") -> list[str]:
    session = begun(when, word=word).changed(answers=answers or {})
    plan = program(load_flow(FLOW.format(when=when), "demo.yaml"), session)
    return [prompt.key for prompt in plan.prompts if prompt.step.id == "asked"]


@pytest.mark.parametrize(
    ("when", "answers", "expected"),
    [
        ("{answered: [note]}", {}, []),
        ("{answered: [note]}", {"note": "Words"}, ["asked/d1", "asked/d2"]),
        ("{answered: [grid]}", {"grid/d2": {"d1": 0}}, ["asked/d2"]),
        ("{answered: [grid]}", {"grid/d2": {}}, []),
        ("{answered: [pick]}", {"pick/d1": "left"}, ["asked/d1"]),
        ("{answered: [pick, note]}", {"pick/d1": "left"}, []),
        ("{answered: [pick, note]}", {"pick/d1": "left", "note": "Words"}, ["asked/d1"]),
        ("{not: {answered: [pick]}}", {"pick/d1": "left"}, ["asked/d2"]),
        ("{any: [{answered: [note]}, {pick: [left]}]}", {"pick/d2": "left"}, ["asked/d2"]),
    ],
)
def test_a_question_can_wait_for_an_answer_of_any_kind(
    when: str, answers: dict[str, Answer], expected: list[str]
) -> None:
    assert asked(when, answers) == expected


@pytest.mark.parametrize(
    ("when", "word", "applies"),
    [
        ("{params.word: [shared]}", "shared", True),
        ("{params.word: [shared]}", "rare", False),
        ("{params.word: [shared, rare]}", "rare", True),
        ("{not: {params.word: [rare]}}", "rare", False),
        ("{any: [{params.word: [rare]}, {answered: [note]}]}", "rare", True),
        ("{params.word: [rare], pick: [left]}", "rare", False),
    ],
)
def test_a_question_can_depend_on_a_parameter(when: str, word: str, applies: bool) -> None:
    assert bool(asked(when, word=word)) is applies


@pytest.mark.parametrize(
    ("when", "total"),
    [
        ("{params.word: [shared]}", 7),
        ("{not: {params.word: [rare]}}", 7),
        ("{answered: [note]}", 5),
        ("{any: [{params.word: [shared]}, {answered: [note]}]}", 5),
        ("{not: {pick: [left]}}", 5),
    ],
)
def test_only_what_depends_on_an_answer_is_left_out_of_the_count(when: str, total: int) -> None:
    flow = load_flow(FLOW.format(when=when), "demo.yaml")
    assert program(flow, begun(when)).total == total
