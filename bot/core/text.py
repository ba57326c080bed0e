"""Messages before they have a language: an English source text with named arguments.

The sentence itself is made at the edge, by ``bot.adapters.i18n``. Words that people typed (names, decisions)
are plain ``str`` and are never translated; both kinds together are a ``Line``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import IntEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo


class Figures(str):
    """Levels as people type them: "420031", "4 2 ? 0", "3=4".

    Written in the digits of the language and from left to right, whatever stands around them.
    """

    __slots__ = ()


class Weekday(IntEnum):
    """A day of the week, which each language has its own name for."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Text:
    """A translatable message.

    Attributes:
        msgid: English source text with ``{name}`` placeholders; also the key in the catalogs.
        args: values of the placeholders; a ``Text`` is translated first, a tuple becomes a list ("A, B and C"),
            a number, a weekday, a date, a time of day, an aware datetime or a time zone (by its city) is written
            as the language writes it.
        context: gettext ``msgctxt``, where one English text needs several translations.
        plural: English plural form; the number is the argument ``count``.
        template: said instead of the translation, with the same placeholders: somebody's own words for it.
    """

    msgid: str
    args: Mapping[str, Value] = field(default_factory=dict)
    context: str | None = None
    plural: str | None = None
    template: str | None = None


Line: TypeAlias = Text | str
Value: TypeAlias = "str | int | date | datetime | time | ZoneInfo | Text | tuple[Line, ...]"


def just(value: Value) -> Text:
    """A value alone, written as each language writes it; there is nothing to translate."""
    return Text("{value}", {"value": value})


def listed(number: int, words: Line) -> Text:
    """One entry of a numbered list."""
    return say("{number}. {answer}", number=number, answer=words)


def length(words: str) -> int:
    """Length as Telegram's limits are kept here: in UTF-16 units, of which a letter takes one or two."""
    return len(words.encode("utf-16-le")) // 2


def say(msgid: str, /, **args: Value) -> Text:
    """Make a message; Babel extracts the first argument of every call."""
    return Text(msgid, args)


def say_in(context: str, msgid: str, /, **args: Value) -> Text:
    """Make a message whose meaning depends on where it stands (gettext ``pgettext``)."""
    return Text(msgid, args, context=context)


def say_count(singular: str, plural: str, /, count: int, **args: Value) -> Text:
    """Make a message that depends on a number (gettext ``ngettext``)."""
    return Text(singular, {"count": count, **args}, plural=plural)
