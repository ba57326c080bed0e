"""Published words as fields of a table, and what the signs in them mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from bot.app.levels import level_name
from bot.app.reports.sources import DecisionWords
from bot.app.sayings import level_words, levels_mean, statement_words
from bot.app.work import Work
from bot.core.document import NOTHING_SIGN, OPPOSED_SIGN, WITHHELD_SIGN, Cell, Key
from bot.core.figures.named import NamedDecision
from bot.core.figures.published import PublishedDecision
from bot.core.figures.words import AgreementSaid, LevelSaid, LevelWord, Rung, Withheld, slack
from bot.core.flow.definition import Flow
from bot.core.flow.rows import UNKNOWN, write_level
from bot.core.ids import PartnerId
from bot.core.ladder import Level
from bot.core.text import Figures, Line, just, say

SHADES = {LevelWord.LOW: 1, LevelWord.MIDDLE: 2, LevelWord.HIGH: 4}
MOST_LISTED = 6
"""Levels of an open round in one field."""
NOTHING, WITHHELD = Cell(NOTHING_SIGN), Cell(WITHHELD_SIGN)


class Measure(StrEnum):
    """Which of the two levels."""

    ACTUAL = "actual"
    DESIRED = "desired"


def level_cell(
    work: Work,
    flow: Flow,
    words: DecisionWords | None,
    partner: PartnerId,
    measure: Measure,
    *,
    short: bool = False,
) -> Cell:
    """What is said of one partner in one decision.

    Args:
        short: rungs of the ladder by their number.
    """
    if isinstance(words, NamedDecision):
        return _given(words, partner, measure)
    if words is None or partner not in words.cells:
        return NOTHING
    cell = words.cells[partner]
    said = cell.actual if measure is Measure.ACTUAL else cell.desired
    if isinstance(said, Withheld):
        return WITHHELD
    if isinstance(said.word, Rung):
        return replace(rung_cell(work, flow, said.word.level, short=short), opposed=said.opposed)
    return Cell(level_words(work, said.word, flow), SHADES.get(said.word), said.opposed)


def rung_cell(work: Work, flow: Flow | None, level: int, *, short: bool = False) -> Cell:
    """One level, 0 to 4, as a flow names it; without one, of the ladder."""
    return Cell(just(level) if short else level_name(work, level, flow), shade=level)


def _given(words: NamedDecision, partner: PartnerId, measure: Measure) -> Cell:
    """The levels that the seats of an open round gave, or their ends where they are many; shaded by their middle."""
    rows = [row.actual if measure is Measure.ACTUAL else row.desired for row in words.rows]
    levels = [row.get(partner) for row in rows if row]
    known = sorted(level for level in levels if level is not None)
    if not levels:
        return NOTHING
    told = " ".join(map(write_level, levels))
    if len(levels) > MOST_LISTED and known:
        told = f"{known[0]}–{known[-1]}"
    return Cell(Figures(told), known[(len(known) - 1) // 2] if known else None)


def agreement_cell(words: DecisionWords | None) -> Cell:
    """How many agree with how a decision is taken, in a few words."""
    if not isinstance(words, PublishedDecision):
        return NOTHING
    said = words.agreement
    return Cell(statement_words(said.word)) if isinstance(said, AgreementSaid) else WITHHELD


def keys(
    work: Work, flow: Flow, words: Iterable[DecisionWords], *, seats: int, short: bool = False
) -> tuple[Key, ...]:
    """The meaning of the signs that occur in these words.

    Args:
        flow: whose levels they are.
        seats: the most seats of one partner, which decides when views oppose each other.
        short: as for ``level_cell``.
    """
    return tuple(_keys(work, flow, tuple(words), seats, short))


def _keys(work: Work, flow: Flow, words: tuple[DecisionWords, ...], seats: int, short: bool) -> Iterator[Key]:
    if any(isinstance(one, NamedDecision) for one in words):
        yield Key(Cell(Figures(UNKNOWN)), say("not sure"))
        yield Key(NOTHING, named())
    cells = [cell for one in words if isinstance(one, PublishedDecision) for cell in one.cells.values()]
    said = [one for cell in cells for one in (cell.actual, cell.desired)]
    levels = [one for one in said if isinstance(one, LevelSaid)]
    if short and any(isinstance(one.word, Rung) for one in levels):
        for level in reversed(Level):
            yield Key(rung_cell(work, flow, level, short=True), level_name(work, level, flow))
    if any(one.opposed for one in levels):
        opposed: Line = say(
            "Views oppose each other: at least {least} high and at least {least} low.", least=slack(seats)
        )
        yield Key(Cell(OPPOSED_SIGN), opposed)
    if any(isinstance(one, Withheld) for one in said):
        yield Key(WITHHELD, say("Cannot be told safely this time."))
    if short and levels and not any(isinstance(one.word, Rung) for one in levels):
        yield Key(NOTHING, levels_mean(rungs=False))


def named() -> Line:
    """What holds for levels with names."""
    return say(
        "An open round: every seat agreed that levels are shown with the name of the partner who gave them."
    )
