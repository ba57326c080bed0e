"""How updates wait, are confirmed, and get lost."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.adapters.playground.world import World
from tests.unit.playground.watch import Call, Watch


async def fetch(call: Call, **params: Any) -> list[dict[str, Any]]:
    status, body = await call("getUpdates", **params)
    assert status == 200, body
    result: list[dict[str, Any]] = body["result"]
    return result


async def drain(call: Call) -> int:
    """Confirm all that waits. Returns: the next offset."""
    offset: int = (await fetch(call))[-1]["update_id"] + 1
    assert await fetch(call, offset=offset) == []
    return offset


async def test_an_update_waits_until_a_higher_offset_confirms_it(call: Call, world: World) -> None:
    offset = await drain(call)
    world.say(1001, "One")
    world.say(1001, "Two")
    first = await fetch(call, offset=offset)
    assert await fetch(call, offset=offset) == first
    assert [item["message"]["text"] for item in await fetch(call, offset=offset + 1)] == ["Two"]
    assert [item["message"]["text"] for item in await fetch(call)] == ["Two"]


async def test_a_negative_offset_forgets_all_but_the_newest(call: Call, world: World) -> None:
    for words in ("One", "Two", "Three"):
        world.say(1001, words)
    assert [item["message"]["text"] for item in await fetch(call, offset=-1)] == ["Three"]
    assert len(await fetch(call)) == 1


async def test_the_limit_is_kept(call: Call, world: World) -> None:
    await drain(call)
    for _ in range(3):
        world.say(1001, "Hello")
    assert len(await fetch(call, limit=2)) == 2


async def test_taps_are_kept_150_seconds_and_messages_a_day(call: Call, world: World, watch: Watch) -> None:
    await drain(call)
    _, sent = await call("sendMessage", chat_id=1001, text="Hello")
    world.tap(1001, sent["result"]["message_id"], "a")
    world.say(1001, "Hello")
    watch.push(seconds=149)
    assert len(await fetch(call)) == 2
    watch.push(seconds=1)
    assert ["message" in item for item in await fetch(call)] == [True]
    watch.push(hours=24)
    assert await fetch(call) == []


async def test_a_long_poll_ends_with_the_first_update(call: Call, world: World) -> None:
    offset = await drain(call)
    poll = asyncio.create_task(fetch(call, offset=offset, timeout=50))
    await asyncio.sleep(0)
    world.say(1001, "Hello")
    assert [item["message"]["text"] for item in await poll] == ["Hello"]


async def test_a_second_poller_ends_the_first(call: Call, world: World) -> None:
    offset = await drain(call)
    first = asyncio.create_task(call("getUpdates", offset=offset, timeout=50))
    await asyncio.sleep(0)
    second = asyncio.create_task(fetch(call, offset=offset, timeout=50))
    status, body = await first
    assert (status, body["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    world.say(1001, "Hello")
    assert len(await second) == 1


async def test_a_cancelled_poll_leaves_the_queue_as_it_was(call: Call, world: World) -> None:
    offset = await drain(call)
    poll = asyncio.create_task(fetch(call, offset=offset, timeout=50))
    await asyncio.sleep(0)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    world.say(1001, "Hello")
    assert len(await fetch(call, offset=offset)) == 1


async def test_a_redelivered_update_comes_although_it_was_confirmed(call: Call, world: World) -> None:
    world.say(1001, "Hello")
    number = world.last_update
    offset = await drain(call)
    world.redeliver(number)
    assert [item["update_id"] for item in await fetch(call, offset=offset)] == [number]
    assert await fetch(call, offset=offset) == []


async def test_only_what_was_asked_for_is_queued(call: Call, world: World) -> None:
    offset = await drain(call)
    await fetch(call, offset=offset, allowed_updates=["message"])
    world.block_bot(1001)
    assert await fetch(call, offset=offset) == []
    await fetch(call, offset=offset, allowed_updates=[])
    world.unblock_bot(1001)
    assert [sorted(item) for item in await fetch(call, offset=offset)] == [["my_chat_member", "update_id"]]


async def test_in_a_group_the_bot_hears_only_what_is_for_it(call: Call, world: World) -> None:
    await drain(call)
    heard = ["/digest@PlaygroundBot", "/help"]
    world.say(1001, "Between us", -2001)
    world.say(1001, "/digest@OtherBot", -2001)
    world.say(1001, "/help", -2001)
    world.say(1001, "/digest@PlaygroundBot", -2001)
    _, sent = await call("sendMessage", chat_id=-2001, text="Hello")
    world.say(1001, "/help", -2001)
    world.say(1001, "An answer", -2001, reply_to=sent["result"]["message_id"])
    assert [item["message"]["text"] for item in await fetch(call)] == [*heard, "An answer"]


async def test_an_administrator_bot_hears_everything(call: Call, world: World) -> None:
    world.make_bot_administrator(1001, -2001)
    await drain(call)
    world.say(1001, "Between us", -2001)
    assert len(await fetch(call)) == 1


async def test_a_long_text_arrives_in_pieces(call: Call, world: World) -> None:
    await drain(call)
    world.say(1001, "🌍" * 2500)
    assert "".join(item["message"]["text"] for item in await fetch(call)) == "🌍" * 2500
