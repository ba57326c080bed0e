"""The actions of a partnership, as its facilitators see them before they count and as they go."""

from __future__ import annotations

from datetime import date

from bot.app import actions
from bot.app.access import action_of_facilitator, facilitated
from bot.app.pages.agreements import agreement_lines
from bot.app.pages.confirming import confirm
from bot.app.router import Router
from bot.app.sayings import shortened, standing_words, status_name
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import ActionId, PartnershipId, PersonId
from bot.core.rounds.lifecycle import ActionStatus, Standing
from bot.core.text import Line, say

pages = Router()


@pages.page("p/{partnership_id}/actions")
def overview(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Agreements and actions; a number opens an action."""
    partnership = facilitated(work, person, partnership_id)
    found = work.tx.rounds.actions(partnership.id)
    body: list[Line] = [*agreement_lines(work, partnership, work.tx.people.language(person))]
    choices = [
        Choice(shortened(action.what, 30), f"a/{partnership.id}/{action.id}")
        for action in found
        if action.status not in {ActionStatus.DONE, ActionStatus.DROPPED}
    ][:20]
    rows: tuple[Row, ...] = tuple((choice,) for choice in choices)
    return Card(say("What we agreed"), tuple(body), (*rows, (Choice(say("Desk"), f"p/{partnership.id}"),)))


@pages.page("a/{partnership_id}/{action_id}")
def one(work: Work, person: PersonId, partnership_id: PartnershipId, action_id: ActionId) -> Card:
    """One action and how far it is."""
    found = action_of_facilitator(work, person, partnership_id, action_id)
    names = {one.id: one.acronym for one in work.tx.partnerships.partners(partnership_id)}
    where = f"a/{partnership_id}/{found.id}"
    counts = found.standing is Standing.AGREED
    rows: list[Row] = [
        (Choice(status_name(status), f"!{where}/{status}"),)
        for status in ActionStatus
        if counts and status is not found.status
    ]
    if not counts:
        rows.append((Choice(say("Change"), f"desk/change/{found.id}"),))
    now = status_name(found.status) if counts else standing_words(found.standing)
    return Card(
        say("An action"),
        (
            found.what,
            say("Who sees to it: {partner}", partner=names.get(found.owner, "?")),
            say("By {date}", date=date.fromisoformat(found.by)),
            say("Now: {status}", status=now),
        ),
        (
            *rows,
            (
                Choice(say("Remove"), f"{where}/remove"),
                Choice(say("Agreements"), f"p/{partnership_id}/actions"),
            ),
        ),
        numbered=True,
    )


@pages.page("a/{partnership_id}/{action_id}/remove")
def confirm_remove(work: Work, person: PersonId, partnership_id: PartnershipId, action_id: ActionId) -> Card:
    found = action_of_facilitator(work, person, partnership_id, action_id)
    where = f"a/{partnership_id}/{found.id}"
    return confirm(
        say("This takes the action off the list, as if it had never been recorded."),
        Choice(say("Remove"), f"!{where}/remove"),
        Choice(say("Keep it"), where),
        found.what,
    )


@pages.action("a/{partnership_id}/{action_id}/remove")
def remove(work: Work, person: PersonId, partnership_id: PartnershipId, action_id: ActionId) -> str:
    actions.remove_action(work, person, partnership_id, action_id)
    return f"p/{partnership_id}/actions"


@pages.action("a/{partnership_id}/{action_id}/{status:s}")
def set_status(
    work: Work, person: PersonId, partnership_id: PartnershipId, action_id: ActionId, status: str
) -> str:
    if status in set(ActionStatus):
        actions.set_status(work, person, partnership_id, action_id, ActionStatus(status))
    return f"a/{partnership_id}/{action_id}"
