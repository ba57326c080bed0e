"""What two facilitators do only together, and what voids the word of one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import followup, openness, pairs, rounds, shaping
from bot.app.pages import PRIVATE_PAGES
from bot.app.pages.together import wish_lines, wish_rows
from bot.app.ports import Transaction
from bot.app.work import Work
from bot.core.facilitation import Act
from bot.core.ids import PersonId, RoundId
from bot.core.rounds.lifecycle import Mode, Moment, Round, RoundState
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import Hamlet, settle_hamlet, told, tried
from tests.unit.app.village import NOW, setting

S = RoundState


@dataclass
class Pair:
    """A hamlet with two facilitators, and a round of theirs."""

    work: Work
    hamlet: Hamlet
    one: PersonId
    other: PersonId
    round_id: RoundId

    @property
    def round(self) -> Round:
        found = self.work.tx.rounds.get(self.round_id)
        assert found is not None
        return found

    def wishes(self, person: PersonId) -> list[tuple[Act, bool]]:
        return [(wish.act, wish.mine) for wish in pairs.wishes(self.work, person, self.round)]

    def put(self, state: RoundState) -> None:
        self.work.tx.rounds.save(replace(self.round, state=state, posted=state is S.MEETING))

    def has_key(self) -> bool:
        return self.round_id in self.work.setting.keys.existing()


def played(store: SqlStore, keys: FakeKeys, play: Callable[[Pair], None], *, alone: bool = False) -> None:
    for left in keys.existing():
        keys.destroy(left)

    def use(tx: Transaction) -> None:
        work, hamlet = Work(tx, NOW, setting(keys)), settle_hamlet(tx)
        other = tx.people.add(1901, language="en")
        if not alone:
            tx.partnerships.add_facilitator(hamlet.partnership, other)
        round_id = rounds.draft(work, hamlet.facilitator, hamlet.partnership, Moment.BASELINE)
        play(Pair(work, hamlet, hamlet.facilitator, other, round_id))

    tried(store, use)


OPENINGS: dict[Act, tuple[Callable[[Work, PersonId, RoundId], Round], RoundState]] = {
    Act.OPEN: (rounds.open_collecting, S.COLLECTING),
    Act.BRING: (rounds.bring_decisions, S.SHAPING),
}


@pytest.mark.parametrize("act", OPENINGS)
def test_a_round_opens_when_both_want_the_same(store: SqlStore, keys: FakeKeys, act: Act) -> None:
    opens, state = OPENINGS[act]

    def play(pair: Pair) -> None:
        assert opens(pair.work, pair.one, pair.round_id).state is S.DRAFT
        assert not pair.has_key(), "nothing of it has begun"
        assert pair.wishes(pair.one) == [(act, True)]
        assert pair.wishes(pair.other) == [(act, False)]
        assert told(pair.work.tx, NOW) == [(pair.other, f"news/{pair.round_id}")]
        assert opens(pair.work, pair.other, pair.round_id).state is state
        assert pair.has_key()
        assert pair.wishes(pair.one) == []
        assert pair.work.tx.presses.of(pair.round_id) == ()

    played(store, keys, play)


@pytest.mark.parametrize("act", OPENINGS)
def test_who_facilitates_alone_opens_at_once(store: SqlStore, keys: FakeKeys, act: Act) -> None:
    opens, state = OPENINGS[act]

    def play(pair: Pair) -> None:
        assert opens(pair.work, pair.one, pair.round_id).state is state
        assert pair.work.tx.presses.of(pair.round_id) == ()

    played(store, keys, play, alone=True)


def test_pressing_again_neither_opens_nor_tells_again(store: SqlStore, keys: FakeKeys) -> None:
    def play(pair: Pair) -> None:
        for _ in range(3):
            assert rounds.open_collecting(pair.work, pair.one, pair.round_id).state is S.DRAFT
        assert told(pair.work.tx, NOW) == [(pair.other, f"news/{pair.round_id}")]
        assert pair.work.tx.notices.people(NOW + timedelta(days=9), 9) == ()

    played(store, keys, play)


def test_two_who_want_different_things_wait_and_a_third_wish_takes_the_place_of_the_first(
    store: SqlStore,
    keys: FakeKeys,
) -> None:
    def play(pair: Pair) -> None:
        rounds.open_collecting(pair.work, pair.one, pair.round_id)
        assert rounds.bring_decisions(pair.work, pair.other, pair.round_id).state is S.DRAFT
        assert sorted(pair.wishes(pair.one)) == [(Act.BRING, False), (Act.OPEN, True)]
        assert rounds.bring_decisions(pair.work, pair.one, pair.round_id).state is S.SHAPING

    played(store, keys, play)


def changes_the_window(pair: Pair) -> None:
    rounds.set_window(pair.work, pair.other, pair.round_id, "answer", 7)


def changes_the_mode(pair: Pair) -> None:
    openness.propose(pair.work, pair.other, pair.round_id, Mode.PROPOSED)


def changes_the_seats(pair: Pair) -> None:
    pair.work.tx.partnerships.add_seat(pair.hamlet.partners[0])


def marks_a_stand_in(pair: Pair) -> None:
    seat = pair.work.tx.partnerships.seats(pair.hamlet.partnership)[0]
    pair.work.tx.partnerships.set_stand_in(seat.id, True)


@pytest.mark.parametrize(
    "change", [changes_the_window, changes_the_mode, changes_the_seats, marks_a_stand_in]
)
def test_any_change_of_what_is_announced_voids_the_word_of_the_other(
    store: SqlStore, keys: FakeKeys, change: Callable[[Pair], None]
) -> None:
    def play(pair: Pair) -> None:
        rounds.open_collecting(pair.work, pair.one, pair.round_id)
        change(pair)
        assert pair.wishes(pair.other) == []
        assert rounds.open_collecting(pair.work, pair.other, pair.round_id).state is S.DRAFT
        assert pair.wishes(pair.one) == [(Act.OPEN, False)]
        assert rounds.open_collecting(pair.work, pair.one, pair.round_id).state is S.COLLECTING

    played(store, keys, play)


def test_taken_back_it_does_not_count(store: SqlStore, keys: FakeKeys) -> None:
    def play(pair: Pair) -> None:
        rounds.open_collecting(pair.work, pair.one, pair.round_id)
        assert wish_rows(pair.work, pair.other, pair.round) == ()
        pairs.take_back(pair.work, pair.other, pair.round_id)
        ((button,),) = wish_rows(pair.work, pair.one, pair.round)
        found = PRIVATE_PAGES.find(button.key)
        assert found is not None
        found[0](pair.work, pair.one, **found[1])
        assert wish_lines(pair.work, pair.other, pair.round) == ()
        assert rounds.open_collecting(pair.work, pair.other, pair.round_id).state is S.DRAFT

    played(store, keys, play)


def test_what_a_facilitator_who_left_wanted_does_not_count(store: SqlStore, keys: FakeKeys) -> None:
    def play(pair: Pair) -> None:
        third = pair.work.tx.people.add(1902, language="en")
        rounds.open_collecting(pair.work, pair.other, pair.round_id)
        pair.work.tx.partnerships.remove_facilitator(pair.hamlet.partnership, pair.other)
        pair.work.tx.partnerships.add_facilitator(pair.hamlet.partnership, third)
        assert pair.wishes(pair.one) == []
        assert rounds.open_collecting(pair.work, pair.one, pair.round_id).state is S.DRAFT

    played(store, keys, play)


def test_cancelling_needs_one_alone_and_forgets_the_wishes(store: SqlStore, keys: FakeKeys) -> None:
    def play(pair: Pair) -> None:
        rounds.open_collecting(pair.work, pair.one, pair.round_id)
        rounds.cancel(pair.work, pair.other, pair.round_id)
        assert pair.round.state is S.CANCELLED
        assert pair.work.tx.presses.of(pair.round_id) == ()

    played(store, keys, play)


def test_nothing_is_noted_of_what_may_not_happen_yet(store: SqlStore, keys: FakeKeys) -> None:
    def play(pair: Pair) -> None:
        pair.put(S.SHAPING)
        with pytest.raises(Refusal):
            rounds.open_answering(pair.work, pair.one, pair.round_id)  # without a decision
        with pytest.raises(Refusal):
            rounds.open_collecting(pair.work, pair.one, pair.round_id)
        assert pair.work.tx.presses.of(pair.round_id) == ()

    played(store, keys, play)


def test_the_questions_open_with_the_list_that_both_saw(store: SqlStore, keys: FakeKeys) -> None:
    def play(pair: Pair) -> None:
        work, round_id = pair.work, pair.round_id
        for person in (pair.one, pair.other):
            rounds.bring_decisions(work, person, round_id)
        decisions = [work.tx.rounds.add_decision(round_id, f"Made-up decision {name}") for name in "AB"]
        rounds.open_answering(work, pair.one, round_id)
        for change in (
            lambda: shaping.move(work, pair.other, decisions[0], 1),
            lambda: work.tx.rounds.save_decision(
                replace(work.tx.rounds.decisions(round_id)[0], wording="Another wording")
            ),
            lambda: work.tx.rounds.add_decision(round_id, "Made-up decision C"),
        ):
            assert pair.wishes(pair.other) == [(Act.ASK, False)]
            change()
            assert pair.wishes(pair.other) == []
            rounds.open_answering(work, pair.one, round_id)
        assert rounds.open_answering(work, pair.other, round_id).state is S.ANSWERING

    played(store, keys, play)


def test_what_a_meeting_agreed_goes_to_the_group_when_both_recorded_the_same(
    store: SqlStore, keys: FakeKeys
) -> None:
    def play(pair: Pair) -> None:
        work, round_id = pair.work, pair.round_id
        decision = work.tx.rounds.add_decision(round_id, "Made-up decision")
        pair.put(S.MEETING)
        assert followup.finish_meeting(work, pair.one, round_id).state is S.MEETING
        work.tx.rounds.agree_levels(decision, {pair.hamlet.partners[0]: 3})
        assert followup.finish_meeting(work, pair.other, round_id).state is S.MEETING
        work.tx.rounds.add_action(
            round_id, decision=decision, what="An action", owner=pair.hamlet.partners[0], by="2027-09-01"
        )
        assert followup.finish_meeting(work, pair.one, round_id).state is S.MEETING
        assert followup.finish_meeting(work, pair.other, round_id).state is S.FOLLOWING
        with pytest.raises(Refusal):
            followup.finish_meeting(work, pair.one, round_id)

    played(store, keys, play)


def test_decisions_are_carried_over_when_both_want_it(store: SqlStore, keys: FakeKeys) -> None:
    def play(pair: Pair) -> None:
        work = pair.work
        work.tx.rounds.add_decision(pair.round_id, "Made-up decision")
        work.tx.rounds.save(replace(pair.round, state=S.ARCHIVED, posted=True))
        pair.round_id = rounds.draft(work, pair.one, pair.hamlet.partnership, Moment.MID_TERM)
        assert rounds.carry_over(work, pair.one, pair.round_id).state is S.DRAFT
        assert work.tx.rounds.decisions(pair.round_id) == ()
        assert pair.wishes(pair.other) == [(Act.CARRY, False)]
        assert rounds.carry_over(work, pair.other, pair.round_id).state is S.SHAPING
        assert [one.wording for one in work.tx.rounds.decisions(pair.round_id)] == ["Made-up decision"]

    played(store, keys, play)


@pytest.mark.parametrize("state", [S.DRAFT, S.MEETING])
def test_both_read_what_waits_for_whom(store: SqlStore, keys: FakeKeys, state: RoundState) -> None:
    def play(pair: Pair) -> None:
        act = f"!r/{pair.round_id}/{'open' if state is S.DRAFT else 'finish'}"
        pair.put(state)
        found = PRIVATE_PAGES.find(act)
        assert found is not None
        leads_to = found[0](pair.work, pair.one, **found[1])
        for person, words in ((pair.one, "it waits for"), (pair.other, "The other facilitator")):
            page = PRIVATE_PAGES.find(leads_to)
            assert page is not None
            card = page[0](pair.work, person, **page[1])
            body = "\n".join(pair.work.setting.catalogs.render(line, "en") for line in card.body)
            assert words in body

    played(store, keys, play)
