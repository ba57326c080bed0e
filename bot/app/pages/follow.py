"""After the digest: recording the meeting, and the actions as they go."""

from __future__ import annotations

from datetime import date

from bot.app import followup
from bot.app.access import action_of_facilitator, decision_of_facilitator, facilitated, round_of_facilitator
from bot.app.levels import level_name
from bot.app.pages.agreements import agreement_lines
from bot.app.pages.together import wish_lines, wish_rows
from bot.app.pages.turning import turn_over
from bot.app.router import Router
from bot.app.sayings import shortened, status_name
from bot.app.voices import pages_of_voices
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import ActionId, DecisionId, PartnershipId, PersonId, RoundId
from bot.core.rounds.comments import Audience
from bot.core.rounds.lifecycle import ActionStatus, RoundState
from bot.core.text import Line, listed, say

pages = Router()


@pages.page("r/{round_id}/meeting")
def meeting(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """What can be recorded, decision by decision."""
    round_ = round_of_facilitator(work, person, round_id)
    decisions = followup.to_discuss(work, round_)
    agreed = {found.decision for found in work.tx.rounds.agreed_levels(round_.id)}
    body: list[Line] = [
        say("Record what the group agreed in its meeting. Levels count only when nobody objects."),
        *wish_lines(work, person, round_),
    ]
    rows: list[Row] = [*wish_rows(work, person, round_)]
    row: list[Choice] = []
    for number, decision in enumerate(decisions, 1):
        mark = say(
            "{number}. {decision} (levels agreed)", number=number, decision=shortened(decision.wording, 60)
        )
        body.append(mark if decision.id in agreed else listed(number, shortened(decision.wording, 60)))
        row.append(Choice(say("Levels {number}", number=number), f"agree/{decision.id}"))
        if len(row) == 3:
            rows.append(tuple(row))
            row = []
    if row:
        rows.append(tuple(row))
    rows.append((Choice(say("Add an action"), f"desk/action/{round_.id}"),))
    rows.append((Choice(say("Agreements"), f"p/{round_.partnership}/actions"),))
    if round_.state is RoundState.MEETING:
        rows.append((Choice(say("Finish and tell the group"), f"!r/{round_.id}/finish"),))
    rows.append((Choice(say("Round"), f"r/{round_.id}"),))
    return Card(say("What we agreed"), tuple(body), tuple(rows))


@pages.page("r/{round_id}/notes/{page}")
def notes(work: Work, person: PersonId, round_id: RoundId, page: int) -> Card:
    """What representatives wrote to the facilitators only; readable for thirty days."""
    round_ = round_of_facilitator(work, person, round_id)
    texts = pages_of_voices(work, round_, Audience.FACILITATORS)
    back: Row = (Choice(say("Round"), f"r/{round_.id}"),)
    if not 1 <= page <= len(texts):
        return Card(say("Written to the facilitators"), (say("There is nothing here any more."),), (back,))
    turns = turn_over(f"r/{round_.id}/notes", page, len(texts))
    intro = say("For you alone, without who wrote it. Please do not ask. It is erased after 30 days.")
    return Card(say("Written to the facilitators"), (intro, *texts[page - 1]), (turns, back))


@pages.page("agree/{decision_id}")
def levels(work: Work, person: PersonId, decision_id: DecisionId) -> Card:
    """The agreed levels of one decision."""
    decision = decision_of_facilitator(work, person, decision_id)
    round_ = round_of_facilitator(work, person, decision.round)
    names = {one.id: one.acronym for one in work.tx.partnerships.partners(round_.partnership)}
    agreed = [found for found in work.tx.rounds.agreed_levels(round_.id) if found.decision == decision.id]
    body: list[Line] = [decision.wording]
    body.extend(
        say("{partner}: {level}", partner=names.get(found.partner, "?"), level=level_name(work, found.level))
        for found in agreed
    )
    if not agreed:
        body.append(say("No levels agreed yet."))
    return Card(
        say("Agreed levels"),
        tuple(body),
        (
            (Choice(say("Record the levels"), f"desk/levels/{decision.id}"),),
            (Choice(say("What we agreed"), f"r/{round_.id}/meeting"),),
        ),
        numbered=True,
    )


@pages.action("r/{round_id}/finish")
def finish(work: Work, person: PersonId, round_id: RoundId) -> str:
    round_ = followup.finish_meeting(work, person, round_id)
    is_over = round_.state is not RoundState.MEETING
    return f"p/{round_.partnership}" if is_over else f"r/{round_.id}/meeting"


@pages.page("p/{partnership_id}/actions")
def actions(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
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
def action(work: Work, person: PersonId, partnership_id: PartnershipId, action_id: ActionId) -> Card:
    """One action and how far it is."""
    found = action_of_facilitator(work, person, partnership_id, action_id)
    names = {one.id: one.acronym for one in work.tx.partnerships.partners(partnership_id)}
    where = f"a/{partnership_id}/{found.id}"
    statuses: tuple[Row, ...] = tuple(
        (Choice(status_name(status), f"!{where}/{status}"),)
        for status in ActionStatus
        if status is not found.status
    )
    return Card(
        say("An action"),
        (
            found.what,
            say("Who sees to it: {partner}", partner=names.get(found.owner, "?")),
            say("By {date}", date=date.fromisoformat(found.by)),
            say("Now: {status}", status=status_name(found.status)),
        ),
        (
            *statuses,
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
    return Card(
        say("Are you sure?"),
        (say("This takes the action off the list, as if it had never been recorded."), found.what),
        ((Choice(say("Remove"), f"!{where}/remove"), Choice(say("Keep it"), where)),),
        numbered=True,
    )


@pages.action("a/{partnership_id}/{action_id}/remove")
def remove(work: Work, person: PersonId, partnership_id: PartnershipId, action_id: ActionId) -> str:
    followup.remove_action(work, person, partnership_id, action_id)
    return f"p/{partnership_id}/actions"


@pages.action("a/{partnership_id}/{action_id}/{status:s}")
def set_status(
    work: Work, person: PersonId, partnership_id: PartnershipId, action_id: ActionId, status: str
) -> str:
    if status in set(ActionStatus):
        followup.set_status(work, person, partnership_id, action_id, ActionStatus(status))
    return f"a/{partnership_id}/{action_id}"
