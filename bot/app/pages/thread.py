"""The contributions that a decision brings together, to be taken out again one by one."""

from __future__ import annotations

from bot.app import shaping, splitting
from bot.app.pages.turning import turn_over
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice
from bot.core.ids import ContributionId, DecisionId, PersonId
from bot.core.text import just, listed, say

pages = Router()

A_PAGE = 10


@pages.page("d/{decision_id}/apart/{page}")
def apart(work: Work, person: PersonId, decision_id: DecisionId, page: int) -> Card:
    """Choose what shall be a decision of its own again; nothing says who sent it."""
    found = shaping.shapeable_decision(work, person, decision_id)
    together = splitting.behind(work, found)
    last = max(1, -(-len(together) // A_PAGE))
    first = (min(max(page, 1), last) - 1) * A_PAGE
    shown = list(enumerate(together, 1))[first : first + A_PAGE]
    choices = tuple(Choice(just(number), f"!d/{found.id}/apart/{one.id}") for number, one in shown)
    return Card(
        say("Take out again"),
        (
            say("Tap a number to make it a decision of its own again."),
            *(listed(number, one.words) for number, one in shown),
        ),
        (
            choices[:5],
            choices[5:],
            turn_over(f"d/{found.id}/apart", page, last),
            (Choice(say("Back"), f"d/{found.id}"),),
        ),
    )


@pages.action("d/{decision_id}/apart/{contribution}")
def take_out(work: Work, person: PersonId, decision_id: DecisionId, contribution: ContributionId) -> str:
    return f"d/{splitting.take_out(work, person, decision_id, contribution)}"
