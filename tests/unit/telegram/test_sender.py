"""What the sender does with each answer of Telegram, and how it keeps its pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest
from telegram.error import NetworkError, TimedOut

from bot.adapters.telegram.application import PollingBot
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.request import NotConnected
from bot.adapters.telegram.sender import Sender
from bot.app.ports import Delivery, Lane, What
from bot.app.work import Service
from bot.core.cards import Card, Choice
from tests.unit.telegram.scripted import TOKEN, NotingService, ScriptedRequest, delivery, refusal, until

SEND, EDIT, DELETE = "sendMessage", "editMessageText", "deleteMessages"
ANY_SECONDS = object()
BEFORE = ("claim", "handed_over", "held_back")
"""What is noted before there is a result."""


class Stage:
    """A sender between a noting service and a scripted Telegram."""

    def __init__(self, *batches: Any, pace: Pace | None = None, **results: Any) -> None:
        self.request = ScriptedRequest()
        self.service = NotingService(claim=list(batches), **results)
        self.now = 0.0
        bot = PollingBot(TOKEN, request=self.request, get_updates_request=self.request)
        self.sender = Sender(
            cast("Service", self.service),
            bot,
            pace=pace or Pace.unlimited(),
            clock=lambda: self.now,
            sleep=self.sleep,
        )

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    @property
    def outcomes(self) -> list[tuple[Any, ...]]:
        """Notes of results: (use case, further arguments after the delivery)."""
        return [(name, *rest[1:]) for name, *rest in self.service.notes if name not in BEFORE]

    async def until(self, done: Callable[[], bool]) -> None:
        running = asyncio.create_task(self.sender.run())
        await until(done)
        await self.sender.stop()
        await running

    async def play(self, expected: int = 1) -> None:
        """Run until so many results were noted."""
        await self.until(lambda: len(self.outcomes) >= expected)


def bad(words: str) -> tuple[int, dict[str, Any]]:
    return refusal(400, f"Bad Request: {words}")


screen = delivery()
edit = delivery(edit=44)
page = delivery(what=What.PAGE, lane=Lane.NOTICE)
answer = delivery(what=What.POST, group=2, chat=-2001)
digest = delivery(what=What.POST, lane=Lane.DIGEST, group=2, chat=-2001)
topic = delivery(what=What.POST, lane=Lane.DIGEST, group=2, chat=-2001, topic=9)

TABLE: list[tuple[str, Delivery, dict[str, list[Any]], tuple[Any, ...], list[str]]] = [
    ("sent", screen, {}, ("delivered", 501), [SEND]),
    ("edited", edit, {}, ("delivered", None), [EDIT]),
    (
        "unchanged",
        edit,
        {EDIT: [bad("message is not modified: specified new message content")]},
        ("delivered", None),
        [EDIT],
    ),
    ("card gone", edit, {EDIT: [bad("message to edit not found")]}, ("delivered", 501), [EDIT, SEND]),
    ("card fixed", edit, {EDIT: [bad("message can't be edited")]}, ("delivered", 501), [EDIT, SEND]),
    ("nothing to show", delivery(card=None, delete=(1, 2)), {}, ("delivered", None), [DELETE]),
    ("deleted first", delivery(edit=44, delete=(1,)), {}, ("delivered", None), [DELETE, EDIT]),
    (
        "one too old to delete",
        delivery(delete=(1,)),
        {DELETE: [bad("message can't be deleted")]},
        ("delivered", 501),
        [DELETE, "deleteMessage", SEND],
    ),
    ("screen timed out", screen, {SEND: [TimedOut()]}, ("retried", ANY_SECONDS), [SEND]),
    (
        "edit lost",
        delivery(lane=Lane.NOTICE, edit=44),
        {EDIT: [NetworkError("x")]},
        ("retried", ANY_SECONDS),
        [EDIT],
    ),
    ("server error", screen, {SEND: [refusal(502, "Bad Gateway")]}, ("retried", ANY_SECONDS), [SEND]),
    ("reminder timed out", page, {SEND: [TimedOut()]}, ("doubtful",), [SEND]),
    ("digest timed out", digest, {SEND: [TimedOut()]}, ("doubtful",), [SEND]),
    ("digest server error", digest, {SEND: [refusal(500, "Internal Server Error")]}, ("doubtful",), [SEND]),
    ("group answer timed out", answer, {SEND: [TimedOut()]}, ("doubtful",), [SEND]),
    (
        "flood",
        screen,
        {SEND: [refusal(429, "Too Many Requests: retry after 17", retry_after=17)]},
        ("postponed", 17.0),
        [SEND],
    ),
    (
        "blocked",
        screen,
        {SEND: [refusal(403, "Forbidden: bot was blocked by the user")]},
        ("unreachable",),
        [SEND],
    ),
    ("removed", digest, {SEND: [refusal(403, "Forbidden: bot was kicked")]}, ("unreachable",), [SEND]),
    ("chat unknown", screen, {SEND: [bad("chat not found")]}, ("unreachable",), [SEND]),
    (
        "may not write",
        digest,
        {SEND: [bad("not enough rights to send text messages to the chat")]},
        ("unreachable",),
        [SEND],
    ),
    (
        "moved",
        digest,
        {SEND: [refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1002002)]},
        ("moved", -1002002),
        [SEND],
    ),
    ("topic gone", topic, {SEND: [bad("message thread not found")]}, ("delivered", 501), [SEND, SEND]),
    ("topic closed", topic, {SEND: [bad("TOPIC_CLOSED")]}, ("delivered", 501), [SEND, SEND]),
    ("refused", screen, {SEND: [bad("BUTTON_DATA_INVALID")]}, ("failed", "refused"), [SEND]),
    ("too long for them", screen, {SEND: [bad("message is too long")]}, ("failed", "too-long"), [SEND]),
    ("too long for us", delivery(card=Card("x" * 5000), delete=(1,)), {}, ("failed", "limit"), []),
    ("token refused", screen, {SEND: [refusal(401, "Unauthorized")]}, ("postponed", 60.0), [SEND]),
    (
        "offline",
        digest,
        {SEND: [NotConnected("x"), NotConnected("x")]},
        ("delivered", 501),
        [SEND, SEND, SEND],
    ),
]


@pytest.mark.parametrize(
    ("given", "answers", "outcome", "calls"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
async def test_each_answer_leads_to_one_outcome(
    given: Delivery, answers: dict[str, list[Any]], outcome: tuple[Any, ...], calls: list[str]
) -> None:
    stage = Stage([given])
    for method, planned in answers.items():
        stage.request.plan(method, *planned)
    await stage.play()
    [noted] = stage.outcomes
    if outcome[-1] is ANY_SECONDS:
        assert noted[0] == outcome[0]
        assert 1 <= noted[1] <= 45
    else:
        assert noted == outcome
    assert [method for method, _ in stage.request.calls] == calls


async def test_a_message_goes_out_plain_protected_silent_and_without_previews() -> None:
    stage = Stage([delivery(rows=((Choice("Go", "k"),),), tokens={"k": "t1"})])
    await stage.play()
    [sent] = stage.request.made(SEND)
    assert (sent["chat_id"], sent["text"]) == (1001, "Your round\nWhere are we?")
    assert (sent["protect_content"], sent["disable_notification"]) == (True, True)
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "Go", "callback_data": "t1"}]]
    assert "parse_mode" not in sent


@pytest.mark.parametrize(("topic_id", "sent_to"), [(9, 9), (1, None), (None, None)])
async def test_a_post_goes_to_its_topic_and_general_is_left_out(
    topic_id: int | None, sent_to: int | None
) -> None:
    stage = Stage([delivery(what=What.POST, group=2, chat=-2001, topic=topic_id)])
    await stage.play()
    assert stage.request.made(SEND)[0].get("message_thread_id") == sent_to


async def test_long_trails_are_deleted_a_hundred_at_a_time() -> None:
    stage = Stage([delivery(card=None, delete=tuple(range(1, 251)))])
    await stage.play()
    assert [len(call["message_ids"]) for call in stage.request.made(DELETE)] == [100, 100, 50]


async def test_a_chat_with_a_message_under_way_is_claimed_as_busy() -> None:
    stage = Stage([delivery()], pace=Pace(chat_rate=1, chat_burst=1))
    held = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await held.wait()
        stage.now += seconds

    stage.sender._sleep = sleep
    stage.service.results["claim"] = [[delivery()], [delivery(person=2, chat=1002)]]
    stage.sender._meter.take(1001, group=False, bulk=False, now=0)
    running = asyncio.create_task(stage.sender.run())
    await until(lambda: stage.outcomes)
    claims = [note for note in stage.service.notes if note[0] == "claim"]
    assert claims[1][2] == {("person", 1)}
    assert stage.request.made(SEND)[0]["chat_id"] == 1002
    held.set()
    await stage.sender.stop()
    await running
    assert [call["chat_id"] for call in stage.request.made(SEND)] == [1002, 1001]


async def test_what_must_wait_long_goes_back_to_the_outbox_without_a_call() -> None:
    stage = Stage([digest], pace=Pace(group_minute=1))
    stage.sender._meter.take(-2001, group=True, bulk=True, now=0)
    await stage.play()
    assert stage.outcomes == [("postponed", 60.0)]
    assert stage.request.calls == []


async def test_after_a_flood_answer_the_next_message_of_that_chat_rests_too() -> None:
    stage = Stage([delivery()], [delivery()])
    stage.request.plan(SEND, refusal(429, "Too Many Requests", retry_after=30))
    await stage.play(2)
    assert stage.outcomes == [("postponed", 30.0), ("postponed", 30.0)]
    assert len(stage.request.calls) == 1


async def test_a_claim_that_fails_does_not_end_the_sender() -> None:
    stage = Stage(RuntimeError("locked"), [delivery()])
    running = asyncio.create_task(stage.sender.run())
    await until(lambda: stage.service.notes)
    stage.sender.wake()
    await until(lambda: stage.outcomes)
    await stage.sender.stop()
    await running
    assert stage.outcomes == [("delivered", 501)]


async def test_a_result_that_cannot_be_noted_is_never_sent_again() -> None:
    stage = Stage([delivery()], delivered=RuntimeError("disk full"))
    await stage.play(2)
    assert [outcome[0] for outcome in stage.outcomes] == ["delivered", "failed"]
    assert len(stage.request.made(SEND)) == 1


async def test_stopping_while_offline_puts_the_message_back() -> None:
    stage = Stage([digest])
    stage.request.plan(SEND, *[NotConnected("x")] * 3)
    asleep, never = asyncio.Event(), asyncio.Event()

    async def sleep(_: float) -> None:
        asleep.set()
        await never.wait()

    stage.sender._sleep = sleep
    await stage.until(asleep.is_set)
    assert stage.outcomes == [("postponed", 0.0)]


@pytest.mark.parametrize(
    ("given", "noted"),
    [(screen, []), (page, ["handed_over"]), (answer, ["handed_over"]), (digest, ["handed_over"])],
    ids=["screen", "page", "answer", "digest"],
)
async def test_what_must_not_come_twice_is_noted_as_handed_over_before_it_leaves(
    given: Delivery, noted: list[str]
) -> None:
    stage = Stage([given])
    await stage.play()
    assert [name for name, *_ in stage.service.notes if name != "claim"] == [*noted, "delivered"]


async def test_without_a_network_nothing_counts_as_handed_over() -> None:
    stage = Stage([digest])
    stage.request.plan(SEND, NotConnected("x"))
    await stage.play()
    names = [name for name, *_ in stage.service.notes if name != "claim"]
    assert names == ["handed_over", "held_back", "handed_over", "delivered"]
