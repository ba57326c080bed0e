"""What a round reads of a flow is written down and asked of every flow for rounds, with file and line."""

from __future__ import annotations

import pytest

from bot.core.flow.loader import load_flow
from bot.core.flow.reading import asks, check_own, levels_step, scale_of
from bot.errors import FlowError
from tests.own_flow import OWN
from tests.unit.flow.talk import FLOWS

ROUNDS = [flow for flow in FLOWS.newest() if flow.use == "round"]
REPEAT = """\
      - id: each
        type: repeat
        over: params.decisions
        as: decision
        steps:
          - {}
      - id: check
"""
TEXT = '{id: comment, type: text, ask: "{decision}?", length: 280, optional: true}'
AGREE = '{id: agree, type: choice, ask: "{decision}?", options: [%s]}'
AUDIENCE = (
    "{id: audience, type: choice, shows: comment, ask: Who?, when: {answered: [comment]%s}, options: [%s]}"
)


def inside(*steps: str) -> tuple[str, str]:
    """Steps for each decision, before the review."""
    return "      - id: check\n", REPEAT.format("\n          - ".join(steps))


def option(*values: str) -> str:
    return ", ".join(f"{{value: {value}, label: {value}}}" for value in values)


def test_the_flows_for_rounds_are_these() -> None:
    assert {flow.flow for flow in ROUNDS} == {
        "pat",
        "emerging",
        "envisioning",
        "risk_sharing",
        "funding_streams",
        "community_led",
        "before_all_on_board",
    }
    assert all(len(scale_of(flow)) == 5 for flow in ROUNDS)
    assert all(asks(flow, levels_step(flow)) for flow in ROUNDS)


def test_what_compares_with_another_flow_asks_for_the_same_levels() -> None:
    for flow in FLOWS.newest():
        if flow.compares_with is not None:
            other = FLOWS.get(flow.compares_with)
            assert (scale_of(flow), flow.levels) == (scale_of(other), other.levels)


def test_a_round_in_order_loads() -> None:
    assert load_flow(OWN, "own.yaml", check_own).use == "round"


def test_a_round_may_ask_for_everything_that_is_read() -> None:
    old, new = inside(
        AGREE % option("fine", "differently"),
        TEXT,
        AUDIENCE % ("", option("nobody", "facilitators")),
    )
    flow = load_flow(OWN.replace(old, new), "own.yaml")
    assert all(asks(flow, step) for step in ("actual", "agree", "comment", "audience"))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("about: How we run the office together.\n", "", "4:6: use: a round needs about"),
        ("offers: [", f"offers: [{'one more, ' * 15}", "offers.15: a round has room for 15"),
        ("  contribute:", "  collect:", "stages: a round has the stages contribute and answer"),
        ("max: 5", "max: 6", "items: decisions are at most 5"),
        ("partners: items}", "partners: items, colour: text}", "params.colour: a round does not give this"),
        ("partners: items}", "partners: items, language: number}", "language: a round does not give this"),
        ("id: decisions", "id: things", "things would be read by nobody; a round reads decisions"),
        ("rows: params.decisions", "rows: params.partners", "rows: in a round these are params.decisions"),
        (
            "columns: params.partners",
            "columns: params.decisions",
            "columns: in a round these are params.partners",
        ),
        ("value: 4", "value: 5", "scale: levels in a round are 0, 1, 2, 3 and 4"),
        (
            "        type: review\n        ask: Is",
            "        type: text\n        length: 9\n        ask: Is",
            "check would be",
        ),
        ("use: round", "use: round\nlevels: wished", "levels: wishes alone are asked for with desired"),
        ("use: round", "use: meeting", "use: Input should be 'round'"),
        ("id: actual", "id: desired", "desired needs actual and agree before it"),
        (
            *inside(AGREE % option("fine", "unsure")),
            "options: needs fine or agree, and differently or disagree",
        ),
        (*inside(TEXT), "comment needs audience, or nobody reads it"),
        (
            *inside(TEXT, AUDIENCE % ("", option("nobody", "group"))),
            "options: a language that few read points at its author",
        ),
        (
            *inside(TEXT, AUDIENCE % ("", option("nobody", "press"))),
            "options: its values are facilitators, group, nobody",
        ),
        (
            "    steps:\n      - id: actual",
            "    steps:\n      - {id: agree, type: choice, ask: Fine?, options: "
            f"[{option('fine', 'differently')}]}}\n      - id: actual",
            "agree is asked for each decision, inside a repeat",
        ),
    ],
)
def test_what_could_not_be_read_is_refused_with_its_place(old: str, new: str, complaint: str) -> None:
    with pytest.raises(FlowError) as raised:
        load_flow(OWN.replace(old, new), "own.yaml")
    assert complaint in str(raised.value)
    assert all(line.startswith("own.yaml:") for line in str(raised.value).splitlines())
