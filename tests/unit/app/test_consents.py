"""From a proposal to what counts: who is asked, what is said, what is asked again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import actions, checkins, consents, followup, rounds
from bot.app.consent_digests import consent_lines
from bot.app.history import agreed_levels, of_kind
from bot.app.pages.agreements import agreement_lines
from bot.app.pages.scenes import scenes_of
from bot.app.proposals import still_open
from bot.app.screens import on_screen
from bot.core.figures.words import floor
from bot.core.ids import RoundId
from bot.core.rounds.comments import Audience
from bot.core.rounds.lifecycle import INTERVAL, Kind, RoundState, Standing
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.assembly import DAY, Assembly, met
from tests.unit.app.hamlet import queued
from tests.unit.flow.talk import english

PROPOSED, CONTESTED, AGREED = Standing.PROPOSED, Standing.CONTESTED, Standing.AGREED


def digest(here: Assembly) -> str:
    """The newest answer as the group reads it."""
    newest = of_kind(here.work, here.partnership, Kind.CONSENT)[0]
    return "\n".join(english(line) for line in consent_lines(here.work, newest))


def agreements(here: Assembly) -> str:
    partnership = here.tx.partnerships.get(here.partnership)
    return "\n".join(english(line) for line in agreement_lines(here.work, partnership, "en"))


def asked_in_check_ins(here: Assembly) -> tuple[list[str], list[str]]:
    levels, deeds = (
        [item.wording for item in checkins.items(here.work, here.partnership, kind)]
        for kind in (Kind.PRACTICE, Kind.ACTIONS)
    )
    return levels, deeds


def test_nothing_counts_before_everybody_was_asked(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        assert here.standings() == (PROPOSED, PROPOSED)
        assert asked_in_check_ins(here) == ([], [])
        assert agreed_levels(here.work, here.partnership) == []
        asking = here.finish()
        assert asking is not None
        assert asking.state is RoundState.ANSWERING
        assert asking.answer_until == here.now + 5 * DAY
        assert asking.id in here.keys.existing()
        assert asked_in_check_ins(here) == ([], [])
        assert "Still open, it does not count yet:" in agreements(here)
        here.close()
        assert here.standings() == (AGREED, AGREED)
        assert asked_in_check_ins(here) == (["How the budget is divided"], ["Share the draft budget"])
        assert "Still open" not in agreements(here)

    met(store, keys, play)


def test_everybody_is_asked_and_the_group_reads_what_about(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        asking = here.finish()
        assert asking is not None
        rows = list(queued(here.tx, here.now))
        assert {row.person for row in rows if row.person} == set(here.hamlet.people)
        assert [row.path for row in rows if row.group] == [f"proposed/{asking.id}@en"]

    met(store, keys, play)


def test_what_was_proposed_can_be_looked_at_before_everybody_is_asked_and_nothing_of_it_stays(
    store: SqlStore, keys: FakeKeys
) -> None:
    def play(here: Assembly) -> None:
        keys_before = here.keys.existing()
        cards = [
            scene.card
            for scene in scenes_of(here.work, here.facilitator, here.partnership, Kind.CONSENT, "en")
        ]
        texts = ["\n".join(english(line) for line in (card.title, *card.body)) for card in cards]
        assert "You are asked in private. Silence means that it does." in texts[0]
        assert [text for text in texts if "Share the draft budget (PA, by 2027-09-01)" in text] != []
        assert [text for text in texts if "Somebody is not at ease with this yet" in text] == [texts[-1]]
        assert of_kind(here.work, here.partnership, Kind.CONSENT) == []
        assert here.standings() == (PROPOSED, PROPOSED)
        assert here.keys.existing() == keys_before

    met(store, keys, play)


def test_from_a_proposal_over_an_objection_to_an_agreement(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        here.finish()
        here.answer(1, 2)
        here.answer(2)
        here.close()
        assert here.standings() == (AGREED, CONTESTED)
        assert digest(here) == (
            "This counts from now on:\n1. How the budget is divided: new levels\n\n"
            "Somebody is not at ease with this yet:\n2. Share the draft budget\n"
            "It stays open. Please do not ask whose concern it is; look together for what would help."
        )
        assert "Share the draft budget (PA, by 2027-09-01)\nSomebody is not at ease with it yet." in (
            agreements(here)
        )
        assert asked_in_check_ins(here) == (["How the budget is divided"], [])

        action = here.tx.rounds.action(here.action)
        assert action is not None
        here.tx.rounds.save_action(replace(action, what="Share a first sketch", standing=PROPOSED))
        asking = here.ask_again()
        assert asking is not None
        assert [item.wording for item in here.tx.rounds.decisions(asking.id)] == ["Share a first sketch"], (
            "what counts is not asked again"
        )
        here.answer(1)
        here.close()
        assert here.standings() == (AGREED, AGREED)
        assert asked_in_check_ins(here) == (["How the budget is divided"], ["Share a first sketch"])
        assert still_open(here.work, here.partnership) == []

    met(store, keys, play)


@pytest.mark.parametrize("objecting", [(0,), (4,), (0, 1, 2, 3, 4)])
def test_it_makes_no_difference_who_objects_or_how_many(
    store: SqlStore, keys: FakeKeys, objecting: tuple[int, ...]
) -> None:
    def play(here: Assembly) -> None:
        here.finish()
        for seat in objecting:
            here.answer(seat, 1)
        here.close()
        assert here.standings() == (CONTESTED, AGREED)
        assert digest(here).startswith("This counts from now on:\n2. Share the draft budget")
        asked = of_kind(here.work, here.partnership, Kind.CONSENT)[0]
        words = here.tx.rounds.published(asked.id)
        assert words == f'{{"uneasy":[{here.tx.rounds.decisions(asked.id)[0].id}]}}'

    met(store, keys, play)


def test_silence_is_consent_and_a_sheet_that_was_erased_is_silence(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        asking = here.finish()
        assert asking is not None
        here.answer(3, 1, 2)
        here.tx.sheets.erase(asking.id, here.hamlet.people[3])
        here.close()
        assert here.standings() == (AGREED, AGREED)

    met(store, keys, play)


def test_words_reach_the_facilitators_alone_and_only_with_an_objection(
    store: SqlStore, keys: FakeKeys
) -> None:
    def play(here: Assembly) -> None:
        asking = here.finish()
        assert asking is not None
        here.answer(0, 2, words="A month later, please")
        here.answer(1)
        here.close()
        assert [text.words for text in here.tx.comments.of(asking.id, Audience.FACILITATORS)] == [
            "A month later, please"
        ]
        assert here.tx.comments.of(asking.id, Audience.GROUP) == ()
        card, _ = on_screen(here.work, here.facilitator, f"r/{asking.id}/notes/1")
        assert any("A month later, please" in english(line) for line in card.body)

    met(store, keys, play)


def test_with_too_few_people_nobody_is_asked_and_everybody_is_invited_to_speak_up(
    store: SqlStore, keys: FakeKeys
) -> None:
    def play(here: Assembly) -> None:
        assert len(here.hamlet.people) < floor(1)
        card, _ = on_screen(here.work, here.facilitator, f"r/{here.round_id}/finish")
        assert "counts at once" in english(card.body[0])
        assert here.finish() is None
        assert here.standings() == (AGREED, AGREED)
        assert [row.path for row in queued(here.tx, here.now)] == ["settled@en"]

    met(store, keys, play, names="ABCD")


def test_a_seat_on_which_nobody_sits_hides_nobody(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        seat = here.tx.partnerships.seats(here.partnership)[0]
        here.tx.partnerships.set_consent(seat.id, 0)
        assert not consents.can_ask(here.work, here.partnership)
        here.tx.partnerships.set_consent(seat.id, 1)
        assert consents.can_ask(here.work, here.partnership)
        here.tx.partnerships.vacate(seat.id)
        assert not consents.can_ask(here.work, here.partnership)

    met(store, keys, play)


@pytest.mark.parametrize("uneasy", [(), (1,)])
def test_when_people_leave_meanwhile_nothing_is_said_and_nothing_counts(
    store: SqlStore, keys: FakeKeys, uneasy: tuple[int, ...]
) -> None:
    def play(here: Assembly) -> None:
        here.finish()
        here.answer(1, *uneasy)
        here.tx.partnerships.vacate(here.tx.partnerships.seats(here.partnership)[0].id)
        here.close()
        assert here.standings() == (PROPOSED, PROPOSED)
        assert digest(here) == (
            "Too few people hold a seat now, so nothing is said. What was proposed stays open."
        )

    met(store, keys, play)


@pytest.mark.parametrize(("uneasy", "refused"), [((2,), True), ((), False)])
def test_nobody_is_found_out_by_asking_again_without_them(
    store: SqlStore, keys: FakeKeys, uneasy: tuple[int, ...], refused: bool
) -> None:
    """Six seats, so that five are left when one person goes."""

    def play(here: Assembly) -> None:
        here.finish()
        here.answer(1, *uneasy)
        here.close()
        here.tx.partnerships.vacate(here.tx.partnerships.seats(here.partnership)[1].id)
        here.tx.rounds.agree_levels(here.decision, {here.hamlet.partners[1]: 2}, standing=PROPOSED)
        if refused:
            with pytest.raises(Refusal) as refusal:
                here.ask_again()
            assert "at least 28 days" in english(refusal.value.words)
            here.now += INTERVAL
        assert here.ask_again() is not None

    met(store, keys, play, names="ABCDEF")


def test_an_objection_is_not_overruled_by_people_who_leave(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        here.finish()
        here.answer(1, 2)
        here.close()
        here.tx.partnerships.vacate(here.tx.partnerships.seats(here.partnership)[4].id)
        here.tx.rounds.agree_levels(here.decision, {here.hamlet.partners[1]: 2}, standing=PROPOSED)
        assert here.ask_again() is None
        assert here.standings() == (AGREED, CONTESTED)

    met(store, keys, play)


def test_the_moment_of_the_answer_is_not_told_before_it_comes(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        def shown() -> str:
            card, _ = on_screen(here.work, here.facilitator, f"r/{here.round_id}/meeting")
            return english(card.body[-1])

        here.finish()
        assert shown() == "What the meeting proposed: open until 2027-03-06T09:00:00+00:00."
        asking = here.asking()
        assert asking is not None
        soon = here.now + DAY
        here.tx.rounds.save(replace(asking, state=RoundState.CLOSING, digest_at=soon))
        assert shown() == (
            "What the meeting proposed: closed. The digest comes within half a day, at a time of its own."
        )

    met(store, keys, play)


def test_what_is_asked_about_stays_as_it_is_and_the_rest_does_not(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        here.finish()
        for attempt in (
            lambda: actions.begin_change(here.work, here.facilitator, here.action),
            lambda: actions.remove_action(here.work, here.facilitator, here.partnership, here.action),
            lambda: followup.begin_levels(here.work, here.facilitator, here.decision),
            here.ask_again,
        ):
            with pytest.raises(Refusal):
                attempt()
        assert actions.begin_action(here.work, here.facilitator, here.round_id)
        here.close()
        with pytest.raises(Refusal):
            actions.begin_change(here.work, here.facilitator, here.action)  # it counts
        assert followup.begin_levels(here.work, here.facilitator, here.decision)

    met(store, keys, play)


def test_a_question_that_is_cancelled_leaves_everything_open(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        asking = here.finish()
        assert asking is not None
        here.answer(1, 1)
        rounds.cancel(here.work, here.facilitator, asking.id)
        here.close()
        assert here.standings() == (PROPOSED, PROPOSED)
        assert here.tx.rounds.published(asking.id) is None
        assert here.ask_again() is not None

    met(store, keys, play)


def test_an_action_taken_off_the_list_later_is_no_obstacle(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        here.finish()
        here.answer(1, 2)
        here.close()
        actions.remove_action(here.work, here.facilitator, here.partnership, here.action)
        assert "2. Share the draft budget" in digest(here)
        assert here.standings() == (AGREED, None)
        with pytest.raises(Refusal):
            here.ask_again()

    met(store, keys, play)


def test_check_ins_and_rounds_do_not_wait_for_consent_nor_it_for_them(
    store: SqlStore, keys: FakeKeys
) -> None:
    def play(here: Assembly) -> None:
        here.finish()
        here.close()
        here.tx.rounds.add_action(
            here.round_id,
            decision=None,
            what="Meet in the villages",
            owner=here.hamlet.partners[1],
            by="2027-10-01",
            standing=PROPOSED,
        )
        assert checkins.obstacle(here.work, here.partnership, Kind.ACTIONS) is None
        assert here.ask_again() is not None
        opened = checkins.hold_now(here.work, here.facilitator, here.partnership, Kind.ACTIONS)
        assert [item.wording for item in here.tx.rounds.decisions(opened.id)] == ["Share the draft budget"]

    met(store, keys, play)


def test_more_than_a_sitting_holds_is_asked_in_turns(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        for number in range(20):
            here.tx.rounds.add_action(
                here.round_id,
                decision=None,
                what=f"Action {number}",
                owner=here.hamlet.partners[0],
                by="2027-10-01",
                standing=PROPOSED,
            )
        sizes = []
        asking = here.finish()
        while asking is not None:
            sizes.append(len(here.tx.rounds.decisions(asking.id)))
            here.close()
            asking = here.ask_again() if still_open(here.work, here.partnership) else None
        assert sizes == [15, 7]

    met(store, keys, play)


def test_meetings_of_other_rounds_are_asked_about_one_at_a_time(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        asking = here.finish()
        assert asking is not None
        other = replace(here.tx.rounds.get(here.round_id), state=RoundState.MEETING)  # type: ignore[type-var]
        assert other is not None
        here.tx.rounds.save(other)
        with pytest.raises(Refusal):
            here.finish()
        assert here.tx.rounds.get(RoundId(here.round_id)).state is RoundState.MEETING  # type: ignore[union-attr]

    met(store, keys, play)
