"""Order within a chat, no waiting between chats."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.adapters.telegram.lanes import Lanes


async def test_jobs_of_one_chat_run_one_after_the_other_in_order() -> None:
    lanes, seen = Lanes(10), list[str]()

    async def job(name: str) -> None:
        seen.append(f"{name} begins")
        await asyncio.sleep(0)
        seen.append(f"{name} ends")

    ends = [await lanes.put(1001, partial(job, name)) for name in "ab"]
    await asyncio.gather(*ends)
    assert seen == ["a begins", "a ends", "b begins", "b ends"]


async def test_another_chat_does_not_wait() -> None:
    lanes, held = Lanes(10), asyncio.Event()
    slow = await lanes.put(1001, held.wait)
    await (await lanes.put(1002, lambda: asyncio.sleep(0)))
    assert not slow.done()
    held.set()
    await slow


async def test_a_chat_is_busy_until_its_last_job_has_ended() -> None:
    lanes, held = Lanes(10), asyncio.Event()
    busy = lanes.busy
    ends = [await lanes.put(1001, held.wait) for _ in range(2)]
    assert set(busy) == {1001}
    held.set()
    await asyncio.gather(*ends)
    await asyncio.sleep(0)
    assert set(busy) == set()


async def test_a_job_that_fails_tells_its_giver_and_stops_nobody() -> None:
    async def fails() -> None:
        raise RuntimeError

    lanes = Lanes(10)
    failing = await lanes.put(1001, fails)
    following = await lanes.put(1001, lambda: asyncio.sleep(0))
    await following
    with pytest.raises(RuntimeError):
        await failing


async def test_put_waits_for_room_and_empty_lanes_are_gone() -> None:
    lanes, held = Lanes(2), asyncio.Event()
    ends = [await lanes.put(chat, held.wait) for chat in (1001, 1002)]
    third = asyncio.create_task(lanes.put(1003, lambda: asyncio.sleep(0)))
    await asyncio.sleep(0)
    assert not third.done()
    held.set()
    await asyncio.gather(*ends, await third)
    await asyncio.sleep(0)
    assert len(lanes) == 0


async def test_finish_cancels_what_does_not_end_and_frees_its_room() -> None:
    lanes = Lanes(2)
    first = await lanes.put(1001, asyncio.Event().wait)
    second = await lanes.put(1001, asyncio.Event().wait)
    await lanes.finish(0)
    assert (first.cancelled(), second.cancelled(), len(lanes)) == (True, True, 0)
    await (await lanes.put(1002, lambda: asyncio.sleep(0)))


async def test_a_chat_stays_crowded_while_more_is_expected() -> None:
    after = list[frozenset[int]]()
    lanes = Lanes(10, cleared=lambda: after.append(lanes.crowded))
    for jobs, more in ((2, True), (1, True), (0, False)):
        ends = [await lanes.put(1001, lambda: asyncio.sleep(0)) for _ in range(jobs)]
        lanes.expect(more=more)
        await asyncio.gather(*ends)
        await asyncio.sleep(0)
        assert lanes.crowded == ({1001} if more else frozenset())
    assert after == [frozenset()]


async def test_a_chat_that_goes_on_in_batch_after_batch_is_not_crowded() -> None:
    lanes = Lanes(10)
    for _ in range(3):
        end = await lanes.put(1001, lambda: asyncio.sleep(0))
        lanes.expect(more=True)
        await end
        assert lanes.crowded == frozenset()


async def test_a_chat_given_several_jobs_is_crowded_until_the_last_is_done_and_then_says_so() -> None:
    after = list[frozenset[int]]()
    lanes, held = Lanes(10, cleared=lambda: after.append(lanes.crowded)), asyncio.Event()
    for chat in (1001, 1002, None, None):
        await lanes.put(chat, held.wait)
    assert lanes.crowded == frozenset()
    last = await lanes.put(1001, lambda: asyncio.sleep(0))
    assert lanes.crowded == {1001}
    held.set()
    await last
    await asyncio.sleep(0)
    assert after == [frozenset()]
