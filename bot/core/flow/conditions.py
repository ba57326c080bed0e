"""Checks of conditions: what they name must be there, come earlier, and be able to have those values."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.flow.definition import ChoiceStep, ConsentStep, Flow, RepeatStep, When
from bot.core.flow.texts import Path
from bot.core.flow.visits import Issue, Stage, Visit, belongs, earlier


def check_conditions(flow: Flow, stage: Stage) -> Iterator[Issue]:
    """What is wrong with the conditions of a stage, in the order of its steps."""
    for position, visit in enumerate(stage.visits):
        if visit.step.when is not None:
            yield from _condition(visit.step.when, (*visit.path, "when"), visit, stage, position)


def _condition(when: When, path: Path, visit: Visit, stage: Stage, position: int) -> Iterator[Issue]:
    yield from _answers(when, path, visit, stage, position)
    yield from _answered(when, (*path, "answered"), visit, stage, position)
    for reference in when.params:
        name = reference.removeprefix("params.")
        if stage.params.get(name) != "text":
            yield Issue((*path, reference), f"{name} is not among the params as text")
    for index, part in enumerate(when.any):
        yield from _condition(part, (*path, "any", index), visit, stage, position)
    if when.never is not None:
        yield from _condition(when.never, (*path, "not"), visit, stage, position)


def _answers(when: When, path: Path, visit: Visit, stage: Stage, position: int) -> Iterator[Issue]:
    for name, values in when.answers.items():
        found = earlier(name, (*path, name), stage, position)
        if isinstance(found, Issue):
            yield found
        elif not isinstance(found.step, ChoiceStep) or isinstance(found.step.options, str):
            yield Issue((*path, name), f"{name} must be a choice with options of its own")
        elif not belongs(found, visit.around):
            yield Issue((*path, name), f"{name} belongs to another repeat")
        else:
            known = {option.value for option in found.step.options}
            for index, value in enumerate(values):
                if value not in known:
                    yield Issue((*path, name, index), f"{value} is not an option of {name}")


def _answered(when: When, path: Path, visit: Visit, stage: Stage, position: int) -> Iterator[Issue]:
    for index, name in enumerate(when.answered):
        found = earlier(name, (*path, index), stage, position)
        if isinstance(found, Issue):
            yield found
        elif isinstance(found.step, ConsentStep | RepeatStep):
            yield Issue((*path, index), f"{name} must be a question")
        elif not belongs(found, visit.around):
            yield Issue((*path, index), f"{name} belongs to another repeat")
