"""Asking everybody which decisions of a long list matter most to them."""

from __future__ import annotations

from bot.app import voting
from bot.app.access import round_of_facilitator
from bot.app.pages.confirming import confirm
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice
from bot.core.ids import PersonId, RoundId
from bot.core.text import say

pages = Router()


@pages.page("r/{round_id}/vote")
def confirm_vote(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """Say what a vote is before everybody is asked."""
    round_of_facilitator(work, person, round_id)
    return confirm(
        say(
            "For seven days everybody can choose five decisions of the list, privately. Then what most chose stands "
            "first, if enough answered. This is possible once, and until then the list stays as it is."
        ),
        Choice(say("Ask everybody for their five"), f"!r/{round_id}/vote"),
        Choice(say("Back"), f"r/{round_id}/shape/1"),
    )


@pages.action("r/{round_id}/vote")
def vote(work: Work, person: PersonId, round_id: RoundId) -> str:
    return f"r/{voting.begin(work, person, round_id).id}"
