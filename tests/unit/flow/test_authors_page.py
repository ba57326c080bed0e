"""The page for authors is true: its examples load, and what it says of keys and limits is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.app.own_questions import MOST
from bot.core.flow import limits
from bot.core.flow.definition import CONDITION_WORDS, Flow
from bot.core.flow.loader import load_flow
from bot.core.flow.reading import check_own

PAGE = (Path(__file__).parents[3] / "docs" / "flows.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_is_a_round_that_a_partnership_could_send() -> None:
    whole, _ = EXAMPLES
    assert load_flow(whole, "meetings.yaml", check_own).title == "Our meetings"


def test_the_example_of_conditions_holds_every_kind_and_loads() -> None:
    whole, when = EXAMPLES
    assert all(f"{word}:" in when for word in CONDITION_WORDS)
    text = '- {id: comment, type: text, length: 280, optional: true, ask: "{decision}?"}'
    audience = (
        "- {id: audience, type: choice, shows: comment, ask: Who reads it?, "
        "options: [{value: nobody, label: Nobody}, {value: facilitators, label: The facilitators}]}"
    )
    indented = "".join(f"            {line}\n" for line in when.splitlines())
    steps = f"          {text}\n          {audience}\n          - id: desired\n            type: matrix\n{indented}"
    old = "          - id: desired\n            type: matrix\n            when: {agree: [differently]}\n"
    conditional = whole.replace(old, steps).replace("partners: items}", "partners: items, language: text}")
    assert load_flow(conditional, "meetings.yaml").stages["answer"].params["language"] == "text"


@pytest.mark.parametrize("name", Flow.model_fields)
def test_every_key_of_a_flow_is_explained(name: str) -> None:
    assert f"| `{name}" in PAGE


@pytest.mark.parametrize("key", limits.LONGEST)
def test_the_limits_are_as_they_are_said(key: str) -> None:
    table = PAGE.partition("## Limits")[2]
    (said,) = [line for line in table.splitlines() if f"`{key}`" in line]
    assert f"| {limits.LONGEST[key]}" in said


def test_the_other_limits_are_as_they_are_said() -> None:
    kilobytes = limits.MAX_BYTES // 1024
    assert (
        f"| {kilobytes} kB, UTF-8, {limits.MAX_PARTS} parts, {limits.MAX_DEPTH} levels of nesting |" in PAGE
    )
    assert f"| a stage | {limits.MAX_STEPS} steps |" in PAGE
    assert f"| a partnership's own flows | {MOST} |" in PAGE
    assert f"at most {limits.MOST_PARAGRAPHS} |" in PAGE
