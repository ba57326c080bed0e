"""How fast a bot may talk. Telegram publishes rules of thumb, not numbers; these are the rules of thumb."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.adapters.playground.refusals import Refused

Clock = Callable[[], datetime]
_Window = tuple[int, timedelta]
_PRIVATE: tuple[_Window, ...] = ((6, timedelta(seconds=3)), (30, timedelta(seconds=30)))
_GROUP: tuple[_Window, ...] = ((20, timedelta(minutes=1)),)
_ALL: tuple[_Window, ...] = ((30, timedelta(seconds=1)),)
_LONGEST = timedelta(minutes=1)


class Pace:
    """Counts messages and edits and refuses those that come too fast.

    One private chat: about one a second, short bursts tolerated. One group: 20 a minute, edits included.
    All chats together: 30 a second. Answers to taps and deletions are free.

    Source: reference/telegram.md, section 1, rate limits.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent: defaultdict[int | None, deque[datetime]] = defaultdict(deque)

    def take(self, chat: int, *, private: bool) -> None:
        """Count one message to a chat.

        Raises: Refused, 429 with ``retry_after`` seconds; then nothing was counted.
        """
        now = self._clock()
        wait = max(
            self._wait(chat, _PRIVATE if private else _GROUP, now),
            self._wait(None, _ALL, now),
        )
        if wait > timedelta(0):
            seconds = math.ceil(wait.total_seconds())
            raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        self._sent[chat].append(now)
        self._sent[None].append(now)

    def _wait(self, key: int | None, windows: tuple[_Window, ...], now: datetime) -> timedelta:
        """How long until the next message of this chat (None: of all chats) fits every window."""
        sent = self._sent[key]
        while sent and (sent[0] <= now - _LONGEST or sent[0] > now):
            sent.popleft()
        longest = timedelta(0)
        for most, span in windows:
            recent = [moment for moment in sent if moment > now - span]
            if len(recent) >= most:
                longest = max(longest, recent[-most] + span - now)
        return longest
