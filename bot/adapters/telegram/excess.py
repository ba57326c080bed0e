"""More than any person does: left out before it costs a transaction, and said so once in a while.

How much is taken in follows from what people and phones do at most, so that nobody's answer is ever left out:

- Typing: an answer is at least a digit and a tap on *send*. Nobody does two of them in a second for long.
- Tapping: some manage four taps in a second. A sheet with a button for every level of the largest round (15 decisions,
  12 partners) is 180 taps; at that pace it takes 45 seconds, which uses up 90 of what is there at once.
- After a gap: a phone without a network keeps what was typed. A sheet of the largest round, with every level, choice,
  wish and text, is 60 messages, so that what is there at once is enough for four of them and more.
- After a standstill of the bot: Telegram keeps what was done meanwhile and brings up to 100 updates at a time; three
  such batches may all come from one phone.

What Telegram brings again because it could not be stored is not counted again. Updates that tell what a chat has become
(blocked, added, removed, moved) are never left out: nobody would say it a second time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from telegram.constants import ChatType

from bot.adapters.telegram.apologies import Apologies
from bot.app.allowance import Allowance
from bot.core.text import say

AT_ONCE = 300
"""Messages and taps of one account that are taken in without any rest."""

SECONDS = 0.5
"""After which one more is taken in: two a second for as long as somebody likes."""

FILE = 30
"""Messages that one with a file counts for: it may have to be fetched, and what comes after it waits."""

SAID_AGAIN = 60.0
"""Seconds in which somebody hears at most once that something was left out."""

_MOVED = frozenset({"migrate_to_chat_id", "migrate_from_chat_id"})


class Excess:
    """Decides which updates are left out, each account by itself, so that none uses up what others need.

    Args:
        clock: seconds that never run backwards.
    """

    def __init__(self, apologies: Apologies, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._apologies = apologies
        self._clock = clock
        self._updates = Allowance(AT_ONCE, seconds=SECONDS)
        self._words = Allowance(1, seconds=SAID_AGAIN)
        self._telling: set[asyncio.Task[None]] = set()

    def leaves_out(self, raw: Mapping[str, Any]) -> bool:
        """Count an update; True when it is one too many, and is to be confirmed to Telegram unread."""
        account = _account(raw)
        if account is None or self._updates.spend(account, self._clock(), times=_weight(raw)):
            return False
        self._tell(account, raw)
        return True

    def follow(self, raw: Mapping[str, Any], end: asyncio.Future[Any]) -> None:
        """Give back what an update took, should it end so that Telegram brings it again."""
        account = _account(raw)
        if account is not None:
            end.add_done_callback(partial(self._give_back, account, _weight(raw)))

    async def close(self, seconds: float = 2.0) -> None:
        """Send what is still to be said, as far as that goes quickly."""
        if self._telling:
            _, late = await asyncio.wait(self._telling, timeout=seconds)
            for telling in late:
                telling.cancel()

    def _give_back(self, account: int, weight: int, end: asyncio.Future[Any]) -> None:
        if end.cancelled() or end.exception() is not None:
            self._updates.give_back(account, self._clock(), times=weight)

    def _tell(self, account: int, raw: Mapping[str, Any]) -> None:
        """Say it in private, beside all other work: no update waits until it is said."""
        if not _is_private(raw) or not self._words.spend(account, self._clock()):
            return
        words = say(
            "That was more at once than I can take in. What you gave before is kept. "
            "Please wait a minute, look where you are, and send the rest again."
        )
        hint = _part(raw)["from"].get("language_code")
        telling = asyncio.create_task(self._apologies.tell(account, words, hint=hint))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)


def _part(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message or the tap in an update; empty for what else Telegram tells."""
    part: Mapping[str, Any] = raw.get("message") or raw.get("callback_query") or {}
    return part


def _account(raw: Mapping[str, Any]) -> int | None:
    """Whose allowance an update is taken from; None for what is never left out.

    All anonymous administrators have one account in common, so each of their groups stands for itself.
    """
    part = _part(raw)
    sender = part.get("sender_chat") or part.get("from")
    return None if sender is None or part.keys() & _MOVED else int(sender["id"])


def _weight(raw: Mapping[str, Any]) -> int:
    """How often an update counts."""
    return FILE if "document" in _part(raw) else 1


def _is_private(raw: Mapping[str, Any]) -> bool:
    """Whether it happened between one person and the bot."""
    part = _part(raw)
    chat = (part.get("message") or part).get("chat") or {}
    return chat.get("type") == ChatType.PRIVATE
