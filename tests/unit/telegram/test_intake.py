"""From a raw update to its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
import pytest_asyncio

from bot.adapters.telegram.apologies import ONCE_IN, Apologies
from bot.adapters.telegram.application import AnyApplication, build_application
from bot.adapters.telegram.handlers import Handlers
from bot.adapters.telegram.intake import Intake
from bot.adapters.telegram.lanes import Lanes
from bot.adapters.telegram.taps import Taps
from bot.app.work import Service
from bot.errors import StoreError
from tests.unit.telegram.scripted import TOKEN, NotingService, ScriptedRequest, until

CHAT = {"id": 1001, "type": "private", "first_name": "Person A"}
SENDER = {"id": 1001, "is_bot": False, "first_name": "Person A", "language_code": "en"}


def text(number: int, words: str = "Hello") -> dict[str, Any]:
    message = {"message_id": number, "date": 1_800_000_000, "chat": CHAT, "from": SENDER, "text": words}
    return {"update_id": number, "message": message}


def tap(number: int) -> dict[str, Any]:
    card = {"message_id": 3, "date": 1_800_000_000, "chat": CHAT, "text": "Card"}
    query = {"id": f"q{number}", "from": SENDER, "chat_instance": "1", "data": "t1", "message": card}
    return {"update_id": number, "callback_query": query}


class Gate:
    """An intake with everything around it."""

    def __init__(self, application: AnyApplication, request: ScriptedRequest, service: NotingService) -> None:
        self.request, self.service = request, service
        self.aside: list[tuple[int, str]] = []
        self.now = 0.0
        self.taps = Taps(application.bot, patience=60)
        application.add_handlers(Handlers(cast("Service", service), self.taps).in_order())
        self.intake = Intake(
            application,
            lanes=Lanes(100),
            taps=self.taps,
            apologies=Apologies(cast("Service", service), application.bot, clock=lambda: self.now),
            set_aside=self.set_aside,
            rests=(0, 0),
        )

    async def set_aside(self, number: int, code: str) -> None:
        self.aside.append((number, code))

    async def take(self, *updates: dict[str, Any]) -> None:
        await asyncio.gather(*[await self.intake.take(raw) for raw in updates])
        await self.intake.finish()

    @property
    def handled(self) -> list[str]:
        return [note[0] for note in self.service.notes]


@pytest_asyncio.fixture
async def gate() -> AsyncIterator[Gate]:
    request = ScriptedRequest()
    async with build_application(TOKEN, request=request, handlers=[]) as application:
        request.calls.clear()
        yield Gate(application, request, NotingService(language_of="en"))


async def test_an_update_nobody_can_read_is_set_aside_and_stops_no_other(gate: Gate) -> None:
    poison = {"update_id": 2, "callback_query": {"id": "q", "from": SENDER, "message": {"message_id": 1}}}
    await gate.take(text(1), poison, text(3))
    assert gate.handled == ["said", "said"]
    assert gate.aside == [(2, "unreadable")]


async def test_a_fault_that_passes_costs_nothing(gate: Gate) -> None:
    gate.service.results["said"] = [StoreError("busy"), StoreError("busy"), None]
    await gate.take(text(1))
    assert (gate.aside, gate.request.calls) == ([], [])


async def test_a_fault_that_stays_is_set_aside_and_the_person_is_told_once(gate: Gate) -> None:
    gate.service.results["said"] = StoreError("broken")
    await gate.take(text(1, "My secret answer"), text(2))
    assert gate.aside == [(1, "store"), (2, "store")]
    [told] = gate.request.made("sendMessage")
    assert told["chat_id"] == 1001
    assert "reference" in told["text"]
    assert "secret" not in told["text"]
    gate.now = ONCE_IN
    await gate.take(text(3))
    assert len(gate.request.made("sendMessage")) == 2


async def test_the_apology_comes_even_when_the_store_is_gone(gate: Gate) -> None:
    gate.service.results |= {"said": StoreError("gone"), "language_of": StoreError("gone")}
    await gate.take(text(1))
    assert len(gate.request.made("sendMessage")) == 1


async def test_a_tap_is_answered_even_when_its_use_case_fails(gate: Gate) -> None:
    gate.service.results["pressed_in_private"] = RuntimeError("no")
    await gate.take(tap(1))
    assert gate.request.made("answerCallbackQuery") == [{"callback_query_id": "q1"}]


async def test_whoever_brings_a_tap_takes_its_answer_back(gate: Gate) -> None:
    gate.taps._carried = True
    ends = [await gate.intake.take(raw) for raw in (tap(1), text(2))]
    answer = {"method": "answerCallbackQuery", "callback_query_id": "q1"}
    assert await asyncio.gather(*ends) == [answer, None]
    assert gate.request.calls == []


async def test_of_a_tap_that_is_to_come_again_nothing_is_carried_back(gate: Gate) -> None:
    gate.taps._carried = True
    gate.service.results["pressed_in_private"] = RuntimeError("no")

    async def gone(*_: Any) -> None:
        raise StoreError("gone")

    gate.intake._set_aside = gone
    with pytest.raises(StoreError):
        await (await gate.intake.take(tap(1)))


async def test_a_tap_behind_slow_work_is_answered_before_its_turn(gate: Gate) -> None:
    held = asyncio.Event()
    gate.taps._patience = 0
    run = gate.service.run

    async def slow(use_case: Any, *args: Any, **given: Any) -> Any:
        await held.wait()
        return await run(use_case, *args, **given)

    gate.service.run = slow  # type: ignore[method-assign]
    ends = [await gate.intake.take(raw) for raw in (text(1), tap(2))]
    await until(lambda: gate.request.made("answerCallbackQuery"))
    assert gate.handled == []
    held.set()
    await asyncio.gather(*ends)
    assert gate.handled == ["said", "pressed_in_private"]


async def test_nobody_is_told_in_a_group(gate: Gate) -> None:
    gate.service.results["commanded"] = RuntimeError("no")
    update = text(1, "/next")
    update["message"] |= {
        "chat": {"id": -2001, "type": "group", "title": "Group"},
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    }
    await gate.take(update)
    assert gate.aside == [(1, "unexpected")]
    assert gate.request.calls == []
