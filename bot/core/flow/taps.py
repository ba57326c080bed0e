"""What buttons do. A key that means nothing here and now changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.flow import events
from bot.core.flow.definition import (
    ChoiceStep,
    ConsentStep,
    Flow,
    ListStep,
    MatrixStep,
    PickStep,
    ReviewStep,
)
from bot.core.flow.moves import (
    assign,
    columns_of,
    erase,
    finish,
    is_complete,
    mark_passed,
    move_back,
    move_on,
    stand_somewhere,
)
from bot.core.flow.options import cell_keys, choice_keys, levels_of
from bot.core.flow.picks import pick_keys, put
from bot.core.flow.program import Program, Prompt, base_row, program
from bot.core.flow.session import Answer, Session
from bot.core.flow.texts import cut
from bot.core.flow.typed import fits_buttons
from bot.core.text import Line, say

#: A name in a toast; with the name of a level it stays below 200 characters in every language.
_NAME = 60


@dataclass(frozen=True, slots=True)
class Effect:
    """What a tap came to: the session after it, a word to say at once, whether the person is leaving.

    A card that stays where it is may be left as it was drawn when there is a toast, so there is none when more
    than the marks of a row has changed on it.
    """

    session: Session
    toast: Line | None = None
    paused: bool = False


def tapped(flow: Flow, session: Session, key: str) -> Effect:
    """Do what a button says."""
    if key == events.PAUSE:
        return Effect(session, paused=True)
    plan = program(flow, session)
    prompt = plan.find(session.position)
    if prompt is None:
        return Effect(session)
    if key.startswith("@"):
        return _control(flow, session, plan, prompt, key)
    if isinstance(prompt.step, ListStep) and key.startswith(events.take_off(prompt.key, "")):
        return Effect(_take_off(flow, session, prompt, key))
    target = plan.find(key.partition("=")[0].partition(":")[0])
    if target is None:
        return Effect(session)
    if isinstance(target.step, PickStep):
        return _pick(flow, session, target, target.step, key)
    return _answer(flow, session, target, key)


def _control(flow: Flow, session: Session, plan: Program, prompt: Prompt, key: str) -> Effect:
    control, _, place = key.partition("/")
    if control == events.EDIT:
        return Effect(_edit(session, plan, prompt, place))
    if place and place != prompt.key:
        return Effect(session)
    step = prompt.step
    match control:
        case events.BACK:
            return Effect(move_back(flow, session))
        case events.SKIP if may_skip(prompt):
            return Effect(_skip(flow, session, prompt))
        case events.KEEP if is_complete(session, prompt):
            return Effect(move_on(flow, session.changed(notice=None), prompt))
        case events.WHY | events.EXAMPLE | events.ORIGINAL | events.MORE:
            aside = control.removeprefix("@")
            return Effect(session.changed(aside=aside, notice=None) if aside_text(prompt, aside) else session)
        case events.RETURN:
            return Effect(session.changed(aside=None))
        case events.CARD if isinstance(step, MatrixStep) and fits_buttons(flow, session, step):
            return Effect(session.changed(entry="card", aside=None, notice=None, misses=0))
        case events.ROW:
            return Effect(session.changed(entry="row", aside=None, notice=None, misses=0))
        case events.ACCEPT if isinstance(step, ConsentStep):
            agreed = assign(flow, session.changed(notice=None), prompt, step.version)
            return Effect(move_on(flow, agreed, prompt))
        case events.LATER if isinstance(step, ConsentStep):
            return Effect(session, paused=True)
        case events.DONE if isinstance(step, ReviewStep):
            return _done(session, plan)
    return Effect(session)


def may_skip(prompt: Prompt) -> bool:
    """Whether the prompt can be left out."""
    return not isinstance(prompt.step, ConsentStep | ReviewStep) and prompt.step.optional


def aside_text(prompt: Prompt, aside: str) -> tuple[str, ...]:
    """Paragraphs to read instead of the prompt for a moment; none when the author wrote none."""
    if aside == "original":
        return () if isinstance(prompt.step, ConsentStep) else (prompt.step.ask,)
    paragraphs: tuple[str, ...] = getattr(prompt.step, aside, ())
    return paragraphs


def _skip(flow: Flow, session: Session, prompt: Prompt) -> Session:
    """Leave a prompt out; a row begun keeps its levels, an answer given before is taken back."""
    if prompt.key in session.passed or is_complete(session, prompt):
        session = erase(flow, session, prompt)
    return move_on(flow, session.changed(notice=None), prompt)


def _edit(session: Session, plan: Program, prompt: Prompt, place: str) -> Session:
    group = plan.groups().get(place)
    if group is None or not isinstance(prompt.step, ReviewStep):
        return session
    return session.changed(position=group[0].key, editing=place, notice=None)


def _done(session: Session, plan: Program) -> Effect:
    waiting = next((p for p in plan.questions if p.key not in session.passed), None)
    if waiting is None:
        return Effect(finish(session))
    notice = say("One question is still open. Skip it if you like.")
    trail = (*session.trail, session.position)
    return Effect(session.changed(position=waiting.key, trail=trail, notice=notice))


def _take_off(flow: Flow, session: Session, prompt: Prompt, key: str) -> Session:
    given = session.answers.get(prompt.key)
    if not isinstance(given, tuple):
        return session
    left = tuple(words for words in given if events.take_off(prompt.key, words) != key)
    if left == given:
        return session
    session = session.changed(notice=None, aside=None)
    return assign(flow, session, prompt, left) if left else erase(flow, session, prompt)


def _pick(flow: Flow, session: Session, target: Prompt, step: PickStep, key: str) -> Effect:
    """Pick one more item, or one less, without moving; more than there is room for changes nothing."""
    chosen = pick_keys(session, target, step).get(key)
    if chosen is None:
        return Effect(session)
    if len(chosen) > step.most:
        return Effect(session, say("The list is full. Go on, or take something off."))
    after = put(flow, session, target, chosen)
    if target.key == session.position:
        return Effect(after.changed(notice=None, aside=None, misses=0))
    after = stand_somewhere(flow, mark_passed(after, target) if chosen else after)
    return Effect(after, None if _is_told_by(flow, after, target) else say("Noted."))


def _answer(flow: Flow, session: Session, target: Prompt, key: str) -> Effect:
    """Assign a choice or one level; at a prompt that is not the one shown, without moving."""
    toast: Line | None = None
    answer: Answer
    match target.step:
        case ChoiceStep() as step if key in (values := choice_keys(session, target, step)):
            answer = values[key]
        case MatrixStep() as step if key in (cells := cell_keys(flow, session, target, step)):
            item, level = cells[key]
            answer = base_row(session, target) | {item.key: level}
            toast = say("{name}: {level}", name=cut(item.label, _NAME), level=levels_of(flow, step)[level])
        case _:
            return Effect(session)
    was_full = isinstance(target.step, MatrixStep) and len(base_row(session, target)) == len(
        columns_of(session, target.step)
    )
    here = target.key == session.position
    after = assign(flow, session, target, answer)
    complete = is_complete(after, target)
    if here and complete and not was_full:
        return Effect(move_on(flow, after.changed(notice=None), target), toast)
    if here:
        only_marks = session.aside is None and complete == is_complete(session, target)
        return Effect(after.changed(notice=None, aside=None, misses=0), toast if only_marks else None)
    if complete:
        after = mark_passed(after, target)
    after = stand_somewhere(flow, after)
    if after != session and _is_told_by(flow, after, target):
        return Effect(after)
    return Effect(after, toast or say("Noted."))


def _is_told_by(flow: Flow, session: Session, target: Prompt) -> bool:
    """Whether the card shown tells answers of the prompt: the review does, and those about the same item."""
    shown = program(flow, session).find(session.position)
    return shown is not None and (isinstance(shown.step, ReviewStep) or shown.group == target.group)
