"""The one state machine: a session and an event make the next session.

Pure and total: no clock, no randomness, and no event makes it raise. An event that means nothing here leaves
everything as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.flow.definition import Flow
from bot.core.flow.events import Event, Said, Tapped
from bot.core.flow.matrix_cards import typed_cell
from bot.core.flow.moves import stand_somewhere
from bot.core.flow.picks import typed_pick
from bot.core.flow.program import program
from bot.core.flow.session import Answer, Param, Session
from bot.core.flow.taps import Effect, tapped
from bot.core.flow.typed import said
from bot.core.text import Line
from bot.errors import FlowError


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event came to.

    Attributes:
        toast: a word to say at once, while the card may stay as it is.
        finished: this event finished the stage; a repeated event does not say so again.
        paused: the person leaves for now; the sitting can be folded.
        fresh: the answer was typed, so the next card belongs below it as a new message.
    """

    session: Session
    toast: Line | None = None
    finished: bool = False
    paused: bool = False
    fresh: bool = False


def start(flow: Flow, stage: str, *, params: Mapping[str, Param], salt: str, now: datetime) -> Session:
    """Begin a stage at its first prompt.

    Args:
        params: what the flow declares, and ``consent_version`` when the person agreed to one before.
        salt: random text of this session, for the tokens of its buttons.
        now: aware, UTC.
    Raises: FlowError, when there is no such stage or a parameter is missing or of another kind.
    """
    if stage not in flow.stages:
        raise FlowError(f"flow {flow.flow}: there is no stage {stage}")
    for name, kind in flow.params_of(stage).items():
        if not _fits(params.get(name), kind):
            raise FlowError(f"flow {flow.flow}, stage {stage}: give the parameter {name} as {kind}")
    session = Session(
        flow=flow.flow,
        version=flow.version,
        stage=stage,
        salt=salt,
        started=now.date(),
        params=dict(params),
    )
    return stand_somewhere(flow, session)


def reopen(flow: Flow, session: Session) -> Session:
    """Open a finished session again, at its review or else at its first prompt."""
    if not session.finished:
        return session
    plan = program(flow, session)
    if not plan.prompts:
        return session
    target = plan.review or plan.prompts[0]
    return session.changed(finished=False, position=target.key, rev=session.rev + 1)


def filled(flow: Flow, session: Session, answers: Mapping[str, Answer]) -> Session:
    """A session in which some answers are given already, at the first prompt that is open, or else at its review.

    Args:
        answers: by prompt key.
    """
    return stand_somewhere(
        flow, session.changed(answers=dict(answers), passed=tuple(answers), position="", trail=())
    )


def advance(flow: Flow, session: Session, event: Event, *, now: datetime) -> Turn:
    """Let an event happen.

    Args:
        flow: in the version of the session.
        now: aware, UTC; dates given must not lie before its day, where the parameter ``zone`` says, else in UTC.
    """
    if session.finished:
        return Turn(session)
    if isinstance(event, Tapped):
        effect = tapped(flow, session, event.key)
    elif (key := typed_cell(flow, session, event.text) or typed_pick(flow, session, event.text)) is not None:
        effect = tapped(flow, session, key)
    else:
        effect = Effect(said(flow, session, event, now))
    after = effect.session
    if after != session:
        after = after.changed(rev=session.rev + 1)
    return Turn(
        after,
        toast=effect.toast,
        finished=after.finished,
        paused=effect.paused,
        fresh=isinstance(event, Said),
    )


def _fits(value: Param | None, kind: str) -> bool:
    if kind == "items":
        return isinstance(value, tuple)
    if kind == "number":
        return isinstance(value, int)
    if not isinstance(value, str):
        return False
    if kind == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return True
