"""Whole-flow checks: what single models cannot see. The order of issues is fixed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from bot.core.flow.conditions import check_conditions
from bot.core.flow.definition import (
    CONDITION_WORDS,
    ChoiceStep,
    Flow,
    MatrixStep,
    PickStep,
    RepeatStep,
    ReviewStep,
    TextStep,
)
from bot.core.flow.limits import check_limits
from bot.core.flow.reading import check_round
from bot.core.flow.texts import Path, flow_texts, placeholders
from bot.core.flow.visits import Issue, Stage, belongs, earlier, visits

MAX_BUTTONS = 100
MAX_ROW = 8
#: Back, Skip, Pause, Original words, Why, Example, Buttons and Keep
CONTROLS = 8
_VALUE = re.compile(r"^[a-z][a-z0-9_]{0,15}$")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_JOINERS = "\n\u200c\u200d"
"""What may be invisible: the end of a line, and what joins letters in Persian and Indic scripts."""
_YAML_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "y", "n"})


def check_flow(flow: Flow) -> list[Issue]:
    """All issues of a flow, stage by stage for each kind of mistake; empty when it can be used."""
    stages = [Stage(tuple(visits(flow, name)), flow.params_of(name)) for name in flow.stages]
    kinds: tuple[Callable[[Flow, Stage], Iterator[Issue]], ...] = (
        _duplicate_ids,
        _references,
        check_conditions,
    )
    issues = [issue for check in kinds for stage in stages for issue in check(flow, stage)]
    issues += _placeholders(flow)
    issues += [issue for stage in stages for issue in _option_values(flow, stage)]
    issues += [issue for stage in stages for issue in _review_last(flow, stage)]
    issues += _unseen(flow)
    issues += check_limits(flow)
    issues += [issue for stage in stages for issue in _buttons(flow, stage)]
    issues += check_round(flow)
    return list(dict.fromkeys(issues))


def _duplicate_ids(flow: Flow, stage: Stage) -> Iterator[Issue]:
    seen: set[str] = set()
    for step, path, _ in stage.visits:
        if step.id in seen:
            yield Issue((*path, "id"), f"{step.id} is the id of an earlier step; choose another")
        if step.id in CONDITION_WORDS:
            yield Issue((*path, "id"), f"{step.id} is a word of conditions; choose another")
        seen.add(step.id)


def _references(flow: Flow, stage: Stage) -> Iterator[Issue]:
    for position, (step, path, around) in enumerate(stage.visits):
        if isinstance(step, RepeatStep):
            yield from _parameter(step.over, (*path, "over"), stage)
        elif isinstance(step, PickStep):
            yield from _parameter(step.options, (*path, "options"), stage)
        elif isinstance(step, ChoiceStep):
            if isinstance(step.options, str):
                yield from _parameter(step.options, (*path, "options"), stage)
            if step.shows is not None:
                yield from _shows(step.shows, (*path, "shows"), around, stage, position)
        elif isinstance(step, MatrixStep):
            yield from _parameter(step.columns, (*path, "columns"), stage)
            yield from _rows(step, path, around, stage)
            if step.scale not in flow.scales:
                yield Issue((*path, "scale"), f"there is no scale {step.scale}")
            if step.start_from is not None:
                yield from _start_from(step, step.start_from, (*path, "start_from"), stage, position)


def _rows(step: MatrixStep, path: Path, around: RepeatStep | None, stage: Stage) -> Iterator[Issue]:
    if isinstance(step.rows, str):
        yield from _parameter(step.rows, (*path, "rows"), stage)
        if around is not None:
            yield Issue((*path, "rows"), f"inside a repeat write [{around.name}]")
    elif around is None or step.rows != (around.name,):
        yield Issue((*path, "rows"), f"{step.rows[0]} is not the variable of a repeat around this step")


def _parameter(reference: str, path: Path, stage: Stage) -> Iterator[Issue]:
    name = reference.removeprefix("params.")
    if stage.params.get(name) != "items":
        yield Issue(path, f"{name} is not among the params as items")


def _start_from(step: MatrixStep, name: str, path: Path, stage: Stage, position: int) -> Iterator[Issue]:
    found = earlier(name, path, stage, position)
    if isinstance(found, Issue):
        yield found
    elif not isinstance(found.step, MatrixStep) or (found.step.scale, found.step.columns) != (
        step.scale,
        step.columns,
    ):
        yield Issue(path, f"{name} must be a matrix with the same scale and columns")


def _shows(name: str, path: Path, around: RepeatStep | None, stage: Stage, position: int) -> Iterator[Issue]:
    found = earlier(name, path, stage, position)
    if around is None:
        yield Issue(path, "is for choices inside a repeat")
    elif isinstance(found, Issue):
        yield found
    elif not (
        (isinstance(found.step, TextStep) and found.around == around)
        or (isinstance(found.step, MatrixStep) and belongs(found, around))
    ):
        wanted = f"a text of the same repeat or a matrix with a row for each item of {around.over}"
        yield Issue(path, f"{name} must be {wanted}")


def _placeholders(flow: Flow) -> Iterator[Issue]:
    for text in flow_texts(flow):
        try:
            unknown = sorted(placeholders(text.msgid) - text.names)
        except ValueError:
            yield Issue(text.path, "has a brace without its partner")
            continue
        for name in unknown:
            yield Issue(text.path, f"nothing provides {{{name}}} here")
        if not unknown and set("{}") & set(_PLACEHOLDER.sub("", text.msgid)):
            yield Issue(text.path, "between { and } stands a name alone")


def _unseen(flow: Flow) -> Iterator[Issue]:
    for text in flow_texts(flow):
        if not text.msgid.strip():
            yield Issue(text.path, "is empty")
        elif any(
            unicodedata.category(one) in {"Cc", "Cf", "Cs"} for one in text.msgid if one not in _JOINERS
        ):
            yield Issue(text.path, "holds a character that cannot be seen")


def _option_values(flow: Flow, stage: Stage) -> Iterator[Issue]:
    for step, path, _ in stage.visits:
        if not isinstance(step, ChoiceStep) or isinstance(step.options, str):
            continue
        seen: set[str] = set()
        for index, option in enumerate(step.options):
            place = (*path, "options", index, "value")
            if not _VALUE.match(option.value) or option.value in _YAML_WORDS:
                yield Issue(
                    place, "use a word of 1 to 16 letters a-z, digits or _, but not yes, no, on or off"
                )
            if option.value in seen:
                yield Issue(place, f"{option.value} is there already")
            seen.add(option.value)


def _review_last(flow: Flow, stage: Stage) -> Iterator[Issue]:
    for step, path, _ in stage.visits[:-1]:
        if isinstance(step, ReviewStep):
            yield Issue((*path, "type"), "a review must be the last step")


def _buttons(flow: Flow, stage: Stage) -> Iterator[Issue]:
    for step, path, _ in stage.visits:
        most = MAX_BUTTONS - CONTROLS
        if isinstance(step, ChoiceStep) and isinstance(step.options, tuple) and len(step.options) > most:
            yield Issue((*path, "options"), f"a card holds at most {most} options")
        if isinstance(step, MatrixStep):
            cells = len(flow.scales.get(step.scale, ())) + bool(step.unknown)
            if cells > MAX_ROW:
                yield Issue((*path, "scale"), f"a row holds at most {MAX_ROW} levels, unknown included")
