"""How fast messages may go: what Telegram tolerates, and what it told us when it did not."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, replace

from bot.errors import TryLater

UNLIMITED = float("inf")
SECOND, MINUTE = 1.0, 60.0
MANY_CHATS = 2000


class TooSoon(TryLater):
    """Our own pace asks to wait, so long that the message had better go back to the outbox."""

    code = "too-soon"


@dataclass(frozen=True, slots=True)
class Pace:
    """Limits of one bot token (core.telegram.org/bots/faq, with some distance).

    Attributes:
        chat_rate: messages a second to one chat; chat_burst: how many may go at once before that counts.
        group_minute: messages and edits in one group within any 60 seconds.
        all_second: messages of all chats together within any second; replies may use them up.
        bulk_rate: so many of these at most may be there before a reminder or a digest joins them, which also go
            evenly at this rate.
    """

    chat_rate: float = 1.0
    chat_burst: int = 3
    group_minute: float = 18
    all_second: float = 28
    bulk_rate: float = 25

    @classmethod
    def unlimited(cls) -> Pace:
        return cls(UNLIMITED, 1, UNLIMITED, UNLIMITED, UNLIMITED)

    def among(self, workers: int) -> Pace:
        """The share of each of so many processes in what all chats together may get."""
        return replace(
            self,
            all_second=max(1.0, self.all_second / workers),
            bulk_rate=max(1.0, self.bulk_rate / workers),
        )


class Meter:
    """Keeps count of what went. All times are seconds of a monotonic clock, handed in by the caller.

    A message first waits for its chat, in which no other is under way, and then in line with those of all
    chats; it is counted at the moment it goes, so that no window ever holds more than the pace allows.
    """

    def __init__(self, pace: Pace) -> None:
        self._whole = self._pace = pace
        self._next_in_chat: dict[int, float] = {}
        self._next_bulk = 0.0
        self._sent: deque[float] = deque()
        self._in_group: defaultdict[int, deque[float]] = defaultdict(deque)
        self._closed: dict[int, float] = {}
        self._bulk_closed = 0.0
        self._last_told: tuple[int, float] | None = None

    def share(self, workers: int) -> None:
        """Keep to the share of one of so many processes from now on."""
        self._pace = self._whole.among(workers)

    def chat_wait(self, chat: int, *, group: bool, now: float) -> float:
        """Seconds until a chat may get its next message."""
        ahead = (self._pace.chat_burst - 1) / self._pace.chat_rate
        return max(
            self._closed.get(chat, now) - now,
            self._next_in_chat.get(chat, now) - ahead - now,
            _window_wait(self._in_group[chat], self._pace.group_minute, MINUTE, now) if group else 0.0,
            0.0,
        )

    def line_wait(self, *, bulk: bool, now: float) -> float:
        """Seconds until there is room among the messages of all chats; less room for what can wait (``bulk``)."""
        if not bulk:
            return max(_window_wait(self._sent, self._pace.all_second, SECOND, now), 0.0)
        return max(
            _window_wait(self._sent, self._pace.bulk_rate, SECOND, now),
            self._next_bulk - now,
            self.bulk_rest(now),
        )

    def bulk_rest(self, now: float) -> float:
        """Seconds for which Telegram asked everything that can wait to rest."""
        return max(self._bulk_closed - now, 0.0)

    def take(self, chat: int, *, group: bool, bulk: bool, now: float) -> None:
        """Count a message that goes now."""
        if len(self._next_in_chat) >= MANY_CHATS:
            self._forget_quiet_chats(now)
        self._next_in_chat[chat] = max(self._next_in_chat.get(chat, now), now) + 1 / self._pace.chat_rate
        self._sent.append(now)
        if group:
            self._in_group[chat].append(now)
        if bulk:
            self._next_bulk = now + 1 / self._pace.bulk_rate

    def told_to_wait(self, chat: int, seconds: float, *, now: float) -> None:
        """Telegram answered 429: the chat rests; two chats within a second rest everything that can wait."""
        self._closed[chat] = now + seconds
        if self._last_told is not None:
            other, when = self._last_told
            if other != chat and now - when <= 1.0:
                self._bulk_closed = now + seconds
        self._last_told = (chat, now)

    def _forget_quiet_chats(self, now: float) -> None:
        self._next_in_chat = {chat: due for chat, due in self._next_in_chat.items() if due > now}
        self._closed = {chat: until for chat, until in self._closed.items() if until > now}
        quiet = [chat for chat, sent in self._in_group.items() if not sent or sent[-1] <= now - MINUTE]
        for chat in quiet:
            del self._in_group[chat]


def _window_wait(sent: deque[float], most: float, span: float, now: float) -> float:
    """Seconds until fewer than ``most`` of these moments lie within the last ``span``; forgets the older ones."""
    while sent and sent[0] <= now - span:
        sent.popleft()
    return 0.0 if len(sent) < most else sent[len(sent) - int(most)] + span - now
