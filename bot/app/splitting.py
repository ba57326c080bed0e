"""Taking decisions apart again: one that says two things, and one that brings together what does not belong."""

from __future__ import annotations

from dataclasses import replace

from bot.app import access
from bot.app.shaping import add, arrange, not_there_yet, remember, shapeable, shapeable_decision
from bot.app.work import Work
from bot.core.flow.readout import list_items
from bot.core.flow.session import Param, Session
from bot.core.ids import ContributionId, DecisionId, PersonId
from bot.core.rounds.lifecycle import MOST_LISTED, Contribution, Decision
from bot.core.rounds.shapes import Edit
from bot.core.text import say
from bot.errors import Refusal


def begin(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "split", about one decision."""
    return {"current": shapeable_decision(work, person, DecisionId(subject)).wording}


def split(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Let several decisions stand where one stood; each keeps the thread to everything that was contributed.

    The first stays what the one was, also compared with earlier rounds.
    """
    decision = shapeable_decision(work, person, DecisionId(subject))
    wordings = list_items(session, "wordings")
    not_there_yet(work, decision.round, wordings, besides=decision.id)
    if len(work.tx.rounds.decisions(decision.round)) + len(wordings) - 1 > MOST_LISTED:
        raise Refusal(say("A round has room for {most} decisions. Please send fewer.", most=MOST_LISTED))
    remember(work, decision.round, Edit.SPLIT)
    place = work.tx.rounds.decisions(decision.round).index(decision)
    work.tx.rounds.save_decision(replace(decision, wording=wordings[0]))
    round_ = shapeable(work, person, decision.round)
    further = {add(work, round_, wording) for wording in wordings[1:]}
    for contribution in behind(work, decision):
        work.tx.rounds.belong(contribution.id, contribution.decisions | further)
    others = [found for found in work.tx.rounds.decisions(round_.id) if found.id not in further]
    new = [found for found in work.tx.rounds.decisions(round_.id) if found.id in further]
    arrange(work, [*others[: place + 1], *new, *others[place + 1 :]])
    return f"r/{round_.id}/shape/1"


def behind(work: Work, decision: Decision) -> list[Contribution]:
    """The contributions that a decision brings together."""
    return [found for found in work.tx.rounds.contributions(decision.round) if decision.id in found.decisions]


def take_out(
    work: Work, person: PersonId, decision_id: DecisionId, contribution_id: ContributionId
) -> DecisionId:
    """Let a contribution that was merged be a decision of its own again, at the end of the list.

    Returns: the new decision.
    Raises: Refusal.
    """
    decision = shapeable_decision(work, person, decision_id)
    together = behind(work, decision)
    found = next((one for one in together if one.id == contribution_id), None)
    if found is None or len(together) == 1:
        raise access.not_here()
    not_there_yet(work, decision.round, [found.words])
    remember(work, decision.round, Edit.TAKE_OUT)
    alone = add(work, shapeable(work, person, decision.round), found.words)
    work.tx.rounds.belong(found.id, found.decisions - {decision.id} | {alone})
    return alone
