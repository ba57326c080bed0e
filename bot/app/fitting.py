"""How much of a message some lines take, once they are said."""

from __future__ import annotations

from collections.abc import Iterable

from bot.app.work import Work
from bot.core.text import Line, length

DIGEST_ROOM = 3850
"""Length of a digest's lines; Telegram takes 4096, and the title with a partnership's name belongs to it."""


def size(work: Work, lines: Iterable[Line], language: str) -> int:
    """The length of lines in one language, each with the break after it, as Telegram counts."""
    return sum(length(work.setting.catalogs.render(line, language)) + 1 for line in lines)
