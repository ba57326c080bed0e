"""Whole-flow checks: what single models cannot see. The order of issues is fixed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.core.flow.definition import (
    ChoiceStep,
    Flow,
    MatrixStep,
    ParamKind,
    RepeatStep,
    ReviewStep,
    Step,
    When,
)
from bot.core.flow.texts import Path, flow_texts, placeholders

MAX_TEXT = 4096
MAX_BUTTONS = 100
MAX_ROW = 8
#: A level is said in a toast, which holds 200 characters in every language, together with a name.
MAX_LEVEL = 60
#: Back, Skip, Pause, Why, Example, Buttons and Keep
CONTROLS = 7
_RESERVED = frozenset({"any", "not"})
_VALUE = re.compile(r"^[a-z][a-z0-9_]{0,15}$")
_YAML_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "y", "n"})


class Issue(NamedTuple):
    """An author's mistake: where it stands in the file, and what to do."""

    path: Path
    message: str


class _Visit(NamedTuple):
    """A step in the order it is asked, with the repeat around it."""

    step: Step
    path: Path
    around: RepeatStep | None


class _Stage(NamedTuple):
    visits: tuple[_Visit, ...]
    params: dict[str, ParamKind]


def check_flow(flow: Flow) -> list[Issue]:
    """All issues of a flow, stage by stage for each kind of mistake; empty when it can be used."""
    stages = [_Stage(tuple(_visits(flow, name)), flow.params_of(name)) for name in flow.stages]
    kinds: tuple[Callable[[Flow, _Stage], Iterator[Issue]], ...] = (
        _duplicate_ids,
        _references,
        _conditions,
    )
    issues = [issue for check in kinds for stage in stages for issue in check(flow, stage)]
    issues += _placeholders(flow)
    issues += [issue for stage in stages for issue in _option_values(flow, stage)]
    issues += [issue for stage in stages for issue in _review_last(flow, stage)]
    issues += _long_texts(flow)
    issues += _long_levels(flow)
    issues += [issue for stage in stages for issue in _buttons(flow, stage)]
    return list(dict.fromkeys(issues))


def _visits(flow: Flow, stage: str) -> Iterator[_Visit]:
    sources: tuple[tuple[Path, tuple[Step, ...]], ...] = (
        (("first",), flow.first),
        (("stages", stage, "steps"), flow.stages[stage].steps),
    )
    for path, steps in sources:
        for index, step in enumerate(steps):
            yield _Visit(step, (*path, index), None)
            if isinstance(step, RepeatStep):
                for inner_index, inner in enumerate(step.steps):
                    yield _Visit(inner, (*path, index, "steps", inner_index), step)


def _duplicate_ids(flow: Flow, stage: _Stage) -> Iterator[Issue]:
    seen: set[str] = set()
    for step, path, _ in stage.visits:
        if step.id in seen:
            yield Issue((*path, "id"), f"{step.id} is the id of an earlier step; choose another")
        if step.id in _RESERVED:
            yield Issue((*path, "id"), f"{step.id} is a word of conditions; choose another")
        seen.add(step.id)


def _references(flow: Flow, stage: _Stage) -> Iterator[Issue]:
    for position, (step, path, around) in enumerate(stage.visits):
        if isinstance(step, RepeatStep):
            yield from _parameter(step.over, (*path, "over"), stage)
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


def _rows(step: MatrixStep, path: Path, around: RepeatStep | None, stage: _Stage) -> Iterator[Issue]:
    if isinstance(step.rows, str):
        yield from _parameter(step.rows, (*path, "rows"), stage)
        if around is not None:
            yield Issue((*path, "rows"), f"inside a repeat write [{around.name}]")
    elif around is None or step.rows != (around.name,):
        yield Issue((*path, "rows"), f"{step.rows[0]} is not the variable of a repeat around this step")


def _parameter(reference: str, path: Path, stage: _Stage) -> Iterator[Issue]:
    name = reference.removeprefix("params.")
    if stage.params.get(name) != "items":
        yield Issue(path, f"{name} is not among the params as items")


def _start_from(step: MatrixStep, name: str, path: Path, stage: _Stage, position: int) -> Iterator[Issue]:
    found = _earlier(name, path, stage, position)
    if isinstance(found, Issue):
        yield found
    elif not isinstance(found.step, MatrixStep) or (found.step.scale, found.step.columns) != (
        step.scale,
        step.columns,
    ):
        yield Issue(path, f"{name} must be a matrix with the same scale and columns")


def _shows(name: str, path: Path, around: RepeatStep | None, stage: _Stage, position: int) -> Iterator[Issue]:
    found = _earlier(name, path, stage, position)
    if around is None:
        yield Issue(path, "is for choices inside a repeat")
    elif isinstance(found, Issue):
        yield found
    elif not isinstance(found.step, MatrixStep) or (
        found.around != around and found.step.rows != around.over
    ):
        yield Issue(path, f"{name} must be a matrix with a row for each item of {around.over}")


def _conditions(flow: Flow, stage: _Stage) -> Iterator[Issue]:
    for position, visit in enumerate(stage.visits):
        if visit.step.when is not None:
            yield from _condition(visit.step.when, (*visit.path, "when"), visit, stage, position)


def _condition(when: When, path: Path, visit: _Visit, stage: _Stage, position: int) -> Iterator[Issue]:
    for name, values in when.answers.items():
        found = _earlier(name, (*path, name), stage, position)
        if isinstance(found, Issue):
            yield found
        elif not isinstance(found.step, ChoiceStep) or isinstance(found.step.options, str):
            yield Issue((*path, name), f"{name} must be a choice with options of its own")
        elif found.around not in (None, visit.around):
            yield Issue((*path, name), f"{name} belongs to another repeat")
        else:
            known = {option.value for option in found.step.options}
            for index, value in enumerate(values):
                if value not in known:
                    yield Issue((*path, name, index), f"{value} is not an option of {name}")
    for index, part in enumerate(when.any):
        yield from _condition(part, (*path, "any", index), visit, stage, position)
    if when.never is not None:
        yield from _condition(when.never, (*path, "not"), visit, stage, position)


def _earlier(name: str, path: Path, stage: _Stage, position: int) -> _Visit | Issue:
    """The step of that name when it comes before ``position``, else what is wrong at ``path``."""
    for at, visit in enumerate(stage.visits):
        if visit.step.id == name:
            return visit if at < position else Issue(path, f"{name} must come earlier")
    return Issue(path, f"there is no step {name}")


def _placeholders(flow: Flow) -> Iterator[Issue]:
    for text in flow_texts(flow):
        try:
            unknown = sorted(placeholders(text.msgid) - text.names)
        except ValueError:
            yield Issue(text.path, "has a brace without its partner")
            continue
        for name in unknown:
            yield Issue(text.path, f"nothing provides {{{name}}} here")


def _option_values(flow: Flow, stage: _Stage) -> Iterator[Issue]:
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


def _review_last(flow: Flow, stage: _Stage) -> Iterator[Issue]:
    for step, path, _ in stage.visits[:-1]:
        if isinstance(step, ReviewStep):
            yield Issue((*path, "type"), "a review must be the last step")


def _long_texts(flow: Flow) -> Iterator[Issue]:
    for text in flow_texts(flow):
        if len(text.msgid) > MAX_TEXT:
            yield Issue(text.path, f"is longer than {MAX_TEXT} characters")


def _long_levels(flow: Flow) -> Iterator[Issue]:
    for text in flow_texts(flow):
        is_level = text.path[0] == "scales" and text.path[-1] == "label"
        if (is_level or text.path[-1] == "unknown") and len(text.msgid) > MAX_LEVEL:
            yield Issue(text.path, f"the name of a level holds at most {MAX_LEVEL} characters")


def _buttons(flow: Flow, stage: _Stage) -> Iterator[Issue]:
    for step, path, _ in stage.visits:
        most = MAX_BUTTONS - CONTROLS
        if isinstance(step, ChoiceStep) and isinstance(step.options, tuple) and len(step.options) > most:
            yield Issue((*path, "options"), f"a card holds at most {most} options")
        if isinstance(step, MatrixStep):
            cells = len(flow.scales.get(step.scale, ())) + bool(step.unknown)
            if cells > MAX_ROW:
                yield Issue((*path, "scale"), f"a row holds at most {MAX_ROW} levels, unknown included")
