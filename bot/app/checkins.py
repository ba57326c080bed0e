"""Check-ins: small rounds that come back to what was agreed.

A check-in is a round like any other, with its key, its frozen roster, its announced close and its digest in words.
What it asks about is known when it opens: actions, levels, or the facilitators' statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import access
from bot.app.beginnings import Item, drafted
from bot.app.evaluation import fixed
from bot.app.history import agreed_levels, last_posted, of_kind
from bot.app.moves import announce, move, write_to_all
from bot.app.partnerships import not_ready
from bot.app.rosters import freeze
from bot.app.work import Work
from bot.core.ids import ActionId, DecisionId, PartnershipId, PersonId, RoundId
from bot.core.rounds.due import ends
from bot.core.rounds.lifecycle import (
    MOST_DECISIONS,
    OPEN,
    ActionStatus,
    Decision,
    Kind,
    Round,
    RoundState,
    Standing,
    free_from,
)
from bot.core.text import Text, say
from bot.errors import Refusal

FINISHED = frozenset({ActionStatus.DONE, ActionStatus.DROPPED})


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a check-in cannot open now.

    Attributes:
        until: when it is gone, UTC; None when the calendar has nothing to wait for.
    """

    words: Text
    until: datetime | None = None


def obstacle(work: Work, partnership_id: PartnershipId, kind: Kind) -> Obstacle | None:
    """The first thing that stands in the way of a check-in, or None."""
    rounds = work.tx.rounds.of_partnership(partnership_id)
    lacking = not_ready(work, partnership_id)
    if lacking is not None:
        return Obstacle(lacking)
    if not items(work, partnership_id, kind):
        return Obstacle(nothing_to_ask(kind))
    for found in rounds:
        if found.state in OPEN and (found.kind is kind or _asks_the_same(found, kind)):
            return Obstacle(
                say("Something like it is open already. One at a time keeps it clear for everybody."),
                ends(found),
            )
    free = free_from(rounds, kind)
    if free is not None and work.now < free:
        return Obstacle(access.too_soon(work.tx.partnerships.get(partnership_id), free), free)
    return None


def _asks_the_same(found: Round, kind: Kind) -> bool:
    return found.kind is Kind.REFLECTION and kind is Kind.PRACTICE


def nothing_to_ask(kind: Kind) -> Text:
    """Why a check-in of this kind cannot be held: nothing was agreed or written that it could ask about."""
    match kind:
        case Kind.ACTIONS:
            return say("There is no action under way to ask about.")
        case Kind.PRACTICE:
            return say("No levels have been agreed yet, so there is nothing to ask about.")
        case Kind.EVALUATION:
            return say("There is no round to look back at yet.")
        case _:
            return say("There are no statements yet. Write some first.")


def items(work: Work, partnership: PartnershipId, kind: Kind) -> list[Item]:
    """What a check-in of this kind would ask about now."""
    match kind:
        case Kind.ACTIONS:
            return _actions(work, partnership)
        case Kind.PRACTICE:
            return _agreed(work, partnership)
        case Kind.EVALUATION:
            return _looked_back(work, partnership)
        case _:
            return [Item(found.wording, continues=found.continues) for found in statements(work, partnership)]


def _actions(work: Work, partnership: PartnershipId) -> list[Item]:
    """Actions that count and are under way, by date; each continues what the last check-in asked about it."""
    last: dict[ActionId | None, DecisionId] = {}
    for round_ in reversed(of_kind(work, partnership, Kind.ACTIONS)):
        last |= {found.action: found.id for found in work.tx.rounds.decisions(round_.id)}
    under_way = [
        found
        for found in work.tx.rounds.actions(partnership)
        if found.status not in FINISHED and found.standing is Standing.AGREED
    ]
    return [
        Item(action.what, continues=last.get(action.id), action=action.id)
        for action in under_way[:MOST_DECISIONS]
    ]


def _agreed(work: Work, partnership: PartnershipId) -> list[Item]:
    """Decisions with levels that hold; each continues the decision for which they were agreed."""
    found = agreed_levels(work, partnership)[:MOST_DECISIONS]
    return [Item(agreed.decision.wording, continues=agreed.decision.id) for agreed in found]


def _looked_back(work: Work, partnership: PartnershipId) -> list[Item]:
    """The fixed statements, once there is a round to look back at; each continues what was said of it last."""
    if last_posted(work, partnership) is None:
        return []
    last: dict[str, DecisionId] = {}
    for round_ in reversed(of_kind(work, partnership, Kind.EVALUATION)):
        last |= {found.wording: found.id for found in work.tx.rounds.decisions(round_.id)}
    return [Item(statement, continues=last.get(statement)) for statement in fixed(work)]


def statements(work: Work, partnership: PartnershipId) -> tuple[Decision, ...]:
    """The statements of the next pulse, in their order."""
    draft = pulse_draft(work, partnership)
    return () if draft is None else work.tx.rounds.decisions(draft.id)


def pulse_draft(work: Work, partnership: PartnershipId) -> Round | None:
    """The pulse that is being prepared; it holds the statements of the next one."""
    drafts = of_kind(work, partnership, Kind.PULSE)
    return next((found for found in drafts if found.state is RoundState.DRAFT), None)


def hold_now(work: Work, person: PersonId, partnership_id: PartnershipId, kind: Kind) -> Round:
    """Open a check-in outside the calendar.

    Raises: Refusal, with what stands in the way.
    """
    partnership = access.facilitated(work, person, partnership_id)
    in_the_way = obstacle(work, partnership.id, kind)
    if in_the_way is not None:
        raise Refusal(in_the_way.words)
    return open_check_in(work, partnership.id, kind)


def open_check_in(work: Work, partnership: PartnershipId, kind: Kind) -> Round:
    """Freeze the roster and ask everybody; the caller made sure that nothing stands in the way."""
    round_ = pulse_draft(work, partnership) if kind is Kind.PULSE else None
    if round_ is not None:
        _prepare_next_pulse(work, round_)
    else:
        round_ = drafted(work, partnership, kind, items(work, partnership, kind))
    freeze(work, round_)
    opened = move(
        work, round_, RoundState.ANSWERING, answer_until=work.now + timedelta(days=round_.answer_days)
    )
    announce(work, opened, "checkin")
    write_to_all(work, opened, f"call/{opened.id}")
    return opened


def _prepare_next_pulse(work: Work, draft: Round) -> None:
    """The next pulse begins with the same statements, which keep their identity."""
    same = [Item(found.wording, continues=found.id) for found in work.tx.rounds.decisions(draft.id)]
    drafted(work, draft.partnership, Kind.PULSE, same)


def draft_of_statements(work: Work, partnership: PartnershipId) -> RoundId:
    """Where the statements of the next pulse are kept; made when it is needed."""
    draft = pulse_draft(work, partnership)
    return (draft or drafted(work, partnership, Kind.PULSE)).id
