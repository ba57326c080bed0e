"""Plans of check-ins and their changed dates, whatever the database."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.adapters.db.store import SqlStore
from bot.app.ports import Transaction
from bot.core.ids import PartnershipId, PlanId
from bot.core.rounds.calendar import LAST, Change, Unit
from bot.core.rounds.lifecycle import Kind
from bot.core.rounds.plans import NewPlan, Plan
from bot.errors import StoreError

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
MONDAY, LATER = date(2030, 1, 7), date(2030, 2, 4)


def partnership_of(tx: Transaction) -> PartnershipId:
    return tx.partnerships.add(name="P", purpose="", language="en", zone="UTC")


def new_plan(partnership: PartnershipId, kind: Kind = Kind.ACTIONS) -> NewPlan:
    return NewPlan(
        partnership=partnership,
        kind=kind,
        unit=Unit.MONTHS,
        every=2,
        weekday=0,
        week=LAST,
        hour=9,
        begins=MONDAY,
        handled=NOW,
        paused=False,
    )


def put(tx: Transaction, plan: NewPlan, *, due: datetime | None = None) -> Plan:
    found = tx.calendar.plan(tx.calendar.put(plan))
    assert found is not None
    tx.calendar.save(found, due=due)
    return found


def test_a_plan_comes_back_as_it_was_put_and_saved(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        new = new_plan(partnership_of(tx))
        plan = put(tx, new)
        assert plan == Plan(**asdict(new), id=plan.id)
        nairobi = timezone(timedelta(hours=3))
        changed = replace(
            plan,
            unit=Unit.WEEKS,
            week=None,
            handled=(NOW + timedelta(days=1)).astimezone(nairobi),
            paused=True,
        )
        tx.calendar.save(changed, due=NOW)
        back = tx.calendar.plan(plan.id)
        assert back == changed
        assert back.handled.utcoffset() == timedelta()
        assert tx.calendar.plan(PlanId(plan.id + 1)) is None

    store.run_now(use)


def test_a_moment_without_a_zone_is_not_stored(store: SqlStore) -> None:
    plan = store.run_now(lambda tx: put(tx, new_plan(partnership_of(tx))))
    with pytest.raises(StoreError):
        store.run_now(lambda tx: tx.calendar.save(plan, due=NOW.replace(tzinfo=None)))


def test_a_partnership_has_one_plan_of_a_kind_and_a_new_one_forgets_the_changes(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        here, there = partnership_of(tx), partnership_of(tx)
        former = put(tx, new_plan(here), due=NOW)
        others = [put(tx, new_plan(here, Kind.PULSE)), put(tx, new_plan(there))]
        for plan in (former, *others):
            tx.calendar.change(plan.id, Change(MONDAY, None))
        replaced = put(tx, replace(new_plan(here), hour=10))
        assert tx.calendar.plan(former.id) is None
        assert tx.calendar.plans(here) == (others[0], replaced)
        assert tx.calendar.plans(there) == (others[1],)
        assert [len(tx.calendar.changes(plan.id)) for plan in (replaced, *others)] == [0, 1, 1]
        assert tx.calendar.due(NOW) == ()

    store.run_now(use)


def test_plans_are_due_from_their_moment_on_in_the_order_in_which_they_were(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        moments = (NOW, NOW - timedelta(days=1), None, NOW + timedelta(microseconds=1), NOW)
        ids = [put(tx, new_plan(partnership_of(tx)), due=due).id for due in moments]
        assert tx.calendar.due(NOW) == (ids[1], ids[0], ids[4])
        assert tx.calendar.due(NOW - timedelta(days=2)) == ()

    store.run_now(use)


def test_each_date_has_one_change_the_last_and_they_come_in_order(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        plan = put(tx, new_plan(partnership_of(tx))).id
        other = put(tx, new_plan(partnership_of(tx))).id
        for change in (Change(LATER, None), Change(MONDAY, LATER), Change(LATER, MONDAY)):
            tx.calendar.change(plan, change)
        assert tx.calendar.changes(plan) == (Change(MONDAY, LATER), Change(LATER, MONDAY))
        assert tx.calendar.changes(other) == ()

    store.run_now(use)


def test_a_dropped_plan_leaves_nothing(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        plan = put(tx, new_plan(partnership_of(tx)), due=NOW)
        tx.calendar.change(plan.id, Change(MONDAY, None))
        tx.calendar.drop(plan.id)
        assert tx.calendar.plan(plan.id) is None
        assert tx.calendar.plans(plan.partnership) == ()
        assert tx.calendar.changes(plan.id) == ()
        assert tx.calendar.due(NOW) == ()

    store.run_now(use)
