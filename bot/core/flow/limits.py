"""How large a flow may be, so that every card of it fits a message in the largest partnership."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.flow.definition import Flow
from bot.core.flow.texts import flow_texts
from bot.core.flow.visits import Issue, visits

MAX_BYTES = 64 * 1024
"""Of a file."""
MAX_DEPTH = 20
"""Lists and mappings inside each other; the shipped flows need half of it."""
MAX_PARTS = 4000
"""Words, lists and mappings in a file."""
MAX_STEPS = 60
"""In one stage."""

LONGEST = {
    "title": 60,
    "about": 200,
    "credit": 200,
    "offers": 100,
    "ask": 600,
    "why": 500,
    "example": 300,
    "notice": 600,
    "more": 600,
    "label": 60,
    "unknown": 60,
    "means": 100,
}
"""Most characters of a text, by its key; translations may take more. A level is said in a toast, which holds 200
characters in every language, together with a name."""

MOST_PARAGRAPHS = 6
"""Of a text that has several."""


def check_limits(flow: Flow) -> Iterator[Issue]:
    """What is too long or too much."""
    for text in flow_texts(flow):
        *_, key = (part for part in text.path if isinstance(part, str))
        if len(text.msgid) > LONGEST[key]:
            yield Issue(text.path, f"holds at most {LONGEST[key]} characters")
        if key in {"why", "example", "notice", "more"} and text.path[-1] == MOST_PARAGRAPHS:
            yield Issue(text.path, f"{key} has at most {MOST_PARAGRAPHS} parts")
    for name in flow.stages:
        if sum(visit.path[0] == "stages" for visit in visits(flow, name)) > MAX_STEPS:
            yield Issue(("stages", name, "steps"), f"a stage has at most {MAX_STEPS} steps")
