"""An update without what nobody here reads, so that nobody parses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

READ = ("message_id", "chat")
"""Of the card that was tapped: where it stands. What stood on it, the person's place tells better."""
OUT_OF_SIGHT = 0
"""The date by which Telegram marks a card that it no longer shows to bots; the library expects no more of one."""


def lean(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a raw update, as Telegram sends it, in which a tap does not repeat the whole card it was on."""
    update = dict(raw)
    query = update.get("callback_query")
    if isinstance(query, dict) and isinstance(card := query.get("message"), dict):
        place = {name: card[name] for name in READ if name in card}
        update["callback_query"] = {**query, "message": {**place, "date": OUT_OF_SIGHT}}
    return update
