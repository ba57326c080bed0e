"""Marks that keep text readable where scripts of two directions meet. Source: Unicode Standard Annex 9.

Isolates hold what people typed together, so that it cannot turn the sentence around it; a mark at the beginning of
a line decides on which side the line begins, also for phones that look for the first letter inside an isolate.
"""

from __future__ import annotations

import re
import unicodedata

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
LEFT_TO_RIGHT_ISOLATE, FIRST_STRONG_ISOLATE, END_OF_ISOLATE = "\u2066", "\u2068", "\u2069"
_COMMAND = re.compile(r"(?<!\S)/[a-z]+")
_ALONE = re.compile(f"{FIRST_STRONG_ISOLATE}[^{END_OF_ISOLATE}]*{END_OF_ISOLATE}")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_TELLING = _RIGHT_TO_LEFT | {"L", "LRI", "RLI", "FSI"}


def isolated(words: str) -> str:
    """Words that run in whatever direction their first letter has."""
    return f"{FIRST_STRONG_ISOLATE}{words}{END_OF_ISOLATE}"


def left_to_right(words: str) -> str:
    """Words that run from left to right whatever they are made of: rows of levels, commands."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{words}{END_OF_ISOLATE}"


def with_commands_isolated(words: str) -> str:
    """Keep the slash of "/answer" before its word."""
    return _COMMAND.sub(lambda found: left_to_right(found[0]), words)


def runs_right_to_left(words: str) -> bool:
    """Whether some letter of the words does."""
    if words.isascii():  # told at once, where looking at every letter takes its time
        return False
    return any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in words)


def begun_right(text: str) -> str:
    """A right-to-left text, with a mark in front of each line unless its first letter shows the direction.

    Some phones look into isolates for that letter and others past them, so one that comes first shows nothing.
    """
    return "\n".join(
        RIGHT_TO_LEFT_MARK + line if line and _first(line) not in _RIGHT_TO_LEFT else line
        for line in text.split("\n")
    )


def begun_left(text: str) -> str:
    """A left-to-right text, with a mark in front of each line that words in another direction would turn.

    A line of such words alone runs as they do.
    """
    if text.isascii():
        return text
    return "\n".join(LEFT_TO_RIGHT_MARK + line if _would_turn(line) else line for line in text.split("\n"))


def _would_turn(line: str) -> bool:
    return _first(line) != "L" and runs_right_to_left(line) and _ALONE.fullmatch(line) is None


def _first(line: str) -> str | None:
    """The direction of the first letter or isolate; None when there is neither."""
    directions = (unicodedata.bidirectional(letter) for letter in line)
    return next((found for found in directions if found in _TELLING), None)


def begins_right_to_left(words: str) -> bool | None:
    """Whether the first letter runs from right to left; None when no letter tells."""
    found = (unicodedata.bidirectional(letter) for letter in words)
    first = next((one for one in found if one in _RIGHT_TO_LEFT or one == "L"), None)
    return None if first is None else first in _RIGHT_TO_LEFT
