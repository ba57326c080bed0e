"""What facilitators answer who try a round out as a participant: in memory only, and not for long."""

from __future__ import annotations

from bot.core.flow.session import Session
from bot.core.ids import PartnershipId, PersonId

MOST = 200
"""Sittings that are remembered; one more pushes out the one that was left alone the longest."""


class Tried:
    """The sittings of those who try out, by person, partnership and stage."""

    def __init__(self) -> None:
        self._sittings: dict[tuple[PersonId, PartnershipId, str], Session] = {}

    def load(self, person: PersonId, partnership: PartnershipId, stage: str) -> Session | None:
        return self._sittings.get((person, partnership, stage))

    def save(self, person: PersonId, partnership: PartnershipId, session: Session) -> None:
        key = (person, partnership, session.stage)
        self._sittings.pop(key, None)
        self._sittings[key] = session
        while len(self._sittings) > MOST:
            del self._sittings[next(iter(self._sittings))]

    def forget(self, person: PersonId, partnership: PartnershipId) -> None:
        """Let go of everything that this person tried out in this partnership."""
        for key in [found for found in self._sittings if found[:2] == (person, partnership)]:
            del self._sittings[key]
