"""All texts of a flow with the place they stand, for checks, translators and cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import Formatter
from typing import NamedTuple

from bot.core.flow.definition import (
    ChoiceStep,
    ConsentStep,
    Flow,
    MatrixStep,
    RepeatStep,
    ReviewStep,
    Step,
    Steps,
)
from bot.core.text import Text, Value

Path = tuple[str | int, ...]

MOST_KNOWN = 2048
"""Source texts whose placeholders are remembered."""


class FlowText(NamedTuple):
    """One source text.

    Attributes:
        path: where it stands in the file, as keys and indexes.
        context: its ``msgctxt``: "flow.step", or "flow.scale", "flow.title", "flow.credit", "flow.about",
            "flow.offers".
        names: variables that may stand in it as placeholders.
    """

    path: Path
    context: str
    msgid: str
    names: frozenset[str] = frozenset()


def placeholders(msgid: str) -> frozenset[str]:
    """Names in braces.

    Raises: ValueError, when a brace has no partner.
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(msgid) if name is not None)


@lru_cache(MOST_KNOWN)
def _in_order(msgid: str) -> tuple[str, ...]:
    return tuple(sorted(placeholders(msgid)))


def phrase(flow: Flow, place: str, msgid: str, variables: Mapping[str, Value] | None = None) -> Text:
    """Make the message for a source text of ``flow``; of the variables it keeps what the text names."""
    known = variables or {}
    args = {name: known[name] for name in _in_order(msgid)}
    return Text(msgid, args, context=f"{flow.flow}.{place}")


def cut(words: str, length: int) -> str:
    """People's own words in at most ``length`` characters."""
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


def flow_texts(flow: Flow) -> Iterator[FlowText]:
    """Every translatable text, in the order of the file."""
    yield FlowText(("title",), f"{flow.flow}.title", flow.title)
    if flow.credit:
        yield FlowText(("credit",), f"{flow.flow}.credit", flow.credit)
    if flow.about:
        yield FlowText(("about",), f"{flow.flow}.about", flow.about)
    for index, offer in enumerate(flow.offers):
        yield FlowText(("offers", index), f"{flow.flow}.offers", offer)
    for name, scale in flow.scales.items():
        for index, level in enumerate(scale):
            place: Path = ("scales", name, index)
            yield FlowText((*place, "label"), f"{flow.flow}.scale", level.label)
            if level.means:
                yield FlowText((*place, "means"), f"{flow.flow}.scale", level.means)
    common = _words_in(flow.params)
    yield from _steps(flow, flow.first, ("first",), common)
    for name, stage in flow.stages.items():
        names = common | _words_in(stage.params)
        yield from _steps(flow, stage.steps, ("stages", name, "steps"), names)


def _words_in(params: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for name, kind in params.items() if kind != "items")


def _steps(flow: Flow, steps: Steps, path: Path, names: frozenset[str]) -> Iterator[FlowText]:
    for index, step in enumerate(steps):
        if isinstance(step, RepeatStep):
            yield from _steps(flow, step.steps, (*path, index, "steps"), names | {step.name})
        else:
            yield from _step(f"{flow.flow}.{step.id}", step, (*path, index), names)


def _step(context: str, step: Step, path: Path, names: frozenset[str]) -> Iterator[FlowText]:
    if isinstance(step, ConsentStep):
        yield from _paragraphs(context, "notice", step.notice, path, names)
        yield from _paragraphs(context, "more", step.more, path, names)
        return
    if isinstance(step, RepeatStep):
        return
    if isinstance(step, MatrixStep):
        names |= {"row"}
    yield FlowText((*path, "ask"), context, step.ask, names)
    if isinstance(step, ReviewStep):
        return
    yield from _paragraphs(context, "why", step.why, path, names)
    yield from _paragraphs(context, "example", step.example, path, names)
    if isinstance(step, MatrixStep) and isinstance(step.unknown, str):
        yield FlowText((*path, "unknown"), context, step.unknown)
    if isinstance(step, ChoiceStep) and not isinstance(step.options, str):
        for index, option in enumerate(step.options):
            yield FlowText((*path, "options", index, "label"), context, option.label, names)


def _paragraphs(
    context: str, field: str, paragraphs: tuple[str, ...], path: Path, names: frozenset[str]
) -> Iterator[FlowText]:
    for index, paragraph in enumerate(paragraphs):
        yield FlowText((*path, field, index), context, paragraph, names)
