"""Every assignment that a card of a session offers, whichever card is shown, for taps that come late."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.flow import events
from bot.core.flow.definition import ChoiceStep, Flow, MatrixStep
from bot.core.flow.moves import columns_of
from bot.core.flow.options import levels_of, options_of
from bot.core.flow.program import program
from bot.core.flow.session import Session


def pressable(flow: Flow, session: Session) -> Iterator[str]:
    """Keys of all choices and levels of the prompts that apply now, in order.

    Controls and entries to take off a list are not among them: they belong to the card shown.
    """
    for prompt in program(flow, session).prompts:
        match prompt.step:
            case ChoiceStep() as step:
                for value in options_of(flow, session, prompt, step):
                    yield events.choose(prompt.key, value)
            case MatrixStep() as step:
                for column in columns_of(session, step):
                    for level in levels_of(flow, step):
                        yield events.cell(prompt.key, column, level)
