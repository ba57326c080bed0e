"""Rounds, decisions, meetings and flow versions, whatever the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.adapters.db.store import SqlStore
from bot.app.ports import Transaction
from bot.core.ids import PartnerId, PartnershipId
from bot.core.partnerships import PartnerKind
from bot.core.rounds.lifecycle import ActionStatus, AgreedLevel, Kind, Moment, Round, RoundState, Standing
from bot.core.rounds.shapes import Edit
from bot.core.rounds.themes import Theme
from bot.errors import FlowError, StoreError

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


def partnership_of(tx: Transaction) -> tuple[PartnershipId, list[PartnerId]]:
    partnership = tx.partnerships.add(name="P", purpose="", language="en", zone="UTC")
    partners = [
        tx.partnerships.add_partner(partnership, name=f"Partner {name}", acronym=name, kind=PartnerKind.LOCAL)
        for name in ("A", "B", "C")
    ]
    return partnership, partners


def round_of(tx: Transaction, partnership: PartnershipId) -> Round:
    return tx.rounds.add(
        partnership,
        kind=Kind.REFLECTION,
        moment=Moment.BASELINE,
        flow="pat",
        flow_version=2,
        collect_days=7,
        answer_days=14,
    )


def test_rounds_are_numbered_within_their_partnership_and_come_newest_first(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        first, second = partnership_of(tx)[0], partnership_of(tx)[0]
        rounds = [round_of(tx, partnership) for partnership in (first, second, first)]
        assert [round_.number for round_ in rounds] == [1, 1, 2]
        assert tx.rounds.of_partnership(first) == (rounds[2], rounds[0])
        assert tx.rounds.get(rounds[1].id) == rounds[1]
        assert rounds[0].state is RoundState.DRAFT

    store.run_now(use)


def test_a_saved_round_comes_back_with_its_moments_in_utc(store: SqlStore) -> None:
    nairobi = timezone(timedelta(hours=3))

    def use(tx: Transaction) -> None:
        round_ = replace(
            round_of(tx, partnership_of(tx)[0]),
            state=RoundState.ANSWERING,
            collect_until=NOW.astimezone(nairobi),
            answer_until=NOW + timedelta(days=14),
            extended=True,
        )
        tx.rounds.save(round_)
        back = tx.rounds.get(round_.id)
        assert back == round_
        assert back.collect_until is not None
        assert back.collect_until.utcoffset() == timedelta(0)
        assert tx.rounds.in_states({RoundState.ANSWERING, RoundState.CLOSING}) == (round_,)
        assert tx.rounds.in_states({RoundState.DRAFT}) == ()
        assert tx.rounds.in_states(()) == ()

    store.run_now(use)


def test_a_moment_without_a_zone_is_not_stored(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        naive = NOW.replace(tzinfo=None)
        tx.rounds.save(replace(round_of(tx, partnership_of(tx)[0]), digest_at=naive))

    with pytest.raises(StoreError):
        store.run_now(use)


def test_words_are_published_only_once(store: SqlStore) -> None:
    def use(tx: Transaction) -> Round:
        round_ = round_of(tx, partnership_of(tx)[0])
        assert tx.rounds.published(round_.id) is None
        tx.rounds.publish(round_.id, '{"words":1}')
        return round_

    round_ = store.run_now(use)
    with pytest.raises(StoreError, match="published already"):
        store.run_now(lambda tx: tx.rounds.publish(round_.id, '{"words":2}'))
    assert store.run_now(lambda tx: tx.rounds.published(round_.id)) == '{"words":1}'


def test_a_frozen_roster_replaces_the_one_before_and_keeps_its_partners(store: SqlStore) -> None:
    def use(tx: Transaction) -> PartnerId:
        partnership, (first, second, third) = partnership_of(tx)
        round_ = round_of(tx, partnership)
        tx.rounds.freeze_roster(round_.id, {first: 1, second: 1})
        tx.rounds.freeze_roster(round_.id, {third: 2, first: 1})
        assert tx.rounds.roster(round_.id) == {first: 1, third: 2}
        tx.partnerships.remove_partner(second)
        return first

    first = store.run_now(use)
    with pytest.raises(StoreError):
        store.run_now(lambda tx: tx.partnerships.remove_partner(first))


def test_decisions_keep_their_order_and_free_what_was_merged_when_removed(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, (first, *_) = partnership_of(tx)
        round_ = round_of(tx, partnership)
        one, two = (tx.rounds.add_decision(round_.id, wording) for wording in ("Budget", "Staff"))
        decision = tx.rounds.decision(one)
        assert decision is not None
        tx.rounds.save_decision(replace(decision, wording="Budgets", position=9))
        assert [decision.wording for decision in tx.rounds.decisions(round_.id)] == ["Staff", "Budgets"]
        (sent,) = tx.rounds.add_contributions(round_.id, ["money"])
        tx.rounds.belong(sent, {one, two})
        tx.rounds.agree_levels(one, {first: 3})
        assert tx.rounds.contributions(round_.id)[0].decisions == {one, two}
        tx.rounds.remove_decision(one)
        assert tx.rounds.decision(one) is None
        assert tx.rounds.contributions(round_.id)[0].decisions == {two}
        tx.rounds.belong(sent, ())
        assert tx.rounds.contributions(round_.id)[0].decisions == frozenset()
        assert tx.rounds.agreed_levels(round_.id) == ()
        assert tx.rounds.add_decision(round_.id, "Travel") > two

    store.run_now(use)


def test_a_list_of_decisions_becomes_again_what_it_was_with_the_same_ids(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, _ = partnership_of(tx)
        round_ = round_of(tx, partnership)
        one = tx.rounds.add_decision(round_.id, "Budget", theme=Theme.FUNDING_STREAMS)
        two = tx.rounds.add_decision(round_.id, "Staff", continues=one)
        sent, other = tx.rounds.add_contributions(round_.id, ["money", "people"])
        tx.rounds.belong(sent, {one, two})
        before = tx.rounds.shape(round_.id)
        tx.rounds.keep_undo(round_.id, Edit.LEAVE_OUT, before)
        tx.rounds.remove_decision(two)
        tx.rounds.belong(other, {tx.rounds.add_decision(round_.id, "Travel")})
        last = tx.rounds.last_change(round_.id)
        assert last is not None
        assert (last.round, last.what, last.before) == (round_.id, Edit.LEAVE_OUT, before)
        tx.rounds.restore(round_.id, last.before)
        assert tx.rounds.shape(round_.id) == before

    store.run_now(use)


def test_only_the_last_change_of_a_list_is_remembered(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, _ = partnership_of(tx)
        round_, another = round_of(tx, partnership), round_of(tx, partnership)
        for number in (round_.id, another.id, round_.id):
            tx.rounds.keep_undo(number, Edit.MOVE, tx.rounds.shape(number))
        first, last = tx.rounds.last_change(another.id), tx.rounds.last_change(round_.id)
        assert first is not None
        assert last is not None
        assert tx.rounds.undo(last.id) == last
        tx.rounds.forget_undo(round_.id)
        assert tx.rounds.undo(last.id) is None
        assert tx.rounds.last_change(another.id) == first

    store.run_now(use)


def test_contributions_are_stored_the_same_in_whatever_order_they_came(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, _ = partnership_of(tx)
        stored = []
        for words in (["b", "a", "c", "a"], ["c", "a", "a", "b"]):
            round_ = round_of(tx, partnership)
            ids = tx.rounds.add_contributions(round_.id, words)
            kept = {sent.id: sent.words for sent in tx.rounds.contributions(round_.id)}
            assert [kept[number] for number in ids] == words
            stored.append(list(kept.values()))
        assert stored == [["a", "a", "b", "c"]] * 2

    store.run_now(use)


def test_agreed_levels_replace_those_agreed_before(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, (first, second, third) = partnership_of(tx)
        round_ = round_of(tx, partnership)
        decision = tx.rounds.add_decision(round_.id, "Budget")
        tx.rounds.agree_levels(decision, {first: 1, second: 2})
        tx.rounds.agree_levels(decision, {third: 4, first: 0})
        assert tx.rounds.agreed_levels(round_.id) == (
            AgreedLevel(decision, first, 0),
            AgreedLevel(decision, third, 4),
        )
        tx.rounds.agree_levels(decision, {})
        assert tx.rounds.agreed_levels(round_.id) == ()

    store.run_now(use)


def test_levels_and_actions_keep_whether_they_count(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, (owner, *_) = partnership_of(tx)
        round_ = round_of(tx, partnership)
        decision, other = (tx.rounds.add_decision(round_.id, wording) for wording in ("Budget", "Staff"))
        for one in (decision, other):
            tx.rounds.agree_levels(one, {owner: 1}, standing=Standing.PROPOSED)
        tx.rounds.let_levels_stand(decision, Standing.AGREED)
        assert [found.standing for found in tx.rounds.agreed_levels(round_.id)] == [
            Standing.AGREED,
            Standing.PROPOSED,
        ]
        made = tx.rounds.add_action(
            round_.id,
            decision=None,
            what="Meet",
            owner=owner,
            by="2030-06-01",
            standing=Standing.PROPOSED,
        )
        action = tx.rounds.action(made)
        assert action is not None
        assert (action.decision, action.standing) == (None, Standing.PROPOSED)
        tx.rounds.save_action(replace(action, decision=decision, standing=Standing.CONTESTED))
        assert tx.rounds.actions(partnership) == (tx.rounds.action(made),)
        assert tx.rounds.actions(partnership)[0].standing is Standing.CONTESTED
        tx.rounds.remove_action(made)
        assert tx.rounds.action(made) is None

    store.run_now(use)


def test_a_decision_keeps_its_theme(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, _ = partnership_of(tx)
        number = tx.rounds.add_decision(round_of(tx, partnership).id, "Budget")
        for theme in (None, *Theme):
            decision = tx.rounds.decision(number)
            assert decision is not None
            tx.rounds.save_decision(replace(decision, theme=theme))
            assert tx.rounds.decision(number) == replace(decision, theme=theme)

    store.run_now(use)


def test_actions_come_by_date_and_can_change(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        partnership, (owner, *_) = partnership_of(tx)
        round_ = round_of(tx, partnership)
        decision = tx.rounds.add_decision(round_.id, "Budget")
        late, soon = (
            tx.rounds.add_action(round_.id, decision=decision, what="Meet", owner=owner, by=day)
            for day in ("2030-06-01", "2030-02-01")
        )
        first, second = tx.rounds.actions(partnership)
        assert (first.id, second.id, first.status) == (soon, late, ActionStatus.OPEN)
        tx.rounds.save_action(replace(first, by="2030-07-01", status=ActionStatus.UNDER_WAY))
        assert [action.id for action in tx.rounds.actions(partnership)] == [late, soon]
        tx.rounds.remove_action(late)
        assert [action.status for action in tx.rounds.actions(partnership)] == [ActionStatus.UNDER_WAY]

    store.run_now(use)


def test_a_flow_version_is_remembered_once_and_refuses_another_structure(store: SqlStore) -> None:
    def use(tx: Transaction) -> None:
        tx.flow_versions.remember("pat", 1, "structure", "source")
        tx.flow_versions.remember("pat", 1, "structure", "source, reworded")
        assert tx.flow_versions.all() == (("pat", 1, "source"),)
        with pytest.raises(FlowError, match="version 2"):
            tx.flow_versions.remember("pat", 1, "another structure", "source")

    store.run_now(use)
