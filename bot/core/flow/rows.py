"""Levels typed as a row of digits.

``420031`` gives six columns, ``?`` or ``-`` means not known, ``3=4`` sets the third. Digits of any script
count. A level is never guessed: with too many, nothing is taken; one outside the scale leaves its column
open, and so does one letter in a whole row. Among other words no digit has a place of its own: "PA 4" and
"1. 4" are not taken for the levels of whatever columns are open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.core.flow.session import Row
from bot.core.text import Figures

UNKNOWN = "?"
"""How "I do not know" is written; a dash is read as well."""

Trouble: TypeAlias = Literal["many", "few", "unread"]

_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
_SIGNS = str.maketrans(_DASHES | {"\u061f": "?", "\u2236": ":", "\ufe55": ":"})
SEPARATORS = r"\s,;\u060c\u061b\u066b\u1361\u1363\u1364\u3001"
"""Spaces, and the commas and semicolons of keyboards: also Arabic, Ethiopic, Chinese."""
_CORRECTION = re.compile(rf"(?<!\w)(\d+)\s*[=:]\s*([^{SEPARATORS}]+)")
_UNSEEN = "\u034f\ufe0e\ufe0f\u20e3"
"""A joiner, how an emoji is drawn, and the key around its digit."""
_LEVEL = re.compile(r"[0-9?\-]")
_TOKEN = re.compile(rf"[0-9?\-]|[^0-9?\-{SEPARATORS}]+")


@dataclass(frozen=True, slots=True)
class RowReading:
    """What was read of a row.

    Attributes:
        row: the levels known now, by column key, those before included.
        trouble: why the row needs another message; None when all that was sent is clear.
        given: how many levels were sent, corrections not counted.
    """

    row: Row = field(default_factory=dict)
    trouble: Trouble | None = None
    given: int = 0


def read_row(
    text: str, *, columns: tuple[str, ...], levels: Collection[int], unknown: bool, before: Row
) -> RowReading:
    """Read one row.

    Args:
        columns: column keys in the order they are numbered, from 1.
        levels: values of the scale.
        unknown: whether "not known" is an answer.
        before: what is known of this row; a short row fills what is open of it.
    """
    signs = plain(text)
    corrections = _CORRECTION.findall(signs)
    tokens = _TOKEN.findall(_CORRECTION.sub(" ", signs))
    if not corrections and not any(_LEVEL.fullmatch(token) for token in tokens):
        return RowReading(dict(before), "unread")
    given, clear = len(tokens), _is_in_order(tokens, len(columns))
    if not clear:
        tokens = []
    still_open = [column for column in columns if column not in before]
    if len(tokens) == len(columns):
        targets, row = list(columns), {}
    else:
        targets, row = still_open, dict(before)
    if len(tokens) > len(targets):
        trouble: Trouble = "few" if len(tokens) < len(columns) and not still_open else "many"
        return RowReading(dict(before), trouble, given)
    changes = list(zip(targets, tokens, strict=False))
    for number, token in corrections:
        if 1 <= int(number[:4]) <= len(columns):
            changes.append((columns[int(number[:4]) - 1], token))
        else:
            clear = False
    for column, token in changes:
        if token.isdecimal() and len(token) == 1 and int(token) in levels:
            row[column] = int(token)
        elif token in ("-", "?") and unknown:
            row[column] = None
        else:
            clear = False
    if not clear:
        return RowReading(row, "unread", given)
    return RowReading(row, "few" if len(row) < len(columns) else None, given)


def _is_in_order(tokens: list[str], columns: int) -> bool:
    """Whether each token stands for one level: all do, or all but a slip of one letter in a whole row."""
    stray = [token for token in tokens if not _LEVEL.fullmatch(token)]
    is_slip = len(tokens) == columns and len(stray) == 1 and len(stray[0]) == 1 and stray[0].isalpha()
    return not stray or is_slip


def split_sheet(text: str, columns: int) -> tuple[str, ...]:
    """Split a message into rows: its lines when they hold more levels than one row has, else all of it."""
    lines = tuple(line for line in text.splitlines() if line.strip())
    levels = sum(len(_LEVEL.findall(_CORRECTION.sub(" ", plain(line)))) for line in lines)
    return lines if len(lines) > 1 and levels > columns else (text,)


def write_row(row: Row, columns: tuple[str, ...], *, between: str = " ") -> Figures:
    """A row as people type it: "4 2 ? 0", or "1=4 4=0" while some columns are open."""
    if all(column in row for column in columns):
        return Figures(between.join(write_level(row[column]) for column in columns))
    known = (number for number, column in enumerate(columns, 1) if column in row)
    return Figures(" ".join(f"{number}={write_level(row[columns[number - 1]])}" for number in known))


def write_level(level: int | None) -> str:
    """One level as people type it."""
    return UNKNOWN if level is None else str(level)


def plain(text: str) -> str:
    """A text with the digits and signs of any script as plain ones, and nothing invisible in it."""
    normal = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in normal
        if c.isspace() or not (c in _UNSEEN or unicodedata.category(c) in {"Cc", "Cf", "Cs"})
    )
