"""Turning over between cards of a long list."""

from __future__ import annotations

from bot.core.cards import Choice, Row
from bot.core.text import say


def turn_over(where: str, page: int, last: int) -> Row:
    """Buttons to the pages before and after; empty when there is only one."""
    earlier = (Choice(say("Earlier"), f"{where}/{page - 1}"),) if page > 1 else ()
    further = (Choice(say("Further"), f"{where}/{page + 1}"),) if page < last else ()
    return (*earlier, *further)
