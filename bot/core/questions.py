"""A question to the facilitators; who asks it is no part of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.ids import PartnerId, PartnershipId, QuestionId

MOST_WAITING = 5
"""Questions of one partnership that may wait for a reply."""

KEPT = timedelta(days=30)
"""How long a question is kept, counted anew from the reply."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, and the reply.

    Attributes:
        partner: in whose name it is asked; None without a name.
        words: the question as it was typed; reply: None while it waits.
        due: from when on facilitators see it, UTC; a random time after it was asked.
        until: the day on which it is destroyed.
    """

    id: QuestionId
    partnership: PartnershipId
    partner: PartnerId | None
    words: str
    due: datetime
    until: date
    reply: str | None = None
