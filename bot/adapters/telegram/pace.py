"""How fast messages may go: what Telegram tolerates, and what it told us when it did not."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

UNLIMITED = float("inf")
WINDOW = 60.0
MANY_CHATS = 2000


@dataclass(frozen=True, slots=True)
class Pace:
    """Limits of one bot token (core.telegram.org/bots/faq, with some distance).

    Attributes:
        chat_rate: messages a second to one chat; chat_burst: how many may go at once before that counts.
        group_minute: messages and edits in one group within any 60 seconds.
        bulk_rate: reminders and digests a second, all chats together.
    """

    chat_rate: float = 1.0
    chat_burst: int = 3
    group_minute: float = 18
    bulk_rate: float = 25.0

    @classmethod
    def unlimited(cls) -> Pace:
        return cls(UNLIMITED, 1, UNLIMITED, UNLIMITED)


class Meter:
    """Keeps count. All times are seconds of a monotonic clock, handed in by the caller."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._next_in_chat: dict[int, float] = {}
        self._next_bulk = 0.0
        self._in_group: defaultdict[int, deque[float]] = defaultdict(deque)
        self._closed: dict[int, float] = {}
        self._bulk_closed = 0.0
        self._last_told: tuple[int, float] | None = None

    def reserve(self, chat: int, *, group: bool, bulk: bool, now: float, patience: float) -> float:
        """Seconds until a message may go to a chat.

        The place is taken when that is within ``patience``; otherwise nothing is taken and the caller comes
        back later, so that nobody holds up others by waiting.
        """
        wait = max(
            self._closed.get(chat, now) - now,
            self._chat_wait(chat, now),
            self._group_wait(chat, now) if group else 0.0,
            self._bulk_wait(now) if bulk else 0.0,
            0.0,
        )
        if wait <= patience:
            self._take(chat, group=group, bulk=bulk, at=now + wait)
        return wait

    def told_to_wait(self, chat: int, seconds: float, *, now: float) -> None:
        """Telegram answered 429: the chat rests; two chats within a second rest everything that can wait."""
        self._closed[chat] = now + seconds
        if self._last_told is not None:
            other, when = self._last_told
            if other != chat and now - when <= 1.0:
                self._bulk_closed = now + seconds
        self._last_told = (chat, now)

    def _chat_wait(self, chat: int, now: float) -> float:
        ahead = (self._pace.chat_burst - 1) / self._pace.chat_rate
        return self._next_in_chat.get(chat, now) - ahead - now

    def _group_wait(self, chat: int, now: float) -> float:
        sent = self._in_group[chat]
        while sent and sent[0] <= now - WINDOW:
            sent.popleft()
        if len(sent) < self._pace.group_minute:
            return 0.0
        return sent[len(sent) - int(self._pace.group_minute)] + WINDOW - now

    def _bulk_wait(self, now: float) -> float:
        return max(self._next_bulk, self._bulk_closed) - now

    def _take(self, chat: int, *, group: bool, bulk: bool, at: float) -> None:
        if len(self._next_in_chat) >= MANY_CHATS:
            self._forget_quiet_chats(at)
        self._next_in_chat[chat] = max(self._next_in_chat.get(chat, at), at) + 1 / self._pace.chat_rate
        if group:
            self._in_group[chat].append(at)
        if bulk:
            self._next_bulk = max(self._next_bulk, at) + 1 / self._pace.bulk_rate

    def _forget_quiet_chats(self, now: float) -> None:
        self._next_in_chat = {chat: due for chat, due in self._next_in_chat.items() if due > now}
        self._closed = {chat: until for chat, until in self._closed.items() if until > now}
        quiet = [chat for chat, sent in self._in_group.items() if not sent or sent[-1] <= now - WINDOW]
        for chat in quiet:
            del self._in_group[chat]
