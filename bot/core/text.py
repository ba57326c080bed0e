"""Messages before they have a language: an English source text with named arguments.

The sentence itself is made at the edge, by ``bot.adapters.i18n``. Words that people typed (names, decisions)
are plain ``str`` and are never translated; both kinds together are a ``Line``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A translatable message.

    Attributes:
        msgid: English source text with ``{name}`` placeholders; also the key in the catalogs.
        args: values of the placeholders; a ``Text`` is translated first, a tuple becomes a list ("A, B and C"),
            a date or an aware datetime is written as the language writes it.
        context: gettext ``msgctxt``, where one English text needs several translations.
        plural: English plural form; the number is the argument ``count``.
    """

    msgid: str
    args: Mapping[str, Value] = field(default_factory=dict)
    context: str | None = None
    plural: str | None = None


Line: TypeAlias = Text | str
Value: TypeAlias = "str | int | date | datetime | Text | tuple[Line, ...]"


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
