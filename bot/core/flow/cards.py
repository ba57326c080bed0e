"""What is shown of a session, as a value: no language, no Telegram.

The first line never names a decision, a partner or an answer, since a locked screen shows it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from bot.core.cards import Card, Choice, Icon, Row
from bot.core.flow import events
from bot.core.flow.definition import (
    ChoiceStep,
    ConsentStep,
    Flow,
    ListStep,
    MatrixStep,
    PickStep,
    ReviewStep,
    TextStep,
)
from bot.core.flow.formats import partner_words
from bot.core.flow.matrix_cards import is_first_matrix, legend, matrix_body, matrix_rows, named_row
from bot.core.flow.moves import can_go_back, is_complete
from bot.core.flow.options import choice_keys, chosen_label, options_of, shown_words
from bot.core.flow.picks import pick_body, pick_rows
from bot.core.flow.program import Program, Prompt, program
from bot.core.flow.prompts import AS_WRITTEN, Reworded
from bot.core.flow.review import pause, review_card
from bot.core.flow.session import Session
from bot.core.flow.taps import aside_text, may_skip
from bot.core.flow.texts import phrase
from bot.core.flow.typed import example_change, fits_buttons
from bot.core.flow.wishes import wish_of
from bot.core.text import Line, Text, listed, say

Lines: TypeAlias = tuple[Line, ...]

_PER_ROW = 4
_TAKE_OFF_PER_ROW = 5


def card(flow: Flow, session: Session, reworded: Reworded = AS_WRITTEN) -> Card:
    """The card that shows where the session stands."""
    plan = program(flow, session)
    prompt = plan.find(session.position)
    if prompt is None:
        return Card(say("Thank you"), (say("This is complete."),))
    if isinstance(prompt.step, ConsentStep):
        return _consent(flow, session, prompt, prompt.step)
    if isinstance(prompt.step, ReviewStep):
        return review_card(flow, session, plan, prompt)
    if session.aside is not None:
        return _aside(flow, session, plan, prompt, session.aside)
    ask = phrase(flow, prompt.step.id, prompt.step.ask, prompt.variables)
    template = reworded.get(prompt.step.id)
    body, rows = _question(flow, session, plan, prompt, replace(ask, template=template))
    helps = _helps(flow, session, prompt, is_reworded=template is not None)
    return Card(
        _title(flow, plan, prompt),
        body,
        (*rows, *_in_rows(_moves(session, plan, prompt), _PER_ROW), *_in_rows(helps, _PER_ROW)),
        numbered=isinstance(prompt.step, ChoiceStep),
        notice=session.notice,
    )


def _title(flow: Flow, plan: Program, prompt: Prompt) -> Text:
    if plan.total == 1:
        return phrase(flow, "title", flow.title)
    return say("Question {number} of {total}", number=prompt.number, total=plan.total)


def _question(
    flow: Flow, session: Session, plan: Program, prompt: Prompt, ask: Text
) -> tuple[Lines, tuple[Row, ...]]:
    match prompt.step:
        case ChoiceStep() as step:
            now = _now(chosen_label(flow, session, prompt, step))
            return (ask, *_shown(flow, session, plan, prompt, step), *now), _options(
                flow, session, prompt, step
            )
        case MatrixStep() as step:
            first = is_first_matrix(plan, prompt)
            return matrix_body(flow, session, prompt, step, ask, first=first), matrix_rows(
                flow, session, prompt, step
            )
        case PickStep() as step:
            return pick_body(session, prompt, step, ask), pick_rows(session, prompt, step)
        case ListStep() as step:
            return _list_body(session, prompt, step, ask), _list_rows(session, prompt)
        case TextStep():
            given = session.answers.get(prompt.key)
            return (ask, *_now(given if isinstance(given, str) else None)), ()
    return (), ()


def _now(answer: Line | None) -> Lines:
    return (say("Now: {answer}", answer=answer),) if answer is not None else ()


def _shown(flow: Flow, session: Session, plan: Program, prompt: Prompt, step: ChoiceStep) -> Lines:
    """What the person gave for the same item at an earlier step, when the choice shows it."""
    words = shown_words(session, prompt, step)
    if words is not None:
        return ("", say("It would read: “{words}”", words=words))
    matrix = plan.find(f"{step.shows}/{prompt.group}") if step.shows is not None else None
    row = session.answers.get(matrix.key) if matrix is not None else None
    if matrix is None or not isinstance(matrix.step, MatrixStep) or not isinstance(row, dict):
        return ()
    columns = session.items(matrix.step.columns)
    said = say("You said: {levels}", levels=named_row(row, columns))
    if wish_of(flow, session, step) is None:
        return (said,)
    hint = say(
        "If you would like it differently, you can type it at once, for example {example}.",
        example=example_change(flow, matrix.step, len(columns)),
    )
    return (said, hint)


def _options(flow: Flow, session: Session, prompt: Prompt, step: ChoiceStep) -> tuple[Row, ...]:
    labels = options_of(flow, session, prompt, step)
    keys = choice_keys(session, prompt, step)
    return tuple((Choice(labels[value], key),) for key, value in keys.items())


def _entries(session: Session, prompt: Prompt) -> tuple[str, ...]:
    given = session.answers.get(prompt.key, ())
    return given if isinstance(given, tuple) else ()


def _list_body(session: Session, prompt: Prompt, step: ListStep, ask: Text) -> Lines:
    entries = _entries(session, prompt)
    if not entries:
        return (ask,)
    write = partner_words if step.format == "partner" else str
    lines = tuple(listed(number, write(words)) for number, words in enumerate(entries, 1))
    short = step.items.min - len(entries)
    more: Line
    if short > 0:
        more = say("At least {least} are needed. Send more, one a line.", least=step.items.min)
    elif len(entries) < step.items.max:
        more = say("Send more, one a line, or go on.")
    else:
        more = say("The list is full. Go on, or take something off.")
    return (ask, "", *lines, "", more)


def _list_rows(session: Session, prompt: Prompt) -> tuple[Row, ...]:
    buttons = [
        Choice(say("Take off {number}", number=number), events.take_off(prompt.key, words))
        for number, words in enumerate(_entries(session, prompt), 1)
    ]
    return _in_rows(buttons, _TAKE_OFF_PER_ROW)


def _moves(session: Session, plan: Program, prompt: Prompt) -> list[Choice]:
    moves: list[Choice] = []
    if is_complete(session, prompt):
        moves.append(Choice(_go_on_words(prompt), events.at(events.KEEP, prompt.key)))
    if can_go_back(plan, session):
        moves.append(Choice(say("Back"), events.at(events.BACK, prompt.key)))
    if may_skip(prompt):
        moves.append(Choice(say("Skip"), events.at(events.SKIP, prompt.key), icon=Icon.SKIP))
    moves.append(pause())
    return moves


def _go_on_words(prompt: Prompt) -> Text:
    """On the button that leaves a prompt as it is answered."""
    match prompt.step:
        case ListStep():
            return say("That is all")
        case PickStep():
            return say("Done")
        case _:
            return say("Keep")


def _helps(flow: Flow, session: Session, prompt: Prompt, *, is_reworded: bool) -> list[Choice]:
    helps: list[Choice] = []
    if is_reworded:
        helps.append(Choice(say("Original words"), events.ORIGINAL))
    if aside_text(prompt, "why"):
        helps.append(Choice(say("Why do you ask?"), events.WHY))
    if aside_text(prompt, "example"):
        helps.append(Choice(say("Example"), events.EXAMPLE))
    step = prompt.step
    if isinstance(step, MatrixStep):
        if session.entry == "card":
            helps.append(Choice(say("Type instead"), events.ROW))
        elif fits_buttons(flow, session, step):
            helps.append(Choice(say("Buttons"), events.CARD))
    return helps


def _in_rows(buttons: list[Choice], per_row: int) -> tuple[Row, ...]:
    return tuple(tuple(buttons[first : first + per_row]) for first in range(0, len(buttons), per_row))


def _paragraphs(flow: Flow, prompt: Prompt, paragraphs: tuple[str, ...]) -> Lines:
    lines: list[Line] = []
    for paragraph in paragraphs:
        lines += ["", phrase(flow, prompt.step.id, paragraph, prompt.variables)]
    return tuple(lines[1:])


def _aside(flow: Flow, session: Session, plan: Program, prompt: Prompt, aside: str) -> Card:
    body = _paragraphs(flow, prompt, aside_text(prompt, aside))
    if aside == "why" and isinstance(prompt.step, MatrixStep):
        body = (*body, "", *legend(flow, prompt.step))
    buttons = (Choice(say("Back to the question"), events.RETURN), pause())
    return Card(_title(flow, plan, prompt), body, (buttons,), notice=session.notice)


def _consent(flow: Flow, session: Session, prompt: Prompt, step: ConsentStep) -> Card:
    reading_more = session.aside == "more"
    body = _paragraphs(flow, prompt, step.more if reading_more else step.notice)
    rows: list[Row] = [(Choice(say("I take part"), events.ACCEPT),), (Choice(say("Not now"), events.LATER),)]
    if reading_more:
        rows.append((Choice(say("Back"), events.RETURN),))
    elif step.more:
        rows.append((Choice(say("Read more"), events.MORE),))
    return Card(say("Before you begin"), body, tuple(rows), numbered=True, notice=session.notice)
