"""The steps that every event is made of: give an answer, put things in order, move on, move back."""

from __future__ import annotations

from bot.core.flow.definition import Flow, ListStep, MatrixStep, PickStep, ReviewStep, TextStep
from bot.core.flow.program import Program, Prompt, program
from bot.core.flow.session import Answer, Session


def columns_of(session: Session, step: MatrixStep) -> tuple[str, ...]:
    """Column keys in the order they are numbered."""
    return tuple(item.key for item in session.items(step.columns))


def is_complete(session: Session, prompt: Prompt) -> bool:
    """Whether the answer given could stand as it is."""
    answer = session.answers.get(prompt.key)
    match prompt.step:
        case MatrixStep() as step:
            return isinstance(answer, dict) and all(key in answer for key in columns_of(session, step))
        case ListStep() as step:
            return isinstance(answer, tuple) and len(answer) >= step.items.min
        case PickStep():
            return isinstance(answer, tuple) and bool(answer)
        case ReviewStep():
            return False
        case _:
            return answer is not None


def assign(flow: Flow, session: Session, prompt: Prompt, answer: Answer) -> Session:
    """Put an answer where it belongs; the same answer again changes nothing."""
    if session.answers.get(prompt.key) == answer:
        return session
    session = _without_readers(flow, session, prompt)
    return settle(flow, session.changed(answers=session.answers | {prompt.key: answer}))


def erase(flow: Flow, session: Session, prompt: Prompt) -> Session:
    """Take an answer back."""
    session = _without_readers(flow, session, prompt)
    answers = {key: value for key, value in session.answers.items() if key != prompt.key}
    return settle(flow, session.changed(answers=answers))


def _without_readers(flow: Flow, session: Session, prompt: Prompt) -> Session:
    """Forget what was chosen with the words of a text in view: it was not chosen for the words to come."""
    if not isinstance(prompt.step, TextStep):
        return session
    readers = {f"{reader}/{prompt.group}" for reader in flow.readers_of(session.stage, prompt.step.id)}
    return session.changed(
        answers={key: value for key, value in session.answers.items() if key not in readers},
        shelved={key: value for key, value in session.shelved.items() if key not in readers},
        passed=tuple(key for key in session.passed if key not in readers),
    )


def settle(flow: Flow, session: Session) -> Session:
    """Shelve answers whose prompt no longer applies, bring back those whose prompt does again."""
    # A prompt depends on earlier ones only, so each pass settles at least one more step.
    while True:
        live = {prompt.key for prompt in program(flow, session).prompts}
        everything = session.shelved | session.answers
        answers = {key: value for key, value in everything.items() if key in live}
        if answers == session.answers:
            return session
        shelved = {key: value for key, value in everything.items() if key not in live}
        session = session.changed(answers=answers, shelved=shelved)


def mark_passed(session: Session, prompt: Prompt) -> Session:
    if prompt.key in session.passed:
        return session
    return session.changed(passed=(*session.passed, prompt.key))


def move_on(flow: Flow, session: Session, prompt: Prompt) -> Session:
    """Leave a prompt behind and go to the next one that is open, to the review, or to the end."""
    session = mark_passed(session, prompt).changed(misses=0, aside=None)
    plan = program(flow, session)
    if session.editing is not None:
        return _next_of_group(plan, session, prompt)
    target = _next_open(plan, session, prompt)
    if target is None:
        return finish(session)
    trail = (*(key for key in session.trail if key != prompt.key), prompt.key)
    return session.changed(position=target.key, trail=trail)


def move_back(flow: Flow, session: Session) -> Session:
    """Go back to where one came from; nothing when this is the first prompt."""
    plan = program(flow, session)
    still = session.changed(misses=0, aside=None, notice=None)
    if session.editing is not None and plan.review is not None:
        return still.changed(editing=None, position=plan.review.key)
    trail = [key for key in session.trail if plan.find(key) is not None]
    if not trail:
        return session
    return still.changed(position=trail[-1], trail=tuple(trail[:-1]))


def can_go_back(plan: Program, session: Session) -> bool:
    return session.editing is not None or any(plan.find(key) is not None for key in session.trail)


def finish(session: Session) -> Session:
    return session.changed(
        finished=True, position="", trail=(), editing=None, aside=None, notice=None, misses=0
    )


def stand_somewhere(flow: Flow, session: Session) -> Session:
    """Move to an open prompt when the one shown no longer applies."""
    plan = program(flow, session)
    if session.finished or plan.find(session.position) is not None:
        return session
    target = _next_open(plan, session, None)
    if target is None:
        return finish(session)
    return session.changed(position=target.key, editing=None, aside=None, misses=0)


def _next_of_group(plan: Program, session: Session, prompt: Prompt) -> Session:
    group = [p.key for p in plan.groups().get(session.editing or "", ())]
    later = group[group.index(prompt.key) + 1 :] if prompt.key in group else []
    if later:
        return session.changed(position=later[0])
    session = session.changed(editing=None)
    target = plan.review or _next_open(plan, session, prompt)
    return session.changed(position=target.key) if target is not None else finish(session)


def _next_open(plan: Program, session: Session, prompt: Prompt | None) -> Prompt | None:
    waiting = [p for p in plan.prompts if p.key not in session.passed and not isinstance(p.step, ReviewStep)]
    order = {p.key: index for index, p in enumerate(plan.prompts)}
    here = order.get(prompt.key, -1) if prompt is not None else -1
    later = [p for p in waiting if order[p.key] > here]
    return next(iter(later or waiting), plan.review)
