"""An update without what nobody here reads, so that nobody parses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

READ = ("message_id", "date", "chat", "message_thread_id", "is_topic_message")
"""Of the card that was tapped: where it stands. What stood on it, the person's place tells better."""


def lean(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a raw update, as Telegram sends it, in which a tap does not repeat the whole card it was on.

    Whatever cannot be read otherwise still cannot be read afterwards.
    """
    update = dict(raw)
    query = update.get("callback_query")
    if isinstance(query, dict) and isinstance(card := query.get("message"), dict):
        update["callback_query"] = {**query, "message": {name: card[name] for name in READ if name in card}}
    return update
