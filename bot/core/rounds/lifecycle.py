"""The states of a round, who may move it and what each move demands.

draft ──▶ collecting ──▶ shaping ──▶ answering ──▶ closing ──▶ meeting ──▶ following ──▶ archived
  │            │          ▲  ▲ │         │
  └── decisions given ────┘  │ ▼         │
  │            │           voting        │
  └────────────┴─────────────┴───────────┴──▶ cancelled (publishes nothing)

Voting happens at most once a round: everybody chooses the decisions that matter most to them, out of a long list.

A check-in is a small round that asks what is known already: draft ──▶ answering ──▶ closing ──▶ archived. So is the
question whether everybody can live with what a meeting proposed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.ids import ActionId, ContributionId, DecisionId, PartnerId, PartnershipId, RoundId
from bot.core.rounds.themes import Theme


class RoundState(StrEnum):
    DRAFT = "draft"
    COLLECTING = "collecting"
    SHAPING = "shaping"
    VOTING = "voting"
    ANSWERING = "answering"
    CLOSING = "closing"
    MEETING = "meeting"
    FOLLOWING = "following"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class Kind(StrEnum):
    """What a round asks about.

    REFLECTION: who decides what, from naming decisions to agreeing on actions. CONSENT: whether everybody can live
    with what the meeting of a reflection proposed. The others are check-ins. ACTIONS: how far each agreed action is.
    PRACTICE: at which level each partner was involved, where levels were agreed. PULSE: a few statements of the
    facilitators' choice. EVALUATION: how the last reflection itself was.
    """

    REFLECTION = "reflection"
    ACTIONS = "actions"
    PRACTICE = "practice"
    PULSE = "pulse"
    EVALUATION = "evaluation"
    CONSENT = "consent"


CHECK_INS = (Kind.ACTIONS, Kind.PRACTICE, Kind.PULSE, Kind.EVALUATION)

WINDOW_DAYS = {
    Kind.REFLECTION: 14,
    Kind.ACTIONS: 14,
    Kind.PRACTICE: 14,
    Kind.PULSE: 7,
    Kind.EVALUATION: 7,
    Kind.CONSENT: 5,
}
"""For how long answers are taken, unless the facilitators choose otherwise."""


class Moment(StrEnum):
    """Where in the life of a programme a reflection stands."""

    BASELINE = "baseline"
    MID_TERM = "mid_term"
    END_TERM = "end_term"
    THEMED = "themed"


class Mode(StrEnum):
    """How a round is published.

    PROPOSED: the facilitators would like it open; every seat is asked in private, and it is settled before
    anybody answers.
    """

    CONFIDENTIAL = "confidential"
    PROPOSED = "proposed"
    OPEN = "open"


MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.COLLECTING, RoundState.SHAPING, RoundState.CANCELLED}),
    RoundState.COLLECTING: frozenset({RoundState.SHAPING, RoundState.CANCELLED}),
    RoundState.SHAPING: frozenset({RoundState.VOTING, RoundState.ANSWERING, RoundState.CANCELLED}),
    RoundState.VOTING: frozenset({RoundState.SHAPING, RoundState.CANCELLED}),
    RoundState.ANSWERING: frozenset({RoundState.CLOSING, RoundState.CANCELLED}),
    RoundState.CLOSING: frozenset({RoundState.MEETING}),
    RoundState.MEETING: frozenset({RoundState.FOLLOWING}),
    RoundState.FOLLOWING: frozenset({RoundState.ARCHIVED}),
    RoundState.ARCHIVED: frozenset(),
    RoundState.CANCELLED: frozenset(),
}
"""Every move of a reflection; a closing round can no longer be cancelled, what it publishes is decided."""

CHECK_IN_MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.ANSWERING, RoundState.CANCELLED}),
    RoundState.ANSWERING: frozenset({RoundState.CLOSING, RoundState.CANCELLED}),
    RoundState.CLOSING: frozenset({RoundState.ARCHIVED}),
}
"""Every move of a check-in, and of asking for consent."""

TAKES_ANSWERS = frozenset({RoundState.COLLECTING, RoundState.VOTING, RoundState.ANSWERING})
HOLDS_ANSWERS = TAKES_ANSWERS | {RoundState.SHAPING}
"""States in which something that people gave can still be erased; from the close on it is counted, then gone."""
OPEN = HOLDS_ANSWERS | {RoundState.CLOSING}
"""States in which the roster is frozen and the round's key exists."""

MOST_DECISIONS = 15
MANY_DECISIONS = 10
"""With more of them on the list, everybody can be asked for the five that matter most to them."""
MOST_TO_VOTE_ON = 30
MOST_LISTED = 200
"""On the list that is being made: what everybody named in the largest partnership, 180, and some more."""
"""As many as one card and one sealed sheet hold."""
EXTENSION = timedelta(days=7)
LONGEST_WINDOW = timedelta(days=35)
FEWEST_ORGANISATIONS = 3
INTERVAL = timedelta(days=28)
"""Between the end of one round's answers and the next opening: others must have had time to change."""

SAME_CELLS = {
    Kind.REFLECTION: frozenset({Kind.REFLECTION, Kind.PRACTICE}),
    Kind.PRACTICE: frozenset({Kind.REFLECTION, Kind.PRACTICE}),
    Kind.ACTIONS: frozenset({Kind.ACTIONS}),
    Kind.PULSE: frozenset({Kind.PULSE}),
    Kind.CONSENT: frozenset(),
    Kind.EVALUATION: frozenset({Kind.EVALUATION}),
}
"""Kinds of rounds that ask the same of the same people, so that the interval lies between them.

Consent is asked for what is new or changed, and what it says is never compared with anything.
"""


def may_move(source: RoundState, target: RoundState, kind: Kind = Kind.REFLECTION) -> bool:
    moves = MOVES if kind is Kind.REFLECTION else CHECK_IN_MOVES
    return target in moves.get(source, frozenset())


@dataclass(frozen=True, slots=True)
class Round:
    """One pass of a partnership through the questions.

    Attributes:
        number: 1 for the first round of its kind in the partnership.
        moment: of a reflection; None for a check-in.
        flow, flow_version: the questions it began with and stays with.
        collect_until, answer_until: announced ends of the two windows, UTC; None until announced.
        extended: the one extension of seven days was used.
        digest_at: when the digest is due in the group, UTC; set at the close.
        reminded: how many of the reminders of this window were sent.
        foretold: the group was told, two days before the close, whether a safe summary is possible yet.
        posted: the digest was handed to the group.
        seated: how many people held a seat when the answers were counted; None before.
        vote_until: announced end of the vote on the list of decisions, UTC; None when there was none.
    """

    id: RoundId
    partnership: PartnershipId
    kind: Kind
    number: int
    state: RoundState
    moment: Moment | None
    flow: str
    flow_version: int
    collect_days: int
    answer_days: int
    mode: Mode = Mode.CONFIDENTIAL
    collect_until: datetime | None = None
    answer_until: datetime | None = None
    extended: bool = False
    digest_at: datetime | None = None
    reminded: int = 0
    foretold: bool = False
    posted: bool = False
    seated: int | None = None
    vote_until: datetime | None = None


def free_from(rounds: Iterable[Round], kind: Kind) -> datetime | None:
    """From when on answers of this kind may be asked for again, UTC; None when nothing stands in the way.

    A cancelled round counts like any other once people were asked to answer.

    Args:
        rounds: the other rounds of the partnership.
    """
    ended = [
        found.answer_until
        for found in rounds
        if found.kind in SAME_CELLS[kind] and found.answer_until is not None
    ]
    return max(ended) + INTERVAL if ended else None


@dataclass(frozen=True, slots=True)
class Decision:
    """A type of decision that the partnership takes; in a check-in also an action or a statement.

    Attributes:
        wording: what everybody reads.
        continues: the same decision in an earlier round, so that it keeps its identity over the years.
        action: the action that a check-in, or asking for consent, is about in its place.
        theme: what it is about, when the facilitators said so.
    """

    id: DecisionId
    round: RoundId
    wording: str
    position: int
    continues: DecisionId | None = None
    action: ActionId | None = None
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one representative sent while collecting, kept apart from who sent it.

    Attributes:
        decisions: those it belongs to: several after one was split; none when it was left out.
    """

    id: ContributionId
    round: RoundId
    words: str
    decisions: frozenset[DecisionId] = frozenset()


class Standing(StrEnum):
    """Whether what a meeting recorded counts.

    PROPOSED: everybody is still to be asked whether they can live with it. CONTESTED: somebody was not at ease
    with it. AGREED: it counts, and check-ins come back to it.
    """

    PROPOSED = "proposed"
    CONTESTED = "contested"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class AgreedLevel:
    """A desired level on which the meeting reached consensus; of one decision all have the same standing."""

    decision: DecisionId
    partner: PartnerId
    level: int
    standing: Standing = Standing.AGREED


class ActionStatus(StrEnum):
    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Action:
    """What the meeting agreed to do: who sees to it, and by when (a date in the partnership's zone).

    Attributes:
        decision: the one it is for; None when it is for the partnership as a whole.
    """

    id: ActionId
    round: RoundId
    decision: DecisionId | None
    what: str
    owner: PartnerId
    by: str
    status: ActionStatus = ActionStatus.OPEN
    standing: Standing = Standing.AGREED
