"""What meetings agreed on: levels, actions, and apart from them what does not count yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from bot.app.history import agreed_levels
from bot.app.proposals import Names, Proposal, proposals, still_open
from bot.app.reports.matrices import agreed_matrix
from bot.app.reports.sources import names_of
from bot.app.sayings import status_name
from bot.app.work import Work
from bot.core.document import Block, Paragraph, Points
from bot.core.ids import DecisionId, PartnerId, PartnershipId
from bot.core.rounds.lifecycle import Action, Decision, Round, Standing
from bot.core.text import Line, say

Levels: TypeAlias = Sequence[tuple[Decision, Mapping[PartnerId, int]]]
"""By decision, the level of each partner for whom there is one."""


def agreed_after(work: Work, round_: Round) -> Iterator[Block]:
    """What the meeting of one round came to."""
    taken = [action for action in actions_of(work, round_.partnership) if action.round == round_.id]
    yield from _agreed(work, round_.partnership, agreed_in(work, round_), taken, proposals(work, round_))


def agreed_so_far(work: Work, partnership: PartnershipId) -> Iterator[Block]:
    """Levels that hold and every action, whichever round they come from."""
    levels = [(found.decision, found.levels) for found in agreed_levels(work, partnership)]
    yield from _agreed(
        work, partnership, levels, actions_of(work, partnership), still_open(work, partnership)
    )


def agreed_in(work: Work, round_: Round) -> Levels:
    """The decisions of a round for which levels count, with these."""
    levels: dict[DecisionId, dict[PartnerId, int]] = {}
    for found in work.tx.rounds.agreed_levels(round_.id):
        if found.standing is Standing.AGREED:
            levels.setdefault(found.decision, {})[found.partner] = found.level
    return [
        (decision, levels[decision.id])
        for decision in work.tx.rounds.decisions(round_.id)
        if decision.id in levels
    ]


def actions_of(work: Work, partnership: PartnershipId) -> list[Action]:
    """The actions that count."""
    return [found for found in work.tx.rounds.actions(partnership) if found.standing is Standing.AGREED]


def _agreed(
    work: Work,
    partnership: PartnershipId,
    levels: Levels,
    taken: Iterable[Action],
    open_: Sequence[Proposal],
) -> Iterator[Block]:
    if levels:
        yield agreed_matrix(work, partnership, levels, heading=say("What we agreed"))
    lines = tuple(_actions(work, partnership, taken))
    if lines:
        yield Points(lines, numbered=True)
    if open_:
        names = Names.of(work, partnership)
        told = tuple(names.proposal(found) for found in open_)
        yield Points(told, about=say("Still open, it does not count yet:"))
    if not (levels or lines or open_):
        yield Paragraph(say("Nothing has been agreed yet. It comes after the digest, when the group meets."))


def _actions(work: Work, partnership: PartnershipId, taken: Iterable[Action]) -> Iterator[Line]:
    """Each with the partner that sees to it, the day, and how far it is."""
    names = names_of(work.tx.partnerships.partners(partnership))
    for number, action in enumerate(taken, 1):
        yield say(
            "{number}. {what} ({owner}, by {date}): {status}",
            number=number,
            what=action.what,
            owner=names.get(action.owner, "?"),
            date=date.fromisoformat(action.by),
            status=status_name(action.status),
        )
