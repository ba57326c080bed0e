"""What facilitators prepare and record around a meeting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import actions, followup
from bot.app.drafts import DeskSitting
from bot.app.pages import DESK, PRIVATE_PAGES
from bot.app.screens import on_screen
from bot.app.sittings import turn
from bot.core.figures.published import Published, PublishedDecision
from bot.core.figures.words import AgreementSaid, AgreementWord
from bot.core.flow.events import DONE, Said, Tapped
from bot.core.ids import DecisionId
from bot.core.rounds.lifecycle import Standing
from bot.core.rounds.themes import Theme
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.assembly import Assembly, met
from tests.unit.app.hamlet import queued
from tests.unit.flow.talk import english

PROPOSED, CONTESTED, AGREED = Standing.PROPOSED, Standing.CONTESTED, Standing.AGREED


def publish(here: Assembly, **agreement: AgreementWord) -> dict[str, DecisionId]:
    """Let the digest say this of further decisions; "One" is the first of them."""
    named = {name: here.tx.rounds.add_decision(here.round_id, name) for name in agreement}
    said = tuple(
        PublishedDecision(decision=named[name], agreement=AgreementSaid(word), cells={})
        for name, word in agreement.items()
    )
    here.tx.rounds.publish(here.round_id, Published(decisions=said).model_dump_json())
    return named


def shown(here: Assembly, path: str) -> list[str]:
    card, _ = on_screen(here.work, here.facilitator, path)
    return [english(line) for line in card.body]


def press(here: Assembly, path: str) -> str:
    found = PRIVATE_PAGES.find(path)
    assert found is not None
    function, arguments = found
    leads: str = function(here.work, here.facilitator, **arguments)
    return leads


def test_the_agenda_goes_to_the_group_once_in_each_of_its_languages(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        publish(here, One=AgreementWord.FEW, Two=AgreementWord.MOST)
        group = here.tx.groups.get(here.hamlet.group)
        here.tx.groups.save(replace(group, languages=("en", "fr")))
        assert shown(here, f"r/{here.round_id}/agenda")[:4] == [
            "To begin with, where more than half of us agree: Two. What works there?",
            "",
            "1. One",
            "Few agree with how it is decided.",
        ]
        for _ in range(3):
            press(here, f"!r/{here.round_id}/agenda")
        posted = [row.path for row in queued(here.tx, here.now)]
        assert posted == [f"agenda/{here.round_id}@{language}" for language in ("en", "fr")]

    met(store, keys, play)


def test_without_anything_to_discuss_there_is_no_agenda_to_post(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        publish(here, One=AgreementWord.MOST)
        assert "nothing that the group sees differently" in shown(here, f"r/{here.round_id}/agenda")[0]
        with pytest.raises(Refusal):
            press(here, f"!r/{here.round_id}/agenda")

    met(store, keys, play)


def test_the_meeting_page_goes_by_the_agenda_and_says_what_is_recorded(
    store: SqlStore, keys: FakeKeys
) -> None:
    def play(here: Assembly) -> None:
        named = publish(here, One=AgreementWord.MOST, Two=AgreementWord.SPLIT)
        here.tx.rounds.agree_levels(named["Two"], {here.hamlet.partners[0]: 1}, standing=CONTESTED)
        assert shown(here, f"r/{here.round_id}/meeting")[1:] == [
            "1. Two",
            "Levels: somebody is not at ease with it yet",
            "2. How the budget is divided",
            "Levels: proposed",
            "Action: Share the draft budget (proposed)",
        ]

    met(store, keys, play)


def test_what_others_did_is_shown_once_a_theme_is_chosen(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        measures = f"d/{here.decision}/measures"
        assert "Say first what this decision is about." in shown(here, measures)[1]
        assert press(here, f"!d/{here.decision}/about/{Theme.RISK}") == measures
        assert (
            "2. List the risks together: who carries each, who can lessen it, and how it could be shared"
            in (shown(here, measures))
        )
        for wrong in (f"!d/{here.decision}/about/weather", f"!d/{here.decision}/take/no-such"):
            with pytest.raises(Refusal):
                press(here, wrong)

    met(store, keys, play)


def test_a_measure_begins_the_form_of_an_action_and_what_was_left_there_gives_way(
    store: SqlStore, keys: FakeKeys
) -> None:
    def play(here: Assembly) -> None:
        form = DeskSitting("action", here.round_id, DESK["action"])
        turn(here.work, here.facilitator, form, Tapped("decision=d0"))
        turn(here.work, here.facilitator, form, Said("Something begun before"))
        assert press(here, f"!d/{here.decision}/take/charter") == f"desk/action/{here.round_id}"
        turn(here.work, here.facilitator, form, Tapped(f"owner=p{here.hamlet.partners[1]}"))
        turn(here.work, here.facilitator, form, Said("1/3/2027"))  # today
        added = [one for one in here.tx.rounds.actions(here.partnership) if one.id != here.action]
        assert [(one.decision, one.what, one.by, one.standing) for one in added] == [
            (
                here.decision,
                "Write the partnership agreement jointly instead of signing one that is ready",
                "2027-03-01",
                PROPOSED,
            )
        ]

    met(store, keys, play)


@pytest.mark.parametrize(
    ("words", "standing"), [(None, CONTESTED), ("Share the draft budget", CONTESTED), ("Meet", PROPOSED)]
)
def test_an_action_is_changed_from_what_is_recorded(
    store: SqlStore, keys: FakeKeys, words: str | None, standing: Standing
) -> None:
    def play(here: Assembly) -> None:
        action = here.tx.rounds.action(here.action)
        assert action is not None
        here.tx.rounds.save_action(replace(action, standing=CONTESTED))
        form = DeskSitting("change", here.action, DESK["change"])
        if words is not None:
            turn(here.work, here.facilitator, form, Tapped("@edit/what"))
            turn(here.work, here.facilitator, form, Said(words))
        outcome = turn(here.work, here.facilitator, form, Tapped(DONE))
        assert outcome.path == f"r/{here.round_id}/meeting"
        expected = replace(action, what=words or action.what, standing=standing)
        assert here.tx.rounds.action(here.action) == expected

    met(store, keys, play)


@pytest.mark.parametrize(("row", "standing"), [("3----", AGREED), ("33---", PROPOSED), ("-----", None)])
def test_levels_that_are_recorded_anew_are_asked_about_unless_they_are_the_same(
    store: SqlStore, keys: FakeKeys, row: str, standing: Standing | None
) -> None:
    def play(here: Assembly) -> None:
        here.tx.rounds.let_levels_stand(here.decision, AGREED)
        form = DeskSitting("levels", here.decision, DESK["levels"])
        turn(here.work, here.facilitator, form, Said(row))
        assert here.standings()[0] is standing

    met(store, keys, play)


def test_an_action_for_the_whole_partnership_belongs_to_no_decision(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        params = actions.begin_action(here.work, here.facilitator, here.round_id)
        assert [item.label for item in params["decisions"]][-1:] == ["The whole partnership"]  # type: ignore[union-attr]
        form = DeskSitting("action", here.round_id, DESK["action"])
        for event in (
            Tapped("decision=d0"),
            Said("Meet every year"),
            Tapped(f"owner=p{here.hamlet.partners[0]}"),
            Said("1/9/2027"),
        ):
            turn(here.work, here.facilitator, form, event)
        assert "Action: Meet every year (proposed)" in shown(here, f"r/{here.round_id}/meeting")[-1]
        added = [one for one in here.tx.rounds.actions(here.partnership) if one.id != here.action]
        assert [one.decision for one in added] == [None]

    met(store, keys, play)


def test_nothing_new_leaves_the_group_with_what_is_agreed(store: SqlStore, keys: FakeKeys) -> None:
    def play(here: Assembly) -> None:
        here.tx.rounds.agree_levels(here.decision, {})
        here.tx.rounds.remove_action(here.action)
        followup.finish_meeting(here.work, here.facilitator, here.round_id)
        assert [row.path for row in queued(here.tx, here.now)] == ["agreements@en"]

    met(store, keys, play)
