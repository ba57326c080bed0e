"""The outbox, whatever the database."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.db.glance import undelivered
from bot.adapters.db.store import SqlStore
from bot.app.ports import Lane, OutboxRow, Transaction, What
from bot.core.ids import GroupId, PersonId
from tests.stores import recovered

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
ANNA, BEN, CARO = PersonId(1001), PersonId(1002), PersonId(1003)
GROUP = GroupId(2001)


def claim(
    store: SqlStore, *, now: datetime = NOW, limit: int = 10, busy: Collection[tuple[str, int]] = ()
) -> tuple[OutboxRow, ...]:
    return store.run_now(lambda tx: tx.outbox.claim(now=now, limit=limit, busy=busy))


def test_requests_for_a_screen_collapse_and_one_fresh_makes_it_fresh(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        tx.outbox.show(ANNA)
        tx.outbox.show(BEN)
        tx.outbox.show(ANNA, fresh=True)
        tx.outbox.show(ANNA)

    store.run_now(use)
    rows = claim(store)
    assert [(row.person, row.what, row.fresh) for row in rows] == [
        (ANNA, What.SCREEN, True),
        (BEN, What.SCREEN, False),
    ]


def test_a_screen_under_way_does_not_take_in_a_new_request(store: SqlStore) -> None:
    store.run_now(lambda tx: tx.outbox.show(ANNA))
    (first,) = claim(store)
    store.run_now(lambda tx: tx.outbox.show(ANNA))
    store.run_now(lambda tx: tx.outbox.sent([first.id]))
    assert len(claim(store)) == 1


def test_replies_go_first_then_notices_then_digests_and_each_in_order(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        tx.outbox.post(GROUP, "digest/1", lane=Lane.DIGEST)
        tx.outbox.tell(ANNA, "reminder/1")
        tx.outbox.show(CARO)
        tx.outbox.show(BEN)

    store.run_now(use)
    rows = claim(store)
    assert [row.person or row.group for row in rows] == [CARO, BEN, ANNA, GROUP]
    assert [row.lane for row in rows] == [Lane.REPLY, Lane.REPLY, Lane.NOTICE, Lane.DIGEST]
    assert [row.path for row in rows] == ["", "", "reminder/1", "digest/1"]
    assert claim(store) == ()


def test_a_chat_gets_one_message_at_a_time_and_none_while_busy(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        for page in ("a", "b"):
            tx.outbox.tell(ANNA, page)
            tx.outbox.tell(BEN, page)
            tx.outbox.post(GROUP, page)

    store.run_now(use)
    busy = (("person", BEN), ("group", GROUP))
    (first,) = claim(store, busy=busy)
    assert (first.person, first.path) == (ANNA, "a")
    assert [(row.person or row.group, row.path) for row in claim(store)] == [(GROUP, "a"), (BEN, "a")]
    store.run_now(lambda tx: tx.outbox.sent([first.id]))
    rest = claim(store, busy=(("group", GROUP),))
    assert [(row.person, row.path) for row in rest] == [(ANNA, "b")], "of Ben a message is under way"


def shown_at_once(store: SqlStore, person: PersonId, *, fresh: bool = False) -> OutboxRow | None:
    def use(tx: Transaction) -> OutboxRow | None:
        tx.outbox.show(person, fresh=fresh)
        return tx.outbox.take_screen()

    return store.run_now(use)


def test_a_screen_can_be_taken_by_the_transaction_that_asked_for_it_and_by_no_other(store: SqlStore) -> None:
    row = shown_at_once(store, ANNA, fresh=True)
    assert row is not None
    assert (row.person, row.what, row.fresh) == (ANNA, What.SCREEN, True)
    assert claim(store) == ()
    assert store.run_now(lambda tx: tx.outbox.take_screen()) is None
    recovered(store)
    assert claim(store) == (row,), "what was under way at the end is found after the next start"


def test_a_screen_is_not_taken_at_once_while_something_of_the_person_is_under_way(store: SqlStore) -> None:
    first = shown_at_once(store, ANNA)
    assert first is not None
    assert shown_at_once(store, ANNA) is None
    assert claim(store) == ()
    store.run_now(lambda tx: tx.outbox.sent([first.id]))
    assert [row.person for row in claim(store)] == [ANNA]


def test_a_screen_is_not_taken_at_once_before_an_earlier_reply_but_before_a_notice(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        tx.outbox.tell(ANNA, "dates/1", lane=Lane.REPLY)
        tx.outbox.tell(BEN, "reminder/1")

    store.run_now(use)
    assert shown_at_once(store, ANNA) is None
    assert shown_at_once(store, BEN) is not None
    assert [(row.person, row.path) for row in claim(store)] == [(ANNA, "dates/1")]


def test_a_screen_that_was_dropped_or_undone_after_all_is_not_taken(store: SqlStore) -> None:
    def dropped(tx: Transaction) -> OutboxRow | None:
        tx.outbox.show(ANNA)
        tx.outbox.drop(ANNA)
        return tx.outbox.take_screen()

    def undone(tx: Transaction) -> OutboxRow | None:
        with tx.undone():
            tx.outbox.show(ANNA)
        return tx.outbox.take_screen()

    assert store.run_now(dropped) is None
    assert store.run_now(undone) is None
    assert claim(store) == ()


def test_a_screen_that_nobody_took_is_queued_where_it_was_asked_for(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        tx.outbox.show(ANNA)
        tx.outbox.tell(ANNA, "dates/1", lane=Lane.REPLY)
        tx.outbox.show(BEN)
        with tx.undone():
            assert tx.outbox.waiting() == 3

    store.run_now(use)
    assert [row.what for row in claim(store)] == [What.SCREEN, What.SCREEN]
    assert store.run_now(lambda tx: tx.outbox.asked_for) is None


def test_a_claim_keeps_to_its_limit_also_behind_a_chat_with_much_waiting(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        for number in range(300):
            tx.outbox.tell(ANNA, f"page/{number}")
        for person in (BEN, CARO):
            tx.outbox.tell(person, "page")

    store.run_now(use)
    assert [row.person for row in claim(store, limit=2)] == [ANNA, BEN]
    assert [row.person for row in claim(store, busy=(("person", ANNA),))] == [CARO]


def test_a_page_that_still_waits_is_not_queued_again(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        for page in ("dates/1", "dates/1", "dates/2"):
            tx.outbox.tell(ANNA, page, lane=Lane.REPLY)

    store.run_now(use)
    (first,) = claim(store)
    assert first.path == "dates/1"
    store.run_now(use)  # the first is on its way, so whoever asks now gets another
    store.run_now(lambda tx: tx.outbox.sent([first.id]))
    (second,) = claim(store)
    store.run_now(lambda tx: tx.outbox.sent([second.id]))
    (third,) = claim(store)
    assert [second.path, third.path] == ["dates/2", "dates/1"]
    assert claim(store) == ()


def test_a_message_to_be_tried_again_waits_until_it_is_due(store: SqlStore) -> None:
    store.run_now(lambda tx: tx.outbox.show(ANNA))
    (row,) = claim(store)
    store.run_now(lambda tx: tx.outbox.retry(row.id, due=NOW + timedelta(seconds=30), attempts=1))
    assert claim(store, now=NOW + timedelta(seconds=29)) == ()
    (again,) = claim(store, now=NOW + timedelta(seconds=30))
    assert (again.id, again.attempts) == (row.id, 1)


def test_a_once_key_holds_for_one_person_and_for_all_groups_even_after_sending(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        for person in (ANNA, BEN):
            if tx.outbox.first_time("reminder/1", person):
                tx.outbox.tell(person, "reminder")
        tx.outbox.post(GROUP, "digest/1", lane=Lane.DIGEST, once="digest/1")

    store.run_now(use)
    rows = claim(store)
    assert len(rows) == 3
    for row in rows:
        store.run_now(lambda tx, row=row: tx.outbox.sent([row.id]))
    store.run_now(use)
    store.run_now(lambda tx: tx.outbox.post(GroupId(2002), "digest/1", lane=Lane.DIGEST, once="digest/1"))
    assert claim(store) == ()


def test_messages_in_doubt_or_given_up_are_not_sent_again(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        tx.outbox.show(ANNA)
        tx.outbox.show(BEN)

    store.run_now(use)
    first, second = claim(store)
    store.run_now(lambda tx: tx.outbox.doubt(first.id))
    store.run_now(lambda tx: tx.outbox.give_up(second.id, "unreachable"))
    assert recovered(store) == 0
    assert claim(store) == ()


def one_of_each(tx: Transaction) -> None:
    tx.outbox.show(ANNA)
    tx.outbox.tell(BEN, "reminder/1")
    tx.outbox.post(GROUP, "digest/1", lane=Lane.DIGEST)


def test_after_a_restart_messages_that_had_not_left_are_tried_again(store: SqlStore) -> None:
    store.run_now(one_of_each)
    for row in claim(store):
        store.run_now(lambda tx, row=row: tx.outbox.attempt(row.id, 1))
        store.run_now(lambda tx, row=row: tx.outbox.attempt(row.id, 0))
    assert recovered(store) == 3
    assert [row.lane for row in claim(store)] == [Lane.REPLY, Lane.NOTICE, Lane.DIGEST]


def test_after_a_restart_of_those_that_may_have_arrived_only_a_screen_is_tried_again(store: SqlStore) -> None:
    store.run_now(one_of_each)
    for row in claim(store):
        store.run_now(lambda tx, row=row: tx.outbox.attempt(row.id, 1))
    assert recovered(store) == 3
    assert [row.person for row in claim(store)] == [ANNA]


def test_what_a_process_that_runs_has_under_way_is_left_to_it(store: SqlStore) -> None:
    store.run_now(one_of_each)
    claim(store, limit=2)
    assert shown_at_once(store, CARO) is not None
    assert store.run_now(lambda tx: tx.outbox.recover()) == 0
    assert [row.lane for row in claim(store)] == [Lane.DIGEST]


def test_a_transaction_knows_whether_it_left_something_to_be_claimed(store: SqlStore) -> None:
    def taken(tx: Transaction) -> bool:
        tx.outbox.show(ANNA)
        assert tx.outbox.left
        assert tx.outbox.take_screen() is not None
        return tx.outbox.left

    def left(queue: Callable[[Transaction], object]) -> bool:
        def use(tx: Transaction) -> bool:
            queue(tx)
            tx.outbox.take_screen()
            return tx.outbox.left

        return store.run_now(use)

    assert not store.run_now(taken)
    assert not left(lambda tx: tx.outbox.look_behind(BEN))
    assert left(lambda tx: tx.outbox.show(ANNA)), "it waits behind the one under way"
    assert left(lambda tx: tx.outbox.look_behind(ANNA)), "found behind what was sent"
    assert left(lambda tx: tx.outbox.tell(BEN, "reminder/1"))
    assert left(lambda tx: tx.outbox.post(GROUP, "digest/1"))
    assert not left(lambda tx: tx.outbox.drop(ANNA))


def test_a_message_that_waits_again_after_an_answer_has_not_left(store: SqlStore) -> None:
    store.run_now(lambda tx: tx.outbox.post(GROUP, "digest/1", lane=Lane.DIGEST))
    (row,) = claim(store)
    store.run_now(lambda tx: tx.outbox.attempt(row.id, 1))
    store.run_now(lambda tx: tx.outbox.retry(row.id, due=NOW, attempts=row.attempts))
    claim(store)
    recovered(store)
    assert [again.attempts for again in claim(store)] == [0]


@pytest.mark.parametrize(("bulk", "lanes"), [(0, "r"), (1, "rn"), (2, "rnd"), (None, "rnd")])
def test_of_what_can_wait_only_so_many_are_claimed(store: SqlStore, bulk: int | None, lanes: str) -> None:
    store.run_now(one_of_each)
    rows = store.run_now(lambda tx: tx.outbox.claim(now=NOW, limit=10, bulk=bulk))
    assert "".join(row.lane[0] for row in rows) == lanes


def test_dropping_forgets_what_was_queued_and_its_ids_are_not_used_again(store: SqlStore) -> None:
    store.run_now(lambda tx: tx.outbox.show(ANNA))
    (under_way,) = claim(store)
    store.run_now(lambda tx: tx.outbox.drop(ANNA))
    store.run_now(lambda tx: tx.outbox.show(BEN))
    store.run_now(lambda tx: tx.outbox.sent([under_way.id]))
    assert [row.person for row in claim(store)] == [BEN]


def test_dropping_keeps_what_was_given_up_for_the_operator(store: SqlStore) -> None:
    store.run_now(lambda tx: tx.outbox.show(ANNA))
    (row,) = claim(store)
    store.run_now(lambda tx: tx.outbox.give_up(row.id, "unreachable"))
    store.run_now(lambda tx: tx.outbox.drop(ANNA))
    assert given_up(store) == 1
    store.run_now(lambda tx: tx.people.forget(ANNA))
    assert given_up(store) == 0


def given_up(store: SqlStore) -> int:
    return sum(pages.total() for pages in undelivered(store._database, NOW).given_up.values())


@pytest.mark.parametrize("limit", [0, 1])
def test_nothing_waiting_gives_nothing(store: SqlStore, limit: int) -> None:
    assert claim(store, limit=limit) == ()


def test_the_row_that_was_queued_first_stays_the_oldest_until_it_is_delivered_or_given_up(
    store: SqlStore,
) -> None:
    assert store.run_now(lambda tx: tx.outbox.oldest()) is None

    def use(tx: Transaction) -> None:
        tx.outbox.tell(ANNA, "reminder/1")
        tx.outbox.show(BEN)

    store.run_now(use)
    second, first = claim(store)
    assert store.run_now(lambda tx: tx.outbox.oldest()) == first.id
    later = NOW + timedelta(hours=1)
    store.run_now(lambda tx: tx.outbox.retry(first.id, due=later, attempts=1))
    store.run_now(lambda tx: tx.outbox.sent([second.id]))
    assert store.run_now(lambda tx: tx.outbox.oldest()) == first.id
    store.run_now(lambda tx: tx.outbox.give_up(first.id, "refused"))
    assert store.run_now(lambda tx: tx.outbox.oldest()) is None
