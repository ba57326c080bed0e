"""The levels of a round by name: the very words that its questions use."""

from __future__ import annotations

from bot.app import flows
from bot.app.work import Work
from bot.core.flow.definition import Flow
from bot.core.flow.reading import scale_of
from bot.core.flow.texts import phrase
from bot.core.text import Text


def level_name(work: Work, level: int, flow: Flow | None = None) -> Text:
    """A level in one or two words, 0 to 4; on the ladder, unless the flow has levels of its own."""
    named = flow or flows.find(work, flows.FIRST)
    return phrase(named, "scale", scale_of(named)[level])


def on_the_ladder(work: Work, flow: Flow) -> bool:
    """Whether its levels are those of the ladder of participation: how far somebody decides."""
    return scale_of(flow) == scale_of(flows.find(work, flows.FIRST))
