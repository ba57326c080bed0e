"""A stage as the checks walk through it: every step with its place in the file and what is around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.core.flow.definition import Flow, MatrixStep, ParamKind, RepeatStep, Step
from bot.core.flow.texts import Path


class Issue(NamedTuple):
    """An author's mistake: where it stands in the file, and what to do."""

    path: Path
    message: str


class Visit(NamedTuple):
    """A step in the order it is asked, with the repeat around it."""

    step: Step
    path: Path
    around: RepeatStep | None


class Stage(NamedTuple):
    """One stage: its steps in the order they are asked, those of ``first`` included, and its parameters."""

    visits: tuple[Visit, ...]
    params: dict[str, ParamKind]


def visits(flow: Flow, stage: str) -> Iterator[Visit]:
    """Every step of a stage, with its place in the file."""
    sources: tuple[tuple[Path, tuple[Step, ...]], ...] = (
        (("first",), flow.first),
        (("stages", stage, "steps"), flow.stages[stage].steps),
    )
    for path, steps in sources:
        for index, step in enumerate(steps):
            yield Visit(step, (*path, index), None)
            if isinstance(step, RepeatStep):
                for inner_index, inner in enumerate(step.steps):
                    yield Visit(inner, (*path, index, "steps", inner_index), step)


def earlier(name: str, path: Path, stage: Stage, position: int) -> Visit | Issue:
    """The step of that name when it comes before ``position``, else what is wrong at ``path``."""
    for at, visit in enumerate(stage.visits):
        if visit.step.id == name:
            return visit if at < position else Issue(path, f"{name} must come earlier")
    return Issue(path, f"there is no step {name}")


def belongs(found: Visit, around: RepeatStep | None) -> bool:
    """Whether inside ``around`` there is one answer of that step: its own for each item, or one for all."""
    if isinstance(found.step, MatrixStep) and isinstance(found.step.rows, str):
        return around is not None and found.step.rows == around.over
    return found.around in (None, around)
