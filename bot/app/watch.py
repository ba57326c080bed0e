"""Who is in the middle of something that should not stay open on a phone.

Kept in memory only: that somebody is answering right now is nobody's business, not even the database's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.ids import PersonId

QUIET = timedelta(minutes=30)
"""After so long without a word a sitting is folded; everything given is kept."""

GLANCE = timedelta(minutes=1)
"""How long somebody's own answers stay on their screen, or that they asked something."""

ENTERING = "behalf/"
"""How the path of somebody begins who enters something for a seat on paper."""


def patience(path: str) -> timedelta | None:
    """How long a page may stay open; None for pages that tell nothing."""
    if path.partition("/")[0] in {"mine", "asked"}:
        return GLANCE
    if path.startswith(("answer/", ENTERING, "entry/", "desk/", "try/")):
        return QUIET
    return None


class Watch:
    """Remembers until when each person's page may stay open."""

    def __init__(self) -> None:
        self._until: dict[PersonId, datetime] = {}

    def seen(self, person: PersonId, path: str, now: datetime) -> None:
        """Note that a person did something and where they are now."""
        stay = patience(path)
        if stay is None:
            self._until.pop(person, None)
        else:
            self._until[person] = now + stay

    def watches(self, person: PersonId) -> bool:
        """Whether somebody did something since they were taken out."""
        return person in self._until

    def over(self, now: datetime) -> list[PersonId]:
        """Take out everybody whose page has been open for long enough."""
        found = [person for person, until in self._until.items() if until <= now]
        for person in found:
            del self._until[person]
        return found
