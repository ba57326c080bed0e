"""Every card of a stage, as it is met by somebody who answers everything and is not at ease with anything.

For people who look at the questions before they are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.core.cards import Card
from bot.core.flow import events
from bot.core.flow.advance import advance
from bot.core.flow.cards import card
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
from bot.core.flow.events import Event, Said, Tapped
from bot.core.flow.moves import columns_of, is_complete
from bot.core.flow.options import choice_keys
from bot.core.flow.picks import pick_keys
from bot.core.flow.program import Prompt, program
from bot.core.flow.prompts import Reworded
from bot.core.flow.session import Session
from bot.core.flow.texts import phrase
from bot.core.text import Line

MOST_CARDS = 100

Write = Callable[[Line], str]
"""Says a line in the language of whoever looks."""


def walk(flow: Flow, session: Session, reworded: Reworded, *, write: Write, now: datetime) -> Iterator[Card]:
    """The cards of a stage from where the session stands to its review, its end, or a question without an example.

    Args:
        write: what is typed at texts and lists are the examples of the flow in this language.
        now: aware, UTC.
    """
    for _ in range(MOST_CARDS):
        prompt = program(flow, session).find(session.position)
        if session.finished or prompt is None:
            return
        yield card(flow, session, reworded)
        if isinstance(prompt.step, ReviewStep):
            return
        after = advance(flow, session, _answer(flow, session, prompt, write, now), now=now).session
        if after == session:
            return
        session = after


def _answer(flow: Flow, session: Session, prompt: Prompt, write: Write, now: datetime) -> Event:
    """What is answered: of options the one after which most is asked, of levels one unlike the others."""
    match prompt.step:
        case ConsentStep():
            return Tapped(events.ACCEPT)
        case ChoiceStep() as step:
            taps = [Tapped(key) for key in choice_keys(session, prompt, step)]
            return max(taps, key=lambda tap: _questions_after(flow, session, tap, now))
        case MatrixStep() as step:
            lowest, *_, highest = (str(level.value) for level in flow.scales[step.scale])
            return Said(highest + lowest * (len(columns_of(session, step)) - 1))
        case PickStep() as step if not is_complete(session, prompt):
            return Tapped(next(iter(pick_keys(session, prompt, step)), ""))
        case ListStep() | PickStep() if is_complete(session, prompt):
            return Tapped(events.at(events.KEEP, prompt.key))
        case ListStep() | TextStep() as step:
            return Said("\n".join(write(phrase(flow, step.id, line)) for line in step.example))
        case _:
            return Tapped(events.at(events.SKIP, prompt.key))


def _questions_after(flow: Flow, session: Session, event: Event, now: datetime) -> int:
    return len(program(flow, advance(flow, session, event, now=now).session).prompts)
