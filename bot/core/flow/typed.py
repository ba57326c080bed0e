"""What typed words do at each kind of prompt."""

from __future__ import annotations

from datetime import datetime

from bot.core.flow.checks import CONTROLS, MAX_BUTTONS
from bot.core.flow.definition import ChoiceStep, Flow, ListStep, MatrixStep, PickStep, TextStep
from bot.core.flow.entry import read_list, read_text
from bot.core.flow.events import Said
from bot.core.flow.moves import assign, columns_of, move_on
from bot.core.flow.picks import take_numbers
from bot.core.flow.program import Program, Prompt, base_row, program
from bot.core.flow.rows import RowReading, read_row, split_sheet
from bot.core.flow.session import Session
from bot.core.flow.wishes import take_wish
from bot.core.text import Figures, Line, Text, listed, say

_MISSES_BEFORE_CARD = 2


def said(flow: Flow, session: Session, words: Said, now: datetime) -> Session:
    """Take typed words as the answer to the prompt shown; what cannot be read loses nothing."""
    text, known_as = words.text, words.known_as
    plan = program(flow, session)
    prompt = plan.find(session.position)
    session = session.changed(notice=None, aside=None)
    if prompt is None:
        return session
    match prompt.step:
        case TextStep() as step:
            reading = read_text(
                text,
                length=step.length,
                kind=step.format,
                now=now,
                zone=str(session.param("zone") or "UTC"),
                known_as=known_as,
                original=str(session.param("original") or ""),
            )
            if reading.problem is not None:
                return _missed(session, reading.problem)
            return move_on(flow, assign(flow, session, prompt, reading.entries[0]), prompt)
        case ListStep() as step:
            return _list(flow, session, prompt, step, words)
        case PickStep() as step:
            after, problem = take_numbers(flow, session, prompt, step, text)
            return after.changed(misses=0) if problem is None else _missed(after, problem)
        case MatrixStep() as step:
            return _sheet(flow, session, _consecutive(plan, session, prompt), step, text)
        case ChoiceStep() as step if (wished := take_wish(flow, session, prompt, step, text)) is not None:
            return wished
        case _:
            return _missed(session, say("Please tap a button here, or type the words on it."))


def fits_buttons(flow: Flow, session: Session, step: MatrixStep) -> bool:
    """Whether the row can be shown as buttons within Telegram's limit."""
    cells = len(session.items(step.columns)) * (len(flow.scales[step.scale]) + bool(step.unknown))
    return cells + CONTROLS <= MAX_BUTTONS


def example_row(flow: Flow, step: MatrixStep, columns: int) -> Figures:
    """A row of the right length that suggests nothing in particular."""
    values = [str(level.value) for level in flow.scales[step.scale]]
    return Figures("".join(values[index * 2 % len(values)] for index in range(columns)))


def example_change(flow: Flow, step: MatrixStep, columns: int) -> Figures:
    """How to change one level."""
    scale = flow.scales[step.scale]
    return Figures(f"{columns}={scale[len(scale) // 2].value}")


def _list(flow: Flow, session: Session, prompt: Prompt, step: ListStep, words: Said) -> Session:
    given = session.answers.get(prompt.key, ())
    known = given if isinstance(given, tuple) else ()
    reading = read_list(words.text, limits=step.items, kind=step.format, known=known, known_as=words.known_as)
    if reading.entries:
        session = assign(flow, session, prompt, (*known, *reading.entries))
    return _missed(session, reading.problem) if reading.problem is not None else session.changed(misses=0)


def _sheet(flow: Flow, session: Session, prompts: list[Prompt], step: MatrixStep, text: str) -> Session:
    columns = columns_of(session, step)
    lines = split_sheet(text, len(columns))
    if len(lines) > len(prompts):
        return _missed(
            session,
            say(
                "That is {given} rows where {needed} are open, so I took none. Please send them again.",
                given=len(lines),
                needed=len(prompts),
            ),
        )
    for place, line in zip(prompts, lines, strict=False):
        before = base_row(session, place)
        levels = [level.value for level in flow.scales[step.scale]]
        reading = read_row(line, columns=columns, levels=levels, unknown=bool(step.unknown), before=before)
        if reading.trouble is None or reading.row != before:
            session = assign(flow, session, place, reading.row)
        if reading.trouble is not None:
            return _unclear(flow, session, place, step, reading)
        session = move_on(flow, session, place)
    return session


def _consecutive(plan: Program, session: Session, prompt: Prompt) -> list[Prompt]:
    """The prompt and the rows of the same matrix that directly follow it."""
    rows: list[Prompt] = []
    for candidate in plan.prompts[plan.prompts.index(prompt) :]:
        if candidate.step.id != prompt.step.id or (rows and session.editing is not None):
            break
        rows.append(candidate)
    return rows


def _unclear(flow: Flow, session: Session, prompt: Prompt, step: MatrixStep, reading: RowReading) -> Session:
    items = session.items(step.columns)
    scale = flow.scales[step.scale]
    low, high = scale[0].value, scale[-1].value
    example = example_row(flow, step, len(items))
    still_open: tuple[Line, ...] = tuple(
        listed(number, item.label) for number, item in enumerate(items, 1) if item.key not in reading.row
    )
    notice: Text
    if reading.trouble == "many":
        notice = say(
            "That is {given} levels where {needed} are needed, so I took none. Please send the row again.",
            given=reading.given,
            needed=len(items),
        )
    elif not reading.row:
        notice = say(
            "I could not read levels there. Send digits from {low} to {high}, for example {example}.",
            low=low,
            high=high,
            example=example,
        )
    elif still_open:
        notice = say(
            "Still open: {open}. Levels go from {low} to {high}.",
            open=still_open,
            low=low,
            high=high,
        )
    else:
        notice = say(
            "That was not all clear. Send the whole row, or {example} to change one level.",
            example=example_change(flow, step, len(items)),
        )
    missed = _missed(session, notice)
    if missed.misses >= _MISSES_BEFORE_CARD and fits_buttons(flow, session, step):
        return missed.changed(entry="card", misses=0)
    return missed


def _missed(session: Session, notice: Text) -> Session:
    return session.changed(notice=notice, misses=session.misses + 1)
