"""Asking once more."""

from __future__ import annotations

from bot.core.cards import Card, Choice
from bot.core.text import Line, say


def confirm(asks: Line, yes: Choice, no: Choice, *more: Line, title: Line | None = None) -> Card:
    """Ask once more before something that others notice, or that cannot be undone.

    Args:
        more: further lines.
        title: what is asked about, where that says more than the usual question.
    """
    return Card(title or say("Are you sure?"), (asks, *more), ((yes, no),), numbered=True)
