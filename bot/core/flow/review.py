"""The review: everything that was answered on one card, each line a way back to it.

One message holds the largest round, so a long review is told in leaner layouts until it fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.cards import Card, Choice, Icon
from bot.core.directions import runs_right_to_left
from bot.core.flow import events
from bot.core.flow.definition import ChoiceStep, Flow, MatrixStep, PickStep, TextStep
from bot.core.flow.matrix_cards import numbered
from bot.core.flow.moves import can_go_back, columns_of
from bot.core.flow.options import chosen_label
from bot.core.flow.picks import picked_labels
from bot.core.flow.program import Program, Prompt, program
from bot.core.flow.rows import write_row
from bot.core.flow.session import Item, Session
from bot.core.flow.texts import cut, phrase
from bot.core.text import Line, Text, Value, just, length, listed, say

_ANSWER = 120
_LABEL = 40
_PER_ROW = 8

_ROOM = 3700
"""Length of all that is told, by ``_wordy``; Telegram takes 4096, and the title, a notice, what is asked or a
partnership's name belongs to it."""

_MARKS = 4


@dataclass(frozen=True, slots=True)
class _Layout:
    """How much is told of each item.

    Attributes:
        wording: most characters of its own words.
        text: most characters of what was written about it.
        spaced: whether the levels of a row stand apart.
    """

    wording: int
    text: int
    spaced: bool = True


_LAYOUTS = (
    _Layout(40, 24),
    _Layout(28, 16),
    _Layout(20, 10, spaced=False),
    _Layout(12, 6, spaced=False),  # for scripts whose letters count twice
)


def review_card(flow: Flow, session: Session, plan: Program, prompt: Prompt) -> Card:
    """Show all answers in a few words each."""
    groups = plan.groups()
    asks = phrase(flow, prompt.step.id, getattr(prompt.step, "ask", ""), prompt.variables)
    body = (asks, "", *_told(flow, session, dict(enumerate(groups.values(), 1))))
    edits = [Choice(just(number), events.at(events.EDIT, group)) for number, group in enumerate(groups, 1)]
    controls = [Choice(say("Done"), events.DONE, icon=Icon.DONE), pause()]
    if can_go_back(plan, session):
        controls.insert(1, Choice(say("Back"), events.at(events.BACK, prompt.key)))
    rows = [tuple(edits[first : first + _PER_ROW]) for first in range(0, len(edits), _PER_ROW)]
    return Card(say("Your answers"), body, (*rows, tuple(controls)), notice=session.notice)


def pause() -> Choice:
    """The button that leaves for now; it is on every card of a sitting."""
    return Choice(say("Pause"), events.PAUSE, icon=Icon.PAUSE)


def summary(flow: Flow, session: Session) -> tuple[Line, ...]:
    """Everything answered so far, with the numbers of the review; empty when nothing is.

    What was not reached yet is left out, and so is an item of which all was skipped. A stage without a review
    is told the same way.
    """
    answered: dict[int, tuple[Prompt, ...]] = {}
    for number, prompts in enumerate(program(flow, session).groups().values(), 1):
        if any(prompt.key in session.answers for prompt in prompts):
            answered[number] = tuple(
                p for p in prompts if p.key in session.answers or p.key in session.passed
            )
    return _told(flow, session, answered)


def _told(flow: Flow, session: Session, groups: Mapping[int, tuple[Prompt, ...]]) -> tuple[Line, ...]:
    """The first layout that leaves room in every language, or the leanest."""
    names: list[Line] = []
    for items in _columns(session, groups):
        names += [*numbered(items), ""]
    for layout in _LAYOUTS:
        told = [*names]
        for number, prompts in groups.items():
            told += _lines(flow, session, number, prompts, layout)
        if sum(_wordy(line) + 1 for line in told) <= _ROOM:
            break
    return tuple(told)


def _wordy(value: Value) -> int:
    """Length in a language that needs two fifths more than the source; people's own words as they are.

    Words that run from right to left have marks around them, and one at the beginning of their line.
    """
    if not isinstance(value, Text):
        words = str(value)
        return length(words) + (_MARKS if runs_right_to_left(words) else 0)
    filled = sum(_wordy(words) - len(f"{{{name}}}") for name, words in value.args.items())
    return length(value.msgid) * 7 // 5 + filled


def _columns(session: Session, groups: Mapping[int, tuple[Prompt, ...]]) -> list[tuple[Item, ...]]:
    """What the digits of rows stand for, once for each set of columns."""
    steps = [prompt.step for prompts in groups.values() for prompt in prompts]
    references = [step.columns for step in steps if isinstance(step, MatrixStep)]
    return [session.items(reference) for reference in dict.fromkeys(references)]


def _lines(
    flow: Flow, session: Session, number: int, prompts: tuple[Prompt, ...], layout: _Layout
) -> list[Line]:
    first, *others = [_answer(flow, session, prompt, layout) for prompt in prompts]
    item = prompts[0].item
    if item is None:
        return [say("{number}. {answer}", number=number, answer=first)]
    lines: list[Line] = [listed(number, cut(item.label, layout.wording)), first]
    for prompt, answer in zip(prompts[1:], others, strict=True):
        if isinstance(prompt.step, TextStep) and prompt.key in session.answers:
            lines.append(answer)
        else:
            lines[-1] = say("{first}; {second}", first=lines[-1], second=answer)
    return lines


def _answer(flow: Flow, session: Session, prompt: Prompt, layout: _Layout) -> Line:
    answer = session.answers.get(prompt.key)
    match prompt.step, answer:
        case MatrixStep() as step, dict():
            row = write_row(answer, columns_of(session, step), between=" " if layout.spaced else "")
            return say("wished: {levels}", levels=row) if step.start_from else row
        case ChoiceStep() as step, str():
            label = chosen_label(flow, session, prompt, step)
            return cut(label, _LABEL) if isinstance(label, str) else label or ""
        case PickStep() as step, tuple():
            return just(tuple(cut(label, _LABEL) for label in picked_labels(session, prompt, step)))
        case _, tuple():
            return cut(", ".join(words.partition(" | ")[0] for words in answer), _ANSWER)
        case TextStep(), str() if prompt.item is not None:
            return say("“{words}”", words=cut(answer, layout.text))
        case _, str():
            return cut(answer, _ANSWER)
        case _:
            return say("skipped") if prompt.key in session.passed else say("not answered yet")
