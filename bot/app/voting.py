"""The vote on a long list of decisions: everybody chooses five, and the list gets its order from it."""

from __future__ import annotations

from datetime import datetime

from bot.app import access, flows, publishing, shaping
from bot.app.moves import announce, move, moved_on, tell_facilitators, write_to_all
from bot.app.sheets import STAGES
from bot.app.sittings import id_of
from bot.app.work import Work
from bot.core.figures.vote import order
from bot.core.flow.definition import PickStep
from bot.core.flow.readout import picked_items
from bot.core.flow.session import from_json
from bot.core.ids import DecisionId, PersonId, RoundId
from bot.core.rounds.due import VOTING
from bot.core.rounds.lifecycle import INTERVAL, MANY_DECISIONS, MOST_TO_VOTE_ON, Round, RoundState
from bot.core.text import say
from bot.errors import Refusal

STAGE = STAGES[RoundState.VOTING]
STEP = "vote"


def is_offered(work: Work, round_: Round) -> bool:
    """Whether the facilitators may think of a vote: once a round, when the list is long."""
    return round_.state is RoundState.SHAPING and round_.vote_until is None and is_worth_it(work, round_)


def is_worth_it(work: Work, round_: Round) -> bool:
    """Whether the list is long and its questions have a vote."""
    return len(work.tx.rounds.decisions(round_.id)) > MANY_DECISIONS and _most(work, round_) is not None


def begin(work: Work, person: PersonId, round_id: RoundId) -> Round:
    """Ask every representative for the decisions that matter most to them; the end is announced and fixed.

    Raises: Refusal.
    """
    round_ = shaping.shapeable(work, person, round_id)
    if not is_offered(work, round_):
        raise moved_on()
    count = len(work.tx.rounds.decisions(round_.id))
    if count > MOST_TO_VOTE_ON:
        raise Refusal(
            say(
                "{count} decisions, {most} at most can be asked. Please merge what is similar.",
                count=count,
                most=MOST_TO_VOTE_ON,
            )
        )
    free = _free_from(work, round_)
    if free is not None and work.now < free:
        raise Refusal(access.too_soon(work.tx.partnerships.get(round_.partnership), free))
    opened = move(work, round_, RoundState.VOTING, vote_until=work.now + VOTING)
    announce(work, opened, "voting")
    write_to_all(work, opened, f"call/{opened.id}")
    return opened


def count(work: Work, round_: Round) -> None:
    """Order the list by what can be said of the vote, and destroy every sheet of it, together or not at all."""
    decisions = work.tx.rounds.decisions(round_.id)
    sheets = work.tx.sheets.all(round_.id, STAGE)
    ballots = [_picked(sheet) for sheet in sheets]
    ordered = order(
        [ballot for ballot in ballots if ballot],
        [decision.id for decision in decisions],
        seats=publishing.most_seats(work, round_),
        most=_most(work, round_) or 0,
    )
    publishing.destroy_answers(work, round_, STAGE)
    shaped = move(work, round_, RoundState.SHAPING)
    shaping.arrange(work, sorted(decisions, key=lambda decision: ordered.index(decision.id)))
    tell_facilitators(work, shaped, occasion="voted")


def _picked(sheet: bytes) -> frozenset[DecisionId]:
    return frozenset(DecisionId(id_of(key)) for key in picked_items(from_json(sheet.decode()), STEP))


def _most(work: Work, round_: Round) -> int | None:
    """How many one person may choose; None in a round that began with questions that knew no vote."""
    stage = flows.of_round(work, round_).stages.get(STAGE)
    steps = () if stage is None else stage.steps
    return next((step.most for step in steps if isinstance(step, PickStep)), None)


def _free_from(work: Work, round_: Round) -> datetime | None:
    """From when on the same people can vote again, UTC: a vote at once would tell who joined or left.

    A cancelled round counts like any other once people were asked.
    """
    ended = [
        found.vote_until
        for found in work.tx.rounds.of_partnership(round_.partnership)
        if found.vote_until is not None
    ]
    return max(ended) + INTERVAL if ended else None
