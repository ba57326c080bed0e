"""What the bot says by itself: by day, on working days, at most once a day, and nothing is lost by waiting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.db.store import SqlStore
from bot.app import notify
from bot.app.ports import Transaction
from bot.app.work import Work
from bot.core.ids import PersonId
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import settle_hamlet, told, tried
from tests.unit.app.village import setting

SETTING = setting(FakeKeys())
NIGHT = datetime(2027, 3, 1, 2, tzinfo=UTC)
"""A Monday."""
MORNING, NOON = NIGHT.replace(hour=8), NIGHT.replace(hour=12)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def at(tx: Transaction, now: datetime) -> Work:
    return Work(tx, now, SETTING)


def newcomer(tx: Transaction, *, account: int = 1901, zone: str = "UTC") -> PersonId:
    person = tx.people.add(account, language="en")
    notify.set_zone(at(tx, NIGHT), person, zone)
    return person


def ticked(tx: Transaction, now: datetime) -> list[tuple[PersonId, str]]:
    """What the clock hands over; afterwards nothing is left that could be told by now."""
    while notify.hand_over(at(tx, now)):
        pass
    assert tx.notices.people(now, 1000) == ()
    return told(tx, now)


def test_by_day_somebody_is_told_at_once_and_at_night_in_the_morning(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        awake, asleep = (newcomer(tx, account=account) for account in (1901, 1902))
        notify.notify(at(tx, NOON), awake, "help")
        assert told(tx, NOON) == [(awake, "help")]
        notify.notify(at(tx, NIGHT), asleep, "help")
        assert ticked(tx, MORNING - HOUR) == []
        assert ticked(tx, MORNING) == [(asleep, "help")]
        assert ticked(tx, MORNING) == []

    tried(store, use)


@pytest.mark.parametrize(
    ("zone", "said", "heard"),
    [
        ("America/Bogota", "2027-03-01T23:00", "2027-03-01T23:00"),  # Monday 18:00: at once
        ("America/Bogota", "2027-03-02T01:00", "2027-03-02T13:00"),  # Monday 20:00: Tuesday 08:00
        ("Africa/Nairobi", "2027-03-01T23:00", "2027-03-02T05:00"),  # Tuesday 02:00: 08:00
        ("Asia/Kathmandu", "2027-03-01T23:00", "2027-03-02T02:15"),  # Tuesday 04:45: 08:00
        ("Africa/Cairo", "2027-03-04T19:00", "2027-03-07T06:00"),  # Thursday 21:00: Sunday 08:00
        ("Africa/Nairobi", "2027-03-05T19:00", "2027-03-08T05:00"),  # Friday 22:00: Monday 08:00
    ],
)
def test_it_is_day_by_the_clocks_where_somebody_is(store: SqlStore, zone: str, said: str, heard: str) -> None:
    now, then = (datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (said, heard))

    def use(tx: Transaction) -> None:
        person = newcomer(tx, zone=zone)
        notify.notify(at(tx, now), person, "help")
        if then > now:
            assert told(tx, now) == []
            assert ticked(tx, then - timedelta(microseconds=1)) == []
        assert ticked(tx, then) == [(person, "help")]

    tried(store, use)


@pytest.mark.parametrize(
    ("who", "language", "chosen", "zone"),
    [
        ("representative", "ne", "America/Bogota", "America/Bogota"),
        ("representative", "ne", None, "Asia/Kathmandu"),
        ("representative", "fr", None, "Africa/Nairobi"),  # of many zones: the partnership says
        ("facilitator", "fr", None, "Africa/Nairobi"),
        ("stranger", "ne", None, "Asia/Kathmandu"),
        ("stranger", "fr", None, "UTC"),
    ],
)
def test_somebody_is_where_they_say_or_where_their_language_or_their_partnership_is(
    store: SqlStore, who: str, language: str, chosen: str | None, zone: str
) -> None:
    def use(tx: Transaction) -> None:
        hamlet = settle_hamlet(tx, zone="Africa/Nairobi")
        people = {"representative": hamlet.people[0], "facilitator": hamlet.facilitator}
        person = people.get(who) or tx.people.add(1901, language="en")
        tx.people.set_language(person, language)
        if chosen is not None:
            notify.set_zone(at(tx, NIGHT), person, chosen)
        assert notify.zone_of(at(tx, NIGHT), person) == zone

    tried(store, use)


def test_a_second_thing_waits_for_the_next_day(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        person = newcomer(tx)
        for path in ("help", "privacy"):
            notify.notify(at(tx, NOON), person, path)
        assert told(tx, NOON) == [(person, "help")]
        assert ticked(tx, MORNING + DAY - HOUR) == []
        assert ticked(tx, MORNING + DAY) == [(person, "privacy")]

    tried(store, use)


@pytest.mark.parametrize(
    ("paths", "message"), [(("help", "privacy"), "waiting"), (("help", "help"), "help"), (("help",), "help")]
)
def test_several_things_that_are_due_are_one_message(
    store: SqlStore, paths: tuple[str, ...], message: str
) -> None:
    def use(tx: Transaction) -> None:
        person = newcomer(tx)
        for path in paths:
            notify.notify(at(tx, NIGHT), person, path)
        assert ticked(tx, MORNING) == [(person, message)]
        assert ticked(tx, MORNING + DAY) == []

    tried(store, use)


def test_something_new_does_not_push_back_what_is_due_already(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        person = newcomer(tx)
        notify.notify(at(tx, NIGHT), person, "help")
        notify.notify(at(tx, NOON), person, "privacy")  # the clock was not there all morning
        assert ticked(tx, NOON) == [(person, "waiting")]

    tried(store, use)


def test_what_has_lost_its_meaning_is_dropped_and_leaves_the_rest_as_it_is(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        one, other = (newcomer(tx, account=account) for account in (1901, 1902))
        for person in (one, other):
            notify.notify(at(tx, NIGHT), person, "help", until=MORNING)
        notify.notify(at(tx, NIGHT), one, "privacy", until=MORNING + HOUR)
        assert ticked(tx, MORNING) == [(one, "privacy")]
        assert ticked(tx, MORNING + DAY) == []

    tried(store, use)


def test_under_one_key_each_person_is_told_once(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        one, other = (newcomer(tx, account=account) for account in (1901, 1902))
        for now in (NOON, NOON + DAY):
            for person in (one, other):
                notify.notify(at(tx, now), person, "help", once="made-up")
        assert told(tx, NOON) == [(one, "help"), (other, "help")]
        assert ticked(tx, NOON + DAY) == []

    tried(store, use)


def test_somebody_who_asked_for_peace_hears_of_everything_afterwards_in_one_message(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        person = newcomer(tx)
        notify.notify(at(tx, NIGHT), person, "help")
        notify.snooze(at(tx, NIGHT), person, 3)
        notify.notify(at(tx, NOON + DAY), person, "privacy")
        assert [ticked(tx, MORNING + days * DAY) for days in (0, 1, 2)] == [[], [], []]
        assert ticked(tx, MORNING + 3 * DAY) == [(person, "waiting")]

    tried(store, use)


def test_somebody_who_blocked_the_bot_hears_nothing_until_they_return_and_then_of_what_is_new(
    store: SqlStore,
) -> None:
    def use(tx: Transaction) -> None:
        person = newcomer(tx)
        notify.notify(at(tx, NIGHT), person, "help")
        tx.people.set_reachable(person, False)
        assert ticked(tx, MORNING) == []
        notify.notify(at(tx, NOON), person, "privacy")
        assert ticked(tx, NOON) == []
        tx.people.set_reachable(person, True)
        assert ticked(tx, NOON + HOUR) == []
        notify.notify(at(tx, NOON + HOUR), person, "language")
        assert told(tx, NOON + HOUR) == [(person, "language")]

    tried(store, use)


def test_more_people_than_fit_into_one_transaction_are_all_told(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        people = [newcomer(tx, account=2001 + number) for number in range(notify.MANY + 1)]
        for person in people:
            notify.notify(at(tx, NIGHT), person, "help")
        assert notify.hand_over(at(tx, MORNING))
        assert not notify.hand_over(at(tx, MORNING))
        assert told(tx, MORNING) == [(person, "help") for person in people]

    tried(store, use)


ZONES = ("Africa/Cairo", "America/Bogota", "Asia/Kathmandu")
ACTS = ("tell", "tell", "tell briefly", "tick", "tick", "snooze", "block", "return")


@dataclass
class Life:
    """What happened to one person.

    Attributes:
        due: for each path since when it should be told.
        told: what they were told, and when.
        was_blocked: at some time or other.
    """

    zone: str
    due: dict[str, datetime] = field(default_factory=dict)
    brief: dict[str, datetime] = field(default_factory=dict)
    told: list[tuple[str, datetime]] = field(default_factory=list)
    peace: datetime = NIGHT
    blocked: bool = False
    was_blocked: bool = False

    def hear(self, path: str, now: datetime) -> None:
        here = now.astimezone(ZoneInfo(self.zone))
        assert here.hour in range(8, 20)
        assert here.weekday() not in SETTING.catalogs.weekend(self.zone)
        assert here.date() not in {when.astimezone(ZoneInfo(self.zone)).date() for _, when in self.told}
        assert not self.blocked
        assert now >= self.peace
        assert path in {*self.due, notify.SEVERAL}
        assert path not in self.brief or now < self.brief[path]
        self.told.append((path, now))

    def has_missed(self) -> list[str]:
        """What was to be told, could be told, and was not."""
        return [
            path
            for path, since in self.due.items()
            if path not in self.brief
            and not any(said in {path, notify.SEVERAL} and when >= since for said, when in self.told)
        ]


STEPS = st.tuples(st.integers(0, 40), st.sampled_from(ACTS), st.integers(0, 2))


@settings(max_examples=50)
@given(st.lists(STEPS, max_size=25))
def test_whatever_happens_everybody_is_told_everything_by_day_once_a_day_and_never_after_its_time(
    store: SqlStore, steps: list[tuple[int, str, int]]
) -> None:
    def use(tx: Transaction) -> None:
        people = [newcomer(tx, account=1901 + number, zone=zone) for number, zone in enumerate(ZONES)]
        lives = {person: Life(zone) for person, zone in zip(people, ZONES, strict=True)}
        now = NIGHT
        for number, (hours, act, who) in enumerate(steps):
            now += timedelta(hours=hours)
            happen(at(tx, now), people[who], lives[people[who]], act, f"made-up/{number}")
            for person, path in told(tx, now):
                lives[person].hear(path, now)
        for _ in range(4 * 14):  # four looks a day, for longer than anybody asked for peace
            now += 6 * HOUR
            for person, path in ticked(tx, now):
                lives[person].hear(path, now)
        assert tx.notices.people(now + 365 * DAY, 9) == ()
        assert [life.has_missed() for life in lives.values() if not life.was_blocked] == [
            [] for life in lives.values() if not life.was_blocked
        ]

    tried(store, use)


def happen(work: Work, person: PersonId, life: Life, act: str, path: str) -> None:
    match act:
        case "tell" | "tell briefly":
            life.due[path] = work.now
            until = work.now + DAY if act == "tell briefly" else None
            if until is not None:
                life.brief[path] = until
            notify.notify(work, person, path, until=until)
        case "tick":
            while notify.hand_over(work):
                pass
        case "snooze":
            life.peace = work.now + 2 * DAY
            notify.snooze(work, person, 2)
        case _:
            life.blocked = act == "block"
            life.was_blocked |= life.blocked
            work.tx.people.set_reachable(person, not life.blocked)
