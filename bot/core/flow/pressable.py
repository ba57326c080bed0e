"""Every assignment that a card of a session offers, whichever card is shown, for taps that come late."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.flow.definition import ChoiceStep, Flow, MatrixStep, PickStep
from bot.core.flow.options import cell_keys, choice_keys
from bot.core.flow.picks import pick_keys
from bot.core.flow.program import program
from bot.core.flow.session import Session


def pressable(flow: Flow, session: Session, *, at: str | None = None) -> Iterator[str]:
    """Keys of all choices, levels and picks of the prompts that apply now, in order.

    Controls and entries to take off a list are not among them: they belong to the card shown.

    Args:
        at: only those of the prompt with this key.
    """
    for prompt in program(flow, session).prompts:
        if at is not None and prompt.key != at:
            continue
        match prompt.step:
            case ChoiceStep() as step:
                yield from choice_keys(session, prompt, step)
            case MatrixStep() as step:
                yield from cell_keys(flow, session, prompt, step)
            case PickStep() as step:
                yield from pick_keys(session, prompt, step)
