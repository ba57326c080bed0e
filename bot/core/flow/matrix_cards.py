"""A row of levels as a card: typed by default, with a button for each level on request."""

from __future__ import annotations

from bot.core.cards import Choice, Row
from bot.core.flow import events
from bot.core.flow.definition import Flow, MatrixStep
from bot.core.flow.moves import columns_of
from bot.core.flow.options import levels_of
from bot.core.flow.program import Program, Prompt, base_row, program
from bot.core.flow.rows import plain, write_level, write_row
from bot.core.flow.session import Item, Session
from bot.core.flow.session import Row as Levels
from bot.core.flow.texts import phrase
from bot.core.flow.typed import example_change, example_row
from bot.core.text import Figures, Line, Text, listed, say

_TICK = "✓"


def matrix_body(
    flow: Flow, session: Session, prompt: Prompt, step: MatrixStep, ask: Text, *, first: bool
) -> tuple[Line, ...]:
    """What is asked, who is numbered how, what the levels mean, how to answer.

    Args:
        first: whether this is the first matrix card, which explains every level.
    """
    row = base_row(session, prompt)
    levels = legend(flow, step) if first else (_short_legend(flow, step),)
    now: tuple[Line, ...] = ()
    if row:
        now = (say("Now: {row}", row=write_row(row, columns_of(session, step))),)
    return (
        ask,
        "",
        *numbered(session.items(step.columns)),
        "",
        *levels,
        *now,
        _hint(flow, session, prompt, step),
    )


def matrix_rows(flow: Flow, session: Session, prompt: Prompt, step: MatrixStep) -> tuple[Row, ...]:
    """A row of buttons for each column while levels are tapped; none while they are typed."""
    if session.entry == "row":
        return ()
    row = base_row(session, prompt)
    levels = levels_of(flow, step)
    return tuple(
        tuple(Choice(_cell(number, value, row, key), events.cell(prompt.key, key, value)) for value in levels)
        for number, key in enumerate(columns_of(session, step), 1)
    )


def _cell(number: int, value: int | None, row: Levels, key: str) -> Figures:
    """The label of one level, as it can be typed; with its number, so that no two labels of a card are the same."""
    chosen = _TICK if key in row and row[key] == value else ""
    return Figures(f"{chosen}{number}={write_level(value)}")


def typed_cell(flow: Flow, session: Session, text: str) -> str | None:
    """The key of the level whose button has these words on it, ticked or not; None when no button has."""
    prompt = program(flow, session).find(session.position) if session.entry == "card" else None
    if prompt is None or not isinstance(prompt.step, MatrixStep):
        return None
    wanted = plain(text).strip().removeprefix(_TICK)
    buttons = (choice for row in matrix_rows(flow, session, prompt, prompt.step) for choice in row)
    return next((b.key for b in buttons if str(b.label).removeprefix(_TICK) == wanted), None)


def is_first_matrix(plan: Program, prompt: Prompt) -> bool:
    return next((p.key for p in plan.prompts if isinstance(p.step, MatrixStep)), None) == prompt.key


def numbered(items: tuple[Item, ...]) -> tuple[Text, ...]:
    """Columns with their numbers, one a line: read out in order, and in order in every direction of writing."""
    return tuple(listed(number, item.label) for number, item in enumerate(items, 1))


def named_row(row: Levels, items: tuple[Item, ...]) -> tuple[Text, ...]:
    """A row with number and name of each column, "1. PA: 4"; a column that is open is left out."""
    return tuple(
        listed(number, say("{name}: {level}", name=item.label, level=Figures(write_level(row[item.key]))))
        for number, item in enumerate(items, 1)
        if item.key in row
    )


def legend(flow: Flow, step: MatrixStep) -> tuple[Line, ...]:
    """Every level with its meaning, one a line."""
    meanings = {level.value: level.means for level in flow.scales[step.scale] if level.means}
    return tuple(
        say("{level}: {meaning}", level=level, meaning=phrase(flow, "scale", meanings[value]))
        if value in meanings
        else level
        for value, level in levels_of(flow, step).items()
    )


def _short_legend(flow: Flow, step: MatrixStep) -> Text:
    return say("Levels: {levels}", levels=tuple(levels_of(flow, step).values()))


def _hint(flow: Flow, session: Session, prompt: Prompt, step: MatrixStep) -> Text:
    columns = len(session.items(step.columns))
    example = example_row(flow, step, columns)
    row = base_row(session, prompt)
    if session.entry == "card":
        if len(row) < columns:
            return say("Tap one level for each number.")
        return say("Tap what should be different, then {keep}.", keep=say("Keep"))
    if row and len(row) < columns:
        return say("Send only what is still open, or the whole row.")
    if row:
        change = example_change(flow, step, columns)
        return say("Send what should be different, for example {example}, or the whole row.", example=change)
    return say("Answer with one digit for each number, for example {example}.", example=example)
