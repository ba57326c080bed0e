"""What a person or a group is shown, as values: no language, no Telegram."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.core.text import Line

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
FILE_KIND = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")


class Icon(StrEnum):
    """A small picture in front of a label, for those who look for a button rather than read it.

    It only ever repeats the label: people may switch pictures off, and then nothing is missing.
    """

    HOME = "home"
    LANGUAGE = "language"
    PRIVACY = "privacy"
    HELP = "help"
    PAUSE = "pause"
    SKIP = "skip"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Choice:
    """One button.

    Attributes:
        label: what stands on it; typing the same words does the same as tapping.
        key: what it means, absolute ("actual/d2:p5=3" or a page like "p/4/round"), so that a tap that comes
            twice or late does no harm. Never sent to Telegram as it is when it belongs to a sitting.
        url: opens a link instead; then ``key`` is empty.
        copy: puts these words on the phone's clipboard instead (at most 256 characters).
        icon: the picture that goes with the label.
    """

    label: Line
    key: str = ""
    url: str | None = None
    copy: str | None = None
    icon: Icon | None = None


Row: TypeAlias = tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a card.

    Attributes:
        name: what it is called on the phone. It outlives the chat, so it names no person and no answer; ASCII
            letters, digits, ".", "_" and "-", at most 64, so that every phone and every header can carry it.
        content: the file; or what makes it, out of values alone, where that takes longer than a card should.
        kind: MIME type without parameters, "text/calendar".
    Raises: ValueError, for another name or kind.
    """

    name: str
    content: bytes | Callable[[], bytes] = field(repr=False)
    kind: str

    def __post_init__(self) -> None:
        if not FILE_NAME.fullmatch(self.name):
            raise ValueError('the name of a file has 1 to 64 letters, digits, ".", "_" and "-"')
        if not FILE_KIND.fullmatch(self.kind):
            raise ValueError('the kind of a file is a MIME type like "text/calendar"')

    def read(self) -> bytes:
        """The file, made now if it has to be."""
        return self.content if isinstance(self.content, bytes) else self.content()


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
        file: goes with the card, which is then always a message of its own, never an edit of another. The text
            becomes its caption, a quarter as long as a message at most; what is longer is cut.
        language: the one it is said in, whatever its reader speaks; None leaves it to the reader.
    """

    title: Line
    body: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    numbered: bool = False
    notice: Line | None = None
    file: Attachment | None = None
    language: str | None = None

    def choices(self) -> tuple[Choice, ...]:
        """All buttons that mean something to us, in reading order."""
        return tuple(choice for row in self.rows for choice in row if choice.key)
