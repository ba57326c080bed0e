"""What is kept in memory follows what was committed, and who is about to be heard is not taken for quiet."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import clockwork, private, retention, screens
from bot.app.memory import News
from bot.app.watch import QUIET
from bot.app.work import Service, Setting, Work
from bot.core.ids import PersonId
from bot.core.partnerships import WRONG_LINKS
from tests.contract.fakes import FakeKeys
from tests.stores import opening
from tests.unit.app.village import NOW, setting

ACCOUNT = 3001


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with opening(f"sqlite:///{tmp_path / 'bot.db'}") as open_store:
        yield open_store(FakeKeys())


@pytest.fixture
def given() -> Setting:
    return setting(FakeKeys())


def service_with(store: SqlStore, given: Setting) -> Service:
    return Service(store, given, committed=lambda _: None)


def guess(work: Work, done: list[None]) -> None:
    """Follow a link that does not work."""
    done.append(None)
    private.commanded(work, ACCOUNT, hint="en", command="start", argument="guess", message=1)


def fail(_: Work) -> None:
    raise ValueError


async def test_a_link_counts_once_however_often_its_transaction_is_done(
    store: SqlStore, given: Setting
) -> None:
    service, told, done, held = service_with(store, given), list[News](), list[None](), Event()
    given.memory.tell = told.append
    before = asyncio.create_task(store.run(lambda _: held.wait(10)))
    together = asyncio.gather(
        service.once(1, guess, done), service.run(fail), return_exceptions=True
    )  # both wait for the one before, so they share a transaction
    await asyncio.sleep(0.05)
    held.set()
    assert await before
    assert isinstance((await together)[1], ValueError)
    assert len(done) == 2
    assert [name for name, *_ in told] == ["tried_in_vain", "sees"]
    person = await service.run(person_of)
    left = sum(given.memory.wrong_links.is_left(person, NOW.timestamp(), times=n) for n in range(1, 20))
    assert left == WRONG_LINKS - 1


async def test_of_what_failed_nothing_is_remembered(store: SqlStore, given: Setting) -> None:
    def guess_and_fail(work: Work) -> None:
        guess(work, [])
        raise ValueError("made up")

    told: list[News] = []
    given.memory.tell = told.append
    with pytest.raises(ValueError, match="made up"):
        await service_with(store, given).run(guess_and_fail)
    assert told == []


def person_of(work: Work) -> PersonId:
    person = work.tx.people.find(ACCOUNT)
    assert person is not None
    return person


def at_the_desk(work: Work) -> PersonId:
    """Begin the form of a new partnership."""
    private.commanded(work, ACCOUNT, hint="en", command="new", argument="", message=1)
    screens.on_screen(work, person_of(work), "desk/setup/0")
    return person_of(work)


@pytest.mark.parametrize(("acting", "path"), [((), "home"), ({ACCOUNT}, "desk/setup/0")])
async def test_who_went_quiet_is_led_out_and_who_is_about_to_be_heard_is_not(
    store: SqlStore, given: Setting, acting: Collection[int], path: str
) -> None:
    service = service_with(store, given)
    person = await service.run(at_the_desk)
    given.memory.watch.seen(person, "desk/setup/0", NOW - QUIET)
    await clockwork.tick(service, _nothing, acting=acting)
    assert (await service.run(lambda work: work.tx.people.place(person))).path == path
    assert given.memory.watch.watches(person) == bool(acting), "who is not led out is watched on"


async def _nothing() -> None:
    """Rewrites nothing."""


async def test_who_is_in_the_middle_of_something_is_not_forgotten_yet(
    store: SqlStore, given: Setting
) -> None:
    service = service_with(store, given)
    person = await service.run(at_the_desk)
    long_ago = NOW.date() - 2 * retention.STRANGERS
    await service.run(lambda work: work.tx.people.set_loose(person, long_ago))
    assert await service.run(retention.forget) == 0, "it is open"
    given.memory.watch.over(NOW + QUIET)
    assert await service.run(retention.forget) == 0, "it was begun today"
    await service.run(lambda work: work.tx.drafts.drop(person, "setup/0"))
    assert await service.run(retention.forget) == 1


@pytest.mark.parametrize(("days", "forgotten"), [(0, 0), (30, 0), (31, 1)])
async def test_a_form_that_was_begun_keeps_a_stranger_for_a_month(
    store: SqlStore, given: Setting, days: int, forgotten: int
) -> None:
    def begin(work: Work) -> PersonId:
        person = at_the_desk(replace(work, now=NOW - timedelta(days=days)))
        work.tx.people.set_loose(person, NOW.date() - 2 * retention.STRANGERS)
        return person

    service = service_with(store, given)
    await service.run(begin)
    given.memory.watch.over(NOW + QUIET)
    assert await service.run(retention.forget) == forgotten
