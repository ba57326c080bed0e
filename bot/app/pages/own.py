"""A partnership's own questions, as its facilitators send, look at and remove them."""

from __future__ import annotations

from bot.app import flows, own_questions
from bot.app.access import facilitated
from bot.app.pages.confirming import confirm
from bot.app.router import Router
from bot.app.sayings import shortened
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.flow.prompts import prompts_of, to_reword
from bot.core.ids import OwnFlowId, PartnershipId, PersonId
from bot.core.text import Line, listed, say

pages = Router()

_SHOWN = 120
"""Characters of each question in the list."""


def path_of(partnership: PartnershipId, flow: OwnFlowId) -> str:
    return f"p/{partnership}/flow/{flow}"


@pages.page("p/{partnership_id}/flows")
def all_of_them(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """What there is, and how to send more."""
    partnership = facilitated(work, person, partnership_id)
    kept = work.tx.own_flows.of(partnership.id)
    rows: list[Row] = [
        (Choice(flows.title(flows.own_flow(one)), path_of(partnership.id, one.id)),) for one in kept
    ]
    rows.append((Choice(say("Settings"), f"p/{partnership.id}/settings"),))
    body: list[Line] = [
        say(
            "Send me a file with questions of your own, written as the guide for authors says. Only your partnership "
            "sees and uses them, in the language in which you wrote them."
        )
    ]
    if not kept:
        body.append(say("There are none yet."))
    return Card(say("Own questions"), tuple(body), tuple(rows), numbered=True)


@pages.receives("p/{partnership_id}/flows")
def add(work: Work, person: PersonId, partnership_id: PartnershipId, content: bytes) -> str:
    return path_of(partnership_id, own_questions.add(work, person, partnership_id, content))


@pages.page("p/{partnership_id}/flow/{flow}")
def one(work: Work, person: PersonId, partnership_id: PartnershipId, flow: OwnFlowId) -> Card:
    """What questions ask, and what can be done with them."""
    found = flows.own_flow(own_questions.own(work, person, partnership_id, flow))
    look = f"preview/{partnership_id}/{found.flow}/1/{work.tx.people.language(person)}"
    asked = (shortened(to_reword(prompt.msgid), _SHOWN) for prompt in prompts_of(found))
    return Card(
        say("Own questions"),
        (
            flows.title(found),
            flows.about(found),
            "",
            *(listed(number, prompt) for number, prompt in enumerate(asked, 1)),
            "",
            say("To change them, send the new file here."),
        ),
        (
            (Choice(say("Preview"), look),),
            (Choice(say("Remove"), f"{path_of(partnership_id, flow)}/remove"),),
            (Choice(say("Own questions"), f"p/{partnership_id}/flows"),),
        ),
        numbered=True,
    )


@pages.receives("p/{partnership_id}/flow/{flow}")
def put(work: Work, person: PersonId, partnership_id: PartnershipId, flow: OwnFlowId, content: bytes) -> str:
    own_questions.put(work, person, partnership_id, flow, content)
    return path_of(partnership_id, flow)


@pages.page("p/{partnership_id}/flow/{flow}/remove")
def confirm_remove(work: Work, person: PersonId, partnership_id: PartnershipId, flow: OwnFlowId) -> Card:
    """Ask once more."""
    found = flows.own_flow(own_questions.own(work, person, partnership_id, flow))
    where = path_of(partnership_id, flow)
    return confirm(
        flows.title(found), Choice(say("Remove"), f"!{where}/remove"), Choice(say("Keep it"), where)
    )


@pages.action("p/{partnership_id}/flow/{flow}/remove")
def remove(work: Work, person: PersonId, partnership_id: PartnershipId, flow: OwnFlowId) -> str:
    own_questions.remove(work, person, partnership_id, flow)
    return f"p/{partnership_id}/flows"
