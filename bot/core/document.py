"""Documents as values: what a report, a picture or a workbook says; no language, no file format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.core.text import Line, listed

DARKEST = 4
OPPOSED_SIGN, WITHHELD_SIGN, NOTHING_SIGN = "±", "–", ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table.

    Attributes:
        words: says everything, so that a reader without colours misses nothing.
        shade: from 0, white, to ``DARKEST``; None where shades mean nothing.
        opposed: views oppose each other, which adds ``OPPOSED_SIGN``.
    """

    words: Line
    shade: int | None = None
    opposed: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    words: Line
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: Line


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences that each stand alone, below a few words that say what they are about.

    Attributes:
        numbered: each begins with its number already.
    """

    lines: tuple[Line, ...]
    about: Line | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head.

    Attributes:
        head: one entry a column; empty for a table without one.
        rows: the first cell of each says what the row is about.
    """

    head: tuple[Line, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def parts(self, most: int) -> Iterator[Table]:
        """The same in tables of at most so many columns beside the first, all about equally wide."""
        columns = max(map(len, (self.head, *self.rows))) - 1
        number = -(-columns // most)
        width = -(-columns // number) if number else 0
        for start in range(1, columns + 1, width) if number > 1 else (1,):
            end = start + width
            yield Table(
                (*self.head[:1], *self.head[start:end]),
                tuple((row[0], *row[start:end]) for row in self.rows),
            )


@dataclass(frozen=True, slots=True)
class Key:
    """What a sign in a matrix means."""

    sign: Cell
    words: Line


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One decision: its wording, and a cell for each column."""

    wording: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Decisions and partners, with a short word where they meet.

    Attributes:
        name: what it is called among others, a word or two.
        columns: short names of the partners.
        key: the signs that occur.
    """

    heading: Line
    name: Line
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    key: tuple[Key, ...] = ()

    def table(self) -> Table:
        """Itself with numbered wordings in front."""
        return Table(
            ("", *self.columns),
            tuple((Cell(listed(number, row.wording)), *row.cells) for number, row in enumerate(self.rows, 1)),
        )


@dataclass(frozen=True, slots=True)
class Legend:
    """What the signs in the tables before it mean."""

    keys: tuple[Key, ...]


Block: TypeAlias = Heading | Paragraph | Points | Table | Matrix | Legend


@dataclass(frozen=True, slots=True)
class Document:
    """A report from its heading to its last line; ``date`` is the day it was made."""

    heading: Line
    subtitle: Line
    date: Line
    blocks: tuple[Block, ...]


Value: TypeAlias = Line | int | None


@dataclass(frozen=True, slots=True)
class Records:
    """Rows for other programs.

    Attributes:
        columns: names that never change and are never translated.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Tables to read, and the same as records; the title names no person."""

    title: Line
    matrices: tuple[Matrix, ...]
    records: Records
