"""A wish typed where it is asked whether one is needed: "3=4" under the row that a choice shows.

Saying so stands for the option that leads to the wish, and for the wish: one message instead of two.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.flow.definition import ChoiceStep, Flow, MatrixStep, RepeatStep
from bot.core.flow.moves import assign, columns_of, move_on
from bot.core.flow.program import Prompt, base_row, program
from bot.core.flow.rows import read_row
from bot.core.flow.session import Session


def wish_of(flow: Flow, session: Session, step: ChoiceStep) -> MatrixStep | None:
    """The step that begins with the row shown at a choice; None when there is none."""
    found = (wish for wish in _matrices(flow, session.stage) if wish.start_from == step.shows)
    return next(found, None) if step.shows is not None else None


def take_wish(flow: Flow, session: Session, prompt: Prompt, step: ChoiceStep, text: str) -> Session | None:
    """Take levels typed at a choice as the wish that one of its options leads to.

    Returns: None, when the text is no clear change of the row that the choice shows.
    """
    wish = wish_of(flow, session, step)
    if wish is None or isinstance(step.options, str):
        return None
    for option in step.options:
        chosen = move_on(flow, assign(flow, session, prompt, option.value), prompt)
        wished = program(flow, chosen).find(chosen.position)
        if wished is None or wished.step.id != wish.id or wished.group != prompt.group:
            continue
        before = base_row(chosen, wished)
        reading = read_row(
            text,
            columns=columns_of(chosen, wish),
            levels=[level.value for level in flow.scales[wish.scale]],
            unknown=bool(wish.unknown),
            before=before,
        )
        if reading.trouble is None and reading.row != before:
            return move_on(flow, assign(flow, chosen, wished, reading.row), wished)
    return None


def _matrices(flow: Flow, stage: str) -> Iterator[MatrixStep]:
    for step in flow.steps(stage):
        inner = step.steps if isinstance(step, RepeatStep) else (step,)
        yield from (found for found in inner if isinstance(found, MatrixStep))
