"""After the digest: what the live meeting talks about, and the levels it agreed on, recorded by the facilitators."""

from __future__ import annotations

from dataclasses import replace

from bot.app import access, consents, flows, pairs
from bot.app.actions import being_asked, recordable
from bot.app.levels import on_the_ladder
from bot.app.moves import move, moved_on
from bot.app.posting import IN
from bot.app.proposals import is_asked, proposals
from bot.app.publishing import published
from bot.app.sittings import decision_items, id_of, partner_items
from bot.app.work import Work
from bot.core.facilitation import Act
from bot.core.figures.agenda import Agenda, agenda
from bot.core.figures.named import NamedMatrix
from bot.core.figures.readings import agreed
from bot.core.flow.readout import matrix_values
from bot.core.flow.session import Param, Session
from bot.core.ids import DecisionId, PartnerId, PersonId, RoundId
from bot.core.rounds.lifecycle import Decision, Kind, Round, RoundState, Standing
from bot.core.rounds.themes import Theme
from bot.core.text import say
from bot.errors import Refusal


def agenda_of(work: Work, round_: Round) -> Agenda | None:
    """What to talk about; None when nothing was published, or nothing needs to be talked about."""
    said = published(work, round_) if round_.kind is Kind.REFLECTION else None
    found = None if said is None else agenda(said)
    return found if found is not None and found.points else None


def post_agenda(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Post the agenda in the group, once in each of its languages, however often it is asked for.

    Raises: Refusal.
    """
    round_ = recordable(work, person, round_id)
    if agenda_of(work, round_) is None:
        raise access.not_here()
    found = work.tx.partnerships.get(round_.partnership).group
    if found is None:
        raise Refusal(say("Next: connect the Telegram group of all partners."))
    for language in work.tx.groups.get(found).languages:
        path = f"agenda/{round_.id}{IN}{language}"
        work.tx.outbox.post(found, path, once=path)
    return round_


def to_discuss(work: Work, round_: Round) -> tuple[Decision, ...]:
    """Decisions for which levels and actions can be agreed: all but those the group agrees with; as on the agenda."""
    said = published(work, round_)
    fine: set[DecisionId] = set()
    if isinstance(said, NamedMatrix):
        fine = {found.decision for found in said.decisions if not found.contested}
    elif said is not None:
        fine = {found.decision for found in said.decisions if agreed(found)}
    left = [found for found in work.tx.rounds.decisions(round_.id) if found.id not in fine]
    points = agenda_of(work, round_)
    order = [] if points is None else [point.decision for point in points.points]
    first = {decision: place for place, decision in enumerate(order)}
    return tuple(sorted(left, key=lambda found: first.get(found.id, len(first))))


def begin_levels(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """Desk stage "levels", about one decision."""
    decision, round_ = _open_decision(work, person, DecisionId(subject))
    if not on_the_ladder(work, flows.of_round(work, round_)):
        raise Refusal(say("This round had levels of another kind. Please note what you agreed as actions."))
    return {
        "decisions": decision_items([decision]),
        "partners": partner_items(work.tx.partnerships.partners(round_.partnership)),
    }


def _open_decision(work: Work, person: PersonId, decision_id: DecisionId) -> tuple[Decision, Round]:
    """A decision whose levels may be recorded now, and its round.

    Raises: Refusal.
    """
    decision = access.decision_of_facilitator(work, person, decision_id)
    round_ = recordable(work, person, decision.round)
    if is_asked(work, round_.partnership, decision=decision.id):
        raise being_asked()
    return decision, round_


def agree_levels(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Record the desired levels on which there was consensus; a partner left open has none.

    They count once everybody has been asked. Levels that are as they were keep their standing.
    """
    decision, round_ = _open_decision(work, person, DecisionId(subject))
    values = matrix_values(session, "levels", f"d{decision.id}")
    levels = {PartnerId(id_of(key)): level for key, level in values.items() if level is not None}
    before = [found for found in work.tx.rounds.agreed_levels(round_.id) if found.decision == decision.id]
    if levels != {found.partner: found.level for found in before}:
        work.tx.rounds.agree_levels(decision.id, levels, standing=Standing.PROPOSED)
    return f"r/{decision.round}/meeting"


def choose_theme(work: Work, person: PersonId, decision_id: DecisionId, theme: str) -> Decision:
    """Say what a decision is about.

    Raises: Refusal.
    """
    decision = access.decision_of_facilitator(work, person, decision_id)
    recordable(work, person, decision.round)
    if theme not in set(Theme):
        raise access.not_here()
    chosen = replace(decision, theme=Theme(theme))
    work.tx.rounds.save_decision(chosen)
    return chosen


def finish_meeting(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """End the meeting; everybody is asked in private whether they can live with its outcomes.

    Returns: the round; as it was, while it waits for the other facilitator.
    Raises: Refusal.
    """
    met = recordable(work, person, round_id)
    if met.state is not RoundState.MEETING:
        raise moved_on()
    if proposals(work, met):
        consents.may_release(work, met.partnership)
    if not pairs.both(work, person, met, Act.FINISH):
        return met
    followed = move(work, met, RoundState.FOLLOWING)
    consents.release(work, followed)
    return followed


def ask_again(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Ask everybody about what was recorded or changed since, and about what is still open.

    Raises: Refusal.
    """
    round_ = recordable(work, person, round_id)
    consents.may_release_again(work, round_)
    if pairs.both(work, person, round_, Act.ASK_AGAIN):
        consents.release(work, round_)
        work.tx.presses.clear(round_.id)
    return round_
