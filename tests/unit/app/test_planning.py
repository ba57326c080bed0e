"""Check-ins that the calendar opens: when, and what becomes of a date when something is in its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import checkins, planning, timed
from bot.app.planning import LOOK_AGAIN
from bot.core.rounds.lifecycle import CHECK_INS, INTERVAL, WINDOW_DAYS, ActionStatus, Kind
from bot.core.rounds.plans import GRACE
from bot.errors import Refusal
from tests.unit.app.hamlet import queued, told
from tests.unit.app.scene import ASKED, DAY, DUE, NEXT, RHYTHM, S, Scene, played


@pytest.mark.parametrize("kind", CHECK_INS)
def test_on_its_date_a_check_in_opens_for_everybody_with_its_roster_its_key_and_its_announcement(
    store: SqlStore, kind: Kind
) -> None:
    def play(scene: Scene) -> None:
        scene.plan(kind)
        assert scene.look(DUE - timedelta(microseconds=1)) == []
        [opened] = scene.look(DUE)
        assert (opened.kind, opened.flow) == (kind, kind.value)
        assert opened.answer_until == DUE + timedelta(days=WINDOW_DAYS[kind])
        assert scene.asked(opened) == ASKED[kind]
        assert scene.tx.rounds.roster(opened.id) == dict.fromkeys(scene.hamlet.partners, 1)
        assert scene.keys.existing() == {opened.id}
        rows = list(queued(scene.tx, DUE))
        assert [(row.group, row.path) for row in rows if row.group] == [
            (scene.hamlet.group, f"checkin/{opened.id}")
        ]
        assert {(row.person, row.path) for row in rows if row.person} == {
            (person, f"call/{opened.id}") for person in scene.hamlet.people
        }
        assert scene.due(kind) == NEXT

    played(store, play)


@pytest.mark.parametrize("kind", CHECK_INS)
def test_a_date_opens_once_however_often_it_is_looked_at(store: SqlStore, kind: Kind) -> None:
    def play(scene: Scene) -> None:
        scene.plan(kind)
        work = scene.at(DUE)
        for plan in planning.due_plans(work) * 2:
            planning.carry_out(work, plan)
        [opened] = scene.open()
        scene.over(opened)
        assert [scene.look(DUE + days * DAY) for days in (0, 1, 60)] == [[], [], []]
        [later] = scene.look(NEXT)
        assert later.number > opened.number

    played(store, play)


@pytest.mark.parametrize("downtime", [timedelta(), DAY, GRACE])
def test_after_a_downtime_within_the_grace_it_opens_late(store: SqlStore, downtime: timedelta) -> None:
    def play(scene: Scene) -> None:
        scene.plan(Kind.ACTIONS)
        [opened] = scene.look(DUE + downtime)
        assert opened.answer_until == DUE + downtime + timedelta(days=14)

    played(store, play)


def test_after_a_longer_downtime_it_is_dropped_and_the_next_date_comes_as_planned(store: SqlStore) -> None:
    def play(scene: Scene) -> None:
        scene.plan(Kind.ACTIONS)
        assert scene.look(DUE + GRACE + DAY) == []
        assert scene.due(Kind.ACTIONS) == NEXT
        assert len(scene.look(NEXT)) == 1

    played(store, play)


@pytest.mark.parametrize("days", [1, 7])
def test_it_waits_for_the_interval_and_opens_when_that_is_over(store: SqlStore, days: int) -> None:
    def play(scene: Scene) -> None:
        scene.plan(Kind.ACTIONS)
        free = DUE + days * DAY
        scene.round(Kind.ACTIONS, S.ARCHIVED, answer_until=free - INTERVAL)
        assert scene.look(DUE) == []
        assert scene.due(Kind.ACTIONS) == DUE + LOOK_AGAIN
        assert scene.look(free - timedelta(microseconds=1)) == []
        assert scene.due(Kind.ACTIONS) == free
        assert len(scene.look(free)) == 1
        assert scene.due(Kind.ACTIONS) == NEXT

    played(store, play)


def test_an_interval_longer_than_the_grace_drops_the_date(store: SqlStore) -> None:
    def play(scene: Scene) -> None:
        scene.plan(Kind.ACTIONS)
        free = DUE + GRACE + DAY
        scene.round(Kind.ACTIONS, S.ARCHIVED, answer_until=free - INTERVAL)
        assert scene.look(DUE) == []
        assert scene.look(free) == []
        assert scene.due(Kind.ACTIONS) == NEXT

    played(store, play)


def test_it_waits_for_a_reflection_that_asks_the_same_and_opens_when_that_was_given_up(
    store: SqlStore,
) -> None:
    def play(scene: Scene) -> None:
        scene.plan(Kind.PRACTICE)
        end = DUE + 3 * DAY
        in_the_way = scene.round(Kind.REFLECTION, S.SHAPING, collect_until=end - timedelta(days=28))
        assert scene.look(DUE) == []
        assert scene.due(Kind.PRACTICE) == DUE + LOOK_AGAIN
        assert scene.look(end) == [], "plans come before rounds: it is not given up yet"
        assert timed.carry_out(scene.at(end), in_the_way.id)
        assert len(scene.look(end)) == 1

    played(store, play)


def test_it_opens_within_a_day_when_what_is_in_its_way_was_cancelled(store: SqlStore) -> None:
    def play(scene: Scene) -> None:
        scene.plan(Kind.PRACTICE)
        end = DUE + 5 * DAY
        in_the_way = scene.round(Kind.REFLECTION, S.COLLECTING, collect_until=end)
        assert scene.look(DUE) == []
        scene.tx.rounds.save(replace(in_the_way, state=S.CANCELLED))
        assert len(scene.look(DUE + LOOK_AGAIN)) == 1

    played(store, play)


def test_a_round_that_does_not_end_drops_the_date_with_its_grace(store: SqlStore) -> None:
    def play(scene: Scene) -> None:
        scene.plan(Kind.PRACTICE)
        scene.round(Kind.REFLECTION, S.CLOSING, answer_until=DUE - DAY)  # such as one whose key is missing
        assert scene.look(DUE) == scene.look(DUE + GRACE) == []
        assert scene.due(Kind.PRACTICE) == DUE - DAY
        assert scene.look(DUE + GRACE + DAY) == []
        assert scene.due(Kind.PRACTICE) == NEXT

    played(store, play)


def test_what_asks_something_else_is_not_in_the_way(store: SqlStore) -> None:
    def play(scene: Scene) -> None:
        scene.round(Kind.REFLECTION, S.ANSWERING, answer_until=DUE + DAY)
        for kind in (Kind.ACTIONS, Kind.PULSE):
            scene.plan(kind)
        assert {found.kind for found in scene.look(DUE)} == {Kind.ACTIONS, Kind.PULSE}

    played(store, play)


def disconnect(scene: Scene) -> None:
    scene.tx.partnerships.save(replace(scene.tx.partnerships.get(scene.partnership), group=None))


def leave_group(scene: Scene) -> None:
    scene.tx.groups.save(replace(scene.tx.groups.get(scene.hamlet.group), active=False))


def lose_partner(scene: Scene) -> None:
    [seat] = [
        found
        for found in scene.tx.partnerships.seats(scene.partnership)
        if found.partner == scene.hamlet.partners[2]
    ]
    scene.tx.partnerships.remove_seat(seat.id)


def ask_nothing(scene: Scene) -> None:
    for action in scene.tx.rounds.actions(scene.partnership):
        scene.tx.rounds.save_action(replace(action, status=ActionStatus.DONE))
    scene.tx.rounds.agree_levels(scene.agreed, {})
    for statement in checkins.statements(scene.at(DUE), scene.partnership):
        scene.tx.rounds.remove_decision(statement.id)
    for round_ in scene.rounds():
        scene.tx.rounds.save(replace(round_, posted=False))


@pytest.mark.parametrize("kind", CHECK_INS)
@pytest.mark.parametrize("spoil", [disconnect, leave_group, lose_partner, ask_nothing])
def test_without_a_group_three_partners_or_anything_to_ask_the_date_is_dropped(
    store: SqlStore, kind: Kind, spoil: Callable[[Scene], None]
) -> None:
    def play(scene: Scene) -> None:
        scene.plan(kind)
        spoil(scene)
        in_the_way = checkins.obstacle(scene.at(DUE), scene.partnership, kind)
        assert in_the_way is not None
        assert in_the_way.until is None
        assert scene.look(DUE) == []
        assert scene.keys.existing() == frozenset()
        assert scene.due(kind) == NEXT
        with pytest.raises(Refusal):
            checkins.hold_now(scene.at(DUE), scene.hamlet.facilitator, scene.partnership, kind)

    played(store, play)


def test_a_pause_drops_what_comes_during_it(store: SqlStore) -> None:
    def play(scene: Scene) -> None:
        scene.plan(Kind.ACTIONS)
        own = (scene.hamlet.facilitator, scene.partnership, Kind.ACTIONS)
        planning.pause(scene.at(DUE - DAY), *own)
        assert scene.due(Kind.ACTIONS) is None
        planning.go_on(scene.at(DUE + DAY), *own)
        assert scene.look(DUE + DAY) == []
        assert scene.due(Kind.ACTIONS) == NEXT

    played(store, play)


def test_a_single_date_is_left_out_or_moved_and_the_others_stay(store: SqlStore) -> None:
    def play(scene: Scene) -> None:
        own = (scene.hamlet.facilitator, scene.partnership, Kind.ACTIONS)
        scene.plan(Kind.ACTIONS)
        planning.skip(scene.at(DUE - DAY), *own, DUE.date())
        assert scene.due(Kind.ACTIONS) == NEXT
        planning.shift(scene.at(DUE - DAY), *own, NEXT.date(), -7)
        assert scene.due(Kind.ACTIONS) == NEXT - 7 * DAY
        [opened] = scene.look(NEXT - 7 * DAY)
        scene.over(opened)
        assert scene.due(Kind.ACTIONS) == NEXT + timedelta(weeks=10)

    played(store, play)


@pytest.mark.parametrize(("day", "days"), [(DUE, -1), (DUE, 29), (DUE, -28), (DUE + DAY, 1)])
def test_a_date_moves_neither_into_the_past_nor_too_far_and_only_one_that_there_is(
    store: SqlStore, day: datetime, days: int
) -> None:
    def play(scene: Scene) -> None:
        scene.plan(Kind.ACTIONS)
        with pytest.raises(Refusal):
            planning.shift(
                scene.at(DUE - DAY),
                scene.hamlet.facilitator,
                scene.partnership,
                Kind.ACTIONS,
                day.date(),
                days,
            )
        assert scene.due(Kind.ACTIONS) == DUE

    played(store, play)


def test_a_new_rhythm_forgets_the_changes_of_the_former_one(store: SqlStore) -> None:
    def play(scene: Scene) -> None:
        own = (scene.hamlet.facilitator, scene.partnership, Kind.ACTIONS)
        scene.plan(Kind.ACTIONS)
        planning.skip(scene.at(DUE - DAY), *own, DUE.date())
        scene.plan(Kind.ACTIONS)
        assert scene.due(Kind.ACTIONS) == DUE
        planning.drop(scene.at(DUE - DAY), *own)
        assert scene.look(DUE) == []

    played(store, play)


def test_a_plan_is_changed_by_its_facilitators_alone_and_never_comes_too_often(store: SqlStore) -> None:
    def play(scene: Scene) -> None:
        scene.plan(Kind.ACTIONS)
        work = scene.at(DUE - DAY)
        theirs = (scene.hamlet.people[0], scene.partnership, Kind.ACTIONS)
        own = (scene.hamlet.facilitator, scene.partnership, Kind.ACTIONS)
        attempts: list[Callable[[], None]] = [
            lambda: planning.pause(work, *theirs),
            lambda: planning.go_on(work, *theirs),
            lambda: planning.drop(work, *theirs),
            lambda: planning.skip(work, *theirs, DUE.date()),
            lambda: planning.shift(work, *theirs, DUE.date(), 1),
            lambda: planning.set_rhythm(work, *theirs, RHYTHM),
            lambda: planning.set_rhythm(work, *own, replace(RHYTHM, every=5)),
        ]
        for attempt in attempts:
            with pytest.raises(Refusal):
                attempt()
        assert scene.due(Kind.ACTIONS) == DUE
        assert told(scene.tx, DUE) == []

    played(store, play)
