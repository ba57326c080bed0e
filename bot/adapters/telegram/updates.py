"""From a raw update to the library's object, with no more work than somebody here has a use for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User


def read(raw: Mapping[str, Any], bot: Bot) -> Update:
    """Read an update as Telegram sends it.

    The library makes an object of everything on the card that a tap repeats, with all its buttons. Of a tapped card
    only the place is read; what stood on it, the person's place tells better.

    Raises: what the library raises on an update that cannot be read; KeyError, TypeError, on such a tap.
    """
    query = raw.get("callback_query")
    if query is None:
        return Update.de_json(dict(raw), bot)
    return Update(int(raw["update_id"]), callback_query=_tap(query))


def _tap(query: Mapping[str, Any]) -> CallbackQuery:
    card, sender = query.get("message"), query["from"]
    return CallbackQuery(
        query["id"],
        User(sender["id"], sender["first_name"], sender["is_bot"], language_code=sender.get("language_code")),
        query["chat_instance"],
        message=None if card is None else _place(card),
        data=query.get("data"),
    )


def _place(card: Mapping[str, Any]) -> InaccessibleMessage:
    number, _, chat = (card[name] for name in ("message_id", "date", "chat"))  # what every card has
    return InaccessibleMessage(Chat(chat["id"], chat["type"]), number)
