"""The statements of the next pulse, as the facilitators see them."""

from __future__ import annotations

from bot.app import checkins, statements
from bot.app.access import facilitated
from bot.app.router import Router
from bot.app.sayings import kind_words
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import DecisionId, PartnershipId, PersonId
from bot.core.rounds.lifecycle import Kind
from bot.core.text import Line, listed, say

pages = Router()


@pages.page("s/{partnership_id}/statements")
def all_statements(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """The statements of the next pulse."""
    partnership = facilitated(work, person, partnership_id)
    found = checkins.statements(work, partnership.id)
    body: list[Line] = [listed(number, statement.wording) for number, statement in enumerate(found, 1)]
    rows: list[Row] = [
        (Choice(say("Remove {number}", number=number), f"!s/{partnership.id}/remove/{statement.id}"),)
        for number, statement in enumerate(found, 1)
    ]
    if len(found) < statements.MOST:
        rows.append((Choice(say("Add statements"), f"desk/statements/{partnership.id}"),))
    rows.append((Choice(kind_words(Kind.PULSE), f"c/{partnership.id}/{Kind.PULSE}"),))
    return Card(say("Statements"), tuple(body) or (say("There are none yet."),), tuple(rows))


@pages.action("s/{partnership_id}/remove/{statement}")
def remove_statement(
    work: Work, person: PersonId, partnership_id: PartnershipId, statement: DecisionId
) -> str:
    statements.remove(work, person, partnership_id, statement)
    return f"s/{partnership_id}/statements"
