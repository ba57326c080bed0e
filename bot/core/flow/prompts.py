"""Prompts in a partnership's own words: what may be reworded, and what has to stay in it.

A prompt that begins with a line for its item ("{decision}") keeps that line; the rest is what people word anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from bot.core.flow.definition import ConsentStep, Flow, RepeatStep, ReviewStep, Steps
from bot.core.flow.texts import placeholders
from bot.core.text import Text, say

Reworded: TypeAlias = Mapping[str, str]
"""Id of a step -> its prompt in other words, in the language of whoever reads it."""

AS_WRITTEN: Reworded = MappingProxyType({})
"""Every prompt as the author of the flow wrote it."""

_ITEM_LINE = re.compile(r"\{\w+\}\n\n")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class PromptText(NamedTuple):
    """A prompt that may be reworded; ``place`` is its ``msgctxt``, "flow.step"."""

    place: str
    msgid: str


def prompts_of(flow: Flow) -> Iterator[PromptText]:
    """Everything a flow asks, once each, in the order of the file; not its consent notice nor its review."""
    seen: set[str] = set()
    for steps in (flow.first, *(stage.steps for stage in flow.stages.values())):
        for prompt in _asked(flow, steps):
            if prompt.place not in seen:
                seen.add(prompt.place)
                yield prompt


def _asked(flow: Flow, steps: Steps) -> Iterator[PromptText]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield from _asked(flow, step.steps)
        elif not isinstance(step, ConsentStep | ReviewStep):
            yield PromptText(f"{flow.flow}.{step.id}", step.ask)


def item_line(template: str) -> str:
    """The line for the item with which a prompt begins, and the gap after it; "" when it has none."""
    found = _ITEM_LINE.match(template)
    return "" if found is None else found[0]


def to_reword(template: str) -> str:
    """What people word anew, on one line."""
    return " ".join(template.removeprefix(item_line(template)).split())


def problem_with(words: str, *, original: str) -> Text | None:
    """What keeps the words from standing for the original, as ``to_reword`` gave it; None when nothing does."""
    wanted = placeholders(original)
    given, rest = frozenset(_PLACEHOLDER.findall(words)), _PLACEHOLDER.sub("", words)
    if given == wanted and "{" not in rest and "}" not in rest:
        return None
    if not wanted:
        return say("Please leave out { and }; they stand for words that I fill in.")
    names = tuple(f"{{{name}}}" for name in sorted(wanted))
    return say("Please keep {names} in it as it stands, and no other braces.", names=names)
