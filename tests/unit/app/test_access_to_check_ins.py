"""Who may see and change what belongs to check-ins, beyond what every page is tested for."""

from __future__ import annotations

import pytest

from bot.adapters.db.store import SqlStore
from bot.core.rounds.lifecycle import CHECK_INS, Kind
from tests.contract.fakes import FakeKeys
from tests.unit.app.attempts import attempt
from tests.unit.app.village import ROLES, Village

MEMBERS = ("representative", "facilitator")


@pytest.mark.parametrize("kind", CHECK_INS)
def test_a_check_in_opens_neither_beside_one_of_its_kind_nor_for_those_who_only_belong(
    store: SqlStore, keys: FakeKeys, village: Village, kind: Kind
) -> None:
    for role in MEMBERS:
        path = f"!c/{village.partnership}/{kind}/now"
        assert attempt(store, keys, village, path, role) == (False, False)


@pytest.mark.parametrize("kind", CHECK_INS)
@pytest.mark.parametrize("role", ROLES)
def test_digests_of_check_ins_are_for_all_who_belong_once_they_are_posted(
    store: SqlStore, keys: FakeKeys, village: Village, kind: Kind, role: str
) -> None:
    where = f"m/{village.partnership}/said"
    assert attempt(store, keys, village, f"{where}/{village.told[kind]}/1", role)[0] is (role in MEMBERS)
    assert attempt(store, keys, village, f"{where}/{village.asked[kind]}/1", role) == (False, False)


@pytest.mark.parametrize(
    "path",
    [
        "m/{v.quiet}/said/{v.told[pulse]}/1",
        "!s/{v.third}/remove/{v.statement}",
        "!s/{v.quiet}/remove/{v.statement}",
        "c/{v.quiet}/actions/date/{v.day}",
        "!c/{v.quiet}/actions/skip/{v.day}",
        "dates/{v.quiet}",
    ],
)
def test_nothing_of_one_partnership_is_reached_through_another(
    store: SqlStore, keys: FakeKeys, village: Village, path: str
) -> None:
    assert attempt(store, keys, village, path.format(v=village), "elsewhere") == (False, False)


@pytest.mark.parametrize(
    "wish",
    [
        *("reflection", "everything", "actions/rhythm/w1", "actions/rhythm/m3/5", "actions/date/2027-02-30"),
        *("actions/rhythm/w1/-/1", "actions/rhythm/w12/-/7"),
        "actions/date/2027-03-01",  # no date of this rhythm
    ],
)
def test_pages_of_the_calendar_know_only_what_is_on_offer(
    store: SqlStore, keys: FakeKeys, village: Village, wish: str
) -> None:
    path = f"c/{village.partnership}/{wish}"
    assert attempt(store, keys, village, path, "facilitator") == (False, False)


@pytest.mark.parametrize(
    "wish",
    [
        *("reflection/set/m3/1/1/9", "actions/set/w1/-/1/9", "actions/set/w12/1/1/9", "actions/set/m3/-/1/9"),
        *("actions/set/m3/5/1/9", "actions/set/m3/1/7/9", "actions/set/m3/1/1/3", "practice/pause"),
        *("actions/move/{day}/-8", "actions/move/{day}/x", "actions/skip/2027-02-30", "pulse/skip/{day}"),
    ],
)
def test_the_calendar_takes_only_what_is_on_offer(
    store: SqlStore, keys: FakeKeys, village: Village, wish: str
) -> None:
    path = f"!c/{village.partnership}/{wish.format(day=village.day)}"
    assert attempt(store, keys, village, path, "facilitator") == (False, False)


@pytest.mark.parametrize("kind", CHECK_INS)
def test_nobody_is_reminded_of_a_check_in_that_is_over(
    store: SqlStore, keys: FakeKeys, village: Village, kind: Kind
) -> None:
    path = f"!later/{village.told[kind]}/3"
    assert attempt(store, keys, village, path, "representative") == (False, False)


OF_REFLECTIONS = (
    *("!r/{r}/open", "!r/{r}/bring", "!r/{r}/carry", "!r/{r}/ask", "!r/{r}/finish", "!r/{r}/mode/proposed"),
    *("!r/{r}/window/collect/28", "!r/{r}/window/answer/28", "!d/{d}/up", "!d/{d}/out"),
    *("desk/wording/{d}", "desk/decisions/{r}", "desk/levels/{d}", "desk/action/{r}"),
    *("!r/{r}/ask-again", "!r/{r}/agenda", "!d/{d}/about/risk", "!d/{d}/take/charter"),
)


@pytest.mark.parametrize("path", OF_REFLECTIONS)
@pytest.mark.parametrize("kind", [*CHECK_INS, Kind.CONSENT])
def test_what_shapes_a_reflection_leaves_a_check_in_alone(
    store: SqlStore, keys: FakeKeys, village: Village, kind: Kind, path: str
) -> None:
    checked_in = path.format(r=village.asked[kind], d=village.asked_about[kind])
    assert attempt(store, keys, village, checked_in, "facilitator") == (False, False)


@pytest.mark.parametrize("path", OF_REFLECTIONS)
def test_what_shapes_a_reflection_leaves_the_next_pulse_alone(
    store: SqlStore, keys: FakeKeys, village: Village, path: str
) -> None:
    prepared = path.format(r=village.pulse, d=village.statement)
    assert attempt(store, keys, village, prepared, "facilitator") == (False, False)
