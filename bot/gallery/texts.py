"""Which texts of the catalogs a card is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.core.cards import Card
from bot.core.text import Line, Text

_NO_WORDS = re.compile(r"(?:\{\w+\}|\W)*")
"""Nothing but values and signs has nothing to translate."""

Source: TypeAlias = tuple[str | None, str]
"""A text as catalogs know it: its context and its English."""


@dataclass(frozen=True, slots=True)
class Known:
    """A text of the catalogs.

    Attributes:
        notes: what it is and where it stands, for translators.
    """

    source: Source
    plural: str | None
    notes: tuple[str, ...]

    @property
    def text(self) -> Text:
        """The text with its placeholders showing; of one with a plural the form for a hundred."""
        context, msgid = self.source
        return Text(msgid, {"count": 100} if self.plural else {}, context=context, plural=self.plural)


def sources(card: Card) -> Iterator[Source]:
    """Every text of a card, those within texts included; not what people worded themselves."""
    yield from _sources(card.title)
    yield from _sources(card.notice or "")
    for line in card.body:
        yield from _sources(line)
    for row in card.rows:
        for choice in row:
            yield from _sources(choice.label)


def _sources(line: Line) -> Iterator[Source]:
    if not isinstance(line, Text):
        return
    if line.template is None and not _NO_WORDS.fullmatch(line.msgid):
        yield line.context, line.msgid
    for value in line.args.values():
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Text):
                yield from _sources(part)
