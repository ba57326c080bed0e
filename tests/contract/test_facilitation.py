"""Pairs of facilitators and questions to them, whatever the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.adapters.db.store import SqlStore
from bot.app.ports import Transaction
from bot.core.confidentiality.holders import OnPaper
from bot.core.facilitation import Act, Farewell, Invitation, Press, fingerprint
from bot.core.ids import PartnerId, PartnershipId, PersonId, QuestionId, RoundId
from bot.core.partnerships import PartnerKind
from bot.core.questions import Question
from bot.core.rounds.lifecycle import Kind, Moment

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
TODAY = date(2030, 1, 1)
DAY = timedelta(days=1)


def partnership_of(tx: Transaction) -> PartnershipId:
    return tx.partnerships.add(name="P", purpose="", language="en", zone="UTC")


def people_of(tx: Transaction, count: int = 2) -> list[PersonId]:
    return [tx.people.add(1001 + number, language="en") for number in range(count)]


def partners_of(tx: Transaction, partnership: PartnershipId) -> list[PartnerId]:
    return [
        tx.partnerships.add_partner(partnership, name=name, acronym=name, kind=PartnerKind.LOCAL)
        for name in "AB"
    ]


def round_of(tx: Transaction, partnership: PartnershipId) -> RoundId:
    return tx.rounds.add(
        partnership,
        kind=Kind.REFLECTION,
        moment=Moment.BASELINE,
        flow="pat",
        flow_version=2,
        collect_days=7,
        answer_days=7,
    ).id


def test_a_new_invitation_to_facilitate_takes_the_place_of_the_last(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, (one, other) = partnership_of(tx), people_of(tx)
        first = Invitation(partnership, one, replaces=False, expires=NOW)
        tx.pairs.invite(first, token_hash=b"first")
        tx.pairs.bind(partnership, other)
        assert tx.pairs.invitation_of(b"first") == replace(first, person=other)
        assert tx.pairs.invitations_for(other) == (replace(first, person=other),)
        second = Invitation(partnership, one, replaces=True, expires=NOW + DAY)
        tx.pairs.invite(second, token_hash=b"second")
        assert tx.pairs.invitation(partnership) == second
        assert tx.pairs.invitation_of(b"first") is None
        assert tx.pairs.invitations_for(other) == ()
        tx.pairs.withdraw(partnership)
        assert tx.pairs.invitation(partnership) is None

    store.run_now(use)


def test_an_invitation_goes_with_whoever_made_or_opened_it(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        for account in (1001, 1011):
            partnership = partnership_of(tx)
            one, other = (tx.people.add(account + number, language="en") for number in range(2))
            invitation = Invitation(partnership, one, replaces=False, expires=NOW)
            tx.pairs.invite(invitation, token_hash=str(account).encode())
            tx.pairs.bind(partnership, other)
            tx.people.forget(one if account == 1001 else other)
            assert tx.pairs.invitation(partnership) is None

    store.run_now(use)


def test_a_farewell_knows_its_partners_and_starts_anew(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, (one, other) = partnership_of(tx), people_of(tx)
        a, b = partners_of(tx, partnership)
        assert tx.pairs.farewell(partnership) is None
        tx.pairs.propose_farewell(partnership, one, since=NOW)
        for partner in (a, b, a):
            tx.pairs.confirm_farewell(partnership, partner)
        assert tx.pairs.farewell(partnership) == Farewell(partnership, one, NOW, frozenset({a, b}))
        tx.pairs.propose_farewell(partnership, other, since=NOW + DAY)
        assert tx.pairs.farewell(partnership) == Farewell(partnership, other, NOW + DAY)
        tx.pairs.confirm_farewell(partnership, a)
        tx.pairs.end_farewell(partnership)
        assert tx.pairs.farewell(partnership) is None
        tx.pairs.propose_farewell(partnership, one, since=NOW)
        tx.people.forget(one)
        assert tx.pairs.farewell(partnership) is None

    store.run_now(use)


def test_a_press_takes_the_place_of_the_last_one_of_that_person(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, (one, other) = partnership_of(tx), people_of(tx)
        round_id, another = round_of(tx, partnership), round_of(tx, partnership)
        opens = Press(one, Act.OPEN, fingerprint(Act.OPEN, "a"))
        asks = Press(one, Act.ASK, fingerprint(Act.ASK, "b"))
        theirs = Press(other, Act.OPEN, fingerprint(Act.OPEN, "a"))
        for press in (opens, theirs, asks):
            tx.presses.put(round_id, press)
        tx.presses.put(another, opens)
        assert set(tx.presses.of(round_id)) == {asks, theirs}
        tx.presses.take_back(round_id, other)
        assert tx.presses.of(round_id) == (asks,)
        tx.presses.clear(round_id)
        assert tx.presses.of(round_id) == ()
        assert tx.presses.of(another) == (opens,)
        tx.people.forget(one)
        assert tx.presses.of(another) == ()

    store.run_now(use)


def test_questions_wait_in_the_order_in_which_they_are_seen(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership = partnership_of(tx)
        a, _ = partners_of(tx, partnership)
        later, sooner = (
            tx.questions.add(partnership, words, partner=partner, due=due, until=TODAY + DAY)
            for words, partner, due in (("When?", None, NOW + DAY), ("¿Quién? 🙂", a, NOW))
        )
        assert tx.questions.waiting(partnership) == (
            Question(sooner, partnership, a, "¿Quién? 🙂", NOW, TODAY + DAY),
            Question(later, partnership, None, "When?", NOW + DAY, TODAY + DAY),
        )
        tx.questions.reply(sooner, "আমরা", until=TODAY + 9 * DAY)
        assert [found.id for found in tx.questions.waiting(partnership)] == [later]
        replied = tx.questions.get(sooner)
        assert replied is not None
        assert (replied.reply, replied.until) == ("আমরা", TODAY + 9 * DAY)
        tx.questions.remove(later)
        assert tx.questions.get(later) is None
        assert tx.questions.get(QuestionId(1)) is None

    store.run_now(use)


def test_a_question_is_destroyed_on_its_day(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership = partnership_of(tx)
        question = tx.questions.add(partnership, "When?", partner=None, due=NOW, until=TODAY)
        tx.questions.prune(TODAY - DAY)
        assert tx.questions.get(question) is not None
        tx.questions.prune(TODAY)
        assert tx.questions.get(question) is None

    store.run_now(use)


def test_a_roster_keeps_for_whom_a_stand_in_speaks(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership = partnership_of(tx)
        a, b = partners_of(tx, partnership)
        seat = tx.partnerships.add_seat(a)
        tx.partnerships.set_stand_in(seat, True)
        tx.partnerships.vacate(seat)
        found = tx.partnerships.seat(seat)
        assert found is not None
        assert found.stand_in, "it belongs to the seat, not to who sits on it"
        round_id = round_of(tx, partnership)
        tx.rounds.freeze_roster(round_id, {a: 1, b: 1}, stand_ins={a})
        assert tx.rounds.stand_ins(round_id) == {a}
        tx.rounds.freeze_roster(round_id, {a: 1, b: 1})
        assert tx.rounds.stand_ins(round_id) == frozenset()

    store.run_now(use)


def test_a_roster_keeps_what_is_on_paper_and_how_much_anybody_knows(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership = partnership_of(tx)
        a, b = partners_of(tx, partnership)
        seat = tx.partnerships.add_seat(a)
        tx.partnerships.set_on_paper(seat, True)
        found = tx.partnerships.seat(seat)
        assert found is not None
        assert (found.on_paper, found.holder) == (True, OnPaper(seat))
        round_id = round_of(tx, partnership)
        tx.rounds.freeze_roster(round_id, {a: 2, b: 1}, on_paper={a: 1}, known={a: 2, b: 2})
        assert tx.rounds.on_paper(round_id) == {a: 1}
        assert tx.rounds.known(round_id) == {a: 2, b: 2}
        tx.rounds.freeze_roster(round_id, {a: 2, b: 1})
        assert tx.rounds.on_paper(round_id) == {}
        assert tx.rounds.known(round_id) == {a: 2, b: 1}

    store.run_now(use)


def test_who_held_a_seat_is_kept_for_people_and_for_seats_on_paper(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership = partnership_of(tx)
        a, _ = partners_of(tx, partnership)
        seat, person = tx.partnerships.add_seat(a), tx.people.add(1777, language="en")
        round_id = round_of(tx, partnership)
        for _ in range(2):
            tx.partnerships.note_seated(round_id, [OnPaper(seat), person])
        assert tx.partnerships.seated(round_id) == {OnPaper(seat), person}
        tx.partnerships.remove_seat(seat)
        assert tx.partnerships.seated(round_id) == {person}

    store.run_now(use)
