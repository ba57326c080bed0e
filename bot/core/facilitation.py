"""Two facilitators with equal rights: how a second one comes, what both agree to, how one goes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.ids import PartnerId, PartnershipId, PersonId

MOST_FACILITATORS = 2
MOST_PARTNERSHIPS = 20
"""That one person can facilitate, unless the operator chooses otherwise."""

TIME_TO_ANSWER = timedelta(days=7)
"""How long a facilitator has to say that they stay, before others may decide it."""

PARTNERS_TO_CONFIRM = 2
"""Of how many different partners somebody has to confirm that a silent facilitator goes."""


class Act(StrEnum):
    """What two facilitators do only together."""

    OPEN = "open"
    BRING = "bring"
    CARRY = "carry"
    ASK = "ask"
    FINISH = "finish"
    ASK_AGAIN = "ask_again"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time invitation to facilitate; a partnership has at most one.

    Attributes:
        by: the facilitator who made it.
        replaces: whether ``by`` goes when it is taken up.
        expires: from then on it is worth nothing, UTC.
        person: the first account that opened its link; None until then.
    """

    partnership: PartnershipId
    by: PersonId
    replaces: bool
    expires: datetime
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Farewell:
    """The proposal that a facilitator who cannot be reached no longer is one.

    Attributes:
        person: who would go.
        since: when it was proposed and they were told, UTC.
        confirmed: partners of which somebody confirmed it.
    """

    partnership: PartnershipId
    person: PersonId
    since: datetime
    confirmed: frozenset[PartnerId] = frozenset()

    def is_ripe(self, now: datetime) -> bool:
        """Whether they had the time to answer, so that others may confirm it."""
        return now >= self.since + TIME_TO_ANSWER

    @property
    def is_decided(self) -> bool:
        """Whether people of enough partners confirmed it."""
        return len(self.confirmed) >= PARTNERS_TO_CONFIRM


@dataclass(frozen=True, slots=True)
class Press:
    """That a facilitator would like an act of a round, with what it is about as it was then."""

    person: PersonId
    act: Act
    fingerprint: bytes


def fingerprint(act: Act, about: object) -> bytes:
    """Name exactly what somebody agrees to, so that any change to it voids what they agreed to before.

    Args:
        about: what JSON can write; of two values that are written alike, one stands for the other.
    Returns: SHA-256, 32 bytes.
    """
    canonical = json.dumps([act, about], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()
