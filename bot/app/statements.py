"""The statements of a partnership's next pulse, as its facilitators write them."""

from __future__ import annotations

from bot.app import access
from bot.app.checkins import draft_of_statements, statements
from bot.app.work import Work
from bot.core.flow.readout import list_items
from bot.core.flow.session import Param, Session
from bot.core.ids import DecisionId, PartnershipId, PersonId
from bot.core.text import say
from bot.errors import Refusal

MOST = 7


def begin(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "statements", about one partnership."""
    access.facilitated(work, person, PartnershipId(subject))
    return {}


def add(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Add what was typed; a statement that is there already is left as it is.

    Raises: Refusal, when there would be too many.
    """
    partnership = access.facilitated(work, person, PartnershipId(subject))
    known = {found.wording.casefold() for found in statements(work, partnership.id)}
    new = [words for words in list_items(session, "statements") if words.casefold() not in known]
    if len(known) + len(new) > MOST:
        raise Refusal(say("A pulse has at most {most} statements, so that it stays short.", most=MOST))
    draft = draft_of_statements(work, partnership.id)
    for words in new:
        work.tx.rounds.add_decision(draft, words)
    return f"s/{partnership.id}/statements"


def remove(work: Work, person: PersonId, partnership_id: PartnershipId, statement: DecisionId) -> None:
    """Take a statement off the next pulse.

    Raises: Refusal.
    """
    partnership = access.facilitated(work, person, partnership_id)
    if statement not in {found.id for found in statements(work, partnership.id)}:
        raise access.not_here()
    work.tx.rounds.remove_decision(statement)
