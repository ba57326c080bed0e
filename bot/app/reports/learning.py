"""Releases across partnerships as rows for researchers, and the dictionary that explains them.

Both are English in every language, as the names of columns are: whoever works with the data reads one dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from bot.app.learning import STILL_COUNTS, Told
from bot.core.document import Records, Value
from bot.core.figures.learning import MOST_COMPARED, MOST_MOVED, Learned, ThemeWords
from bot.core.figures.words import (
    AgreementSaid,
    AgreementWord,
    LevelSaid,
    LevelWord,
    Withheld,
    floor,
    slack,
)
from bot.core.rounds.themes import Theme

Said: TypeAlias = AgreementSaid | LevelSaid | Withheld

WITHHELD_WORD = "withheld"
MEASURES = {
    "contested": "in how many partnerships at least half of the decisions on the theme are contested",
    "gap": "for how many partners more say is wished for, from none (low) over fewer than half (middle) to at least "
    "half of them (high), in more than half of the partnerships",
}


class Column(NamedTuple):
    """What one column means.

    Attributes:
        values: those it can have.
        made: how it is computed.
    """

    name: str
    meaning: str
    values: str
    made: str


def _either(*values: str) -> str:
    return " | ".join(values)


COLUMNS = (
    Column(
        "release_date",
        "the day of the release; with theme and measure it identifies a row for good",
        "ISO date: 1 January, 1 April, 1 July or 1 October",
        "fixed; a release is never changed or made again. One that was missed by more than a quarter is left out.",
    ),
    Column(
        "theme", "what the decisions are about", _either(*Theme), "chosen by facilitators for each decision"
    ),
    Column(
        "measure",
        "; ".join(f"{name}: {meaning}" for name, meaning in MEASURES.items()),
        _either(*MEASURES),
        "from the published words of the newest confidential round of each partnership that decided something about "
        f"the theme and ended in the last {STILL_COUNTS.days} days. A decision is contested when no more than half "
        "are said to agree with how it is taken. More say is wished for a partner when the word for its wished "
        "level stands above the word for its actual one; partners of whom the words cannot be compared are left out.",
    ),
    Column(
        "word",
        "what is told of the partnerships that shared",
        f"contested: {_either(*AgreementWord, WITHHELD_WORD)}; gap: {_either(*LevelWord, WITHHELD_WORD)}",
        "most: all, or all but at most slack. few: none, or at most slack. split: in between; from ten partnerships "
        "on also fewer_than_half and more_than_half. high, middle, low: more than half. mixed: none of these. "
        "withheld is neither zero nor empty: fewer than floor partnerships answered, or a word would have pointed "
        "at one.",
    ),
    Column(
        "opposed",
        "at least slack partnerships have a gap of none and at least slack one of at least half",
        "1 | 0 | empty (measure contested, or withheld)",
        "part of the word for a gap",
    ),
    Column(
        "changed_since_last",
        "whether the word differs from the release before",
        "1 | 0 | empty (first release, or withheld in one of both)",
        "from the words alone. 0 does not mean that nothing changed: a word stands as long as the partnerships that "
        "joined, left or reflected anew since it was first said could explain another one, and always when more than "
        f"{MOST_MOVED} of them did or more than {MOST_COMPARED} answered. It is said afresh once no answer of then "
        "is left.",
    ),
    Column(
        "floor",
        "fewest partnerships of which anything is told",
        f"whole number, at least {floor(1)}",
        "max(5, 2 c + 3); c is the most of these partnerships that one person belongs to",
    ),
    Column("slack", "room for doubt in most and few", f"whole number, at least {slack(1)}", "c + 1"),
)

LIMITS = (
    "The partnerships that share choose to do so; they are no sample of anything.",
    "Rows count partnerships, not people or decisions; two measures of a theme may rest on different partnerships.",
    "c sees accounts of this bot only. Somebody with a second account, or all others together, could work out more.",
    "No row allows to compute a number of partnerships, and none should be guessed from several releases.",
)
LICENCE = (
    "This program attaches no licence to the data. Whoever runs the bot says under which one they pass it on "
    "(we suggest CC BY 4.0) and names the Power Awareness Tool of Partos as the method."
)


def records(told: Sequence[Told]) -> Records:
    """A row for each release, theme and measure, the first release first."""
    rows = tuple(row for place in range(len(told)) for row in _rows(told, place))
    return Records(tuple(column.name for column in COLUMNS), rows)


def _rows(told: Sequence[Told], place: int) -> Iterator[tuple[Value, ...]]:
    now, before = told[place], told[place - 1].words if place else Learned()
    seats = now.words.seats
    for theme, said in now.words.themes.items():
        then = before.themes.get(theme, ThemeWords())
        for measure, text, last in (
            ("contested", said.contested, then.contested),
            ("gap", said.gap, then.gap),
        ):
            opposed = int(text.opposed) if isinstance(text, LevelSaid) else None
            row = (now.at.date().isoformat(), theme, measure, _word(text), opposed, _changed(text, last))
            yield (*row, floor(seats), slack(seats))


def _word(text: Said) -> str:
    return WITHHELD_WORD if isinstance(text, Withheld) else text.word


def _changed(text: Said, last: Said) -> int | None:
    if isinstance(text, Withheld) or isinstance(last, Withheld):
        return None
    return int(text != last)


def dictionary() -> Records:
    """Every column, as rows."""
    return Records(("column", "meaning", "values", "computed"), tuple(COLUMNS))


def readme() -> str:
    """Everything to know before the data is used, as Markdown."""
    head = ["| column | meaning | values | computed |", "|---|---|---|---|"]
    rows = [
        "| " + " | ".join(part.replace("|", "\\|") for part in (f"`{one.name}`", *one[1:])) + " |"
        for one in COLUMNS
    ]
    return "\n".join(
        [
            "# learning.csv",
            "",
            "What partnerships that share learn from each other, release by release. UTF-8 with a byte order mark, "
            "commas, one row for each release, theme and measure.",
            "",
            *head,
            *rows,
            "",
            "## Limits",
            "",
            *(f"- {limit}" for limit in LIMITS),
            "",
            "## Licence",
            "",
            LICENCE,
            "",
        ]
    )
