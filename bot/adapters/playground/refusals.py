"""How Telegram says no."""

from __future__ import annotations

from typing import Any, ClassVar, TypeAlias

from bot.errors import BotError

Json: TypeAlias = dict[str, Any]


class Refused(BotError):
    """An answer of the Bot API that is not "ok".

    Args:
        status: HTTP status, repeated as ``error_code``.
        description: Telegram's words, to the letter, because callers match them as text.
        parameters: ``retry_after`` or ``migrate_to_chat_id``.
    """

    code: ClassVar[str] = "refused"

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def answer(self) -> tuple[int, Json]:
        """The HTTP status and the body."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return self.status, body


def bad_request(words: str) -> Refused:
    return Refused(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refused:
    return Refused(403, f"Forbidden: {words}")
