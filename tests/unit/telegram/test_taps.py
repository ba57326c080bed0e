"""Every tap is answered once, soon, and outside the lane."""

from __future__ import annotations

import pytest
from telegram.error import NetworkError

from bot.adapters.telegram.application import PollingBot
from bot.adapters.telegram.taps import LONGEST_TOAST, Taps
from tests.unit.telegram.scripted import TOKEN, ScriptedRequest, refusal, until


@pytest.fixture
def request_() -> ScriptedRequest:
    return ScriptedRequest()


def taps(request_: ScriptedRequest, patience: float = 60, *, carried: bool = False) -> Taps:
    bot = PollingBot(TOKEN, request=request_, get_updates_request=request_)
    return Taps(bot, patience=patience, carried=carried)


async def test_words_that_come_in_time_are_the_answer(request_: ScriptedRequest) -> None:
    taken = taps(request_)
    taken.arrived("q1")
    taken.say("q1", "Saved")
    taken.say("q1", "too many")
    await taken.close()
    assert request_.made("answerCallbackQuery") == [{"callback_query_id": "q1", "text": "Saved"}]


async def test_after_the_deadline_an_empty_answer_goes_and_the_words_are_dropped(
    request_: ScriptedRequest,
) -> None:
    taken = taps(request_, patience=0)
    taken.arrived("q1")
    await until(lambda: request_.calls)
    taken.say("q1", "Saved")
    await taken.close()
    assert request_.made("answerCallbackQuery") == [{"callback_query_id": "q1"}]


@pytest.mark.parametrize(
    "answer",
    [
        refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
        NetworkError("gone"),
    ],
)
async def test_an_answer_that_does_not_arrive_is_no_fault(request_: ScriptedRequest, answer: object) -> None:
    request_.plan("answerCallbackQuery", answer)
    taken = taps(request_)
    taken.arrived("q1")
    await taken.close()
    assert len(request_.calls) == 1


async def test_long_words_are_cut_to_what_a_toast_holds(request_: ScriptedRequest) -> None:
    taken = taps(request_)
    taken.arrived("q1")
    taken.say("q1", "x" * 300)
    await taken.close()
    assert len(request_.made("answerCallbackQuery")[0]["text"]) == LONGEST_TOAST


async def test_an_answer_that_is_called_is_not_carried_back(request_: ScriptedRequest) -> None:
    taken = taps(request_)
    taken.arrived("q1")
    taken.say("q1", "Saved")
    assert taken.carry("q1") is None
    await taken.close()
    assert len(request_.calls) == 1


async def test_an_answer_that_is_carried_back_needs_no_call(request_: ScriptedRequest) -> None:
    taken = taps(request_, carried=True)
    for query, words in (("q1", "Saved"), ("q2", None)):
        taken.arrived(query)
        taken.say(query, words)
        taken.say(query, None)
    assert taken.carry("q1") == {"method": "answerCallbackQuery", "callback_query_id": "q1", "text": "Saved"}
    assert taken.carry("q2") == {"method": "answerCallbackQuery", "callback_query_id": "q2"}
    await taken.close()
    assert request_.calls == []


async def test_nobody_waits_for_an_answer_that_would_be_carried_back_late(request_: ScriptedRequest) -> None:
    taken = taps(request_, patience=0, carried=True)
    taken.arrived("q1")
    await until(lambda: request_.calls)
    taken.say("q1", "Saved")
    assert taken.carry("q1") is None


async def test_a_tap_that_is_brought_again_gets_the_same_answer_since_the_first_may_be_lost(
    request_: ScriptedRequest,
) -> None:
    taken = taps(request_, patience=0.05, carried=True)
    taken.arrived("q1")
    taken.arrived("q1")
    taken.say("q1", "Saved")
    first = taken.carry("q1")
    taken.say("q1", None)
    assert first is not None
    assert taken.carry("q1") == first
    await until(lambda: not taken._open)
    await taken.close()
    assert request_.calls == [], "nor is it called when its time is over"


async def test_what_nobody_carried_back_is_called_at_the_end(request_: ScriptedRequest) -> None:
    taken = taps(request_, carried=True)
    taken.arrived("q1")
    taken.say("q1", "Saved")
    await taken.close()
    assert request_.made("answerCallbackQuery") == [{"callback_query_id": "q1", "text": "Saved"}]
