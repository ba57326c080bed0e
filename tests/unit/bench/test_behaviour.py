"""A seed gives the same people everywhere, and their day fits what they leave behind."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.bench.behaviour import BEGIN, DECISIONS, PARTNERS, REVIEW, THANKS, Act, Plan, plan

PEOPLE = range(1001, 3001)


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    return [plan(account, seed=1) for account in PEOPLE]


def test_the_same_seed_gives_the_same_day(plans: list[Plan]) -> None:
    assert [plan(account, seed=1) for account in PEOPLE] == plans


def test_another_seed_gives_other_days(plans: list[Plan]) -> None:
    assert [plan(account, seed=2) for account in PEOPLE] != plans


def test_who_does_nothing_leaves_nothing(plans: list[Plan]) -> None:
    silent = [found for found in plans if not found.acts]
    assert 0.3 * len(plans) < len(silent) < 0.4 * len(plans)
    assert {found.answers is None and found.last is None for found in silent} == {True}


def test_everybody_else_begins_from_the_call_within_the_day(plans: list[Plan]) -> None:
    active = [found for found in plans if found.acts]
    assert {found.acts[0].steps for found in active} == {(("tap", BEGIN),)}
    assert all(0 <= found.begins <= 1 for found in active)


def test_who_comes_to_the_end_has_answered_everything(plans: list[Plan]) -> None:
    ended = [found for found in plans if found.last and found.last.title in (REVIEW, THANKS)]
    assert ended
    for found in ended:
        steps = Counter(key.partition("/")[0] for key in found.answers or {})
        assert (steps["actual"], steps["agree"]) == (DECISIONS, DECISIONS)
        assert steps["desired"] == list((found.answers or {}).values()).count("differently")


def test_every_row_has_a_level_for_each_partner(plans: list[Plan]) -> None:
    rows = [value for found in plans for value in (found.answers or {}).values() if value[0].isdigit()]
    assert {len(row) for row in rows} == {PARTNERS}
    assert set("".join(rows)) == set("01234?")


@pytest.mark.parametrize(
    "happens",
    [
        lambda act: act.repeated,
        lambda act: len(act.steps) == 2 and act.steps[0] == act.steps[1],
        lambda act: len(act.steps) == 2 and act.steps[0][0] == act.steps[1][0] == "say",
        lambda act: ("say", "/help") in act.steps,
        lambda act: act.more == "Still open",
        lambda act: ("tap", "Back") in act.steps,
        lambda act: ("tap", "Why do you ask?") in act.steps,
        lambda act: ("say", "It is fine") in act.steps,
        lambda act: ("tap", "I am not sure") in act.steps,
    ],
)
def test_what_people_do_now_and_then_happens(plans: list[Plan], happens: object) -> None:
    assert callable(happens)
    assert any(happens(act) for found in plans for act in found.acts)


def test_an_act_leads_to_a_card_by_its_beginning_and_what_else_stands_in_it() -> None:
    act = Act((("say", "420"),), "Question 1 of 4\n", "Still open")
    assert act.leads_to("Question 1 of 4\nStill open: 4. PD")
    assert not act.leads_to("Question 1 of 4\nHow is each partner involved")
    assert not act.leads_to("Question 2 of 4\nStill open: 4. PD")
