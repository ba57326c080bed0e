"""What partnerships learn from each other, for everybody; and sharing it, for facilitators."""

from __future__ import annotations

from bot.app import details, learning
from bot.app.access import facilitated
from bot.app.learned import PROMISE, learned_lines
from bot.app.pages.home import HOME
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice
from bot.core.ids import PartnershipId, PersonId
from bot.core.text import Line, say

pages = Router()


@pages.page("learning")
def learned(work: Work, person: PersonId) -> Card:
    """The last release; it points at nobody, so anybody may read it."""
    return Card(say("Learning across partnerships"), learned_lines(work), (HOME,))


@pages.page("p/{partnership_id}/learning")
def sharing(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """What would be shared with whom, whether it is, and the button that begins or ends it."""
    partnership = facilitated(work, person, partnership_id)
    where = learning.page_of(partnership.id)
    if partnership.shares_since is None:
        state: Line = say("Please ask your group first. It is told when sharing begins and when it ends.")
        change = Choice(say("Share"), f"!{where}/share")
    else:
        state = say("This partnership has shared since {date}.", date=partnership.shares_since)
        change = Choice(say("Stop sharing"), f"!{where}/stop")
    return Card(
        say("Learning across partnerships"),
        (*PROMISE, state),
        (
            (change,),
            (Choice(say("What was released"), "learning"),),
            (Choice(say("Settings"), details.page_of(partnership.id)),),
        ),
        numbered=True,
    )


@pages.action("p/{partnership_id}/learning/share")
def share(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    learning.share(work, person, partnership_id)
    return learning.page_of(partnership_id)


@pages.action("p/{partnership_id}/learning/stop")
def stop(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    learning.stop(work, person, partnership_id)
    return learning.page_of(partnership_id)
