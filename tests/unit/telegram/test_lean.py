"""What is left of an update before it is parsed."""

from __future__ import annotations

from telegram import Update

from bot.adapters.telegram.lean import lean
from tests.unit.telegram.test_intake import CHAT, tap, text


def test_a_tap_keeps_where_its_card_stands_and_forgets_what_stood_on_it() -> None:
    raw = tap(1)
    raw["callback_query"]["message"] |= {"reply_markup": {"inline_keyboard": []}, "entities": []}
    kept = lean(raw)["callback_query"]
    assert kept["message"] == {"message_id": 3, "date": 0, "chat": CHAT}
    assert kept["data"] == "t1"
    assert "text" in raw["callback_query"]["message"], "what came is left as it was"


def test_everything_else_stays_as_it_came() -> None:
    assert lean(text(1)) == text(1)
    odd = {"update_id": 2, "callback_query": "no object"}
    assert lean(odd) == odd
    alone = {"update_id": 3, "callback_query": {"id": "q", "data": "t1"}}
    assert lean(alone) == alone


def test_a_tap_on_a_card_too_old_to_be_shown_is_read_as_before() -> None:
    raw = tap(1)
    raw["callback_query"]["message"] = {"message_id": 3, "date": 0, "chat": CHAT}
    update = Update.de_json(lean(raw), None)
    assert update.effective_chat is not None
    assert update.effective_chat.id == CHAT["id"]
