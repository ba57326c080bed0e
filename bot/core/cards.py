"""What a person or a group is shown, as values: no language, no Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.core.text import Line


@dataclass(frozen=True, slots=True)
class Choice:
    """One button.

    Attributes:
        label: what stands on it; typing the same words does the same as tapping.
        key: what it means, absolute ("actual/d2:p5=3" or a page like "p/4/round"), so that a tap that comes
            twice or late does no harm. Never sent to Telegram as it is when it belongs to a sitting.
        url: opens a link instead; then ``key`` is empty.
        copy: puts these words on the phone's clipboard instead (at most 256 characters).
    """

    label: Line
    key: str = ""
    url: str | None = None
    copy: str | None = None


Row: TypeAlias = tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One message: a neutral first line, paragraphs, buttons.

    Attributes:
        title: first line. In a private chat it is all that a lock screen shows, so it names no decision,
            organisation or answer.
        body: one entry a line; an empty string is an empty line.
        rows: buttons, row by row.
        numbered: typing "2" picks the second button (menus and choices; never where digits are levels).
        notice: something to say first, about what just happened ("1-4 read; still open: 5, 6").
    """

    title: Line
    body: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    numbered: bool = False
    notice: Line | None = None

    def choices(self) -> tuple[Choice, ...]:
        """All buttons that mean something to us, in reading order."""
        return tuple(choice for row in self.rows for choice in row if choice.key)
