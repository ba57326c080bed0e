"""Whoever speaks for an absent partner is known as a stand-in, wherever seats or their rows are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import enrolment, publishing, rounds, stand_ins, timed
from bot.app.digests import digest_cards
from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES, sitting_at
from bot.app.ports import Transaction
from bot.app.sittings import turn
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.figures.published import Published, PublishedDecision
from bot.core.figures.words import AgreementSaid, AgreementWord
from bot.core.flow.events import Said
from bot.core.ids import PersonId, SeatId
from bot.core.rounds.lifecycle import OPEN, Mode, Moment, Round, RoundState
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import Hamlet, settle_hamlet, tried
from tests.unit.app.village import NOW, setting


@dataclass
class Absent:
    """A hamlet whose first partner is absent: a stand-in has taken its one seat."""

    work: Work
    hamlet: Hamlet
    seat: SeatId
    stand_in: PersonId

    def begun(self) -> Round:
        work = self.work
        round_id = rounds.draft(work, self.hamlet.facilitator, self.hamlet.partnership, Moment.BASELINE)
        return rounds.open_collecting(work, self.hamlet.facilitator, round_id)

    def said(self, card: Card) -> str:
        return "\n".join(self.work.setting.catalogs.render(line, "en") for line in card.body)

    def page(self, path: str, person: PersonId) -> str:
        found = PRIVATE_PAGES.find(path)
        assert found is not None
        return self.said(found[0](self.work, person, **found[1]))

    def group_page(self, path: str) -> str:
        found = GROUP_PAGES.find(path)
        assert found is not None
        return self.said(found[0](self.work, self.work.tx.groups.get(self.hamlet.group), **found[1]))


def played(store: SqlStore, keys: FakeKeys, play: Callable[[Absent], None]) -> None:
    def use(tx: Transaction) -> None:
        work, hamlet = Work(tx, NOW, setting(keys)), settle_hamlet(tx)
        seat = tx.partnerships.seats(hamlet.partnership)[0].id
        tx.partnerships.vacate(seat)
        stand_ins.mark(work, hamlet.facilitator, seat, stand_in=True)
        tx.partnerships.bind(seat, hamlet.people[0])
        play(Absent(work, hamlet, seat, hamlet.people[0]))

    tried(store, use)


def test_who_takes_the_seat_reads_it_before_agreeing_and_beside_their_answers(
    store: SqlStore, keys: FakeKeys
) -> None:
    def play(absent: Absent) -> None:
        assert "as a stand-in" in absent.page(f"invited/{absent.seat}", absent.stand_in)
        enrolment.agree(absent.work, absent.stand_in, absent.seat)
        round_ = absent.begun()
        for person in absent.hamlet.people:
            sitting = sitting_at(f"answer/{round_.id}")
            assert sitting is not None
            turn(absent.work, person, sitting, Said("A made-up decision"))
        assert "as a stand-in" in absent.page(f"mine/{round_.id}", absent.stand_in)
        assert "stand-in" not in absent.page(f"mine/{round_.id}", absent.hamlet.people[1])

    played(store, keys, play)


def test_the_group_and_the_facilitators_read_which_seat_it_is(store: SqlStore, keys: FakeKeys) -> None:
    def play(absent: Absent) -> None:
        partner = absent.hamlet.partners[0]
        shown = absent.page(f"q/{absent.hamlet.partnership}/{partner}", absent.hamlet.facilitator)
        assert "Seat 1: a stand-in, seat taken" in shown
        round_ = absent.begun()
        assert "PA (1, with a stand-in), PB (1) and PC (1)" in absent.group_page(f"opened/{round_.id}")

    played(store, keys, play)


def test_an_old_round_keeps_its_stand_ins_when_seats_change(store: SqlStore, keys: FakeKeys) -> None:
    def play(absent: Absent) -> None:
        round_ = absent.begun()
        absent.work.tx.partnerships.set_stand_in(absent.seat, False)
        assert [partner.id for partner in stand_ins.stand_ins(absent.work, round_)] == [
            absent.hamlet.partners[0]
        ]

    played(store, keys, play)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_nothing_is_marked_while_a_round_is_open(store: SqlStore, keys: FakeKeys, state: RoundState) -> None:
    def play(absent: Absent) -> None:
        absent.work.tx.partnerships.vacate(absent.seat)
        round_ = absent.begun()
        absent.work.tx.rounds.save(replace(round_, state=state))
        with pytest.raises(Refusal):
            stand_ins.mark(absent.work, absent.hamlet.facilitator, absent.seat, stand_in=False)

    played(store, keys, play)


def test_a_seat_that_is_taken_stays_as_its_person_was_told(store: SqlStore, keys: FakeKeys) -> None:
    def play(absent: Absent) -> None:
        for seat in absent.work.tx.partnerships.seats(absent.hamlet.partnership):
            with pytest.raises(Refusal):
                stand_ins.mark(absent.work, absent.hamlet.facilitator, seat.id, stand_in=not seat.stand_in)

    played(store, keys, play)


def test_the_digest_says_for_whom_a_stand_in_could_answer(store: SqlStore, keys: FakeKeys) -> None:
    def play(absent: Absent) -> None:
        work, round_ = absent.work, absent.begun()
        decision = work.tx.rounds.add_decision(round_.id, "A made-up decision")
        said = PublishedDecision(decision=decision, agreement=AgreementSaid(AgreementWord.MOST), cells={})
        work.tx.rounds.publish(round_.id, Published(decisions=(said,)).model_dump_json())
        posted = replace(round_, state=RoundState.MEETING, posted=True)
        work.tx.rounds.save(posted)
        (card,) = digest_cards(work, posted, "en")
        assert absent.said(card).endswith("A stand-in could answer for: PA")

    played(store, keys, play)


def test_in_an_open_round_the_row_itself_is_marked(store: SqlStore, keys: FakeKeys) -> None:
    def play(absent: Absent) -> None:
        work = absent.work
        enrolment.agree(work, absent.stand_in, absent.seat)
        round_ = absent.begun()
        work.tx.rounds.add_decision(round_.id, "A made-up decision")
        work.tx.rounds.save(
            replace(
                round_,
                state=RoundState.ANSWERING,
                mode=Mode.OPEN,
                answer_until=NOW + timedelta(days=7),
            )
        )
        sitting = sitting_at(f"answer/{round_.id}")
        assert sitting is not None
        for person in absent.hamlet.people[:2]:
            turn(work, person, sitting, Said("420"))
        found = work.tx.rounds.get(round_.id)
        assert found is not None
        closing = replace(found, state=RoundState.CLOSING)
        work.tx.rounds.save(closing)
        publishing.count(work, closing)
        counted = work.tx.rounds.get(round_.id)
        assert counted is not None
        assert counted.digest_at is not None
        later = replace(work, now=counted.digest_at)
        assert timed.carry_out(later, round_.id)
        posted = work.tx.rounds.get(round_.id)
        assert posted is not None
        shown = "".join(absent.said(card) for card in digest_cards(later, posted, "en"))
        assert "PA (stand-in): 4 2 0" in shown
        assert "PB: 4 2 0" in shown

    played(store, keys, play)
