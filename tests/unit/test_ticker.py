"""The beat goes on."""

from __future__ import annotations

import asyncio

from bot.adapters.scheduling.ticker import Ticker


async def test_a_tick_that_fails_is_reported_and_the_next_one_comes() -> None:
    faults: list[Exception] = []
    beats, enough = [RuntimeError("no"), None], asyncio.Event()

    async def tick() -> None:
        if not beats:
            enough.set()
            return
        fault = beats.pop(0)
        if fault is not None:
            raise fault

    ticker = Ticker(tick, 0.001, on_fault=faults.append)
    ticker.start()
    await enough.wait()
    await ticker.stop()
    assert [str(fault) for fault in faults] == ["no"]


async def test_stopping_lets_a_tick_finish_and_begins_no_other() -> None:
    begun, held, finished = asyncio.Event(), asyncio.Event(), []

    async def tick() -> None:
        begun.set()
        await held.wait()
        finished.append(True)

    ticker = Ticker(tick, 60, on_fault=lambda _: None)
    ticker.start()
    await begun.wait()
    stopping = asyncio.create_task(ticker.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    held.set()
    await stopping
    assert finished == [True]
