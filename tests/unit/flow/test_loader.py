from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot.adapters.i18n.extract import extract_flow
from bot.core.flow.library import FlowLibrary, load_library
from bot.core.flow.loader import load_flow
from bot.core.flow.texts import flow_texts
from bot.errors import FlowError
from tests.unit.flow.talk import FLOWS

GOOD = """\
flow: demo
version: 1
title: A demo
params: {things: items, others: items, word: text}
scales:
  steps: [{value: 0, label: Low}, {value: 1, label: High}]
stages:
  only:
    steps:
      - id: first
        type: choice
        ask: "Choose, {word}"
        options: [{value: left, label: Left}, {value: right, label: Right}]
      - id: grid
        type: matrix
        ask: "{row}"
        rows: params.things
        columns: params.things
        scale: steps
      - id: loop
        type: repeat
        over: params.things
        as: thing
        steps:
          - {id: note, type: text, ask: "About {thing}", length: 50, when: {first: [left]}}
      - {id: check, type: review, ask: All right}
"""

NOTE = '{id: note, type: text, ask: "About {thing}", length: 50, when: {first: [left]}}'
CHOICE = "{{id: fine, type: choice, ask: Fine?, options: params.things, shows: {}}}"


def test_a_good_flow_loads() -> None:
    assert load_flow(GOOD, "demo.yaml").flow == "demo"


@pytest.mark.parametrize("inside", [False, True])
def test_a_choice_may_show_a_matrix_of_the_same_item(inside: bool) -> None:
    shown = "{id: inner, type: matrix, ask: Now, rows: [thing], columns: params.things, scale: steps}"
    steps = f"{shown}\n          - {CHOICE.format('inner')}" if inside else CHOICE.format("grid")
    assert load_flow(GOOD.replace(NOTE, steps), "demo.yaml").flow == "demo"


def test_a_choice_may_show_a_text_of_the_same_repeat() -> None:
    steps = f"{NOTE}\n          - {CHOICE.format('note')}"
    flow = load_flow(GOOD.replace(NOTE, steps), "demo.yaml")
    assert flow.readers_of("only", "note") == ("fine",)


@pytest.mark.parametrize(
    "when", ["answered: [first, grid]", "params.word: [a, b]", "not: {any: [{answered: [grid]}]}"]
)
def test_a_condition_may_name_answers_and_parameters(when: str) -> None:
    assert load_flow(GOOD.replace("{first: [left]}", f"{{{when}}}"), "demo.yaml").flow == "demo"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("version: 1", "version: one", "demo.yaml:2:10: version: Input should be a valid integer"),
        ("version: 1", "version: 1\nversion: 2", "demo.yaml:3:1: version again: stands here twice"),
        ("title: A demo", "titel: A demo", "demo.yaml:3:8: titel: is not known here"),
        ("title: A demo", "titel: A demo", "demo.yaml:1:1: title: is missing"),
        ("title: A demo", "title: &a A demo", "demo.yaml:3:8: anchors"),
        ("title: A demo", "title: !!str A demo", "demo.yaml:3:8: tags"),
        ("title: A demo", "title: [A demo", "demo.yaml:4:"),
        ("title: A demo", "title: A demo\x00", "demo.yaml:1:1: holds characters"),
        ("type: choice", "type: chioce", "demo.yaml:10:9: stages.only.steps.0: has an unknown type"),
        ("        type: choice\n", "", "demo.yaml:10:9: stages.only.steps.0: needs a type"),
        ("id: grid", "id: first", "demo.yaml:14:13: stages.only.steps.1.id: first is the id of an earlier"),
        ("id: grid", "id: any", "stages.only.steps.1.id: any is a word of conditions"),
        (
            "rows: params.things",
            "rows: params.thing",
            "demo.yaml:17:15: stages.only.steps.1.rows: thing is not",
        ),
        ("rows: params.things", "rows: [thing]", "rows: thing is not the variable of a repeat"),
        ("columns: params.things", "columns: params.word", "columns: word is not among the params as items"),
        ("over: params.things", "over: params.nothing", "over: nothing is not among"),
        (
            "scale: steps",
            "scale: stairs",
            "demo.yaml:19:16: stages.only.steps.1.scale: there is no scale stairs",
        ),
        ("scale: steps", "scale: steps\n        start_from: zero", "start_from: there is no step zero"),
        ("scale: steps", "scale: steps\n        start_from: grid", "start_from: grid must come earlier"),
        ("scale: steps", "scale: steps\n        start_from: first", "first must be a matrix with the same"),
        ("options: [", "shows: grid\n        options: [", "steps.0.shows: is for choices inside a repeat"),
        (
            NOTE,
            CHOICE.format("nothing"),
            "demo.yaml:25:81: stages.only.steps.2.steps.0.shows: there is no step",
        ),
        (NOTE, CHOICE.format("check"), "shows: check must come earlier"),
        (NOTE, CHOICE.format("first"), "first must be a text of the same repeat or a matrix with"),
        (
            f"params.things\n        as: thing\n        steps:\n          - {NOTE}",
            f"params.others\n        as: thing\n        steps:\n          - {CHOICE.format('grid')}",
            "shows: grid must be a text of the same repeat or a matrix with a row for each item of params.others",
        ),
        ("label: High", f"label: {'x' * 61}", "scales.steps.1.label: holds at most 60"),
        ("scale: steps", f"scale: steps\n        unknown: {'x' * 61}", "unknown: holds at most 60"),
        ("{first: [left]}", "{frist: [left]}", "when.frist: there is no step frist"),
        ("{first: [left]}", "{check: [left]}", "when.check: check must come earlier"),
        ("{first: [left]}", "{grid: [left]}", "when.grid: grid must be a choice"),
        (
            "{first: [left]}",
            "{first: [up]}",
            "demo.yaml:25:85: stages.only.steps.2.steps.0.when.first.0: up is not",
        ),
        ("{first: [left]}", "{not: {any: [{first: [up]}]}}", "when.not.any.0.first.0: up is not an option"),
        ("id: grid", "id: answered", "stages.only.steps.1.id: answered is a word of conditions"),
        (
            "{first: [left]}",
            "{answered: [first, nothing]}",
            "demo.yaml:25:95: stages.only.steps.2.steps.0.when.answered.1: there is no step nothing",
        ),
        ("{first: [left]}", "{answered: [check]}", "when.answered.0: check must come earlier"),
        ("{first: [left]}", "{answered: [note]}", "when.answered.0: note must come earlier"),
        ("{first: [left]}", "{answered: [loop]}", "when.answered.0: loop must be a question"),
        ("{first: [left]}", "{answered: first}", "when.answered: Input should be a valid tuple"),
        ("{first: [left]}", "{any: [{answered: [zero]}]}", "when.any.0.answered.0: there is no step zero"),
        (
            f"params.things\n        as: thing\n        steps:\n          - {NOTE}",
            "params.others\n        as: thing\n        steps:\n          - "
            + NOTE.replace("first: [left]", "answered: [grid]"),
            "when.answered.0: grid belongs to another repeat",
        ),
        (
            "{first: [left]}",
            "{params.wrod: [left]}",
            "demo.yaml:25:90: stages.only.steps.2.steps.0.when.params.wrod: wrod is not among the params as text",
        ),
        ("{first: [left]}", "{params.things: [left]}", "when.params.things: things is not among the params"),
        ("{first: [left]}", "{params.Word: [left]}", "when.params.Word: String should match pattern"),
        ("{first: [left]}", "{not: {params.wrod: [left]}}", "when.not.params.wrod: wrod is not among"),
        (
            "id: first\n        type: choice",
            "id: outside\n        type: text\n        length: 9\n        ask: Out\n      - id: first\n"
            "        shows: outside\n        type: choice",
            "steps.1.shows: is for choices inside a repeat",
        ),
        ("{word}", "{wrod}", "demo.yaml:12:14: stages.only.steps.0.ask: nothing provides {wrod} here"),
        ("{word}", "{word", "ask: has a brace without its partner"),
        ("About {thing}", "About {row} {things}", "nothing provides {row} here"),
        ("value: left", "value: 'no'", "options.0.value: use a word"),
        ("value: left", "value: Left", "options.0.value: use a word"),
        ("value: left", "value: right", "options.1.value: right is there already"),
        (
            "ask: All right}",
            "ask: All right}\n      - {id: late, type: text, ask: Late, length: 9}",
            "last step",
        ),
        ("ask: All right}", f"ask: {'x' * 4097}}}", "ask: holds at most 600 characters"),
        (
            "{value: 1, label: High}",
            ", ".join(f"{{value: {n}, label: L}}" for n in range(1, 10)),
            "at most 8",
        ),
        (
            "{value: left, label: Left}",
            ", ".join(f"{{value: v{n}, label: L}}" for n in range(92)) + ", {value: left, label: Left}",
            "at most 92 options",
        ),
    ],
)
def test_a_mistake_is_reported_with_its_place(old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(FlowError) as raised:
        load_flow(GOOD.replace(old, new, 1), "demo.yaml")
    assert complaint in str(raised.value)


def test_all_mistakes_are_listed_at_once() -> None:
    with pytest.raises(FlowError) as raised:
        load_flow(GOOD.replace("scale: steps", "scale: x").replace("{word}", "{x}"), "demo.yaml")
    assert len(str(raised.value).splitlines()) == 2


def test_an_empty_file_is_no_flow() -> None:
    with pytest.raises(FlowError, match=r"demo\.yaml:1:1: "):
        load_flow("", "demo.yaml")


def test_words_of_yaml_one_point_one_stay_words() -> None:
    flow = load_flow(GOOD.replace("label: Left", "label: no").replace("A demo", "on"), "demo.yaml")
    assert flow.title == "on"


def test_texts_do_not_change_the_structure_but_steps_do() -> None:
    flow = load_flow(GOOD, "demo.yaml")
    assert load_flow(GOOD.replace("Left", "To the left"), "demo.yaml").structure == flow.structure
    assert load_flow(GOOD.replace("length: 50", "length: 60"), "demo.yaml").structure != flow.structure
    assert load_flow(GOOD.replace("right", "rite"), "demo.yaml").structure != flow.structure


def test_a_library_gives_the_highest_version_unless_asked_for_another() -> None:
    library = FlowLibrary(
        [load_flow(GOOD, "demo.yaml"), load_flow(GOOD.replace("version: 1", "version: 2"), "x")]
    )
    assert library.get("demo").version == 2
    assert library.get("demo", 1).version == 1
    assert [flow.version for flow in library.newest()] == [2]


@pytest.mark.parametrize(("name", "version"), [("demo", 3), ("other", None)])
def test_a_flow_that_is_not_here_is_an_error(name: str, version: int | None) -> None:
    with pytest.raises(FlowError, match="is not here"):
        FlowLibrary([load_flow(GOOD, "demo.yaml")]).get(name, version)


def test_a_version_cannot_change_its_steps() -> None:
    library = FlowLibrary([load_flow(GOOD, "demo.yaml")])
    library.remember(load_flow(GOOD.replace("Left", "To the left"), "demo.yaml"))
    with pytest.raises(FlowError, match="raise the version number"):
        library.remember(load_flow(GOOD.replace("length: 50", "length: 60"), "demo.yaml"))


def test_a_folder_reports_the_mistakes_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("flow: demo", "flow: 1"))
    (tmp_path / "b.yaml").write_bytes(b"flow: \xff")
    with pytest.raises(FlowError) as raised:
        load_library(tmp_path)
    assert {line.split(":")[0] for line in str(raised.value).splitlines()} == {"a.yaml", "b.yaml"}


def test_translators_get_every_text_with_its_line_and_context() -> None:
    found = list(extract_flow(io.BytesIO(GOOD.encode()), {}, [], {}))
    messages = [(line, keyword, strings) for line, keyword, strings, _ in found]
    assert (12, "pgettext", ("demo.first", "Choose, {word}")) in messages
    assert (13, "pgettext", ("demo.first", "Right")) in messages
    assert (6, "pgettext", ("demo.scale", "High")) in messages
    assert len(messages) == 1 + 2 + 3 + 1 + 1 + 1
    assert all(len(notes) == 2 for *_, notes in found)


@pytest.mark.parametrize("flow", FLOWS.newest(), ids=lambda flow: flow.flow)
def test_shipped_texts_use_the_words_of_the_field(flow: object) -> None:
    refused = ("score", "beneficiar", "implementing partner", "overdue", "anonymous", "user")
    texts = [text.msgid.lower() for text in flow_texts(flow)]  # type: ignore[arg-type]
    assert [word for word in refused if any(word in text for text in texts)] == []
