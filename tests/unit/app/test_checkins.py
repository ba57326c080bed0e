"""What check-ins ask about, what stands in their way, and what continues from one to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import checkins
from bot.app.beginnings import Item
from bot.core.ids import ActionId, DecisionId, RoundId
from bot.core.rounds.lifecycle import INTERVAL, ActionStatus, Kind
from tests.unit.app.scene import ASKED, DAY, DUE, S, Scene, played


@pytest.mark.parametrize(
    ("kind", "other", "waits"),
    [
        (Kind.ACTIONS, Kind.ACTIONS, True),
        (Kind.PRACTICE, Kind.PRACTICE, True),
        (Kind.PRACTICE, Kind.REFLECTION, True),
        (Kind.PULSE, Kind.PULSE, True),
        (Kind.ACTIONS, Kind.REFLECTION, False),
        (Kind.ACTIONS, Kind.PULSE, False),
        (Kind.PULSE, Kind.PRACTICE, False),
        (Kind.PRACTICE, Kind.ACTIONS, False),
    ],
)
def test_what_is_in_the_way_has_a_time_at_which_it_is_gone(
    store: SqlStore, kind: Kind, other: Kind, waits: bool
) -> None:
    def play(scene: Scene) -> None:
        end = DUE + 3 * DAY
        found = scene.round(other, S.ANSWERING, answer_until=end)
        open_ = checkins.obstacle(scene.at(DUE), scene.partnership, kind)
        assert (open_ and open_.until) == (end if waits else None)
        scene.tx.rounds.save(replace(found, state=S.CANCELLED))
        cancelled = checkins.obstacle(scene.at(DUE), scene.partnership, kind)
        assert (cancelled and cancelled.until) == (end + INTERVAL if waits else None)
        assert checkins.obstacle(scene.at(end + INTERVAL), scene.partnership, kind) is None

    played(store, play)


def test_a_check_in_of_practice_asks_about_the_last_round_in_which_levels_were_agreed(
    store: SqlStore,
) -> None:
    def play(scene: Scene) -> None:
        def found(now: datetime) -> list[Item]:
            return checkins.items(scene.at(now), scene.partnership, Kind.PRACTICE)

        assert [item.continues for item in found(DUE)] == [scene.agreed]
        scene.tx.rounds.agree_levels(scene.not_agreed, {scene.hamlet.partners[1]: 2})
        assert [item.continues for item in found(DUE)] == [scene.agreed, scene.not_agreed]

    played(store, play)


def test_an_action_keeps_its_identity_from_check_in_to_check_in_also_when_it_was_left_out_once(
    store: SqlStore,
) -> None:
    def play(scene: Scene) -> None:
        second = scene.tx.rounds.add_action(
            scene.rounds()[-1].id,
            decision=scene.agreed,
            what="Another made-up action",
            owner=scene.hamlet.partners[1],
            by="2027-10-01",
        )
        first = hold(scene, Kind.ACTIONS, DUE)
        set_status(scene, second, ActionStatus.DONE)
        between = hold(scene, Kind.ACTIONS, DUE + 60 * DAY)
        set_status(scene, second, ActionStatus.UNDER_WAY)
        last = hold(scene, Kind.ACTIONS, DUE + 120 * DAY)

        def asked(round_: RoundId) -> dict[ActionId | None, tuple[DecisionId, DecisionId | None]]:
            return {one.action: (one.id, one.continues) for one in scene.tx.rounds.decisions(round_)}

        one, two, three = (asked(round_) for round_ in (first, between, last))
        assert [set(each) for each in (one, two, three)] == [
            {scene.action, second},
            {scene.action},
            {scene.action, second},
        ]
        assert {continued for _, continued in one.values()} == {None}
        assert two[scene.action][1] == one[scene.action][0]
        assert three[scene.action][1] == two[scene.action][0]
        assert three[second][1] == one[second][0]

    played(store, play)


def set_status(scene: Scene, which: ActionId, status: ActionStatus) -> None:
    [action] = [found for found in scene.tx.rounds.actions(scene.partnership) if found.id == which]
    scene.tx.rounds.save_action(replace(action, status=status))


def hold(scene: Scene, kind: Kind, now: datetime) -> RoundId:
    """Hold a check-in from its opening to its end."""
    opened = checkins.hold_now(scene.at(now), scene.hamlet.facilitator, scene.partnership, kind)
    scene.over(opened)
    return opened.id


def test_statements_keep_their_identity_from_pulse_to_pulse_and_the_next_ones_are_ready(
    store: SqlStore,
) -> None:
    def play(scene: Scene) -> None:
        pulses = [hold(scene, Kind.PULSE, DUE + number * 60 * DAY) for number in range(3)]
        asked = [scene.tx.rounds.decisions(pulse) for pulse in pulses]
        asked.append(checkins.statements(scene.at(DUE), scene.partnership))
        assert [[one.wording for one in each] for each in asked] == [ASKED[Kind.PULSE]] * 4
        assert [[one.continues for one in each] for each in asked] == [
            [None, None],
            *([one.id for one in each] for each in asked[:3]),
        ]

    played(store, play)
