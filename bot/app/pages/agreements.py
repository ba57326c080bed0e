"""What a partnership agreed, as lines of a card: levels by consensus, actions with owner and date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.app.fitting import size
from bot.app.history import agreed_levels
from bot.app.proposals import Names, still_open
from bot.app.sayings import shortened, status_name
from bot.app.work import Work
from bot.core.partnerships import Partnership
from bot.core.rounds.lifecycle import ActionStatus, Standing
from bot.core.text import Line, say

MOST_ACTIONS = 15
"""Actions on one card; finished ones give way first, then the latest dates."""

ROOM = 3900
"""Length of all lines together; Telegram takes 4096, and a title and a notice belong to it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How much is told.

    Attributes:
        wording, what: most characters of a decision's wording and of an action.
        levels: whether each partner's level is named.
    """

    wording: int
    what: int
    levels: bool = True


LAYOUTS = (
    Layout(60, 120),
    Layout(60, 60),
    Layout(60, 120, levels=False),
    Layout(30, 30, levels=False),
    Layout(20, 15, levels=False),
)


def agreement_lines(
    work: Work, partnership: Partnership, language: str, *, beside: int = 0
) -> tuple[Line, ...]:
    """Agreed levels that hold, all actions, and what is still open, in the fullest layout that fits a message.

    Args:
        beside: length of what stands in the same message.
    """
    for layout in LAYOUTS:
        lines = (
            *_levels(work, partnership, layout),
            *_actions(work, partnership, layout),
            *_open(work, partnership, layout),
        )
        if size(work, lines, language) + beside <= ROOM:
            break
    return lines or (say("Nothing has been agreed yet. It comes after the digest, when the group meets."),)


def _levels(work: Work, partnership: Partnership, layout: Layout) -> Iterator[Line]:
    names = Names.of(work, partnership.id)
    for found in agreed_levels(work, partnership.id):
        levels = names.levels(found.levels)
        wording = shortened(found.decision.wording, layout.wording)
        if levels and layout.levels:
            yield say("{decision}: from now on {levels}.", decision=wording, levels=levels)
        elif levels:
            yield say("{decision}: levels agreed; the facilitators have them.", decision=wording)


def _open(work: Work, partnership: Partnership, layout: Layout) -> Iterator[Line]:
    """What the meeting proposed and what does not count yet."""
    names = Names.of(work, partnership.id)
    found = still_open(work, partnership.id)[:MOST_ACTIONS]
    if found:
        yield ""
        yield say("Still open, it does not count yet:")
    for proposal in found:
        yield names.proposal(proposal, wording=layout.wording, what=layout.what, levels=layout.levels)
        if proposal.standing is Standing.CONTESTED:
            yield say("Somebody is not at ease with it yet.")


def _actions(work: Work, partnership: Partnership, layout: Layout) -> Iterator[Line]:
    names = {partner.id: partner.acronym for partner in work.tx.partnerships.partners(partnership.id)}
    finished = {ActionStatus.DONE, ActionStatus.DROPPED}
    actions = [one for one in work.tx.rounds.actions(partnership.id) if one.standing is Standing.AGREED]
    shown = sorted(actions, key=lambda action: (action.status in finished, action.by))[:MOST_ACTIONS]
    for number, action in enumerate(shown, 1):
        yield say(
            "{number}. {what} ({owner}, by {date}): {status}",
            number=number,
            what=shortened(action.what, layout.what),
            owner=names.get(action.owner, "?"),
            date=date.fromisoformat(action.by),
            status=status_name(action.status),
        )
