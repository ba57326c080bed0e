"""A stage laid out flat: the prompts that apply now, in order, given the parameters and answers so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from bot.core.flow.definition import (
    Asked,
    ConsentStep,
    Flow,
    MatrixStep,
    ParamKind,
    RepeatStep,
    ReviewStep,
    Step,
    Steps,
    When,
)
from bot.core.flow.session import Item, Param, Row, Session
from bot.core.text import Value

#: parameter with the version of the consent text a person has agreed to already
CONSENT_VERSION = "consent_version"


class Prompt(NamedTuple):
    """One thing to ask.

    Attributes:
        key: "step" or "step/item".
        item: what it is asked about.
        variables: values for the placeholders of its texts.
        number: its place among the questions. A question that depends on an answer shares the number of the
            one before it, so that the count on a locked screen tells nothing.
    """

    key: str
    step: Asked
    item: Item | None
    variables: Mapping[str, Value]
    number: int

    @property
    def group(self) -> str:
        """What a line of the review stands for: the item, or the step when there is none."""
        return self.item.key if self.item is not None else self.step.id


@dataclass(frozen=True, slots=True)
class Program:
    """The prompts that apply, in order, and how many questions there are."""

    prompts: tuple[Prompt, ...]
    total: int

    def find(self, key: str) -> Prompt | None:
        return next((prompt for prompt in self.prompts if prompt.key == key), None)

    @property
    def review(self) -> Prompt | None:
        """The review, which is the last step of a stage (``checks``)."""
        last = self.prompts[-1] if self.prompts else None
        return last if last is not None and isinstance(last.step, ReviewStep) else None

    @property
    def questions(self) -> tuple[Prompt, ...]:
        return tuple(p for p in self.prompts if not isinstance(p.step, ConsentStep | ReviewStep))

    def groups(self) -> dict[str, tuple[Prompt, ...]]:
        """Questions by item or step, in the order of their first question."""
        found: dict[str, tuple[Prompt, ...]] = {}
        for prompt in self.questions:
            found[prompt.group] = (*found.get(prompt.group, ()), prompt)
        return found


Conditions: TypeAlias = tuple[tuple[When, Item | None], ...]
"""What answers have to meet, each about one item or none; met where there are none."""


class _Outline(NamedTuple):
    """What a stage comes to with its parameters, before anything is answered.

    Attributes:
        lines: prompts that may apply, and where they do.
    """

    lines: tuple[tuple[Prompt, Conditions], ...]
    total: int


class _Kept(NamedTuple):
    flow: Flow
    params: object
    outline: _Outline
    answers: object
    program: Program


_latest: _Kept | None = None


def program(flow: Flow, session: Session) -> Program:
    """Lay out the stage of a session; what depends on an answer appears once it is given.

    A turn asks for it half a dozen times while only the position changes, so the last layout is kept for as
    long as the very same answers are looked at, its outline for as long as the parameters are the same, and
    both until ``forget_layout``.
    """
    global _latest
    kept = _latest
    if kept is None or kept.flow is not flow or kept.params is not session.params:
        outline = _outline(flow, session)
    elif kept.answers is session.answers:
        return kept.program
    else:
        outline = kept.outline
    laid_out = _laid_out(outline, session)
    _latest = _Kept(flow, session.params, outline, session.answers, laid_out)
    return laid_out


def forget_layout() -> None:
    """Let go of the answers that the last layout was made for; called at the end of every use case."""
    global _latest
    _latest = None


def _laid_out(outline: _Outline, session: Session) -> Program:
    return Program(
        tuple(
            [prompt for prompt, conditions in outline.lines if not conditions or _met(conditions, session)]
        ),
        outline.total,
    )


def _outline(flow: Flow, session: Session) -> _Outline:
    words = variables_of(flow.params_of(session.stage), session.params)
    lines: list[tuple[Prompt, Conditions]] = []
    number = 0
    for step, item, variables, conditions, asks in _visits(flow.steps(session.stage), session, words):
        if asks and not conditions:
            number += 1
        key = step.id if item is None else f"{step.id}/{item.key}"
        lines.append((Prompt(key, step, item, variables, number or 1), conditions))
    return _Outline(tuple(lines), number or 1)


def base_row(session: Session, prompt: Prompt) -> Row:
    """The levels a row begins with: those given, else those of the matrix it starts from, else none."""
    given = session.answers.get(prompt.key)
    if isinstance(given, dict):
        return dict(given)
    if isinstance(prompt.step, MatrixStep) and prompt.step.start_from and prompt.item:
        earlier = session.answers.get(f"{prompt.step.start_from}/{prompt.item.key}")
        return dict(earlier) if isinstance(earlier, dict) else {}
    return {}


def variables_of(kinds: Mapping[str, ParamKind], params: Mapping[str, Param]) -> dict[str, Value]:
    """Values for the placeholders of every text of a stage: its parameters that are no items.

    Args:
        kinds: what the stage asks for, as ``Flow.params_of`` says.
    """
    words: dict[str, Value] = {}
    for name, kind in kinds.items():
        value = params[name]
        if isinstance(value, str | int):
            words[name] = date.fromisoformat(value) if kind == "date" and isinstance(value, str) else value
    return words


def _visits(
    steps: Steps, session: Session, words: Mapping[str, Value]
) -> Iterator[tuple[Asked, Item | None, Mapping[str, Value], Conditions, bool]]:
    """Every step that parameters alone do not rule out, once for each item.

    Args:
        words: values for the placeholders of every text.
    Yields: the step, its item, those values with the item's among them, where it applies, whether it is a question.
    """
    for step in steps:
        outer = _still_open(step.when, session, None)
        if outer is None or _agreed_already(step, session):
            continue
        if isinstance(step, RepeatStep):
            inners = [(inner, inner.when, _asks(inner)) for inner in step.steps]
            for item in session.items(step.over):
                about = {**words, step.name: item.label, "row": item.label}
                for inner, when, asks in inners:
                    own = _still_open(when, session, item)
                    if own is not None:
                        yield inner, item, about, outer + own, asks
        elif isinstance(step, MatrixStep) and isinstance(step.rows, str):
            for item in session.items(step.rows):
                yield step, item, {**words, "row": item.label}, outer, True
        else:
            yield step, None, words, outer, _asks(step)


def _asks(step: Asked) -> bool:
    return not isinstance(step, ConsentStep | ReviewStep)


def _still_open(when: When | None, session: Session, item: Item | None) -> Conditions | None:
    """What of a condition is left to be seen once there are answers; None when it can never be met."""
    if when is None:
        return ()
    if when.asks_answers:
        return ((when, item),)
    return () if _holds(when, session, item) else None


def _agreed_already(step: Step, session: Session) -> bool:
    if not isinstance(step, ConsentStep):
        return False
    agreed = session.params.get(CONSENT_VERSION, 0)
    return isinstance(agreed, int) and agreed >= step.version


def _met(conditions: Conditions, session: Session) -> bool:
    for when, item in conditions:  # noqa: SIM110 - a generator would take as long as what it asks for
        if not _holds(when, session, item):
            return False
    return True


def _holds(when: When, session: Session, item: Item | None) -> bool:
    """Whether a condition is met; asked some dozens of times an update, so it is spelled out."""
    for name, values in when.answers.items():
        if _answer(session, name, item) not in values:
            return False
    for name in when.answered:
        if not _answer(session, name, item):
            return False
    for name, values in when.params.items():
        if session.param(name) not in values:
            return False
    if when.any and not any(_holds(part, session, item) for part in when.any):
        return False
    return when.never is None or not _holds(when.never, session, item)


def _answer(session: Session, step: str, item: Item | None) -> object:
    own = session.answers.get(f"{step}/{item.key}") if item is not None else None
    return own if own is not None else session.answers.get(step)
