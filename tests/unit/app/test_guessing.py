"""Guessing links and numbers is of no use, and tells nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.adapters.db.store import SqlStore
from bot.adapters.system import SystemRandomness
from bot.app import access, facilitators, groups, links, partnerships, private
from bot.app.ports import Transaction
from bot.app.work import Setting, Work
from bot.core.ids import PartnershipId, PersonId, SeatId
from bot.core.partnerships import INVITATION_LIFE, WRONG_LINK_AGAIN, WRONG_LINKS
from bot.core.text import Line
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import Hamlet, settle_hamlet, tried
from tests.unit.app.village import NOW, keep, setting

NEWCOMER, GROUP = 1901, -2901


@dataclass
class Door:
    """A hamlet with a free seat, and somebody new before it."""

    tx: Transaction
    hamlet: Hamlet
    newcomer: PersonId
    seat: SeatId
    now: datetime = NOW
    setting: Setting = field(default_factory=lambda: setting(FakeKeys()))

    @property
    def work(self) -> Work:
        return Work(self.tx, self.now, self.setting)

    def invite(self) -> str:
        return partnerships.invite(self.work, self.hamlet.facilitator, self.seat)

    def open(self, token: str, account: int = NEWCOMER) -> tuple[str, Line | None]:
        """Where a link leads, and what is said there."""
        work = self.work
        private.commanded(work, account, hint="en", command="start", argument=token, message=1)
        keep(work)
        person = self.tx.people.find(account)
        assert person is not None
        place = self.tx.people.place(person)
        return place.path, place.notice

    def connect(self, account: int, payload: str) -> None:
        groups.commanded(
            self.work, GROUP, topic=None, account=account, hint="en", command="start", argument=payload
        )


def played(store: SqlStore, play: Callable[[Door], None]) -> None:
    def use(tx: Transaction) -> None:
        hamlet = settle_hamlet(tx)
        seat = tx.partnerships.add_seat(hamlet.partners[0])
        play(Door(tx, hamlet, tx.people.add(NEWCOMER, language="en"), seat))

    tried(store, use)


REFUSED = ("home", links.WrongLink().words)


def test_a_token_has_at_least_128_random_bits() -> None:
    tokens = [SystemRandomness().token() for _ in range(50)]
    assert len(set(tokens)) == 50
    assert all(len(token) * 6 >= 256 for token in tokens), "six bits a character"


def test_wrong_used_expired_replaced_and_withdrawn_links_read_the_same(store: SqlStore) -> None:
    def play(door: Door) -> None:
        replaced, expired = door.invite(), door.invite()
        door.now += INVITATION_LIFE
        lead = door.hamlet.facilitator
        withdrawn = facilitators.invite(door.work, lead, door.hamlet.partnership, replaces=False)
        facilitators.withdraw(door.work, lead, door.hamlet.partnership)
        for token in ("never was", replaced, expired, withdrawn):
            assert door.open(token) == REFUSED
        used = door.invite()
        assert door.open(used, 1902)[0] == f"invited/{door.seat}"
        assert door.open(used) == REFUSED

    played(store, play)


def test_after_ten_wrong_links_even_a_right_one_is_not_looked_at_until_time_has_passed(
    store: SqlStore,
) -> None:
    def play(door: Door) -> None:
        token = door.invite()
        for number in range(WRONG_LINKS):
            assert door.open(f"guess-{number}") == REFUSED
        assert door.open(token) == REFUSED, "in the same words"
        door.now += WRONG_LINK_AGAIN - timedelta(seconds=1)
        assert door.open(token) == REFUSED
        door.now += timedelta(seconds=1)
        assert door.open(token) == (f"invited/{door.seat}", None)

    played(store, play)


def test_nobody_else_is_kept_from_their_link_and_links_that_work_count_nothing(store: SqlStore) -> None:
    def play(door: Door) -> None:
        token = door.invite()
        for number in range(2 * WRONG_LINKS):
            door.open(f"guess-{number}", 1902)
        for _ in range(2 * WRONG_LINKS):
            assert door.open(token) == (f"invited/{door.seat}", None)
        for payload in ("", "take", "dates"):
            assert door.open(payload, 1902)[1] is None, "what our own buttons say is no guess"

    played(store, play)


@pytest.mark.parametrize("who", ["a representative", "a stranger", "a facilitator elsewhere"])
def test_only_a_facilitator_of_a_partnership_can_connect_it_to_a_group(store: SqlStore, who: str) -> None:
    """For everybody else its number reads as one that does not exist."""

    def play(door: Door) -> None:
        own = door.hamlet.partnership
        if who == "a facilitator elsewhere":
            other = door.tx.partnerships.add(name="Another", purpose="Dry feet", language="en", zone="UTC")
            door.tx.partnerships.add_facilitator(other, door.newcomer)
        account = 1002 if who == "a representative" else NEWCOMER
        person = door.tx.people.find(account)
        assert person is not None
        for payload in (f"p{own}", "p0", "p99", "p" + "9" * 18):
            door.connect(account, payload)
            assert door.tx.people.place(person).notice == access.not_here().words
        group = door.tx.groups.find(GROUP)
        assert group is not None
        assert door.tx.partnerships.of_group(group.id) == ()
        assert door.tx.partnerships.get(own).group == door.hamlet.group

    played(store, play)


@pytest.mark.parametrize("payload", ["p", "p-1", "p1.0", "p 1", "p" + "9" * 19, "p" + "9" * 4000, "p\u0661"])
def test_a_payload_that_is_no_number_of_ours_only_gets_the_welcome(store: SqlStore, payload: str) -> None:
    def play(door: Door) -> None:
        door.connect(1001, payload)
        place = door.tx.people.place(door.hamlet.facilitator)
        assert place.notice is None
        assert door.tx.partnerships.get(door.hamlet.partnership).group == door.hamlet.group

    played(store, play)


def test_the_facilitator_of_a_partnership_connects_it_but_not_to_the_group_of_another(
    store: SqlStore,
) -> None:
    def play(door: Door) -> None:
        door.connect(1001, f"p{door.hamlet.partnership}")
        group = door.tx.groups.find(GROUP)
        assert group is not None
        assert door.tx.partnerships.get(door.hamlet.partnership).group == group.id
        other = door.tx.partnerships.add(name="Another", purpose="Dry feet", language="en", zone="UTC")
        door.tx.partnerships.add_facilitator(other, door.newcomer)
        with pytest.raises(Refusal):
            partnerships.bind_group(door.work, door.newcomer, PartnershipId(other), group.id)
        door.connect(NEWCOMER, f"p{other}")
        assert [found.id for found in door.tx.partnerships.of_group(group.id)] == [door.hamlet.partnership]

    played(store, play)
