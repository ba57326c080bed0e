"""Lines of a document as typst takes them: words, their direction, and places where a long word may break."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

from bot.app.ports import Catalogs
from bot.core.directions import begins_right_to_left
from bot.core.document import OPPOSED_SIGN, Cell
from bot.core.text import Figures, Line, Text

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

LONGEST_LINE = 600
"""Characters; what people type is shorter, and a report is not the place for more."""
BREAK_HERE = "\u200b"
_WORD = re.compile(r"\S+")
_JOINERS = frozenset("\u200d\u200c")
_MARKS_OF_A_CLUSTER = frozenset({"Mn", "Mc", "Me"})
_VIRAMA = 9  # the combining class of what joins two consonants


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes lines in one language."""

    catalogs: Catalogs
    language: str

    @property
    def right_to_left(self) -> bool:
        return self.catalogs.is_right_to_left(self.language)

    def line(self, line: Line, *, longest_word: int = 40) -> Json:
        """Words with what typst cannot know of them: ``rtl``, and ``own`` for what people typed themselves."""
        words = self.plain(line)
        rtl = begins_right_to_left(words)
        return {
            "words": breakable(words, longest_word),
            "rtl": self.right_to_left if rtl is None else rtl,
            "own": not isinstance(line, Text | Figures),
        }

    def cell(self, cell: Cell, *, longest_word: int) -> Json:
        return {
            **self.line(cell.words, longest_word=longest_word),  # type: ignore[dict-item]
            "shade": cell.shade,
            "opposed": OPPOSED_SIGN if cell.opposed else "",
        }

    def plain(self, line: Line) -> str:
        """The words alone, without what no file should carry."""
        words = self.catalogs.render(line, self.language)
        kept = "".join(letter for letter in words if letter == "\n" or unicodedata.category(letter) != "Cc")
        return kept if len(kept) <= LONGEST_LINE else kept[: LONGEST_LINE - 1] + "…"

    def digits(self) -> list[Json]:
        """Ten digits, from zero."""
        written = self.catalogs.render(Figures("0123456789"), self.language)
        return [letter for letter in written if letter.isdigit()]


def breakable(words: str, longest: int) -> str:
    """Allow a break in every word that is longer than so many characters, between two of its letters."""
    return _WORD.sub(lambda found: _broken(found[0], longest), words)


def _broken(word: str, longest: int) -> str:
    if len(word) <= longest:
        return word
    written, since = [], 0
    for place, letter in enumerate(word):
        if since >= longest and _may_break(word[place - 1], letter):
            written.append(BREAK_HERE)
            since = 0
        written.append(letter)
        since += 1
    return "".join(written)


def _may_break(before: str, letter: str) -> bool:
    """Whether two characters belong to different letters."""
    joined = {before, letter} & _JOINERS or unicodedata.combining(before) == _VIRAMA
    return not joined and unicodedata.category(letter) not in _MARKS_OF_A_CLUSTER
