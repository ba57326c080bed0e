"""Updates as they are read here, against what the library would make of them."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, Update

from bot.adapters.telegram.updates import read
from tests.unit.telegram.scripted import TOKEN
from tests.unit.telegram.test_intake import CHAT, tap, text

BOT = Bot(TOKEN)


def test_of_a_tap_everything_that_is_used_is_read_as_the_library_reads_it() -> None:
    ours, theirs = read(tap(1), BOT), Update.de_json(tap(1), BOT)
    for update in (ours, theirs):
        assert update.update_id == 1
        assert update.effective_user is not None
        assert (update.effective_user.id, update.effective_user.language_code) == (1001, "en")
        assert update.effective_chat is not None
        assert (update.effective_chat.id, update.effective_chat.type) == (CHAT["id"], "private")
        query = update.callback_query
        assert query is not None
        assert (query.id, query.data) == ("q1", "t1")
        assert query.message is not None
        assert query.message.message_id == 3


def test_a_tap_without_a_card_or_data_has_none() -> None:
    raw = tap(1)
    del raw["callback_query"]["message"], raw["callback_query"]["data"]
    query = read(raw, BOT).callback_query
    assert query is not None
    assert (query.message, query.data) == (None, None)


def test_everything_else_is_read_by_the_library() -> None:
    message = read(text(2, "Hello"), BOT).message
    assert message is not None
    assert message.text == "Hello"


UNDATED = {"message_id": 3, "chat": CHAT}


@pytest.mark.parametrize(
    "query",
    [
        "no object",
        {},
        {"id": "q"},
        {**tap(1)["callback_query"], "message": {}},
        {**tap(1)["callback_query"], "message": UNDATED},
    ],
    ids=["no-object", "empty", "nobody", "empty-card", "undated-card"],
)
def test_a_tap_that_cannot_be_read_says_so(query: Any) -> None:
    with pytest.raises((AttributeError, KeyError, TypeError)):
        read({"update_id": 1, "callback_query": query}, BOT)
