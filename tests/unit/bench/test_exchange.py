"""The stand-in of the measurements hands out full batches and counts what is done."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.bench import device
from bot.bench.exchange import BATCH, Exchange
from bot.bench.phones import BenchError

KEYBOARD = {"inline_keyboard": [[{"text": "It is fine", "callback_data": "~made-up"}]]}


class Watch:
    """Monotonic seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def exchange(watch: Watch) -> Exchange:
    return Exchange(watch)


def updates(exchange: Exchange, offset: int = 0) -> list[dict[str, Any]]:
    return [json.loads(content) for content in exchange.poll(offset) or []]


def send(exchange: Exchange, account: int, text: str = "Noted", **more: Any) -> dict[str, Any]:
    message: dict[str, Any] = exchange.call("sendMessage", {"chat_id": account, "text": text, **more})
    return message


def test_a_step_follows_the_message_that_answers_the_one_before(exchange: Exchange) -> None:
    exchange.begin([1001], [("say", "One"), ("say", "Two")])
    assert [update["message"]["text"] for update in updates(exchange)] == ["One"]
    assert exchange.poll(0) is None
    send(exchange, 1001)
    assert [update["message"]["text"] for update in updates(exchange)] == ["Two"]


def test_a_tap_carries_the_data_of_the_button_and_the_card_it_stands_on(exchange: Exchange) -> None:
    card = send(exchange, 1001, reply_markup=KEYBOARD)
    exchange.begin([1001], [("tap", "It is fine")])
    (update,) = updates(exchange)
    assert update["callback_query"]["data"] == "~made-up"
    assert update["callback_query"]["message"] == card


def test_a_button_that_is_not_there_ends_the_measurement(exchange: Exchange) -> None:
    send(exchange, 1001, reply_markup=KEYBOARD)
    with pytest.raises(BenchError):
        exchange.begin([1001], [("tap", "Another")])


def test_updates_leave_in_full_batches_while_others_are_under_way(exchange: Exchange) -> None:
    accounts = range(1001, 1001 + BATCH + 50)
    exchange.begin(accounts, [("say", "One"), ("say", "Two")])
    first = updates(exchange)
    assert len(first) == BATCH
    assert exchange.poll(0) is None
    for update in first[:50]:
        send(exchange, update["message"]["chat"]["id"])
    assert len(updates(exchange)) == BATCH


def test_what_is_left_leaves_when_nobody_waits(exchange: Exchange) -> None:
    exchange.begin([1001, 1002], [("say", "One"), ("say", "Two")])
    assert len(updates(exchange)) == 2
    send(exchange, 1001)
    assert exchange.poll(0) is None
    send(exchange, 1002)
    assert len(updates(exchange)) == 2


def test_it_ends_when_all_is_answered_and_confirmed_and_no_tap_is_open(exchange: Exchange) -> None:
    send(exchange, 1001, reply_markup=KEYBOARD)
    exchange.begin([1001], [("tap", "It is fine")])
    (update,) = updates(exchange)
    exchange.call("editMessageText", {"chat_id": 1001, "message_id": 7, "text": "Next"})
    assert not exchange.finished
    exchange.poll(update["update_id"] + 1)
    assert not exchange.finished
    exchange.call("answerCallbackQuery", {"callback_query_id": update["callback_query"]["id"]})
    assert exchange.finished


def test_without_steps_it_ends_with_one_more_card_for_everybody(exchange: Exchange) -> None:
    exchange.begin([1001, 1002], [])
    send(exchange, 1001)
    assert not exchange.finished
    send(exchange, 1002)
    assert exchange.finished


def test_calls_bytes_and_waits_are_counted_for_the_phones_that_act(exchange: Exchange, watch: Watch) -> None:
    exchange.begin([1001], [("say", "One")])
    updates(exchange)
    watch.now = 2.0
    send(exchange, 1001, "é", reply_markup=json.dumps(KEYBOARD))
    send(exchange, 1002, "somebody else")
    send(exchange, -2001, "a group")
    report = exchange.report()
    assert report["calls"] == {"sendMessage": 1}
    assert (report["text"], report["markup"]) == (2, len(json.dumps(KEYBOARD)))
    assert (report["updates"], report["waits"], report["seconds"]) == (1, [2.0], 2.0)


def test_taps_texts_and_what_goes_over_the_air_are_told(exchange: Exchange) -> None:
    send(exchange, 1001, reply_markup=KEYBOARD)
    exchange.begin([1001], [("tap", "It is fine"), ("say", "One")])
    updates(exchange)
    exchange.call("editMessageText", {"chat_id": 1001, "message_id": 7, "text": "Next"})
    exchange.call("answerCallbackQuery", {"callback_query_id": "1", "text": "Noted"})
    updates(exchange)
    card = send(exchange, 1001, reply_markup=KEYBOARD)
    exchange.call("deleteMessages", {"chat_id": 1001, "message_ids": "[7, 8]"})
    report = exchange.report()
    assert (report["taps"], report["typed"]) == (1, 1)
    assert report["device"] == sum(
        (
            device.tap(),
            device.tap_answer("Noted"),
            device.message({"text": "Next"}, edited=True),
            device.typed("One"),
            device.message(card, edited=False),
            device.deletion(2),
        )
    )


def test_a_phone_speaks_the_language_it_is_set_to(exchange: Exchange) -> None:
    exchange.begin([1001], [("say", "One")], "sw")
    (update,) = updates(exchange)
    assert update["message"]["from"]["language_code"] == "sw"


def test_a_button_is_known_by_its_label_after_a_picture(exchange: Exchange) -> None:
    pictured = {"inline_keyboard": [[{"text": "\N{LOCK} It is fine", "callback_data": "~made-up"}]]}
    send(exchange, 1001, reply_markup=pictured)
    exchange.begin([1001], [("tap", "It is fine")])
    (update,) = updates(exchange)
    assert update["callback_query"]["data"] == "~made-up"


def test_a_button_that_is_missing_on_the_way_ends_the_measurement_without_figures(exchange: Exchange) -> None:
    exchange.begin([1001], [("say", "One"), ("tap", "Another")])
    updates(exchange)
    send(exchange, 1001, reply_markup=KEYBOARD)
    assert exchange.finished
    with pytest.raises(BenchError):
        exchange.report()


def test_at_a_rate_steps_are_taken_at_even_moments_and_waits_count_from_them(
    exchange: Exchange, watch: Watch
) -> None:
    exchange.begin([1001, 1002, 1003], [("say", "One")], rate=2.0)
    assert exchange.poll(0) is None
    assert exchange.release()
    assert len(updates(exchange)) == 1
    assert not exchange.release()
    watch.now = 1.25
    assert exchange.release()
    assert len(updates(exchange)) == 2
    for account in (1001, 1002, 1003):
        send(exchange, account)
    exchange.poll(99)
    assert exchange.finished
    assert exchange.report()["waits"] == [0.25, 0.75, 1.25]


def test_updates_that_are_brought_leave_all_at_once_and_are_confirmed_one_by_one(exchange: Exchange) -> None:
    exchange.begin([1001, 1002], [("say", "One")])
    given = exchange.hand_out()
    assert [update.account for update in given] == [1001, 1002]
    for account in (1001, 1002):
        send(exchange, account)
    assert not exchange.finished
    for update in given:
        exchange.confirm(update.number)
    assert exchange.finished


def test_the_webhook_that_was_set_is_told(exchange: Exchange) -> None:
    exchange.call("setWebhook", {"url": "http://127.0.0.1:1/made-up"})
    assert exchange.call("getWebhookInfo", {})["url"] == "http://127.0.0.1:1/made-up"


def test_a_typed_command_is_marked_as_one(exchange: Exchange) -> None:
    exchange.begin([1001], [("say", "/help")])
    (update,) = updates(exchange)
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
