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
LONGEST_WORD = 28
"""Characters of a word that fit a line however wide they are."""
NARROWEST, WIDE = 8.0, 1.6
"""Small letters that fit the narrowest column of a table; how many of them capitals and most other scripts take."""
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

    def line(self, line: Line) -> Json:
        """Words with what typst cannot know of them.

        Returns: ``words``; ``broken``, the same with a break after every letter, or None when no word is too wide
            for a column; ``rtl``; and ``own`` for what people typed themselves, in whichever language.
        """
        return self._line(line)

    def cell(self, cell: Cell) -> Json:
        """A field of a table: its line, its shade, and the sign for opposing views or nothing."""
        opposed = OPPOSED_SIGN if cell.opposed else ""
        return {**self._line(cell.words), "shade": cell.shade, "opposed": opposed}

    def _line(self, line: Line) -> dict[str, Json]:
        words = self.plain(line)
        rtl = begins_right_to_left(words)
        return {
            "words": breakable(words, LONGEST_WORD, every=LONGEST_WORD),
            "broken": breakable(words, 0, every=1) if any(map(_is_wide, words.split())) else None,
            "rtl": self.right_to_left if rtl is None else rtl,
            "own": not isinstance(line, Text | Figures),
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


def _is_wide(word: str) -> bool:
    """Whether a word may be wider than a column; typst measures it then."""
    return sum(1 if letter.islower() else WIDE for letter in word) > NARROWEST


def breakable(words: str, longest: int, *, every: int) -> str:
    """Allow breaks in words that are longer than so many characters, between two letters and so far apart."""
    return _WORD.sub(lambda found: _broken(found[0], every) if len(found[0]) > longest else found[0], words)


def _broken(word: str, every: int) -> str:
    written, since = [], 0
    for before, letter in zip(word[:1] + word, word, strict=False):
        if since >= every and _may_break(before, letter):
            written.append(BREAK_HERE)
            since = 0
        written.append(letter)
        since += 1
    return "".join(written)


def _may_break(before: str, letter: str) -> bool:
    """Whether two characters belong to different letters."""
    joined = {before, letter} & _JOINERS or unicodedata.combining(before) == _VIRAMA
    return not joined and unicodedata.category(letter) not in _MARKS_OF_A_CLUSTER
