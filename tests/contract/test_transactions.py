"""What the store promises about transactions, whatever the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.db.store import SqlStore
from bot.app.ports import Transaction
from bot.core.ids import PersonId
from bot.errors import StoreError

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


class Refused(Exception):
    """Stands for whatever a use case raises."""


def adding(account: int, *, fails: bool = False) -> Callable[[Transaction], PersonId]:
    def function(tx: Transaction) -> PersonId:
        person = tx.people.add(account, language="en")
        if fails:
            raise Refused
        return person

    return function


async def test_of_functions_that_commit_together_only_the_failing_one_is_undone(store: SqlStore) -> None:
    results = await asyncio.gather(
        *(store.run(adding(1001 + number, fails=number % 3 == 1)) for number in range(90)),
        return_exceptions=True,
    )
    for number, result in enumerate(results):
        found = await store.run(lambda tx, number=number: tx.people.find(1001 + number))
        if number % 3 == 1:
            assert isinstance(result, Refused)
            assert found is None
        else:
            assert found == result


async def test_a_database_refusal_reaches_its_caller_alone_and_names_no_value(store: SqlStore) -> None:
    first, twice, other = await asyncio.gather(
        store.run(adding(1001)), store.run(adding(1001)), store.run(adding(1002)), return_exceptions=True
    )
    assert isinstance(twice, StoreError)
    assert "1001" not in f"{twice}{twice.__cause__}"
    assert {first, other} == {
        await store.run(lambda tx, account=account: tx.people.find(account)) for account in (1001, 1002)
    }


async def test_an_update_delivered_twice_changes_nothing_twice(store: SqlStore) -> None:
    def show(tx: Transaction) -> str:
        tx.outbox.tell(PersonId(1001), "help")
        return "done"

    results = await asyncio.gather(*(store.once(5, show, now=NOW) for _ in range(3)))
    assert sorted(results, key=str) == [None, None, "done"]
    assert await store.once(5, show, now=NOW) is None
    assert await store.once(6, show, now=NOW) == "done"


async def test_an_update_that_failed_can_be_delivered_again(store: SqlStore) -> None:
    with pytest.raises(Refused):
        await store.once(5, adding(1001, fails=True), now=NOW)
    assert await store.once(5, adding(1001), now=NOW) is not None


async def test_updates_are_remembered_for_two_days_at_least(store: SqlStore) -> None:
    await store.once(5, lambda tx: "done", now=NOW)
    await store.prune(NOW + timedelta(hours=47))
    assert await store.once(5, lambda tx: "done", now=NOW) is None
    await store.prune(NOW + timedelta(hours=73))
    assert await store.once(5, lambda tx: "done", now=NOW) == "done"


async def test_an_update_can_be_set_aside_more_than_once(store: SqlStore) -> None:
    for _ in range(2):
        await store.quarantine(5, "unparsable")
    await store.prune(NOW)


async def test_a_function_that_runs_out_of_items_fails_alone(store: SqlStore) -> None:
    failed, fine = await asyncio.gather(
        store.run(lambda tx: next(iter(()))), store.run(lambda tx: "fine"), return_exceptions=True
    )
    assert isinstance(failed, RuntimeError)
    assert fine == "fine"


async def test_somebody_who_no_longer_waits_does_not_disturb_the_others(store: SqlStore) -> None:
    leaver = asyncio.create_task(store.run(adding(1001)))
    other = asyncio.create_task(store.run(adding(1002)))
    await asyncio.sleep(0)
    leaver.cancel()
    assert await other == await store.run(lambda tx: tx.people.find(1002))


async def test_stopping_finishes_what_waits_and_refuses_what_comes_after(store: SqlStore) -> None:
    waiting = [asyncio.create_task(store.run(adding(1001 + number))) for number in range(200)]
    await asyncio.sleep(0)
    await store.stop()
    assert len(set(await asyncio.gather(*waiting))) == 200
    with pytest.raises(StoreError, match="start it first"):
        await store.run(adding(1001))


async def test_what_is_done_to_look_at_it_is_undone_and_what_was_done_before_stays(store: SqlStore) -> None:
    def look(tx: Transaction) -> None:
        kept = tx.people.add(1001, language="en")
        with tx.undone():
            tx.people.set_language(kept, "fr")
            tx.people.add(1002, language="en")
            assert tx.people.find(1002) is not None
            with tx.undone():
                tx.people.set_language(kept, "sw")
            assert tx.people.language(kept) == "fr"
        assert tx.people.language(kept) == "en"

    await store.run(look)
    assert await store.run(lambda tx: tx.people.find(1001)) is not None
    assert await store.run(lambda tx: tx.people.find(1002)) is None


async def test_what_is_done_to_look_at_it_is_undone_when_it_fails_and_the_rest_is_kept(
    store: SqlStore,
) -> None:
    def look(tx: Transaction) -> None:
        tx.people.add(1001, language="en")
        with pytest.raises(Refused), tx.undone():
            adding(1002, fails=True)(tx)

    await store.run(look)
    assert await store.run(lambda tx: tx.people.find(1001)) is not None
    assert await store.run(lambda tx: tx.people.find(1002)) is None


async def test_what_is_done_again_because_another_one_failed_is_done_once(store: SqlStore) -> None:
    def asking(number: int) -> Callable[[Transaction], None]:
        return lambda tx: tx.outbox.tell(PersonId(number), "help")

    several = [store.run(adding(1001, fails=True) if n % 4 == 3 else asking(1001 + n)) for n in range(8)]
    await asyncio.gather(*several, return_exceptions=True)
    assert await store.run(lambda tx: tx.outbox.waiting()) == 6
