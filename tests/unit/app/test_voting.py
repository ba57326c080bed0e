"""The vote on a long list: who is asked, what becomes of it, and that nothing but an order is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import rounds, shaping, timed, voting
from bot.app.pages import PRIVATE_PAGES
from bot.app.sheets import RoundSitting
from bot.core.flow.library import FlowLibrary
from bot.core.ids import PersonId
from bot.core.rounds.due import VOTING
from bot.core.rounds.lifecycle import INTERVAL, Moment, RoundState
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import queued, told
from tests.unit.app.listing import Listing, listed
from tests.unit.app.village import NOW
from tests.unit.flow.talk import written

LONG = tuple(f"Decision {letter}" for letter in "ABCDEFGHIJKL")


def shown(listing: Listing, person: PersonId, path: str) -> str:
    found = PRIVATE_PAGES.find(path)
    assert found is not None
    return written(found[0](listing.work, person, **found[1]))


def begin(listing: Listing) -> None:
    voting.begin(listing.work, listing.facilitator, listing.round_id)


def vote(listing: Listing, *ballots: str) -> None:
    """One person after the other types numbers; the last ones do not vote."""
    for person, numbers in zip(listing.people, ballots, strict=False):
        listing.type(person, RoundSitting(listing.round_id), numbers)


def end(listing: Listing) -> Listing:
    later = listing.at(NOW + VOTING)
    assert timed.due_rounds(later.work) == (listing.round_id,)
    assert timed.carry_out(later.work, listing.round_id)
    return later


def first_letters(listing: Listing) -> str:
    return "".join(name[-1] for name in listing.names())


def test_everybody_is_asked_and_the_group_hears_of_it(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        begin(listing)
        call = f"call/{listing.round_id}"
        rows = list(queued(listing.work.tx, NOW))
        assert {row.person for row in rows if row.path == call} == set(listing.people)
        assert [row.path for row in rows if row.group is not None] == [f"voting/{listing.round_id}"]
        card = shown(listing, listing.people[0], call)
        assert "Which five matter most to you?" in card
        assert "only from 7 answers" in card

    listed(store, keys, use, *LONG)


def test_the_list_gets_the_order_of_what_most_chose(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        one_seat_each(listing)
        begin(listing)
        vote(listing, "12 3 1", "12 3", "12 3 5", "12 3 7", "3 9", "12 1")
        after = end(listing)
        assert first_letters(after) == "CLABDEFGHIJK"
        assert after.round.state is RoundState.SHAPING
        assert listing.work.tx.sheets.all(listing.round_id, "vote") == []
        news = f"news/{listing.round_id}"
        assert told(after.work.tx, after.work.now)[-1] == (listing.facilitator, news)
        assert "The vote is over. What most chose stands first" in shown(after, listing.facilitator, news)

    listed(store, keys, use, *LONG)


def test_too_few_votes_leave_the_list_as_it_is_and_nobody_is_told_so(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        one_seat_each(listing)
        begin(listing)
        vote(listing, "12", "12", "12", "12")
        after = end(listing)
        assert first_letters(after) == "ABCDEFGHIJKL"
        page = f"news/{listing.round_id}"
        assert "The vote is over. What most chose stands first" in shown(after, listing.facilitator, page)

    listed(store, keys, use, *LONG)


def test_who_opened_the_card_and_chose_nothing_did_not_vote(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        one_seat_each(listing)
        begin(listing)
        vote(listing, "12", "12", "12", "12", "nothing of this")
        assert first_letters(end(listing)) == "ABCDEFGHIJKL"

    listed(store, keys, use, *LONG)


def test_two_seats_of_one_partner_raise_what_is_needed(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        begin(listing)
        vote(listing, *["12"] * 6)
        assert first_letters(end(listing)) == "ABCDEFGHIJKL", "six of the seven that are needed"

    listed(store, keys, use, *LONG)


def one_seat_each(listing: Listing) -> None:
    """As if each of six partners had one seat, so that five answers are enough."""
    tx = listing.work.tx
    tx.rounds.freeze_roster(listing.round_id, dict.fromkeys(tx.rounds.roster(listing.round_id), 1))


def test_what_was_chosen_can_be_seen_and_erased_until_the_end(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        begin(listing)
        vote(listing, "12 3")
        voter = listing.people[0]
        assert "Decision C, Decision L" in shown(listing, voter, "mine")
        found = PRIVATE_PAGES.find(f"!erase/{listing.round_id}")
        assert found is not None
        found[0](listing.work, voter, **found[1])
        assert "Decision C" not in shown(listing, voter, "mine")
        assert listing.work.tx.sheets.all(listing.round_id, "vote") == []

    listed(store, keys, use, *LONG)


def test_the_list_rests_during_the_vote_and_can_be_made_shorter_after_it(
    store: SqlStore, keys: FakeKeys
) -> None:
    def use(listing: Listing) -> None:
        begin(listing)
        with pytest.raises(Refusal):
            shaping.leave_out(listing.work, listing.facilitator, listing.id_of("Decision L"))
        with pytest.raises(Refusal):
            rounds.open_answering(listing.work, listing.facilitator, listing.round_id)
        after = end(listing)
        shaping.leave_out(after.work, listing.facilitator, listing.id_of("Decision L"))
        rounds.open_answering(after.work, listing.facilitator, listing.round_id)
        assert after.round.state is RoundState.ANSWERING

    listed(store, keys, use, *LONG)


def test_a_short_list_needs_no_vote_and_one_too_long_has_to_be_merged_first(
    store: SqlStore, keys: FakeKeys
) -> None:
    def use(listing: Listing) -> None:
        assert not voting.is_offered(listing.work, listing.round)
        with pytest.raises(Refusal):
            begin(listing)
        listing.add("Decision 11")
        assert voting.is_offered(listing.work, listing.round)
        listing.add(*(f"Decision {number}" for number in range(12, 32)))
        with pytest.raises(Refusal) as refused:
            begin(listing)
        assert refused.value.words.args == {"count": 31, "most": 30}

    listed(store, keys, use, *(f"Decision {number}" for number in range(1, 11)))


def test_a_second_vote_is_refused(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        begin(listing)
        after = end(listing)
        assert not voting.is_offered(after.work, after.round)
        with pytest.raises(Refusal):
            begin(after)

    listed(store, keys, use, *LONG)


def test_a_cancelled_round_destroys_the_votes_and_its_vote_still_counts(
    store: SqlStore, keys: FakeKeys
) -> None:
    def use(listing: Listing) -> None:
        begin(listing)
        vote(listing, *["1 2"] * 6)
        rounds.cancel(listing.work, listing.facilitator, listing.round_id)
        assert listing.work.tx.sheets.all(listing.round_id, "vote") == []
        again = rounds.draft(listing.work, listing.facilitator, listing.hamlet.partnership, Moment.BASELINE)
        rounds.bring_decisions(listing.work, listing.facilitator, again)
        for wording in LONG:
            listing.work.tx.rounds.add_decision(again, wording)
        with pytest.raises(Refusal):
            voting.begin(listing.work, listing.facilitator, again)
        rested = listing.at(NOW + VOTING + INTERVAL)
        assert voting.begin(
            rested.work, listing.facilitator, again
        ).vote_until == rested.work.now + timedelta(days=7)

    listed(store, keys, use, *LONG)


def test_a_round_that_began_with_questions_without_a_vote_goes_on_without_one(
    store: SqlStore, keys: FakeKeys
) -> None:
    def use(listing: Listing) -> None:
        today = listing.work.setting.flows.get("pat")
        stages = {name: stage for name, stage in today.stages.items() if name != "vote"}
        flows = FlowLibrary([today, today.model_copy(update={"version": 1, "stages": stages})])
        work = replace(listing.work, setting=replace(listing.work.setting, flows=flows))
        assert voting.is_offered(work, listing.round)
        assert not voting.is_offered(
            work,
            replace(listing.round, flow_version=1),
        )

    listed(store, keys, use, *LONG)
