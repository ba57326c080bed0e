"""On which side the lines of a card begin. Source: Unicode Standard Annex 9, rules P2 and P3."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from bot.app.ports import Catalogs
from bot.core.cards import Card
from bot.core.directions import END_OF_ISOLATE, runs_right_to_left
from bot.core.text import Text

ISOLATES = frozenset("\u2066\u2067\u2068")


def lines_begun_left(card: Card, language: str, catalogs: Catalogs) -> Iterator[str]:
    """Paragraphs of a card in a right-to-left language that begin on the left; not those in another language."""
    for line in (card.title, card.notice or "", *card.body):
        if isinstance(line, Text):
            for paragraph in catalogs.render(line, language).split("\n"):
                if paragraph and begins_left(paragraph):
                    yield paragraph


def begins_left(paragraph: str) -> bool:
    """Whether something of a right-to-left language would begin on the left.

    The first letter outside isolates decides. When there is none, the paragraph runs from left to right, like one
    that begins with a Latin letter; one that is in Latin letters throughout is in another language.
    """
    depth = 0
    for place, letter in enumerate(paragraph):
        if letter in ISOLATES:
            depth += 1
        elif letter == END_OF_ISOLATE:
            depth = max(0, depth - 1)
        elif depth == 0 and (direction := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}:
            return direction == "L" and runs_right_to_left(paragraph[place:])
    return True
