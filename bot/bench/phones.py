"""Phones that act by a script: each does its next step when the bot has answered the one before."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias

from bot.errors import BotError

Json: TypeAlias = dict[str, Any]
Step: TypeAlias = tuple[Literal["say", "tap"], str]
"""A text to type, or the label of a button to tap."""


class Update(NamedTuple):
    """What a phone did, on its way to the bot.

    Attributes:
        kind: "message" or "callback_query"; updates of one kind and account may not overtake each other.
        content: as Telegram brings it, JSON.
    """

    number: int
    account: int
    kind: str
    content: bytes

    @classmethod
    def of(cls, account: int, body: Json) -> Update:
        kind = next(name for name in body if name != "update_id")
        return cls(body["update_id"], account, kind, json.dumps(body, ensure_ascii=False).encode())


class BenchError(BotError):
    """A measurement that did not happen as planned, so that its figures would mean nothing."""

    code = "bench"


@dataclass
class Phone:
    """One private chat.

    Attributes:
        language: of the app, an IETF tag.
        card: the newest message of the bot, as Telegram would repeat it with a tap.
        since: moment at which its unanswered step was handed to the bot; None when it waits for nothing.
    """

    account: int
    language: str = "en"
    card: Json | None = None
    steps: deque[Step] = field(default_factory=deque)
    since: float | None = None

    @property
    def owner(self) -> Json:
        return {"id": self.account, "is_bot": False, "first_name": "Phone", "language_code": self.language}

    @property
    def chat(self) -> Json:
        return {"id": self.account, "type": "private", "first_name": "Phone"}

    def act(self, update: int, now: int) -> Json:
        """Do the next step.

        Returns: the update it causes.
        Raises: BenchError, when the card has no button of that name.
        """
        kind, words = self.steps.popleft()
        if kind == "say":
            message: Json = {
                "message_id": update,
                "date": now,
                "chat": self.chat,
                "from": self.owner,
                "text": words,
            }
            if words.startswith("/"):
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words)}]
            return {"update_id": update, "message": message}
        tap = {
            "id": str(update),
            "from": self.owner,
            "message": self.card,
            "chat_instance": "1",
            "data": data_of(words, self.card),
        }
        return {"update_id": update, "callback_query": tap}


def data_of(label: str, card: Json | None) -> str:
    """The callback data behind a label, which may stand after a picture.

    Raises: BenchError.
    """
    rows = ((card or {}).get("reply_markup") or {}).get("inline_keyboard", ())
    for button in (button for row in rows for button in row):
        if label in (button["text"], button["text"].partition(" ")[2]):
            return str(button["callback_data"])
    raise BenchError(f"no button {label!r} on the card of a phone: its script does not fit the bot any more")


def scripted(steps: Iterable[Sequence[str]]) -> deque[Step]:
    """Read steps as they come out of JSON."""
    return deque(("say" if kind == "say" else "tap", words) for kind, words in steps)
