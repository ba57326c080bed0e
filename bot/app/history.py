"""The rounds of a partnership: which one is open, which is the last, which are of one kind."""

from __future__ import annotations

from bot.app.work import Work
from bot.core.ids import PartnershipId
from bot.core.rounds.lifecycle import OPEN, Kind, Round, RoundState

OVER = frozenset({RoundState.ARCHIVED, RoundState.CANCELLED})


def of_kind(work: Work, partnership: PartnershipId, kind: Kind) -> list[Round]:
    """The rounds of one kind, newest first."""
    return [found for found in work.tx.rounds.of_partnership(partnership) if found.kind is kind]


def last_posted(work: Work, partnership: PartnershipId) -> Round | None:
    """The newest reflection whose digest was posted."""
    return next((found for found in of_kind(work, partnership, Kind.REFLECTION) if found.posted), None)


def running(work: Work, partnership: PartnershipId) -> Round | None:
    """The reflection that the facilitators work on: the newest that is not over."""
    reflections = of_kind(work, partnership, Kind.REFLECTION)
    return next((found for found in reflections if found.state not in OVER), None)


def open_round(work: Work, partnership: PartnershipId) -> Round | None:
    """The newest round, of whichever kind, for which the roster is frozen at the moment."""
    return next((found for found in work.tx.rounds.of_partnership(partnership) if found.state in OPEN), None)
