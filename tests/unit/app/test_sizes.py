"""Nothing that people make grows without an end, and whoever comes to one is told kindly and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import actions, drafts, facilitators, links, partnerships, private, rounds
from bot.app.pages import DESK, sitting_at
from bot.app.ports import Place, Transaction
from bot.app.sittings import turn
from bot.app.work import Work
from bot.core.flow.entry import LONGEST_TEXT
from bot.core.flow.events import Said
from bot.core.ids import PartnershipId, PersonId
from bot.core.rounds.lifecycle import MOST_LISTED, Kind, Moment, Round, RoundState, Standing
from bot.core.text import Text
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import Hamlet, queued, settle_hamlet, tried
from tests.unit.app.village import NOW, setting


@dataclass
class Desk:
    """A hamlet and the desk of its facilitator."""

    tx: Transaction
    hamlet: Hamlet
    work: Work

    @property
    def person(self) -> PersonId:
        return self.hamlet.facilitator

    def open(self, path: str) -> None:
        sitting = sitting_at(path)
        assert sitting is not None
        sitting.open(self.work, self.person)

    def refused(self, path: str) -> Text:
        with pytest.raises(Refusal) as refusal:
            self.open(path)
        return refusal.value.words

    def partnership(self, number: int, person: PersonId) -> PartnershipId:
        made = self.tx.partnerships.add(name=f"Made-up {number}", purpose="x", language="en", zone="UTC")
        self.tx.partnerships.add_facilitator(made, person)
        return made

    def round(self, state: RoundState) -> Round:
        made = self.tx.rounds.add(
            self.hamlet.partnership,
            kind=Kind.REFLECTION,
            moment=Moment.BASELINE,
            flow="pat",
            flow_version=2,
            collect_days=7,
            answer_days=14,
        )
        self.tx.rounds.save(replace(made, state=state))
        return replace(made, state=state)


def played(store: SqlStore, play: Callable[[Desk], None]) -> None:
    def use(tx: Transaction) -> None:
        hamlet = settle_hamlet(tx)
        play(Desk(tx, hamlet, Work(tx, NOW, setting(FakeKeys()))))

    tried(store, use)


def test_a_facilitator_of_twenty_partnerships_sets_up_no_further_one_until_one_is_handed_over(
    store: SqlStore,
) -> None:
    def play(desk: Desk) -> None:
        made = [desk.partnership(number, desk.person) for number in range(18)]
        desk.open("desk/setup/0")
        made.append(desk.partnership(20, desk.person))
        assert desk.refused("desk/setup/0").args == {"most": 20}
        desk.tx.partnerships.add_facilitator(made[0], desk.hamlet.people[0])
        facilitators.leave(desk.work, desk.person, made[0])
        desk.open("desk/setup/0")

    played(store, play)


def test_how_many_partnerships_is_the_operator_s_choice_and_holds_for_invitations_too(
    store: SqlStore,
) -> None:
    def play(desk: Desk) -> None:
        desk.work = replace(desk.work, setting=replace(desk.work.setting, most_partnerships=2))
        other = desk.tx.people.add(1901, language="en")
        for number in range(2):
            desk.partnership(number, other)
        own = desk.hamlet.partnership
        token = facilitators.invite(desk.work, desk.person, own, replaces=False)
        facilitators.open_invitation(desk.work, other, links.hashed(token))
        with pytest.raises(Refusal) as refusal:
            facilitators.take_up(desk.work, other, own)
        assert refusal.value.words.args == {"most": 2}
        assert desk.tx.partnerships.facilitators(own) == {desk.person}
        assert facilitators.invitation_to(desk.work, other, own), "the invitation is still there"

    played(store, play)


def test_of_many_forms_those_only_looked_at_go_before_those_with_something_in_them(store: SqlStore) -> None:
    def play(desk: Desk) -> None:
        own = desk.hamlet.partnership
        sitting = sitting_at(f"desk/statements/{own}")
        assert sitting is not None
        turn(desk.work, desk.person, sitting, Said("A made-up statement"))
        for number in range(2 * drafts.MOST):
            desk.open(f"desk/name/{desk.partnership(number, desk.person)}")
            assert len(desk.tx.drafts.names(desk.person)) <= drafts.MOST
        assert f"statements/{own}" in desk.tx.drafts.names(desk.person)
        assert len(desk.tx.drafts.names(desk.person)) == drafts.MOST

    played(store, play)


def test_a_meeting_has_room_for_twenty_actions(store: SqlStore) -> None:
    def play(desk: Desk) -> None:
        met = desk.round(RoundState.MEETING)
        owner = desk.hamlet.partners[0]
        for number in range(actions.MOST):
            desk.open(f"desk/action/{met.id}")
            desk.tx.rounds.add_action(
                met.id,
                decision=None,
                what=f"Made-up action {number}",
                owner=owner,
                by=date(2027, 9, 1).isoformat(),
                standing=Standing.PROPOSED,
            )
        assert desk.refused(f"desk/action/{met.id}").args == {"most": actions.MOST}
        first = desk.tx.rounds.actions(desk.hamlet.partnership)[0]
        actions.remove_action(desk.work, desk.person, desk.hamlet.partnership, first.id)
        desk.open(f"desk/action/{met.id}")

    played(store, play)


def test_splitting_does_not_lengthen_a_list_for_ever(store: SqlStore) -> None:
    def play(desk: Desk) -> None:
        shaped = desk.round(RoundState.SHAPING)
        for number in range(MOST_LISTED - 1):
            last = desk.tx.rounds.add_decision(shaped.id, f"Made-up decision {number}")
        sitting = sitting_at(f"desk/split/{last}")
        assert sitting is not None
        session = sitting.open(desk.work, desk.person)
        for words, fits in ((("One", "Two", "Three"), False), (("One", "Two"), True)):
            given = session.changed(answers={"wordings": words})
            if fits:
                sitting.finish(desk.work, desk.person, given)
            else:
                with pytest.raises(Refusal):
                    sitting.finish(desk.work, desk.person, given)
        assert len(desk.tx.rounds.decisions(shaped.id)) == MOST_LISTED

    played(store, play)


def test_rounds_are_not_begun_and_given_up_for_ever(store: SqlStore) -> None:
    def play(desk: Desk) -> None:
        for _ in range(rounds.MOST_CANCELLED):
            drafted = rounds.draft(desk.work, desk.person, desk.hamlet.partnership, Moment.BASELINE)
            rounds.cancel(desk.work, desk.person, drafted)
        with pytest.raises(Refusal) as refusal:
            rounds.draft(desk.work, desk.person, desk.hamlet.partnership, Moment.BASELINE)
        assert refusal.value.words.args == {"most": rounds.MOST_CANCELLED}

    played(store, play)


def test_a_text_longer_than_telegram_s_is_refused_with_its_length_and_the_place_stays(
    store: SqlStore,
) -> None:
    def play(desk: Desk) -> None:
        for path in ("home", f"desk/statements/{desk.hamlet.partnership}", "desks/1"):
            desk.tx.people.put_place(desk.person, Place(path))
            private.said(desk.work, 1001, hint="en", text="9" * (LONGEST_TEXT + 1), message=5)
            place = desk.tx.people.place(desk.person)
            assert place.path == path
            assert isinstance(place.notice, Text)
            assert place.notice.args == {"given": LONGEST_TEXT + 1, "most": LONGEST_TEXT}
            private.said(desk.work, 1001, hint="en", text="9" * LONGEST_TEXT, message=6)

    played(store, play)


def test_however_often_a_group_asks_what_waits_already_is_not_queued_again(store: SqlStore) -> None:
    def play(desk: Desk) -> None:
        for _ in range(100):
            for page in ("help", "next"):
                desk.tx.outbox.post(desk.hamlet.group, page)
        assert [row.path for row in queued(desk.tx, NOW)] == ["help", "next"]
        desk.tx.outbox.post(desk.hamlet.group, "help")
        assert [row.path for row in queued(desk.tx, NOW)] == ["help"]

    played(store, play)


def test_a_partnership_has_so_many_partners_and_each_so_many_seats(store: SqlStore) -> None:
    def play(desk: Desk) -> None:
        own, first = desk.hamlet.partnership, desk.hamlet.partners[0]
        for _ in range(partnerships.MOST_SEATS_OF_A_PARTNER - 1):
            partnerships.add_seat(desk.work, desk.person, own, first)
        with pytest.raises(Refusal):
            partnerships.add_seat(desk.work, desk.person, own, first)
        sitting = sitting_at(f"desk/partners/{own}")
        assert sitting is not None
        session = sitting.open(desk.work, desk.person)
        room = partnerships.MOST_PARTNERS - len(desk.hamlet.partners)
        lines = tuple(f"Partner {number} | X{number} | local" for number in range(room + 1))
        with pytest.raises(Refusal):
            DESK["partners"].finish(desk.work, desk.person, own, session.changed(answers={"partners": lines}))
        DESK["partners"].finish(
            desk.work, desk.person, own, session.changed(answers={"partners": lines[:room]})
        )
        assert len(desk.tx.partnerships.partners(own)) == partnerships.MOST_PARTNERS

    played(store, play)
