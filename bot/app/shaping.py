"""Shaping: the facilitators make one list of decisions out of everybody's contributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.app import access, flows
from bot.app.sittings import needed
from bot.app.work import Work
from bot.core.flow.readout import list_items
from bot.core.flow.session import Param, Session
from bot.core.flow.texts import phrase
from bot.core.ids import ContributionId, DecisionId, PersonId, RoundId, UndoId
from bot.core.rounds.lifecycle import MOST_DECISIONS, Decision, Round, RoundState
from bot.core.rounds.shapes import Edit
from bot.core.rounds.themes import Theme
from bot.core.text import say
from bot.errors import Refusal


def shapeable(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """The round, if this person may shape its list now.

    Raises: Refusal.
    """
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.state is not RoundState.SHAPING:
        raise Refusal(say("The list of decisions can be changed only before the round opens for answers."))
    return round_


def shapeable_decision(work: Work, person: PersonId, decision_id: DecisionId) -> Decision:
    """The decision, if this person may shape it now.

    Raises: Refusal.
    """
    decision = access.decision_of_facilitator(work, person, decision_id)
    shapeable(work, person, decision.round)
    return decision


def remember(work: Work, round_id: RoundId, what: Edit) -> None:
    """Keep what the list is like before a change, which can then be undone until the next one."""
    work.tx.rounds.keep_undo(round_id, what, work.tx.rounds.shape(round_id))


def undo(work: Work, person: PersonId, undo_id: UndoId) -> RoundId:
    """Take the last change to a list back; nothing of it has been sent to anybody.

    Raises: Refusal, also when it is not the last one any more.
    """
    last = work.tx.rounds.undo(undo_id)
    if last is None:
        raise Refusal(say("There was another change in the meantime, so this one stays."))
    shapeable(work, person, last.round)
    work.tx.rounds.restore(last.round, last.before)
    work.tx.rounds.forget_undo(last.round)
    return last.round


def merge(work: Work, person: PersonId, source: DecisionId, target: DecisionId) -> RoundId:
    """Merge one decision into another, whose wording stays; what was contributed to both stays together.

    Raises: Refusal.
    """
    merged = shapeable_decision(work, person, source)
    into = shapeable_decision(work, person, target)
    if merged.round != into.round or merged.id == into.id:
        raise access.not_here()
    remember(work, merged.round, Edit.MERGE)
    for contribution in work.tx.rounds.contributions(merged.round):
        if merged.id in contribution.decisions:
            work.tx.rounds.belong(contribution.id, contribution.decisions - {merged.id} | {into.id})
    work.tx.rounds.remove_decision(merged.id)
    return into.round


def move(work: Work, person: PersonId, decision_id: DecisionId, by: int) -> None:
    """Move a decision up (-1) or down (+1) in the list.

    Raises: Refusal.
    """
    decision = shapeable_decision(work, person, decision_id)
    order = list(work.tx.rounds.decisions(decision.round))
    _place(work, decision, order.index(decision) + by)


def move_to_top(work: Work, person: PersonId, decision_id: DecisionId) -> None:
    """Let a decision be the first of the list.

    Raises: Refusal.
    """
    _place(work, shapeable_decision(work, person, decision_id), 0)


def _place(work: Work, decision: Decision, place: int) -> None:
    """Put a decision at a place counted from 0; one that the list does not have changes nothing."""
    order = list(work.tx.rounds.decisions(decision.round))
    if order.index(decision) == place or not 0 <= place < len(order):
        return
    remember(work, decision.round, Edit.MOVE)
    order.remove(decision)
    order.insert(place, decision)
    arrange(work, order)


def arrange(work: Work, order: Sequence[Decision]) -> None:
    """Store the order of a round's decisions."""
    for position, found in enumerate(order, 1):
        if found.position != position:
            work.tx.rounds.save_decision(replace(found, position=position))


def set_theme(work: Work, person: PersonId, decision_id: DecisionId, theme: Theme | None) -> RoundId:
    """Say what a decision is about, or take it back.

    Raises: Refusal.
    """
    decision = shapeable_decision(work, person, decision_id)
    if decision.theme is not theme:
        remember(work, decision.round, Edit.THEME)
        work.tx.rounds.save_decision(replace(decision, theme=theme))
    return decision.round


def leave_out(work: Work, person: PersonId, decision_id: DecisionId) -> RoundId:
    """Take a decision off the list; its contributions can be taken back in.

    Raises: Refusal.
    """
    decision = shapeable_decision(work, person, decision_id)
    remember(work, decision.round, Edit.LEAVE_OUT)
    work.tx.rounds.remove_decision(decision.id)
    return decision.round


def take_in(work: Work, person: PersonId, round_id: RoundId, contribution_id: ContributionId) -> None:
    """Put a contribution that was left out back on the list.

    Raises: Refusal.
    """
    round_ = shapeable(work, person, round_id)
    for contribution in work.tx.rounds.contributions(round_.id):
        if contribution.id == contribution_id and not contribution.decisions:
            remember(work, round_.id, Edit.ADD)
            work.tx.rounds.belong(contribution.id, {add(work, round_, contribution.words)})
            return
    raise access.not_here()


def add(work: Work, round_: Round, wording: str) -> DecisionId:
    """Put a decision on the list; in the same words as in an earlier round it can be compared with, it is the same."""
    for earlier in work.tx.rounds.of_partnership(round_.partnership):
        if earlier.posted and flows.comparable(work, earlier, round_):
            for decision in work.tx.rounds.decisions(earlier.id):
                if decision.wording.casefold() == wording.casefold():
                    return work.tx.rounds.add_decision(
                        round_.id, wording, continues=decision.id, theme=decision.theme
                    )
    return work.tx.rounds.add_decision(round_.id, wording)


def offered(work: Work, round_: Round) -> list[str]:
    """What the flow of a round offers to begin with and is not on the list yet, in the partnership's language."""
    language = work.tx.partnerships.get(round_.partnership).language
    flow = flows.of_round(work, round_)
    there = {decision.wording.casefold() for decision in work.tx.rounds.decisions(round_.id)}
    words = (work.setting.catalogs.render(phrase(flow, "offers", offer), language) for offer in flow.offers)
    return [wording for wording in words if wording.casefold() not in there]


def take_offered(work: Work, person: PersonId, round_id: RoundId) -> None:
    """Put what the flow offers on the list, as far as there is room.

    Raises: Refusal, when there is none.
    """
    round_ = shapeable(work, person, round_id)
    room = MOST_DECISIONS - len(work.tx.rounds.decisions(round_.id))
    if room <= 0:
        raise Refusal(say("A round has room for {most} decisions. Please send fewer.", most=MOST_DECISIONS))
    remember(work, round_.id, Edit.ADD)
    for wording in offered(work, round_)[:room]:
        add(work, round_, wording)


def begin_wording(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "wording", about one decision."""
    return {"current": shapeable_decision(work, person, DecisionId(subject)).wording}


def reword(work: Work, person: PersonId, subject: int, session: Session) -> str:
    decision = shapeable_decision(work, person, DecisionId(subject))
    wording = needed(session, "wording")
    not_there_yet(work, decision.round, [wording], besides=decision.id)
    remember(work, decision.round, Edit.REWORD)
    work.tx.rounds.save_decision(replace(decision, wording=wording))
    return f"d/{decision.id}"


def begin_decisions(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "decisions", about one round."""
    shapeable(work, person, RoundId(subject))
    return {}


def add_decisions(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Add decisions that the facilitators bring."""
    round_ = shapeable(work, person, RoundId(subject))
    wordings = list_items(session, "decisions")
    if len(work.tx.rounds.decisions(round_.id)) + len(wordings) > MOST_DECISIONS:
        raise Refusal(say("A round has room for {most} decisions. Please send fewer.", most=MOST_DECISIONS))
    not_there_yet(work, round_.id, wordings)
    remember(work, round_.id, Edit.ADD)
    for wording in wordings:
        add(work, round_, wording)
    return f"r/{round_.id}/shape/1"


def not_there_yet(
    work: Work, round_id: RoundId, wordings: Sequence[str], *, besides: DecisionId | None = None
) -> None:
    """Make sure that no decision of the list, besides the one that is changed, has any of these words.

    Raises: Refusal.
    """
    known = {
        decision.wording.casefold()
        for decision in work.tx.rounds.decisions(round_id)
        if decision.id != besides
    }
    for wording in wordings:
        if wording.casefold() in known:
            raise Refusal(say("This decision is on the list already: {wording}", wording=wording))
