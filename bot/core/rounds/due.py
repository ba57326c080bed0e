"""What should have happened to a round by now.

Computed from the round and the time alone, so a restart, a week of downtime or a clock that jumps neither loses
nor doubles a move: whoever asks carries out the next task and asks again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.rounds.lifecycle import Round, RoundState

SHAPING = timedelta(days=28)
MEETING = timedelta(days=60)
FOLLOWING = timedelta(days=365)


FORETELLING = timedelta(hours=48)
"""Before the close: the one moment at which it is looked at whether enough people answered."""


class Task(StrEnum):
    FORETELL = "foretell"
    END_COLLECTING = "end_collecting"
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
            return round_.collect_until and round_.collect_until + SHAPING
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


def due(round_: Round, now: datetime) -> Task | None:
    """The one task that is due for a round at ``now`` (aware, UTC), or None."""
    end = ends(round_)
    if end is None:
        return None
    if now < end:
        waits = round_.state is RoundState.ANSWERING and not round_.foretold
        return Task.FORETELL if waits and now >= end - FORETELLING else None
    match round_.state:
        case RoundState.COLLECTING:
            return Task.END_COLLECTING
        case RoundState.SHAPING:
            return Task.GIVE_UP_SHAPING
        case RoundState.ANSWERING:
            return Task.CLOSE
        case RoundState.CLOSING:
            return Task.COUNT if round_.digest_at is None else Task.POST_DIGEST
        case RoundState.MEETING:
            return Task.FOLLOW
        case _:
            return Task.ARCHIVE
