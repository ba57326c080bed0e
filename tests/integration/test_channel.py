"""The line between workers: whole words, sealed, also after it broke."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import psycopg
import pytest
from sqlalchemy import make_url

from bot.adapters.db.channel import LONGEST, PostgresChannel
from bot.adapters.db.neighbours import Neighbours
from bot.adapters.db.vault import Vault
from bot.app.memory import Memory
from bot.bench.postgresql import Server
from bot.core.confidentiality.sealing import KEY_SIZE
from bot.core.ids import PersonId
from bot.errors import StoreError
from tests.hooked import soon
from tests.unit.app.test_memory import NOW, at

KEY, OTHER_KEY = bytes(KEY_SIZE), b"1" * KEY_SIZE
PERSON = PersonId(4711000)
LISTENERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%'"


@pytest.fixture
def url(server: Server) -> Iterator[str]:
    made = server.new_database()
    yield made
    server.drop(made)


class Place:
    """One end of the line, and what came to it."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.connected = 0

    async def connect(self) -> None:
        self.connected += 1


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[tuple[PostgresChannel, Place]]:
    channel, place = PostgresChannel(make_url(url)), Place()
    task = asyncio.create_task(channel.listen(place.heard.append, place.connect))
    await soon(lambda: place.connected)
    yield channel, place
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await channel.close()


async def test_all_others_hear_a_word_whole_and_in_order_however_long(url: str) -> None:
    words = [b"short", bytes(range(256)) * LONGEST, b"last"]
    async with (
        listening(url) as (one, at_one),
        listening(url) as (_, at_two),
        listening(url) as (_, at_three),
    ):
        for word in words:
            await one.tell(word)
        await soon(lambda: at_two.heard == words and at_three.heard == words)
        assert at_one.heard == []


async def test_a_line_that_broke_is_connected_again_and_that_is_told(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.db.channel.BROKEN_FOR", 0.01)
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    async with listening(url) as (one, _), listening(url) as (_, at_two):
        with psycopg.connect(address, autocommit=True) as beside:
            beside.execute(LISTENERS)
        await soon(lambda: at_two.connected == 2)
        await one.tell(b"after all")
        await soon(lambda: at_two.heard == [b"after all"])


def neighbours(url: str, key: bytes, queued: Callable[[], object]) -> tuple[Neighbours, Memory, Place]:
    memory, place = Memory(), Place()
    channel = PostgresChannel(make_url(url))
    return Neighbours(channel, Vault(key), memory, queued=queued, missed=place.connect), memory, place


async def test_what_is_said_on_the_line_is_sealed_and_only_for_those_with_the_key(url: str) -> None:
    woken: list[str] = []
    ends = [
        neighbours(url, KEY, lambda: woken.append("speaker")),
        neighbours(url, KEY, lambda: woken.append("colleague")),
        neighbours(url, OTHER_KEY, lambda: woken.append("stranger")),
    ]
    (speaker, at_speaker, _), (_, at_colleague, _), (_, at_stranger, _) = ends
    running = [asyncio.create_task(end.run()) for end, _, _ in ends]
    async with listening(url) as (_, tapped):
        await soon(lambda: all(place.connected for _, _, place in ends))
        at(at_speaker, lambda work: work.sees(PERSON, "mine", NOW))
        speaker.committed(to_send=False)
        await soon(lambda: at_colleague.watch.watches(PERSON))
        assert woken == []
        speaker.committed(to_send=True)
        await soon(lambda: woken)
        await soon(lambda: len(tapped.heard) == 2)
        assert not at_stranger.watch.watches(PERSON)
        assert len({len(word) for word in tapped.heard}) == 1, "its length tells nothing"
        assert all(b"mine" not in word and str(PERSON).encode() not in word for word in tapped.heard)
    assert woken == ["colleague"]
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def test_who_cannot_look_around_yet_is_connected_again(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.db.channel.BROKEN_FOR", 0.01)
    place, tries = Place(), list[int]()

    async def look_around() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise StoreError("the connection of the store is gone, too")
        await place.connect()

    listening = asyncio.create_task(PostgresChannel(make_url(url)).listen(place.heard.append, look_around))
    await soon(lambda: place.connected or listening.done())
    assert not listening.done()
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    assert len(tries) == 2
