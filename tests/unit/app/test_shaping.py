"""Making one list out of everybody's contributions, and taking the last step back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import rounds, shaping, splitting
from bot.app.digests import digest_cards
from bot.app.drafts import DeskSitting
from bot.app.history import reworded, versions
from bot.app.pages import DESK
from bot.app.sittings import turn
from bot.core.figures.published import Published, PublishedDecision
from bot.core.figures.words import AgreementSaid, AgreementWord
from bot.core.flow.events import KEEP, Said, Tapped
from bot.core.rounds.lifecycle import RoundState
from bot.core.rounds.themes import Theme
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.listing import Listing, earlier_round, listed
from tests.unit.flow.talk import written


def fill_in(listing: Listing, stage: str, wording: str, words: str) -> None:
    """Fill in a form about one decision."""
    sitting = DeskSitting(stage, listing.id_of(wording), DESK[stage])
    turn(listing.work, listing.facilitator, sitting, Said(words))
    if stage != "wording":
        turn(listing.work, listing.facilitator, sitting, Tapped(f"{KEEP}/wordings"))


def split(listing: Listing, wording: str, *into: str) -> None:
    fill_in(listing, "split", wording, "\n".join(into))


def test_a_decision_that_is_split_stays_in_its_place_and_keeps_the_thread(
    store: SqlStore, keys: FakeKeys
) -> None:
    def use(listing: Listing) -> None:
        listing.contribute("money and people", "Money")
        listing.contribute("who speaks", "Voice")
        money = listing.id_of("Money")
        shaping.set_theme(listing.work, listing.facilitator, money, Theme.FUNDING_STREAMS)
        split(listing, "Money", "Money among countries", "Money among partners", "Staff")
        assert listing.names() == [
            "Voice",
            "Money among countries",
            "Money among partners",
            "Staff",
            "Travel",
        ]
        first, second = (
            listing.work.tx.rounds.decision(listing.id_of(f"Money among {one}"))
            for one in ("countries", "partners")
        )
        assert first is not None
        assert second is not None
        assert (first.id, first.theme, second.theme) == (money, Theme.FUNDING_STREAMS, None)
        assert listing.thread() == {
            "money and people": {"Money among countries", "Money among partners", "Staff"},
            "who speaks": {"Voice"},
        }

    listed(store, keys, use, "Voice", "Money", "Travel")


def test_a_part_in_words_of_an_earlier_round_is_compared_with_it_and_the_first_stays_what_it_was(
    store: SqlStore, keys: FakeKeys
) -> None:
    def use(listing: Listing) -> None:
        past = earlier_round(listing, "Money", "Staff")
        money, staff = (found.id for found in listing.work.tx.rounds.decisions(past.id))
        listing.add("Money")
        split(listing, "Money", "Money among countries", "Staff")
        found = [one.continues for one in listing.work.tx.rounds.decisions(listing.round_id)]
        assert found == [money, staff]

    listed(store, keys, use)


def test_a_split_into_what_is_there_already_is_refused_and_loses_nothing(
    store: SqlStore, keys: FakeKeys
) -> None:
    def use(listing: Listing) -> None:
        with pytest.raises(Refusal):
            split(listing, "Money", "Money among countries", "voice")
        assert listing.names() == ["Voice", "Money"]
        assert listing.work.tx.rounds.last_change(listing.round_id) is None

    listed(store, keys, use, "Voice", "Money")


def test_what_was_merged_can_be_taken_out_again(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        listing.contribute("Who speaks", "Voice")
        listing.contribute("Budget", "Money")
        shaping.merge(listing.work, listing.facilitator, listing.id_of("Voice"), listing.id_of("Money"))
        assert listing.thread() == {"Who speaks": {"Money"}, "Budget": {"Money"}}
        merged, kept = listing.contributions()
        new = splitting.take_out(listing.work, listing.facilitator, listing.id_of("Money"), merged.id)
        assert listing.names() == ["Money", "Who speaks"]
        assert listing.id_of("Who speaks") == new
        assert listing.thread() == {"Who speaks": {"Who speaks"}, "Budget": {"Money"}}
        with pytest.raises(Refusal):
            splitting.take_out(listing.work, listing.facilitator, listing.id_of("Money"), kept.id)

    listed(store, keys, use, "Voice", "Money")


def test_a_contribution_is_left_out_only_when_no_decision_holds_it_any_more(
    store: SqlStore, keys: FakeKeys
) -> None:
    def use(listing: Listing) -> None:
        listing.contribute("both", "Voice", "Money")
        shaping.leave_out(listing.work, listing.facilitator, listing.id_of("Voice"))
        assert listing.thread() == {"both": {"Money"}}
        shaping.merge(listing.work, listing.facilitator, listing.id_of("Money"), listing.id_of("Travel"))
        assert listing.thread() == {"both": {"Travel"}}
        shaping.leave_out(listing.work, listing.facilitator, listing.id_of("Travel"))
        (left,) = listing.contributions()
        shaping.take_in(listing.work, listing.facilitator, listing.round_id, left.id)
        assert listing.thread() == {"both": {"both"}}

    listed(store, keys, use, "Voice", "Money", "Travel")


def test_a_decision_goes_to_the_top(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        shaping.move_to_top(listing.work, listing.facilitator, listing.id_of("Travel"))
        assert listing.names() == ["Travel", "Voice", "Money"]
        shaping.move(listing.work, listing.facilitator, listing.id_of("Travel"), 1)
        assert listing.names() == ["Voice", "Travel", "Money"]

    listed(store, keys, use, "Voice", "Money", "Travel")


STEPS: dict[str, Callable[[Listing], object]] = {
    "merge": lambda one: shaping.merge(one.work, one.facilitator, one.id_of("Voice"), one.id_of("Money")),
    "leave out": lambda one: shaping.leave_out(one.work, one.facilitator, one.id_of("Money")),
    "split": lambda one: split(one, "Money", "Money here", "Money there"),
    "reword": lambda one: fill_in(one, "wording", "Money", "How money is divided"),
    "order": lambda one: shaping.move(one.work, one.facilitator, one.id_of("Money"), 1),
    "top": lambda one: shaping.move_to_top(one.work, one.facilitator, one.id_of("Travel")),
    "theme": lambda one: shaping.set_theme(one.work, one.facilitator, one.id_of("Money"), Theme.RISK),
    "take out": lambda one: splitting.take_out(
        one.work, one.facilitator, one.id_of("Money"), one.contributions()[0].id
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_can_be_taken_back_once_and_decisions_keep_their_ids(
    store: SqlStore, keys: FakeKeys, step: str
) -> None:
    def use(listing: Listing) -> None:
        listing.contribute("budget", "Money")
        listing.contribute("how it is divided", "Money")
        listing.contribute("Who speaks", "Voice")
        before = listing.work.tx.rounds.shape(listing.round_id)
        STEPS[step](listing)
        assert listing.work.tx.rounds.shape(listing.round_id) != before
        last = listing.work.tx.rounds.last_change(listing.round_id)
        assert last is not None
        shaping.undo(listing.work, listing.facilitator, last.id)
        assert listing.work.tx.rounds.shape(listing.round_id) == before
        with pytest.raises(Refusal):
            shaping.undo(listing.work, listing.facilitator, last.id)

    listed(store, keys, use, "Voice", "Money", "Travel")


def test_a_button_to_undo_that_is_pressed_after_another_change_undoes_nothing(
    store: SqlStore, keys: FakeKeys
) -> None:
    def use(listing: Listing) -> None:
        STEPS["order"](listing)
        first = listing.work.tx.rounds.last_change(listing.round_id)
        assert first is not None
        STEPS["theme"](listing)
        with pytest.raises(Refusal):
            shaping.undo(listing.work, listing.facilitator, first.id)
        assert listing.names() == ["Voice", "Travel", "Money"]

    listed(store, keys, use, "Voice", "Money", "Travel")


def test_what_changes_nothing_leaves_the_last_change_to_be_undone(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        STEPS["theme"](listing)
        last = listing.work.tx.rounds.last_change(listing.round_id)
        STEPS["theme"](listing)
        shaping.move(listing.work, listing.facilitator, listing.id_of("Voice"), -1)
        shaping.move_to_top(listing.work, listing.facilitator, listing.id_of("Voice"))
        assert listing.work.tx.rounds.last_change(listing.round_id) == last

    listed(store, keys, use, "Voice", "Money", "Travel")


def test_nothing_can_be_undone_once_the_round_has_moved_on(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        STEPS["theme"](listing)
        rounds.open_answering(listing.work, listing.facilitator, listing.round_id)
        assert listing.work.tx.rounds.last_change(listing.round_id) is None

    listed(store, keys, use, "Voice", "Money")


def test_a_decision_is_followed_through_the_rounds_with_its_words(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        past = earlier_round(listing, "Money", "Voice")
        listing.add("Money", "Voice")
        fill_in(listing, "wording", "Money", "How money is divided")
        money, voice = listing.work.tx.rounds.decisions(listing.round_id)
        assert versions(listing.work, money) == [(past, "Money"), (listing.round, "How money is divided")]
        assert reworded(listing.work, money) == (past, "Money")
        assert reworded(listing.work, voice) is None
        assert reworded(listing.work, replace(voice, continues=None)) is None

    listed(store, keys, use)


def test_the_digest_says_once_that_a_decision_was_reworded(store: SqlStore, keys: FakeKeys) -> None:
    def use(listing: Listing) -> None:
        earlier_round(listing, "Money", "Voice")
        listing.add("Money", "Voice")
        fill_in(listing, "wording", "Money", "How money is divided")
        said = tuple(
            PublishedDecision(decision=found.id, agreement=AgreementSaid(AgreementWord.MOST), cells={})
            for found in listing.work.tx.rounds.decisions(listing.round_id)
        )
        listing.work.tx.rounds.publish(listing.round_id, Published(decisions=said).model_dump_json())
        posted = replace(listing.round, state=RoundState.MEETING, posted=True)
        listing.work.tx.rounds.save(posted)
        (card,) = digest_cards(listing.work, posted, "en")
        assert written(card).count("Reworded since last time.") == 1
        assert "1. How money is divided\nReworded since last time.\n" in written(card)

    listed(store, keys, use)
