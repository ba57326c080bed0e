"""What Telegram's refusals mean for a message of ours."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.adapters.telegram.request import NotConnected
from bot.errors import ContactUnreachable, DeliveryError, DeliveryInDoubt, TryLater

TOKEN_REST = 60.0
"""Seconds between attempts while the token is refused; somebody has to change the settings first."""


class Offline(DeliveryError):
    """Nothing left this machine; the same message may be sent again."""

    code = "offline"


class CardGone(DeliveryError):
    """The message to be edited is gone or cannot be edited any more."""

    code = "card-gone"


class TopicGone(DeliveryError):
    """The forum topic was closed or deleted; the group itself is still there."""

    code = "topic-gone"


class ChatMoved(DeliveryError):
    """The group became a supergroup with another id."""

    code = "moved"

    def __init__(self, new_chat: int) -> None:
        super().__init__("the group has another id now")
        self.new_chat = new_chat


class Refused(DeliveryError):
    """Telegram will never take this message as it is: a mistake of ours."""

    code = "refused"


class TooLong(Refused):
    code = "too-long"


class NothingToEdit(DeliveryError):
    """The message already reads like this, which is all we wanted."""

    code = "not-modified"


BY_WORDS: tuple[tuple[str, type[DeliveryError]], ...] = (
    ("message is not modified", NothingToEdit),
    ("message to edit not found", CardGone),
    ("message can't be edited", CardGone),
    ("message_id_invalid", CardGone),
    ("message thread not found", TopicGone),
    ("topic_closed", TopicGone),
    ("topic_deleted", TopicGone),
    ("topic_id_invalid", TopicGone),
    ("chat not found", ContactUnreachable),
    ("peer_id_invalid", ContactUnreachable),
    ("user is deactivated", ContactUnreachable),
    ("chat_write_forbidden", ContactUnreachable),
    ("not enough rights to send", ContactUnreachable),
    ("have no rights to send", ContactUnreachable),
    ("is too long", TooLong),
)
"""The API gives 400s no codes, so their words decide; the first that occurs counts.

Source: tdlib/telegram-bot-api, Client.cpp.
"""


def meaning(error: TelegramError) -> DeliveryError:
    """Translate an error of the library into one of ours, without its text."""
    match error:
        case ChatMigrated():
            return ChatMoved(error.new_chat_id)
        case RetryAfter():
            return TryLater(seconds(error))
        case Forbidden():
            return ContactUnreachable()
        case InvalidToken():
            return TryLater(TOKEN_REST)
        case NotConnected():
            return Offline()
        case BadRequest():  # before NetworkError, of which the library made it a subclass
            words = error.message.casefold()
            return next((kind() for text, kind in BY_WORDS if text in words), Refused())
        case NetworkError():
            return DeliveryInDoubt()
        case _:
            return Refused()


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
