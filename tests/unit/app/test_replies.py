"""What a person's own update is answered with leaves from the update's transaction, or waits in the outbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.adapters.db.databases import database_of
from bot.adapters.db.store import SqlStore
from bot.app import private, screens
from bot.app.ports import Delivery
from bot.app.work import Service, Work
from bot.errors import LeadsNoMore, StoreError
from tests.contract.fakes import FakeKeys
from tests.stores import opening, recovered
from tests.unit.app.village import setting

ACCOUNT = 3001


class Bringer:
    """Takes replies, and notes what it was given to bring."""

    def __init__(self, talking: Collection[int] = ()) -> None:
        self.talking = talking
        self.brought: list[Delivery] = []

    def last(self) -> Callable[[Work], Delivery | None]:
        return partial(screens.reply, talking=self.talking)

    def bring(self, delivery: Delivery) -> None:
        self.brought.append(delivery)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with opening(f"sqlite:///{tmp_path / 'bot.db'}") as open_store:
        yield open_store(FakeKeys())


def service_with(store: SqlStore, replies: Bringer) -> Service:
    return Service(store, setting(FakeKeys()), committed=lambda _: None, replies=replies)


async def say(service: Service, update: int, text: str = "Hello") -> None:
    await service.once(update, private.said, ACCOUNT, hint="en", text=text, message=update)


async def waiting(service: Service) -> list[Delivery]:
    return await service.run(screens.claim, 10, frozenset())


async def test_the_reply_to_an_update_is_brought_once_and_is_under_way_until_it_arrived(
    store: SqlStore,
) -> None:
    replies = Bringer()
    service = service_with(store, replies)
    await say(service, 1)
    await say(service, 1)
    (delivery,) = replies.brought
    assert (delivery.chat, delivery.row.fresh) == (ACCOUNT, True)
    assert await waiting(service) == []
    await say(service, 2)
    assert len(replies.brought) == 1, "one message is under way in the chat"
    await service.run(screens.delivered, [screens.Arrived(delivery, 501)])
    (next_one,) = await waiting(service)
    assert next_one.chat == ACCOUNT


async def test_the_reply_to_somebody_of_whom_more_is_at_hand_waits_in_the_outbox(store: SqlStore) -> None:
    replies = Bringer(talking={ACCOUNT})
    service = service_with(store, replies)
    await say(service, 1)
    assert replies.brought == []
    assert [delivery.chat for delivery in await waiting(service)] == [ACCOUNT]


async def test_what_no_update_caused_goes_through_the_outbox(store: SqlStore) -> None:
    replies = Bringer()
    service = service_with(store, replies)
    await service.run(private.said, ACCOUNT, hint="en", text="Hello", message=1)
    assert replies.brought == []
    assert len(await waiting(service)) == 1


async def test_a_reply_that_was_not_brought_is_found_after_the_next_start(store: SqlStore) -> None:
    replies = Bringer()
    service = service_with(store, replies)
    await say(service, 1)
    recovered(store)
    (again,) = await waiting(service)
    assert again.card == replies.brought[0].card


async def test_an_update_that_fails_brings_nothing_and_may_come_again(store: SqlStore) -> None:
    replies = Bringer()
    service = service_with(store, replies)

    def failing(work: Work) -> None:
        private.said(work, ACCOUNT, hint="en", text="Hello", message=1)
        raise StoreError("made up")

    with pytest.raises(StoreError):
        await service.once(1, failing)
    assert replies.brought == []
    await say(service, 1)
    assert len(replies.brought) == 1


async def test_a_process_that_does_not_lead_brings_its_replies_and_leaves_the_rest_to_the_one_that_does(
    tmp_path: Path,
) -> None:
    store = SqlStore(database_of(f"sqlite:///{tmp_path / 'bot.db'}"), FakeKeys())
    store.start()
    store.migrate()
    replies, left = Bringer(), list[bool]()
    service = Service(store, setting(FakeKeys()), committed=left.append, replies=replies)
    await say(service, 1)
    (delivery,) = replies.brought
    assert left == [False]
    await say(service, 2)
    assert left == [False, True], "it waits behind the one that is being brought"
    await service.run(screens.delivered, [screens.Arrived(delivery, 501)])
    assert left == [False, True, True], "the leader is to look for it"
    assert await waiting(service) == []
    assert await store.lead(lambda _: None)
    (next_one,) = await waiting(service)
    assert next_one.chat == ACCOUNT
    await service.run(screens.delivered, [screens.Arrived(next_one, 502)])
    assert not left[-1]
    store.stop_now()


async def test_who_leads_no_more_hands_nothing_over(store: SqlStore) -> None:
    replies = Bringer()
    service = service_with(store, replies)
    await say(service, 1)
    (delivery,) = replies.brought
    await service.run(screens.handed_over, delivery)
    store.stop_now()
    store.start()  # another connection, as after one that was lost
    with pytest.raises(LeadsNoMore):
        await service.run(screens.handed_over, delivery)
