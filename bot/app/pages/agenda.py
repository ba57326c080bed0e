"""The agenda for the meeting, as the facilitators see it before they post it."""

from __future__ import annotations

from bot.app import followup
from bot.app.actions import recordable
from bot.app.agendas import agenda_lines
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import PersonId, RoundId
from bot.core.text import say

pages = Router()


@pages.page("r/{round_id}/agenda")
def agenda(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """What to talk about first and why, from what the digest says and from nothing else."""
    round_ = recordable(work, person, round_id)
    found = followup.agenda_of(work, round_)
    back: Row = (Choice(say("Round"), f"r/{round_.id}"),)
    if found is None:
        nothing = say(
            "The digest shows nothing that the group sees differently. You may talk about what works."
        )
        return Card(say("For our meeting"), (nothing,), (back,))
    return Card(
        say("For our meeting"),
        agenda_lines(work, round_, found, work.tx.people.language(person)),
        ((Choice(say("Post in the group"), f"!r/{round_.id}/agenda"),), back),
    )


@pages.action("r/{round_id}/agenda")
def post(work: Work, person: PersonId, round_id: RoundId) -> str:
    return f"r/{followup.post_agenda(work, person, round_id).id}/meeting"
