"""What should have happened to a round by now.

Computed from the round and the time alone, so a restart, a week of downtime or a clock that jumps neither loses
nor doubles a move: whoever asks carries out the next task and asks again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.rounds.lifecycle import EXTENSION, Round, RoundState

SHAPING = timedelta(days=28)
VOTING = timedelta(days=7)
MEETING = timedelta(days=60)
FOLLOWING = timedelta(days=365)


FORETELLING = timedelta(hours=48)
"""Before the close: the one moment at which it is looked at whether enough people answered."""


REMINDERS = (timedelta(days=3), timedelta(days=7), timedelta(days=12))
"""After the opening of the answers; to everybody in the same words, whoever may have answered."""


class Task(StrEnum):
    REMIND = "remind"
    FORETELL = "foretell"
    END_COLLECTING = "end_collecting"
    END_VOTING = "end_voting"
    GIVE_UP_SHAPING = "give_up_shaping"
    CLOSE = "close"
    COUNT = "count"
    POST_DIGEST = "post_digest"
    FOLLOW = "follow"
    ARCHIVE = "archive"


def ends(round_: Round) -> datetime | None:
    """When the present state of a round ends by itself, UTC; None for a draft and for what is over."""
    match round_.state:
        case RoundState.COLLECTING:
            return round_.collect_until
        case RoundState.SHAPING:
            begun = round_.vote_until or round_.collect_until
            return begun and begun + SHAPING
        case RoundState.VOTING:
            return round_.vote_until
        case RoundState.ANSWERING:
            return round_.answer_until
        case RoundState.CLOSING:
            return round_.digest_at or round_.answer_until
        case RoundState.MEETING:
            return round_.digest_at and round_.digest_at + MEETING
        case RoundState.FOLLOWING:
            return round_.digest_at and round_.digest_at + FOLLOWING
        case _:
            return None


def next_moment(round_: Round) -> datetime | None:
    """When something is due for a round the next time, UTC; in the past when it is due already."""
    end = ends(round_)
    if end is None or round_.state is not RoundState.ANSWERING:
        return end
    ahead = [opened + after for after in REMINDERS] if (opened := opening(round_)) is not None else []
    return min([*ahead[round_.reminded :], *([] if round_.foretold else [end - FORETELLING]), end])


def due(round_: Round, now: datetime) -> Task | None:
    """The one task that is due for a round at ``now`` (aware, UTC), or None."""
    end = ends(round_)
    if end is None:
        return None
    if now < end:
        return _while_answering(round_, end, now) if round_.state is RoundState.ANSWERING else None
    match round_.state:
        case RoundState.COLLECTING:
            return Task.END_COLLECTING
        case RoundState.SHAPING:
            return Task.GIVE_UP_SHAPING
        case RoundState.VOTING:
            return Task.END_VOTING
        case RoundState.ANSWERING:
            return Task.CLOSE
        case RoundState.CLOSING:
            return Task.COUNT if round_.digest_at is None else Task.POST_DIGEST
        case RoundState.MEETING:
            return Task.FOLLOW
        case _:
            return Task.ARCHIVE


def reminders_due(round_: Round, now: datetime) -> int:
    """How many reminders should have been sent by ``now`` to a round that is being answered.

    Several that were missed are caught up by one: the count is what was due, not what is to be sent.
    """
    opened = opening(round_)
    return 0 if opened is None else sum(now >= opened + after for after in REMINDERS)


def opening(round_: Round) -> datetime | None:
    """When a round opened for answers, UTC; None before."""
    if round_.answer_until is None:
        return None
    window = timedelta(days=round_.answer_days) + (EXTENSION if round_.extended else timedelta())
    return round_.answer_until - window


def _while_answering(round_: Round, end: datetime, now: datetime) -> Task | None:
    if reminders_due(round_, now) > round_.reminded:
        return Task.REMIND
    return Task.FORETELL if not round_.foretold and now >= end - FORETELLING else None
