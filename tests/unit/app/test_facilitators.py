"""How facilitators come and go, and that nobody goes by the word of one person."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import enrolment, facilitators, notify, private, rounds
from bot.app.access import facilitated
from bot.app.partnerships import may_set_up
from bot.app.ports import Transaction
from bot.app.work import Work
from bot.core.ids import PersonId
from bot.core.partnerships import INVITATION_LIFE
from bot.core.rounds.lifecycle import CHECK_INS, OPEN, Kind, Moment, RoundState
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import Hamlet, queued, settle_hamlet, told, tried
from tests.unit.app.village import NOW, setting

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
INSTANT = timedelta(microseconds=1)


@dataclass
class Place:
    """A hamlet, and people who could facilitate it."""

    tx: Transaction
    hamlet: Hamlet
    one: PersonId
    other: PersonId
    newcomer: PersonId
    now: datetime = NOW

    @property
    def work(self) -> Work:
        return Work(self.tx, self.now, setting(FakeKeys()))

    def lead(self) -> set[PersonId]:
        return set(self.tx.partnerships.facilitators(self.hamlet.partnership))

    def invite(self, person: PersonId, *, replaces: bool = False) -> bytes:
        token = facilitators.invite(self.work, person, self.hamlet.partnership, replaces=replaces)
        return hashlib.sha256(token.encode()).digest()

    def pair(self) -> None:
        self.tx.partnerships.add_facilitator(self.hamlet.partnership, self.other)

    def open_round(self, state: RoundState, kind: Kind = Kind.REFLECTION) -> None:
        made = self.tx.rounds.add(
            self.hamlet.partnership,
            kind=kind,
            moment=Moment.BASELINE if kind is Kind.REFLECTION else None,
            flow="pat",
            flow_version=2,
            collect_days=7,
            answer_days=7,
        )
        self.tx.rounds.save(replace(made, state=state))

    def do(self, use_case: Callable[..., object], person: PersonId) -> object:
        return use_case(self.work, person, self.hamlet.partnership)


def played(store: SqlStore, play: Callable[[Place], None]) -> None:
    def use(tx: Transaction) -> None:
        hamlet = settle_hamlet(tx)
        other, newcomer = (tx.people.add(account, language="en") for account in (1901, 1902))
        play(Place(tx, hamlet, hamlet.facilitator, other, newcomer))

    tried(store, use)


# Coming


def test_the_first_who_opens_the_link_can_become_the_second_facilitator(store: SqlStore) -> None:
    def play(place: Place) -> None:
        token = place.invite(place.one)
        assert facilitators.open_invitation(place.work, place.other, token) == "joining/1"
        assert facilitators.open_invitation(place.work, place.newcomer, token) is None
        assert place.lead() == {place.one}, "opening it is not taking it up"
        place.do(facilitators.take_up, place.other)
        assert place.lead() == {place.one, place.other}
        assert told(place.tx, place.now) == [(place.one, "p/1/pair")]
        assert facilitators.open_invitation(place.work, place.other, token) is None

    played(store, play)


def test_the_link_opens_in_the_chat_and_what_it_was_is_not_told_to_a_second_account(store: SqlStore) -> None:
    def play(place: Place) -> None:
        token = facilitators.invite(place.work, place.one, place.hamlet.partnership, replaces=False)
        for account in (1901, 1902):
            private.commanded(place.work, account, hint="en", command="start", argument=token, message=1)
        assert place.tx.people.place(place.other).path == "joining/1"
        refused = place.tx.people.place(place.newcomer)
        with pytest.raises(Refusal) as unknown:
            enrolment.open_invitation(place.work, place.newcomer, b"never was")
        assert (refused.path, refused.notice) == ("home", unknown.value.words)

    played(store, play)


def test_only_who_opened_the_link_can_take_it_up(store: SqlStore) -> None:
    def play(place: Place) -> None:
        token = place.invite(place.one)
        with pytest.raises(Refusal):
            place.do(facilitators.take_up, place.other)  # not opened yet
        facilitators.open_invitation(place.work, place.other, token)
        for person in (place.newcomer, place.one, *place.hamlet.people):
            with pytest.raises(Refusal):
                place.do(facilitators.take_up, person)
        assert place.lead() == {place.one}

    played(store, play)


def test_an_invitation_is_over_after_a_week_whether_it_was_opened_or_not(store: SqlStore) -> None:
    def play(place: Place) -> None:
        token = place.invite(place.one)
        place.now += INVITATION_LIFE - INSTANT
        assert facilitators.open_invitation(place.work, place.other, token) is not None
        place.now += INSTANT
        assert facilitators.open_invitation(place.work, place.other, token) is None
        with pytest.raises(Refusal):
            place.do(facilitators.take_up, place.other)
        place.tx.pairs.prune(place.now)
        assert place.tx.pairs.invitation(place.hamlet.partnership) is None

    played(store, play)


def test_a_new_link_or_a_second_thought_ends_the_old_one(store: SqlStore) -> None:
    def play(place: Place) -> None:
        old = place.invite(place.one)
        new = place.invite(place.one)
        assert facilitators.open_invitation(place.work, place.other, old) is None
        place.do(facilitators.withdraw, place.one)
        assert facilitators.open_invitation(place.work, place.other, new) is None

    played(store, play)


def test_there_is_no_third_facilitator(store: SqlStore) -> None:
    def play(place: Place) -> None:
        token = place.invite(place.one)
        facilitators.open_invitation(place.work, place.newcomer, token)
        place.pair()
        with pytest.raises(Refusal):
            place.invite(place.one)
        with pytest.raises(Refusal):
            place.do(facilitators.take_up, place.newcomer)
        assert place.lead() == {place.one, place.other}

    played(store, play)


def test_who_facilitates_already_does_not_use_up_the_link(store: SqlStore) -> None:
    def play(place: Place) -> None:
        place.pair()
        token = place.invite(place.one, replaces=True)
        with pytest.raises(Refusal):
            facilitators.open_invitation(place.work, place.other, token)
        assert facilitators.open_invitation(place.work, place.newcomer, token) == "joining/1"

    played(store, play)


def test_handing_over_ends_when_it_is_taken_up_and_not_before(store: SqlStore) -> None:
    def play(place: Place) -> None:
        place.pair()
        token = place.invite(place.one, replaces=True)
        facilitators.open_invitation(place.work, place.newcomer, token)
        assert place.lead() == {place.one, place.other}
        place.do(facilitators.take_up, place.newcomer)
        assert place.lead() == {place.newcomer, place.other}
        assert place.tx.people.place(place.one).notice is not None
        assert told(place.tx, place.now) == [(place.other, "p/1/pair")]

    played(store, play)


def test_who_facilitates_alone_can_hand_over_too(store: SqlStore) -> None:
    def play(place: Place) -> None:
        facilitators.open_invitation(place.work, place.newcomer, place.invite(place.one, replaces=True))
        place.do(facilitators.take_up, place.newcomer)
        assert place.lead() == {place.newcomer}

    played(store, play)


@pytest.mark.parametrize("kind", [Kind.REFLECTION, *CHECK_INS])
@pytest.mark.parametrize("state", sorted(OPEN))
def test_nobody_comes_while_a_round_is_open(store: SqlStore, state: RoundState, kind: Kind) -> None:
    def play(place: Place) -> None:
        token = place.invite(place.one)
        facilitators.open_invitation(place.work, place.other, token)
        place.open_round(state, kind)
        with pytest.raises(Refusal):
            place.do(facilitators.take_up, place.other)
        for replaces in (True, False):
            with pytest.raises(Refusal):
                place.invite(place.one, replaces=replaces)
        assert place.lead() == {place.one}

    played(store, play)


def test_who_may_set_up_partnerships_says_nothing_of_who_may_be_invited(store: SqlStore) -> None:
    def play(place: Place) -> None:
        token = place.invite(place.one)
        work = replace(place.work, setting=replace(place.work.setting, facilitators=frozenset({1001})))
        facilitators.open_invitation(work, place.other, token)
        facilitators.take_up(work, place.other, place.hamlet.partnership)
        assert not may_set_up(work, place.other)
        assert place.lead() == {place.one, place.other}

    played(store, play)


# Leaving


@pytest.mark.parametrize("state", [None, *RoundState])
def test_one_of_two_can_leave_at_any_time_and_has_no_access_from_then_on(
    store: SqlStore, state: RoundState | None
) -> None:
    def play(place: Place) -> None:
        place.pair()
        if state is not None:
            place.open_round(state)
        place.do(facilitators.leave, place.other)
        with pytest.raises(Refusal):
            facilitated(place.work, place.other, place.hamlet.partnership)
        assert place.lead() == {place.one}
        rows = list(queued(place.tx, place.now))
        assert ("p/1/pair", place.one) in {(row.path, row.person) for row in rows}
        assert ("facilitators", place.hamlet.group) in {(row.path, row.group) for row in rows}

    played(store, play)


def test_the_last_one_stays(store: SqlStore) -> None:
    def play(place: Place) -> None:
        with pytest.raises(Refusal):
            place.do(facilitators.leave, place.one)
        assert place.lead() == {place.one}

    played(store, play)


def test_with_a_facilitator_goes_their_invitation_their_wish_and_what_they_were_to_be_told(
    store: SqlStore,
) -> None:
    def play(place: Place) -> None:
        place.pair()
        token = place.invite(place.other, replaces=True)
        facilitators.open_invitation(place.work, place.newcomer, token)
        round_id = rounds.draft(place.work, place.one, place.hamlet.partnership, Moment.BASELINE)
        rounds.open_collecting(place.work, place.other, round_id)
        for path in (f"news/{round_id}", "p/1/questions"):
            place.tx.notices.add(place.other, path, at=NOW + DAY, until=None)
        place.do(facilitators.leave, place.other)
        with pytest.raises(Refusal):
            place.do(facilitators.take_up, place.newcomer)
        assert place.tx.presses.of(round_id) == ()
        assert place.tx.notices.due(place.other, NOW + DAY) == ()
        assert place.tx.people.strangers((NOW + DAY).date()) == (place.other,)

    played(store, play)


# Going on without one who is silent


def proposed(place: Place) -> None:
    place.pair()
    place.do(facilitators.propose_farewell, place.one)


def test_who_would_go_is_told_at_once_and_members_when_a_week_is_over(store: SqlStore) -> None:
    def play(place: Place) -> None:
        proposed(place)
        assert told(place.tx, NOW) == [(place.other, "p/1/pair")]
        place.now = NOW + WEEK - INSTANT
        notify.hand_over(place.work)
        assert told(place.tx, place.now) == []
        place.now = NOW + WEEK
        notify.hand_over(place.work)
        assert told(place.tx, place.now) == [(person, "farewell/1") for person in place.hamlet.people]

    played(store, play)


def test_after_a_week_of_silence_people_of_two_partners_decide(store: SqlStore) -> None:
    def play(place: Place) -> None:
        proposed(place)
        place.now = NOW + WEEK
        first, second, _ = place.hamlet.people
        assert place.do(facilitators.confirm_farewell, first) is False
        assert place.lead() == {place.one, place.other}
        assert place.do(facilitators.confirm_farewell, second) is True
        assert place.lead() == {place.one}
        assert place.tx.people.place(place.other).notice is not None
        assert place.tx.pairs.farewell(place.hamlet.partnership) is None
        assert all(place.tx.notices.due(person, NOW + 9 * WEEK) == () for person in place.hamlet.people)

    played(store, play)


def test_not_before_the_week_is_over(store: SqlStore) -> None:
    def play(place: Place) -> None:
        proposed(place)
        place.now = NOW + WEEK - INSTANT
        for person in place.hamlet.people:
            with pytest.raises(Refusal):
                place.do(facilitators.confirm_farewell, person)
        assert place.lead() == {place.one, place.other}

    played(store, play)


def test_two_seats_of_one_partner_are_one_partner(store: SqlStore) -> None:
    def play(place: Place) -> None:
        seat = place.tx.partnerships.add_seat(place.hamlet.partners[0])
        place.tx.partnerships.bind(seat, place.newcomer)
        place.tx.partnerships.set_consent(seat, 1)
        proposed(place)
        place.now = NOW + WEEK
        for person in (place.hamlet.people[0], place.newcomer, place.newcomer):
            assert place.do(facilitators.confirm_farewell, person) is False
        assert place.lead() == {place.one, place.other}

    played(store, play)


def test_facilitators_with_a_seat_do_not_confirm_their_own_proposal(store: SqlStore) -> None:
    def play(place: Place) -> None:
        seat = place.tx.partnerships.add_seat(place.hamlet.partners[0])
        place.tx.partnerships.bind(seat, place.one)
        place.tx.partnerships.set_consent(seat, 1)
        proposed(place)
        place.now = NOW + WEEK
        for person in (place.one, place.other, place.newcomer):
            with pytest.raises(Refusal):
                place.do(facilitators.confirm_farewell, person)
        assert not facilitators.may_confirm(place.work, place.one, place.hamlet.partnership)
        assert facilitators.may_confirm(place.work, place.hamlet.people[0], place.hamlet.partnership)

    played(store, play)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_nobody_is_removed_while_a_round_is_open(store: SqlStore, state: RoundState) -> None:
    def play(place: Place) -> None:
        proposed(place)
        place.open_round(state)
        place.now = NOW + WEEK
        for person in place.hamlet.people:
            with pytest.raises(Refusal):
                place.do(facilitators.confirm_farewell, person)
        assert place.lead() == {place.one, place.other}

    played(store, play)


@pytest.mark.parametrize("when", [timedelta(), WEEK + DAY])
@pytest.mark.parametrize("by_other", [True, False])
def test_one_word_of_either_ends_it_also_when_members_have_begun_to_confirm(
    store: SqlStore, by_other: bool, when: timedelta
) -> None:
    def play(place: Place) -> None:
        proposed(place)
        place.now = NOW + when
        first, second, _ = place.hamlet.people
        if when:
            place.do(facilitators.confirm_farewell, first)
        place.do(facilitators.end_farewell, place.other if by_other else place.one)
        place.now = NOW + 9 * WEEK
        for person in (first, second):
            with pytest.raises(Refusal):
                place.do(facilitators.confirm_farewell, person)
            assert place.tx.notices.due(person, place.now) == ()
        assert place.lead() == {place.one, place.other}

    played(store, play)


def test_proposing_again_gives_no_less_time_and_does_not_tell_again(store: SqlStore) -> None:
    def play(place: Place) -> None:
        proposed(place)
        assert len(told(place.tx, NOW)) == 1
        place.now = NOW + DAY
        place.do(facilitators.propose_farewell, place.one)
        assert told(place.tx, place.now) == []
        found = place.tx.pairs.farewell(place.hamlet.partnership)
        assert found is not None
        assert found.since == NOW

    played(store, play)


def test_who_proposes_the_same_of_the_other_shows_that_they_are_there(store: SqlStore) -> None:
    def play(place: Place) -> None:
        proposed(place)
        place.now = NOW + WEEK
        place.do(facilitators.confirm_farewell, place.hamlet.people[0])
        place.do(facilitators.propose_farewell, place.other)
        found = place.tx.pairs.farewell(place.hamlet.partnership)
        assert found is not None
        assert (found.person, found.since, found.confirmed) == (place.one, place.now, frozenset())

    played(store, play)


def test_who_facilitates_alone_has_nobody_to_propose_it_of(store: SqlStore) -> None:
    def play(place: Place) -> None:
        place.do(facilitators.propose_farewell, place.one)
        assert place.tx.pairs.farewell(place.hamlet.partnership) is None

    played(store, play)


@pytest.mark.parametrize("leaves", ["one", "other"])
def test_when_either_leaves_nothing_is_left_to_confirm(store: SqlStore, leaves: str) -> None:
    def play(place: Place) -> None:
        proposed(place)
        place.do(facilitators.leave, getattr(place, leaves))
        place.now = NOW + WEEK
        with pytest.raises(Refusal):
            place.do(facilitators.confirm_farewell, place.hamlet.people[0])
        assert len(place.lead()) == 1

    played(store, play)
