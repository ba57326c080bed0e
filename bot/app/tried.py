"""What facilitators answer who try a round out as a participant: in memory only, and not for long."""

from __future__ import annotations

from typing import TypeAlias

from bot.core.flow.session import Session
from bot.core.ids import PartnershipId, PersonId

MOST = 200
"""Sittings that are remembered; one more pushes out the one that was left alone the longest."""


_Key: TypeAlias = tuple[PersonId, PartnershipId, str]


class Tried:
    """The sittings of those who try out, by person, partnership and stage."""

    def __init__(self) -> None:
        self._sittings: dict[_Key, Session] = {}

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


class Trying:
    """What one unit of work changes about these sittings, as long as that is not remembered yet."""

    def __init__(self) -> None:
        self._sittings: dict[_Key, Session] = {}
        self._ended: set[tuple[PersonId, PartnershipId]] = set()

    def load(
        self, person: PersonId, partnership: PartnershipId, stage: str, *, before: Tried
    ) -> Session | None:
        """A sitting as it is now; ``before`` is what is remembered."""
        if (person, partnership, stage) in self._sittings:
            return self._sittings[person, partnership, stage]
        return None if (person, partnership) in self._ended else before.load(person, partnership, stage)

    def save(self, person: PersonId, partnership: PartnershipId, session: Session) -> None:
        self._sittings[person, partnership, session.stage] = session

    def forget(self, person: PersonId, partnership: PartnershipId) -> None:
        """As ``Tried.forget``."""
        self._ended.add((person, partnership))
        self._sittings = {
            key: kept for key, kept in self._sittings.items() if key[:2] != (person, partnership)
        }
