"""The ladder's levels by name: the very words that the questions use."""

from __future__ import annotations

from bot.app.work import Work
from bot.core.flow.texts import phrase
from bot.core.text import Text

FLOW = "pat"
SCALE = "ladder"


def level_name(work: Work, level: int) -> Text:
    """A level in one or two words, 0 to 4."""
    flow = work.setting.flows.get(FLOW)
    label = next(found.label for found in flow.scales[SCALE] if found.value == level)
    return phrase(flow, "scale", label)
