"""What every stand-in of the measurements answers in the same way: messages, and what a start asks for."""

from __future__ import annotations

import json
import time
from typing import Any

from bot.bench.phones import Json

BOT = {"id": 1000, "is_bot": True, "first_name": "Measured", "username": "MeasuredBot"}
ME = {
    **BOT,
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
ANSWERS: dict[str, Any] = {
    "getMe": ME,
    "getMyCommands": [],
    "getMyShortDescription": {"short_description": ""},
    "getMyDescription": {"description": ""},
}
"""Results of the methods that ask for something; all others are simply done."""

MESSAGES = frozenset({"sendMessage", "editMessageText"})


class Telegram:
    """Makes messages and remembers the webhook."""

    def __init__(self) -> None:
        self._last_message = 1_000_000
        self._hook = ""

    def answer(self, method: str, parameters: Json) -> Any:
        """The result of a call that is no message."""
        if method == "setWebhook":
            self._hook = str(parameters["url"])
        if method == "getWebhookInfo":
            return {"url": self._hook, "has_custom_certificate": False, "pending_update_count": 0}
        return ANSWERS.get(method, True)

    def message(self, parameters: Json) -> Json:
        """A message, sent or edited, as Telegram gives it back."""
        account, number = int(parameters["chat_id"]), int(parameters.get("message_id", 0))
        if not number:
            self._last_message += 1
            number = self._last_message
        kind = "private" if account > 0 else "supergroup"
        message: Json = {
            "message_id": number,
            "from": BOT,
            "chat": {"id": account, "type": kind, "first_name": "Phone", "title": "Group"},
            "date": int(time.time()),
            "text": parameters["text"],
        }
        for name in ("entities", "reply_markup"):
            if parameters.get(name):
                message[name] = read(parameters[name])
        return message


def read(given: Any) -> Any:
    """A parameter that may come as JSON in a form."""
    return json.loads(given) if isinstance(given, str) else given
