"""Trying a round out as a participant."""

from __future__ import annotations

from bot.app import rehearsal
from bot.app.access import facilitated, not_here
from bot.app.pages.home import HOME
from bot.app.router import Router
from bot.app.sheets import STAGES
from bot.app.work import Work
from bot.core.cards import Card, Choice
from bot.core.ids import PartnershipId, PersonId
from bot.core.rounds.lifecycle import Kind, RoundState
from bot.core.text import say

pages = Router()

THE_LAST = 99  # a card beyond the last one is the last one
FIRST, LAST = STAGES[RoundState.COLLECTING], STAGES[RoundState.ANSWERING]


@pages.page("try/{partnership_id}")
def rehearse(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """What trying out is, and its two parts."""
    partnership = facilitated(work, person, partnership_id)
    where = f"try/{partnership.id}"
    return Card(
        say("Try it out"),
        (
            partnership.name,
            say(
                "You answer as a representative would, in your language. Nothing that you answer is stored or sent."
            ),
        ),
        (
            (Choice(say("From the beginning"), f"!{where}"),),
            (Choice(say("Only the levels"), f"{where}/{LAST}"),),
            (Choice(say("Desk"), f"p/{partnership.id}"), *HOME),
        ),
        numbered=True,
    )


@pages.action("try/{partnership_id}")
def begin(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    rehearsal.begin(work, person, partnership_id)
    return f"try/{partnership_id}/{FIRST}"


@pages.page("tried/{partnership_id}/{stage:s}")
def tried(work: Work, person: PersonId, partnership_id: PartnershipId, stage: str) -> Card:
    """What follows a part in a real round."""
    partnership = facilitated(work, person, partnership_id)
    desk = Choice(say("Desk"), f"p/{partnership.id}")
    if stage == FIRST:
        return Card(
            say("Thank you"),
            (
                say("In a round, the facilitators now make one list out of what everybody named."),
                say("Here the questions go on with what you named."),
            ),
            ((Choice(say("Go on"), f"try/{partnership.id}/{LAST}"), desk),),
            numbered=True,
        )
    if stage != LAST:
        raise not_here()
    language = work.tx.people.language(person)
    example = f"preview/{partnership.id}/{Kind.REFLECTION}/{THE_LAST}/{language}"
    return Card(
        say("Thank you"),
        (
            say("That was all of it. What you answered is gone."),
            say("After the close the group reads a digest in words. Here is one with made-up words."),
        ),
        ((Choice(say("Digest"), example), desk),),
        numbered=True,
    )
