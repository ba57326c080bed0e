"""What waits to be told, whatever the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.adapters.db.store import SqlStore
from bot.app.ports import Attention, Transaction
from bot.core.ids import PersonId

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)


def add(tx: Transaction, person: PersonId, path: str, at: datetime, until: datetime | None = None) -> None:
    tx.notices.add(person, path, at=at, until=until)


def paths(tx: Transaction, person: PersonId, now: datetime = NOW) -> list[str]:
    return [notice.path for notice in tx.notices.due(person, now)]


def test_what_waits_is_due_from_its_moment_on_in_its_order_for_one_person_alone(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        one, other = (tx.people.add(account, language="en") for account in (1001, 1002))
        for path, at in (("late", NOW + INSTANT), ("now", NOW), ("early", NOW - HOUR), ("also now", NOW)):
            add(tx, one, path, at)
        add(tx, other, "other", NOW)
        assert paths(tx, one) == ["early", "now", "also now"]
        assert paths(tx, one, NOW - 2 * HOUR) == []
        assert paths(tx, other) == ["other"]

    store.run_now(use)


def test_a_notice_comes_back_with_its_moments_in_utc(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        person = tx.people.add(1001, language="en")
        add(tx, person, "help", NOW, NOW + HOUR)
        add(tx, person, "home", NOW)
        first, second = tx.notices.due(person, NOW)
        assert (first.person, first.path, first.at, first.until) == (person, "help", NOW, NOW + HOUR)
        assert first.at.utcoffset() == timedelta()
        assert second.until is None

    store.run_now(use)


def test_people_come_once_who_has_waited_longest_first_and_not_too_many(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        people = [tx.people.add(1001 + number, language="en") for number in range(4)]
        for person, hours in zip(people, (1, 3, 2, -1), strict=True):
            for later in (0, 1):
                add(tx, person, "help", NOW - hours * HOUR + later * HOUR)
        assert tx.notices.people(NOW, 9) == (people[1], people[2], people[0])
        assert tx.notices.people(NOW, 2) == (people[1], people[2])
        assert tx.notices.people(NOW - 4 * HOUR, 9) == ()

    store.run_now(use)


def test_what_is_postponed_or_removed_is_due_no_more_and_the_rest_stays(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        person = tx.people.add(1001, language="en")
        for path in ("one", "two", "three"):
            add(tx, person, path, NOW)
        one, two, _ = (notice.id for notice in tx.notices.due(person, NOW))
        tx.notices.postpone([one], NOW + HOUR)
        tx.notices.remove([two])
        tx.notices.postpone((), NOW + HOUR)
        tx.notices.remove(())
        assert paths(tx, person) == ["three"]
        assert paths(tx, person, NOW + HOUR) == ["three", "one"]

    store.run_now(use)


def test_with_a_person_goes_what_was_to_be_told_them(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        one, other = (tx.people.add(account, language="en") for account in (1001, 1002))
        for person in (one, other):
            add(tx, person, "help", NOW)
        tx.people.forget(one)
        assert tx.notices.people(NOW, 9) == (other,)
        assert paths(tx, one) == []

    store.run_now(use)


def test_when_somebody_may_be_told_is_kept_and_is_open_at_first(store: SqlStore) -> None:
    attention = Attention(zone="Africa/Nairobi", snoozed_until=NOW + HOUR, notified_at=NOW)

    def use(tx: Transaction) -> None:
        one, other = (tx.people.add(account, language="en") for account in (1001, 1002))
        assert tx.people.attention(one) == Attention()
        tx.people.set_attention(one, attention)
        assert tx.people.attention(one) == attention
        assert tx.people.attention(other) == Attention()
        assert tx.people.language(one) == "en"
        tx.people.set_attention(one, Attention())
        assert tx.people.attention(one) == Attention()

    store.run_now(use)
