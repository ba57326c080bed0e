"""The list of decisions in the making: page by page, one decision at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.app import shaping, voting
from bot.app.access import round_of_facilitator
from bot.app.history import reworded
from bot.app.pages.turning import turn_over
from bot.app.router import Router
from bot.app.sayings import shortened
from bot.app.splitting import behind
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import ContributionId, DecisionId, PersonId, RoundId, UndoId
from bot.core.rounds.lifecycle import MOST_DECISIONS, Decision, Round, RoundState
from bot.core.rounds.shapes import Edit
from bot.core.rounds.themes import THEME_NAMES
from bot.core.text import Line, Text, just, listed, say, say_count

pages = Router()

A_PAGE = 10
"""Decisions on one card; ten of the longest wordings fit a message in every script."""


EDITS: dict[Edit, Text] = {
    Edit.ADD: say("Add decisions"),
    Edit.REWORD: say("Reword"),
    Edit.MERGE: say("Merge"),
    Edit.SPLIT: say("Split"),
    Edit.TAKE_OUT: say("Take out again"),
    Edit.LEAVE_OUT: say("Leave out"),
    Edit.MOVE: say("Move"),
    Edit.THEME: say("Theme"),
}
"""What was done to the list, on the button that undoes it."""


def entry(number: int, decision: Decision) -> Text:
    """A decision as it stands in the list, with its theme when it has one."""
    if decision.theme is None:
        return listed(number, decision.wording)
    theme = THEME_NAMES[decision.theme]
    return listed(number, say("{wording} ({theme})", wording=decision.wording, theme=theme))


def _slice(decisions: Sequence[Decision], page: int) -> tuple[Sequence[Decision], int]:
    """The decisions of a page, and how many pages there are."""
    last = max(1, -(-len(decisions) // A_PAGE))
    start = (min(max(page, 1), last) - 1) * A_PAGE
    return decisions[start : start + A_PAGE], last


def _numbered(decisions: Sequence[Decision], chosen: Sequence[Decision], key: str) -> tuple[Row, ...]:
    """Buttons with the numbers of the chosen decisions, five a row."""
    choices = [
        Choice(just(number), key.format(decision.id))
        for number, decision in enumerate(decisions, 1)
        if decision in chosen
    ]
    return tuple(tuple(choices[start : start + 5]) for start in range(0, len(choices), 5))


@pages.page("r/{round_id}/shape/{page}")
def list_(work: Work, person: PersonId, round_id: RoundId, page: int) -> Card:
    """The list so far; a number opens a decision."""
    round_ = round_of_facilitator(work, person, round_id)
    decisions = work.tx.rounds.decisions(round_.id)
    chosen, last = _slice(decisions, page)
    body: list[Line] = []
    if len(decisions) > MOST_DECISIONS:
        body.append(
            say(
                "{count} decisions, {most} at most can be asked. Please merge what is similar.",
                count=len(decisions),
                most=MOST_DECISIONS,
            )
        )
    elif not decisions:
        body.append(say("The list is empty. Add the decisions that you would like to look at together."))
    else:
        body.append(say("Tap a number to reword, merge, move or leave out."))
    body.extend(entry(number, decision) for number, decision in enumerate(decisions, 1) if decision in chosen)
    rows: list[Row] = [
        *_numbered(decisions, chosen, "d/{}"),
        turn_over(f"r/{round_.id}/shape", page, last),
        (Choice(say("Add decisions"), f"desk/decisions/{round_.id}"),),
        *_further(work, round_),
        (Choice(say("Round"), f"r/{round_.id}"),),
    ]
    return Card(say("Decisions"), tuple(body), tuple(rows))


def _further(work: Work, round_: Round) -> Iterator[Row]:
    """What can be done with the list as a whole, at the moment."""
    if shaping.offered(work, round_):
        yield (Choice(say("Add the suggested ones"), f"!r/{round_.id}/offered"),)
    left = sum(not found.decisions for found in work.tx.rounds.contributions(round_.id))
    if left:
        yield (Choice(say_count("{count} left out", "{count} left out", count=left), f"r/{round_.id}/left"),)
    last = work.tx.rounds.last_change(round_.id)
    if last is not None and round_.state is RoundState.SHAPING:
        yield (Choice(say("Undo: {change}", change=EDITS[last.what]), f"!undo/{last.id}"),)
    if voting.is_offered(work, round_):
        yield (Choice(say("Ask everybody for their five"), f"r/{round_.id}/vote"),)


@pages.action("r/{round_id}/offered")
def take_offered(work: Work, person: PersonId, round_id: RoundId) -> str:
    shaping.take_offered(work, person, round_id)
    return f"r/{round_id}/shape/1"


@pages.page("d/{decision_id}")
def decision(work: Work, person: PersonId, decision_id: DecisionId) -> Card:
    """One decision with the contributions behind it, without who sent them."""
    found = shaping.shapeable_decision(work, person, decision_id)
    decisions = work.tx.rounds.decisions(found.round)
    number = [one.id for one in decisions].index(found.id) + 1
    together = [one.words for one in behind(work, found)]
    body: list[Line] = [entry(number, found)]
    before = reworded(work, found)
    if before is not None:
        body.append(
            say("In round {number} it read: {wording}", number=before.round.number, wording=before.wording)
        )
    if len(together) > 1 or (together and together[0] != found.wording):
        body.append(say("It brings together:"))
        body.extend(f"- {shortened(words, 80)}" for words in together[:20])
    where = f"d/{found.id}"
    out: Row = (Choice(say("Leave out"), f"!{where}/out"),)
    if len(together) > 1:
        out = (*out, Choice(say("Take out again"), f"{where}/apart/1"))
    return Card(
        say("A decision"),
        tuple(body),
        (
            (
                Choice(say("Reword"), f"desk/wording/{found.id}"),
                Choice(say("Merge into another"), f"{where}/merge/1"),
            ),
            (Choice(say("Split"), f"desk/split/{found.id}"), Choice(say("Theme"), f"{where}/theme")),
            (
                Choice(say("Move up"), f"!{where}/up"),
                Choice(say("Move down"), f"!{where}/down"),
                Choice(say("To the top"), f"!{where}/top"),
            ),
            out,
            (Choice(say("Decisions"), f"r/{found.round}/shape/{(number - 1) // A_PAGE + 1}"),),
        ),
        numbered=True,
    )


@pages.page("d/{decision_id}/merge/{page}")
def merge_into(work: Work, person: PersonId, decision_id: DecisionId, page: int) -> Card:
    """Choose the decision whose wording stays."""
    found = shaping.shapeable_decision(work, person, decision_id)
    decisions = work.tx.rounds.decisions(found.round)
    chosen, last = _slice(decisions, page)
    others = [one for one in chosen if one.id != found.id]
    return Card(
        say("Merge"),
        (
            say("Into which decision? Its wording stays."),
            say("To merge: {wording}", wording=shortened(found.wording, 100)),
            "",
            *(listed(number, one.wording) for number, one in enumerate(decisions, 1) if one in others),
        ),
        (
            *_numbered(decisions, others, f"!d/{found.id}/into/{{}}"),
            turn_over(f"d/{found.id}/merge", page, last),
            (Choice(say("Back"), f"d/{found.id}"),),
        ),
    )


@pages.action("d/{source}/into/{target}")
def merge(work: Work, person: PersonId, source: DecisionId, target: DecisionId) -> str:
    shaping.merge(work, person, source, target)
    return f"d/{target}"


@pages.action("d/{decision_id}/up")
def up(work: Work, person: PersonId, decision_id: DecisionId) -> str:
    shaping.move(work, person, decision_id, -1)
    return f"d/{decision_id}"


@pages.action("d/{decision_id}/down")
def down(work: Work, person: PersonId, decision_id: DecisionId) -> str:
    shaping.move(work, person, decision_id, 1)
    return f"d/{decision_id}"


@pages.action("d/{decision_id}/top")
def top(work: Work, person: PersonId, decision_id: DecisionId) -> str:
    shaping.move_to_top(work, person, decision_id)
    return f"d/{decision_id}"


@pages.action("undo/{undo_id}")
def undo(work: Work, person: PersonId, undo_id: UndoId) -> str:
    return f"r/{shaping.undo(work, person, undo_id)}/shape/1"


@pages.action("d/{decision_id}/out")
def out(work: Work, person: PersonId, decision_id: DecisionId) -> str:
    return f"r/{shaping.leave_out(work, person, decision_id)}/shape/1"


@pages.page("r/{round_id}/left")
def left_out(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """Contributions that are in no decision, to be taken back in."""
    round_ = round_of_facilitator(work, person, round_id)
    left = [found for found in work.tx.rounds.contributions(round_.id) if not found.decisions][:A_PAGE]
    choices = tuple(
        Choice(just(number), f"!r/{round_.id}/in/{found.id}") for number, found in enumerate(left, 1)
    )
    return Card(
        say("Left out"),
        (
            say("Tap a number to take it back into the list."),
            *(listed(number, found.words) for number, found in enumerate(left, 1)),
        ),
        (choices[:5], choices[5:], (Choice(say("Decisions"), f"r/{round_.id}/shape/1"),)),
    )


@pages.action("r/{round_id}/in/{contribution}")
def take_in(work: Work, person: PersonId, round_id: RoundId, contribution: ContributionId) -> str:
    shaping.take_in(work, person, round_id, contribution)
    return f"r/{round_id}/shape/1"
