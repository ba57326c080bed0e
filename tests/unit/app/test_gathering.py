"""What comes up while the store is busy is noted together, and each still learns what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, cast

import pytest

from bot.app.gathering import Gathering
from bot.app.work import Service, Work
from bot.errors import StoreError


class Desk:
    """A use case that notes words, and a service that carries it out once it is free."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.again: list[str] = []
        self.meanwhile: list[asyncio.Task[None]] = []
        self.noted: list[list[str]] = []
        self.gathering = Gathering(cast("Service", self), self.note)

    async def run(self, use_case: Callable[..., None], words: Iterable[str]) -> None:
        await self.free.wait()
        use_case(cast("Work", None), words)
        while self.again:
            word = self.again.pop(0)
            self.meanwhile += self.add(word)
            await asyncio.sleep(0)
            use_case(cast("Work", None), words)

    def note(self, work: Work, words: Iterable[str]) -> None:
        together = list(words)
        self.noted.append(together)
        if "bad" in together:
            raise StoreError("made up")

    def add(self, *words: str) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self.gathering.add(word)) for word in words]


async def ended(tasks: list[asyncio.Task[None]]) -> list[Any]:
    return [type(end) for end in await asyncio.gather(*tasks, return_exceptions=True)]


async def test_what_comes_up_before_the_store_gets_to_it_goes_together() -> None:
    desk = Desk()
    waiting = desk.add("one", "two")
    await asyncio.sleep(0.01)
    waiting += desk.add("three")
    await asyncio.sleep(0.01)
    assert desk.noted == []
    desk.free.set()
    await asyncio.gather(*waiting)
    await asyncio.gather(*desk.add("four"))
    assert desk.noted == [["one", "two", "three"], ["four"]]


async def test_where_one_fails_each_is_noted_alone_and_only_that_one_learns_of_it() -> None:
    desk = Desk()
    desk.free.set()
    assert await ended(desk.add("one", "bad", "two")) == [type(None), StoreError, type(None)]
    assert desk.noted == [["one", "bad", "two"], ["one"], ["bad"], ["two"]]
    desk.noted.clear()
    assert await ended(desk.add("bad")) == [StoreError]
    assert desk.noted == [["bad"]], "alone it failed already"


async def test_a_transaction_that_is_done_again_takes_what_came_up_meanwhile() -> None:
    desk = Desk()
    desk.free.set()
    desk.again = ["two", "three"]
    await asyncio.gather(*desk.add("one"))
    assert await ended(desk.meanwhile) == [type(None)] * 2
    assert [words for words in desk.noted if words] == [["one"], ["one", "two"], ["one", "two", "three"]]


async def test_a_store_that_takes_nothing_tells_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()

    async def stopped(*_: Any) -> None:
        raise StoreError("stopped")

    monkeypatch.setattr(desk, "run", stopped)
    assert await ended(desk.add("one", "two")) == [StoreError] * 2
    monkeypatch.undo()
    desk.free.set()
    await asyncio.gather(*desk.add("three"))
    assert desk.noted == [["three"]]


async def test_who_no_longer_waits_disturbs_nobody() -> None:
    desk = Desk()
    left, stayed = desk.add("one", "two")
    await asyncio.sleep(0)
    left.cancel()
    desk.free.set()
    await stayed
    assert desk.noted == [["one", "two"]]
