"""What a round reads of a flow at its close: the ids of the steps say it, whatever the words are.

    contribute   decisions      list: what everybody names
    vote         vote           pick out of a long list, may be left out: what comes first on it
    answer       actual         matrix: the level of every partner, one row for each decision
                 agree          choice, for each decision: fine or agree, differently or disagree, others are neither
                 desired        matrix: the level wished for by those who would like it differently; with
                                levels: wished by everybody, and then it is all that is asked
                 comment        text, for each decision
                 audience, audience_rare   choice about the comment: nobody, facilitators, group
                 check          the review

A level is one of 0 to 4. What stands at another step would be answered and read by nobody, so it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.core.flow.definition import (
    ChoiceStep,
    Flow,
    ListStep,
    MatrixStep,
    ParamKind,
    PickStep,
    RepeatStep,
    ReviewStep,
    TextStep,
    When,
)
from bot.core.flow.texts import Path
from bot.core.flow.visits import Issue, Visit, visits

CONTRIBUTE, VOTE, ANSWER = "contribute", "vote", "answer"
MOST_CONTRIBUTED, LONGEST_DECISION = 5, 100
MOST_OFFERS = 15
LEVELS = (0, 1, 2, 3, 4)
DECISIONS = "params.decisions"

GIVEN: Mapping[str, ParamKind] = {
    "decisions": "items",
    "partners": "items",
    "language": "text",
    "own_language": "text",
    "group_language": "text",
}
"""What a round gives to its answer stage."""

AGREES = {"fine": True, "differently": False, "agree": True, "disagree": False}
"""What the options of step "agree" mean; any other is neither."""

AUDIENCES = frozenset({"nobody", "facilitators", "group"})
_READ = ("actual", "agree", "desired")


def levels_step(flow: Flow) -> str:
    """The step whose levels the digest tells, whatever they are: as it is, as it is planned, or wishes alone."""
    return "desired" if flow.levels == "wished" else "actual"


def asks(flow: Flow, step: str) -> bool:
    """Whether the answer stage has a step of that name."""
    return any(visit.step.id == step for visit in visits(flow, ANSWER))


def check_round(flow: Flow) -> Iterator[Issue]:
    """What keeps a flow that is for rounds from being read; nothing for other flows."""
    if flow.use != "round":
        return
    if not flow.about:
        yield Issue(("use",), "a round needs about: one sentence on what it is about")
    if flow.first:
        yield Issue(("first",), "a round has no steps before those of its stages")
    if len(flow.offers) > MOST_OFFERS:
        yield Issue(("offers", MOST_OFFERS), f"a round has room for {MOST_OFFERS} decisions")
    if set(flow.stages) - {VOTE} != {CONTRIBUTE, ANSWER}:
        yield Issue(("stages",), f"a round has the stages {CONTRIBUTE} and {ANSWER}, and {VOTE} if you like")
        return
    yield from _parameters(flow, CONTRIBUTE, {})
    yield from _parameters(flow, ANSWER, GIVEN)
    yield from _stage(flow, CONTRIBUTE, {"decisions": _decisions})
    if VOTE in flow.stages:
        yield from _parameters(flow, VOTE, {"decisions": "items"})
        yield from _stage(flow, VOTE, {"vote": _vote})
    yield from _stage(flow, ANSWER, _ANSWERED)
    if not any(asks(flow, step) for step in _READ):
        yield Issue(("stages", ANSWER, "steps"), f"asks for none of {', '.join(_READ)}")
    if asks(flow, "comment") and not asks(flow, "audience"):
        yield Issue(("stages", ANSWER, "steps"), "comment needs audience, or nobody reads it")
    yield from _wishes(flow)


def check_own(flow: Flow) -> Iterator[Issue]:
    """What is asked of a partnership's own questions beside the rest: they are for rounds, and for theirs alone."""
    if flow.use != "round":
        yield Issue(("use",), "write use: round")
    if flow.compares_with is not None:
        yield Issue(("compares_with",), "is for questions that come with the bot; leave it out")


def _wishes(flow: Flow) -> Iterator[Issue]:
    """Wishes are read of those who would like it differently, or they are all that is asked for."""
    if flow.levels == "wished":
        if asks(flow, "actual") or asks(flow, "agree"):
            yield Issue(("levels",), "wishes alone are asked for with desired, without actual and agree")
    elif asks(flow, "desired") and not (asks(flow, "actual") and asks(flow, "agree")):
        where: Path = ("stages", ANSWER, "steps")
        yield Issue(where, "desired needs actual and agree before it, or write levels: wished")


_Check = Callable[[Flow, Visit], Iterator[Issue]]


def _parameters(flow: Flow, stage: str, given: Mapping[str, ParamKind]) -> Iterator[Issue]:
    for name, kind in flow.params_of(stage).items():
        if given.get(name) != kind:
            where: Path = (
                ("stages", stage, "params", name) if name in flow.stages[stage].params else ("params", name)
            )
            known = ", ".join(f"{known}: {its}" for known, its in given.items()) or "none"
            yield Issue(where, f"a round does not give this to {stage}; it gives {known}")


def _stage(flow: Flow, stage: str, known: Mapping[str, _Check]) -> Iterator[Issue]:
    found = tuple(visits(flow, stage))
    for visit in found:
        step = visit.step
        if isinstance(step, RepeatStep):
            if step.over != DECISIONS:
                yield Issue((*visit.path, "over"), f"in a round this is {DECISIONS}")
        elif isinstance(step, ReviewStep):
            continue
        elif step.id not in known:
            names = ", ".join(known)
            yield Issue((*visit.path, "id"), f"{step.id} would be read by nobody; a round reads {names}")
        else:
            yield from known[step.id](flow, visit)
    if stage == ANSWER and not (found and isinstance(found[-1].step, ReviewStep)):
        yield Issue(("stages", stage, "steps"), "needs a review at its end, where answers can be changed")
    if stage == CONTRIBUTE and not any(visit.step.id == "decisions" for visit in found):
        yield Issue(("stages", stage, "steps"), "needs the list decisions")
    if stage == VOTE and len(found) != 1:
        yield Issue(("stages", stage, "steps"), "needs the pick vote, and nothing else")


def _decisions(flow: Flow, visit: Visit) -> Iterator[Issue]:
    step = visit.step
    if not isinstance(step, ListStep):
        yield Issue((*visit.path, "type"), "decisions must be a list")
    elif step.format != "words" or step.items.max > MOST_CONTRIBUTED or step.items.length > LONGEST_DECISION:
        most = f"at most {MOST_CONTRIBUTED} entries of at most {LONGEST_DECISION} characters"
        yield Issue((*visit.path, "items"), f"decisions are {most}")


def _vote(flow: Flow, visit: Visit) -> Iterator[Issue]:
    step = visit.step
    if not isinstance(step, PickStep) or step.options != DECISIONS:
        yield Issue((*visit.path, "type"), f"vote must be a pick out of {DECISIONS}")


def _levels(flow: Flow, visit: Visit) -> Iterator[Issue]:
    step = visit.step
    if not isinstance(step, MatrixStep):
        yield Issue((*visit.path, "type"), f"{step.id} must be a matrix")
        return
    if step.columns != "params.partners":
        yield Issue((*visit.path, "columns"), "in a round these are params.partners")
    if isinstance(step.rows, str) and step.rows != DECISIONS:
        yield Issue((*visit.path, "rows"), f"in a round these are {DECISIONS}")
    if step.scale in flow.scales and tuple(level.value for level in flow.scales[step.scale]) != LEVELS:
        yield Issue((*visit.path, "scale"), "levels in a round are 0, 1, 2, 3 and 4, in this order")


def _agree(flow: Flow, visit: Visit) -> Iterator[Issue]:
    yield from _inside(visit)
    values = _values(visit)
    if not values:
        yield Issue((*visit.path, "type"), "agree must be a choice with options of its own")
    elif {AGREES[value] for value in values & AGREES.keys()} != {True, False}:
        yield Issue((*visit.path, "options"), "needs fine or agree, and differently or disagree")


def _comment(flow: Flow, visit: Visit) -> Iterator[Issue]:
    yield from _inside(visit)
    if not isinstance(visit.step, TextStep) or visit.step.format != "words":
        yield Issue((*visit.path, "type"), "comment must be a text")


def _audience(flow: Flow, visit: Visit) -> Iterator[Issue]:
    step, values = visit.step, _values(visit)
    if not isinstance(step, ChoiceStep) or step.shows != "comment":
        yield Issue((*visit.path, "id"), f"{step.id} must be a choice that shows comment")
    elif not values or not values <= AUDIENCES:
        yield Issue((*visit.path, "options"), f"its values are {', '.join(sorted(AUDIENCES))}")
    elif "group" in values and not _asks_language(
        step.when, "rare" if step.id == "audience_rare" else "shared"
    ):
        told = "when: {answered: [comment], params.language: [shared]}, and audience_rare when it is [rare]"
        yield Issue((*visit.path, "options"), f"a language that few read points at its author: write {told}")


def _asks_language(when: When | None, which: str) -> bool:
    return when is not None and when.params.get("params.language") == (which,)


def _inside(visit: Visit) -> Iterator[Issue]:
    if visit.around is None:
        yield Issue((*visit.path, "id"), f"{visit.step.id} is asked for each decision, inside a repeat")


def _values(visit: Visit) -> set[str]:
    step = visit.step
    if not isinstance(step, ChoiceStep) or isinstance(step.options, str):
        return set()
    return {option.value for option in step.options}


_ANSWERED: Mapping[str, _Check] = {
    "actual": _levels,
    "agree": _agree,
    "desired": _levels,
    "comment": _comment,
    "audience": _audience,
    "audience_rare": _audience,
}


def scale_of(flow: Flow) -> tuple[str, ...]:
    """The names of the levels that are read, lowest first; none when no level is asked for."""
    for visit in visits(flow, ANSWER):
        if isinstance(visit.step, MatrixStep) and visit.step.id in {"actual", "desired"}:
            return tuple(level.label for level in flow.scales[visit.step.scale])
    return ()
