"""After the digest: what the live meeting agreed, recorded by the facilitators."""

from __future__ import annotations

from dataclasses import replace

from bot.app import access, flows
from bot.app.levels import on_the_ladder
from bot.app.moves import move
from bot.app.posting import in_each_language
from bot.app.publishing import published
from bot.app.sittings import decision_items, id_of, needed, partner_items
from bot.app.work import Work
from bot.core.figures.named import NamedMatrix
from bot.core.figures.readings import agreed
from bot.core.flow.readout import matrix_values
from bot.core.flow.session import Param, Session
from bot.core.ids import ActionId, DecisionId, PartnerId, PartnershipId, PersonId, RoundId
from bot.core.rounds.lifecycle import ActionStatus, Decision, Round, RoundState
from bot.core.text import say
from bot.errors import Refusal

RECORDS = frozenset({RoundState.MEETING, RoundState.FOLLOWING})


def _recordable(work: Work, person: PersonId, round_id: RoundId) -> Round:
    round_ = access.round_of_facilitator(work, person, round_id)
    if round_.state not in RECORDS:
        raise Refusal(say("Outcomes are recorded after the digest, when the group has met."))
    return round_


def to_discuss(work: Work, round_: Round) -> tuple[Decision, ...]:
    """Decisions for which levels and actions can be agreed: all but those the group agrees with."""
    said = published(work, round_)
    fine: set[DecisionId] = set()
    if isinstance(said, NamedMatrix):
        fine = {found.decision for found in said.decisions if not found.contested}
    elif said is not None:
        fine = {found.decision for found in said.decisions if agreed(found)}
    return tuple(found for found in work.tx.rounds.decisions(round_.id) if found.id not in fine)


def begin_levels(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "levels", about one decision."""
    decision = access.decision_of_facilitator(work, person, DecisionId(subject))
    round_ = _recordable(work, person, decision.round)
    if not on_the_ladder(work, flows.of_round(work, round_)):
        raise Refusal(say("This round had levels of another kind. Please note what you agreed as actions."))
    return {
        "decisions": decision_items([decision]),
        "partners": partner_items(work.tx.partnerships.partners(round_.partnership)),
    }


def agree_levels(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Record the desired levels on which there was consensus; a partner left open has none."""
    decision = access.decision_of_facilitator(work, person, DecisionId(subject))
    _recordable(work, person, decision.round)
    values = matrix_values(session, "levels", f"d{decision.id}")
    levels = {PartnerId(id_of(key)): level for key, level in values.items() if level is not None}
    work.tx.rounds.agree_levels(decision.id, levels)
    return f"r/{decision.round}/meeting"


def begin_action(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "action", about one round."""
    round_ = _recordable(work, person, RoundId(subject))
    return {
        "decisions": decision_items(work.tx.rounds.decisions(round_.id)),
        "partners": partner_items(work.tx.partnerships.partners(round_.partnership)),
    }


def add_action(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Record one action with its owner and date."""
    round_ = _recordable(work, person, RoundId(subject))
    work.tx.rounds.add_action(
        round_.id,
        decision=DecisionId(id_of(needed(session, "decision"))),
        what=needed(session, "what"),
        owner=PartnerId(id_of(needed(session, "owner"))),
        by=needed(session, "by"),
    )
    return f"r/{round_.id}/meeting"


def finish_meeting(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """End the meeting; its outcomes go to the group.

    Raises: Refusal.
    """
    round_ = move(work, _recordable(work, person, round_id), RoundState.FOLLOWING)
    group = work.tx.partnerships.get(round_.partnership).group
    if group is not None:
        in_each_language(work, work.tx.groups.get(group), "agreements")
    return round_


def set_status(
    work: Work, person: PersonId, partnership: PartnershipId, action_id: ActionId, status: ActionStatus
) -> None:
    """Say how far an action is.

    Raises: Refusal.
    """
    action = access.action_of_facilitator(work, person, partnership, action_id)
    work.tx.rounds.save_action(replace(action, status=status))


def remove_action(work: Work, person: PersonId, partnership: PartnershipId, action_id: ActionId) -> None:
    """Take back an action that was recorded by mistake.

    Raises: Refusal.
    """
    action = access.action_of_facilitator(work, person, partnership, action_id)
    work.tx.rounds.remove_action(action.id)
