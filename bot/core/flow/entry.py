"""Words that people type: cleaned, measured, and read as one text or as a list.

What is clear is kept; for the rest the person is told what was wrong and what to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.flow.definition import Format, Limits
from bot.core.flow.events import KnownAs
from bot.core.flow.formats import read_date, read_partner, read_zone
from bot.core.flow.prompts import problem_with
from bot.core.text import Text, say, say_count

LONGEST_TEXT = 4096
"""Characters of one message, as Telegram has it; longer ones come as several."""

MOST_LINES = 30
"""Of a list in one message, twice what the longest list has room for: each is compared with all before it."""

MOST_MARKS = 30
"""Marks on one letter, as in the stream-safe format of Unicode; no script needs so many (UAX 15, section 13)."""

_JOINERS = "\u200c\u200d"
_STRAY_JOINER = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)|(?<=[{_JOINERS}])[{_JOINERS}]+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_BULLET = re.compile(r"^(?:[-*\u2022\u2013·]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a text; ``problem`` says what to do about the rest."""

    entries: tuple[str, ...] = ()
    problem: Text | None = None


def steady(text: str) -> str:
    """A text without marks piled upon marks: to put those in order takes time that grows with their square."""
    if text.isascii():
        return text
    kept, marks = [], 0
    for character in text:
        if unicodedata.combining(character):
            marks += 1
        elif character.isspace() or unicodedata.category(character) not in _UNSEEN:
            marks = 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def clean(text: str) -> str:
    """Make a text safe to store and show: one line, no control characters, overrides or invisible ones.

    The joiners of Persian, Indic scripts and emoji stay where they join something.
    """
    spaced = "".join(" " if character.isspace() else character for character in text)
    visible = "".join(
        character
        for character in spaced
        if character in _JOINERS or unicodedata.category(character) not in _UNSEEN
    )
    folded = " ".join(visible.split())
    return " ".join(unicodedata.normalize("NFC", _STRAY_JOINER.sub("", folded)).split())


def read_text(
    text: str,
    *,
    length: int,
    kind: Format,
    now: datetime,
    zone: str = "UTC",
    known_as: KnownAs = str,
    original: str = "",
) -> Reading:
    """Read one text of at most ``length`` characters.

    Args:
        now: aware; a date must not lie before its day.
        zone: where that day is looked at.
        known_as: what a city is called here.
        original: what a prompt must keep the placeholders of.
    """
    words = clean(text)
    if not words:
        return Reading(problem=say("I found no words in that. Please write your answer."))
    if len(words) > length:
        return Reading(problem=too_long(words, length))
    if kind == "zone":
        place = read_zone(known_as(words))
        unknown = say("I do not know that place. Send a large city of that time zone, such as Nairobi.")
        return Reading((place,)) if place is not None else Reading(problem=unknown)
    if kind == "date":
        day = read_date(words)
        if day is None:
            return Reading(problem=say("I could not read that date. Please write it like 31/3/2027."))
        if day < now.astimezone(ZoneInfo(zone)).date():
            return Reading(problem=say("That day has passed already. Please send a later one."))
        return Reading((day.isoformat(),))
    problem = problem_with(words, original=original) if kind == "prompt" else None
    return Reading((words,)) if problem is None else Reading(problem=problem)


def read_list(
    text: str, *, limits: Limits, kind: Format, known: Sequence[str], known_as: KnownAs = str
) -> Reading:
    """Read new entries, one a line; those in ``known`` or repeated are passed over.

    Returns: the entries to add. With more than ``limits.max`` in all, none.
    """
    lines = [words for words in (clean(_BULLET.sub("", line.strip())) for line in text.splitlines()) if words]
    if not lines:
        return Reading(problem=say("I found no words in that. Please send one entry a line."))
    if len(lines) > MOST_LINES:
        return _too_many(len(known) + len(lines), limits)
    entries: list[str] = []
    problem: Text | None = None
    for line in lines:
        if kind == "partner":
            entry, complaint = read_partner(
                line, length=limits.length, known=(*known, *entries), known_as=known_as
            )
        elif len(line) > limits.length:
            entry, complaint = None, too_long(line, limits.length)
        else:
            entry, complaint = line, None
        problem = problem or complaint
        if entry is not None and _folded(entry) not in map(_folded, (*known, *entries)):
            entries.append(entry)
    if len(known) + len(entries) > limits.max:
        return _too_many(len(known) + len(entries), limits)
    return Reading(tuple(entries), problem)


def _too_many(count: int, limits: Limits) -> Reading:
    return Reading(
        problem=say_count(
            "With these there would be {count} entry; there is room for {most}. None was added.",
            "With these there would be {count} entries; there is room for {most}. None was added.",
            count,
            most=limits.max,
        )
    )


def _folded(words: str) -> str:
    return words.casefold()


def too_long(words: str, length: int) -> Text:
    """What to do about words that are longer than they may be."""
    return say(
        "That has {given} characters; there is room for {most}. Please send it again, a little shorter.",
        given=len(words),
        most=length,
    )
