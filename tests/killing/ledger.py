"""What should have arrived in every chat by now, what did, and what is on record as in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tests.killing.disk import Disk
from tests.killing.loopback import Telegram
from tests.killing.questions import CALL, REMINDER

OPENING, SOON, DIGEST = (
    "The questions are open",
    "The round closes soon",
    "Digest of round 1: Made-up Alliance",
)
PAGES = {"call": CALL, "remind": REMINDER, "answering": OPENING, "foretold": SOON, "digest": DIGEST}
"""Titles of the pages that are counted, by the first part of their paths."""
TO_GROUPS = frozenset({OPENING, SOON, DIGEST})

DOUBTFUL = """SELECT person, "group", path FROM outbox WHERE state = 'doubt'"""


class Ledger:
    """Counts by chat and title.

    Args:
        names: chats by what an outbox row calls them, ("person" | "group", id).
    """

    def __init__(self, telegram: Telegram, disk: Disk, names: Mapping[tuple[str, int], int]) -> None:
        self._telegram = telegram
        self._disk = disk
        self._names = names
        self.due: Counter[tuple[int, str]] = Counter()

    def expect(self, *titles: str) -> None:
        """Once more, everybody or every group should be told this."""
        for chat in self._names.values():
            self.due.update((chat, title) for title in titles if (chat < 0) == (title in TO_GROUPS))

    def arrived(self) -> Counter[tuple[int, str]]:
        titles = set(PAGES.values())
        return Counter(
            (found.chat, found.title) for found in self._telegram.arrivals if found.title in titles
        )

    def doubtful(self) -> Counter[tuple[int, str]]:
        found: Counter[tuple[int, str]] = Counter()
        for person, group, path in self._disk.rows(DOUBTFUL):
            title = PAGES.get(path.partition("/")[0])
            if title is not None:
                found[self._names["person" if group is None else "group", person or group], title] += 1
        return found

    def owed(self) -> Counter[tuple[int, str]]:
        """What neither arrived nor is in doubt."""
        missing = self.due - self.arrived()
        return missing - self.doubtful() if missing else missing

    def surplus(self) -> Counter[tuple[int, str]]:
        """What came although it was not due, or came twice."""
        return self.arrived() - self.due
