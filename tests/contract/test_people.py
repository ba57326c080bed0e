"""People, drafts and groups, whatever the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.adapters.db.store import SqlStore
from bot.app.ports import Place, Transaction
from bot.core.ids import GroupId, PersonId, SeatId
from bot.core.partnerships import Group, PartnerKind
from bot.core.text import say, say_count, say_in
from bot.errors import StoreError

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


def consent_of(tx: Transaction, seat: SeatId) -> int:
    found = tx.partnerships.seat(seat)
    assert found is not None
    return found.consent


def test_a_person_is_found_by_account_and_only_by_it(store: SqlStore) -> None:
    person = store.run_now(lambda tx: tx.people.add(1001, language="fr"))
    assert store.run_now(lambda tx: tx.people.find(1001)) == person
    assert store.run_now(lambda tx: tx.people.find(1002)) is None
    assert store.run_now(lambda tx: tx.people.account(person)) == 1001


def test_many_people_are_found_at_once_and_strangers_are_nobody(store: SqlStore) -> None:
    known = {store.run_now(lambda tx: tx.people.add(1001, language="fr"))}
    known.add(store.run_now(lambda tx: tx.people.add(1002, language="en")))
    assert store.run_now(lambda tx: tx.people.find_all((1001, 1002, 1003, -2001))) == known
    assert store.run_now(lambda tx: tx.people.find_all(())) == frozenset()


def test_an_account_cannot_be_added_twice(store: SqlStore) -> None:
    store.run_now(lambda tx: tx.people.add(1001, language="fr"))
    with pytest.raises(StoreError):
        store.run_now(lambda tx: tx.people.add(1001, language="en"))


def test_language_and_reach_are_kept(store: SqlStore) -> None:
    person = store.run_now(lambda tx: tx.people.add(1001, language="fr"))

    def change(tx: Transaction) -> None:
        tx.people.set_language(person, "sw")
        tx.people.set_reachable(person, False)

    assert store.run_now(lambda tx: tx.people.reachable(person)) is True
    store.run_now(change)
    assert store.run_now(lambda tx: tx.people.language(person)) == "sw"
    assert store.run_now(lambda tx: tx.people.reachable(person)) is False


def test_a_place_exists_from_the_start_and_comes_back_with_every_kind_of_text(store: SqlStore) -> None:
    person = store.run_now(lambda tx: tx.people.add(1001, language="en"))
    notice = say(
        "{a} {b} {c} {d} {e}",
        a="typed",
        b=NOW,
        c=date(2030, 1, 2),
        d=(say_in("a place", "Open"), "Partner A"),
        e=say_count("{count} answer", "{count} answers", 3),
    )
    place = Place("answer/7", 41, (42, 43), notice)
    assert store.run_now(lambda tx: tx.people.place(person)) == Place()
    store.run_now(lambda tx: tx.people.put_place(person, place))
    assert store.run_now(lambda tx: tx.people.place(person)) == place


def test_a_draft_is_saved_replaced_and_dropped_by_name(store: SqlStore) -> None:
    person = store.run_now(lambda tx: tx.people.add(1001, language="en"))
    for content in (b"first", b"second"):
        store.run_now(lambda tx, content=content: tx.drafts.save(person, "new", content))
    store.run_now(lambda tx: tx.drafts.save(person, "other", b"kept"))
    assert store.run_now(lambda tx: tx.drafts.names(person)) == ("new", "other")
    assert store.run_now(lambda tx: tx.drafts.load(person, "new")) == b"second"
    store.run_now(lambda tx: tx.drafts.drop(person, "new"))
    assert store.run_now(lambda tx: tx.drafts.load(person, "new")) is None
    assert store.run_now(lambda tx: tx.drafts.load(person, "other")) == b"kept"
    assert store.run_now(lambda tx: tx.drafts.names(person)) == ("other",)


def test_forgetting_erases_account_place_drafts_seats_and_messages_of_that_person_alone(
    store: SqlStore,
) -> None:
    def prepare(tx: Transaction) -> tuple[PersonId, PersonId]:
        leaver, other = (tx.people.add(account, language="en") for account in (1001, 1002))
        partnership = tx.partnerships.add(name="P", purpose="", language="en", zone="UTC")
        partner = tx.partnerships.add_partner(partnership, name="A", acronym="A", kind=PartnerKind.LOCAL)
        for number, person in enumerate((leaver, other)):
            seat = tx.partnerships.add_seat(partner)
            tx.partnerships.invite(seat, token_hash=bytes([number]), expires=NOW)
            tx.partnerships.bind(seat, person)
            tx.partnerships.set_consent(seat, 2)
            tx.partnerships.add_facilitator(partnership, person)
            tx.drafts.save(person, "new", b"draft")
            tx.outbox.tell(person, "help")
            tx.notices.add(person, "help", at=NOW, until=None)
        return leaver, other

    leaver, other = store.run_now(prepare)
    store.run_now(lambda tx: tx.people.forget(leaver))

    def look(tx: Transaction) -> None:
        assert tx.people.find(1001) is None
        assert tx.drafts.load(leaver, "new") is None
        assert tx.partnerships.seats_of(leaver) == ()
        assert tx.partnerships.facilitated_by(leaver) == ()
        assert tx.partnerships.seat_of_invitation(b"\0") is None
        assert [row.person for row in tx.outbox.claim(now=NOW, limit=9)] == [other]
        assert tx.notices.people(NOW, 9) == (other,)
        assert tx.people.find(1002) == other
        assert tx.drafts.load(other, "new") == b"draft"
        assert [seat.consent for seat in tx.partnerships.seats_of(other)] == [2]

    store.run_now(look)
    with pytest.raises(StoreError, match="not known"):
        store.run_now(lambda tx: tx.people.account(leaver))
    with pytest.raises(StoreError, match="not known"):
        store.run_now(lambda tx: tx.people.place(leaver))


def test_a_group_is_found_by_every_id_it_ever_had(store: SqlStore) -> None:
    group = store.run_now(lambda tx: tx.groups.add(-2001, language="fr", topic=7))
    store.run_now(lambda tx: tx.groups.move(-2001, -2002))
    moved = replace(group, chat=-2002)
    for chat in (-2001, -2002):
        assert store.run_now(lambda tx, chat=chat: tx.groups.find(chat)) == moved
    assert store.run_now(lambda tx: tx.groups.get(group.id)) == moved
    assert store.run_now(lambda tx: tx.groups.find(-2003)) is None


def test_moving_a_group_twice_or_an_unknown_one_changes_nothing(store: SqlStore) -> None:
    group = store.run_now(lambda tx: tx.groups.add(-2001, language="fr"))
    for _ in range(2):
        store.run_now(lambda tx: tx.groups.move(-2001, -2002))
    store.run_now(lambda tx: tx.groups.move(-2008, -2009))
    assert store.run_now(lambda tx: tx.groups.get(group.id)).chat == -2002
    assert store.run_now(lambda tx: tx.groups.find(-2009)) is None


def test_a_group_whose_new_id_was_already_known_becomes_one_with_it(store: SqlStore) -> None:
    def prepare(tx: Transaction) -> Group:
        kept, twin = tx.groups.add(-2001, language="fr"), tx.groups.add(-2002, language="en")
        partnership = tx.partnerships.add(name="P", purpose="", language="en", zone="UTC")
        tx.partnerships.save(replace(tx.partnerships.get(partnership), group=twin.id))
        tx.outbox.post(twin.id, "welcome")
        tx.groups.move(-2001, -2002)
        return kept

    kept = store.run_now(prepare)
    assert store.run_now(lambda tx: tx.groups.find(-2002)) == replace(kept, chat=-2002)
    assert len(store.run_now(lambda tx: tx.partnerships.of_group(kept.id))) == 1
    assert [row.group for row in store.run_now(lambda tx: tx.outbox.claim(now=NOW, limit=9))] == [kept.id]


def test_a_group_keeps_languages_topic_and_whether_it_is_active(store: SqlStore) -> None:
    group = store.run_now(lambda tx: tx.groups.add(-2001, language="fr"))
    changed = replace(group, languages=("ar", "fr", "en"), topic=3, active=False)
    store.run_now(lambda tx: tx.groups.save(changed))
    assert store.run_now(lambda tx: tx.groups.get(group.id)) == changed
    with pytest.raises(StoreError):
        store.run_now(lambda tx: tx.groups.get(GroupId(1)))


def test_seats_are_invited_bound_once_and_vacated(store: SqlStore) -> None:
    def prepare(tx: Transaction) -> None:
        person, second = (tx.people.add(account, language="en") for account in (1001, 1002))
        partnership = tx.partnerships.add(name="P", purpose="", language="en", zone="UTC")
        partner = tx.partnerships.add_partner(partnership, name="A", acronym="A", kind=PartnerKind.LOCAL)
        seat = tx.partnerships.add_seat(partner)
        tx.partnerships.invite(seat, token_hash=b"old", expires=NOW)
        tx.partnerships.invite(seat, token_hash=b"new", expires=NOW + timedelta(days=7))
        assert tx.partnerships.seat_of_invitation(b"old") is None
        invited = tx.partnerships.seat_of_invitation(b"new")
        assert invited is not None
        assert invited.expires == NOW + timedelta(days=7)
        tx.partnerships.bind(seat, person)
        taken = tx.partnerships.seat_of_invitation(b"new")
        assert taken == replace(invited, person=person, expires=None)
        with pytest.raises(StoreError):
            tx.partnerships.bind(seat, second)
        with pytest.raises(StoreError):
            tx.partnerships.invite(seat, token_hash=b"newer", expires=NOW)
        assert consent_of(tx, seat) == 0
        tx.partnerships.set_consent(seat, 3)
        assert consent_of(tx, seat) == 3
        tx.partnerships.vacate(seat)
        assert tx.partnerships.seat(seat) == replace(taken, person=None)
        assert consent_of(tx, seat) == 0
        assert tx.partnerships.seat_of_invitation(b"new") is None
        tx.partnerships.remove_seat(seat)
        assert tx.partnerships.seats(partnership) == ()

    store.run_now(prepare)


def test_partners_come_by_acronym_and_leave_with_their_seats(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership = tx.partnerships.add(name="P", purpose="why", language="en", zone="Africa/Nairobi")
        for acronym in ("CC", "AA", "BB"):
            partner = tx.partnerships.add_partner(
                partnership, name=f"Partner {acronym}", acronym=acronym, kind=PartnerKind.FUNDER
            )
            tx.partnerships.add_seat(partner)
        assert [partner.acronym for partner in tx.partnerships.partners(partnership)] == ["AA", "BB", "CC"]
        tx.partnerships.remove_partner(partner)
        assert [partner.acronym for partner in tx.partnerships.partners(partnership)] == ["AA", "CC"]
        assert len(tx.partnerships.seats(partnership)) == 2

    store.run_now(use)


def test_facilitators_are_added_once_and_removed(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        person = tx.people.add(1001, language="en")
        partnership = tx.partnerships.add(name="P", purpose="", language="en", zone="UTC")
        tx.partnerships.add_facilitator(partnership, person)
        tx.partnerships.add_facilitator(partnership, person)
        assert tx.partnerships.facilitators(partnership) == {person}
        assert tx.partnerships.facilitated_by(person) == (tx.partnerships.get(partnership),)
        tx.partnerships.remove_facilitator(partnership, person)
        assert tx.partnerships.facilitators(partnership) == frozenset()

    store.run_now(use)
