from __future__ import annotations

from hypothesis import given, settings

from bot.core.flow.advance import advance
from bot.core.flow.events import Event, Tapped
from bot.core.flow.pressable import pressable
from tests.unit.flow.talk import NOW, Talk, begin, begin_pat, items
from tests.unit.flow.test_properties import MOVES, STAGES, begin_any, event_of


def keys(talk: Talk) -> list[str]:
    return list(pressable(talk.flow, talk.session))


def test_every_choice_and_level_of_a_round_is_listed_once() -> None:
    found = keys(begin_pat(2, 3))
    assert found[:7] == [*(f"actual/d1:p1={mark}" for mark in "01234-"), "actual/d1:p2=0"]
    assert "agree/d2=unsure" in found
    assert len(found) == len(set(found)) == 2 * 3 * 6 + 2 * 3


def test_a_question_that_depends_on_an_answer_is_listed_while_it_applies() -> None:
    talk = begin_pat(1)
    assert "desired/d1:p1=2" not in keys(talk)
    talk.tap("agree/d1=differently")
    assert "desired/d1:p1=2" in keys(talk)
    talk.tap("agree/d1=fine")
    assert "desired/d1:p1=2" not in keys(talk)


def test_who_may_read_a_comment_is_listed_for_the_words_it_has() -> None:
    talk = begin_pat(1, 2)
    talk.say("42")
    talk.tap("agree/d1=differently")
    talk.press("Skip")
    assert not [key for key in keys(talk) if key.startswith("audience")]
    talk.say("A comment")
    assert keys(talk)[-3:] == [
        f"audience/d1={value}!A comment" for value in ("nobody", "facilitators", "group")
    ]


def test_options_taken_from_a_parameter_are_listed_by_their_keys() -> None:
    talk = begin("desk", "action", decisions=items("d", ["One"]), partners=items("p", ["A", "B"]), zone="UTC")
    assert keys(talk) == ["decision=d1", "owner=p1", "owner=p2"]


def test_each_of_several_to_pick_is_listed_chosen_and_not() -> None:
    talk = begin("pat", "vote", decisions=items("d", ["One", "Two"]))
    assert keys(talk) == ["vote:d1=1", "vote:d1=0", "vote:d2=1", "vote:d2=0"]


def test_a_stage_without_choices_or_levels_lists_nothing() -> None:
    assert keys(begin("pat", "contribute")) == []


@settings(max_examples=60, deadline=None)
@given(stage=STAGES, moves=MOVES)
def test_the_list_holds_what_any_card_offers_and_nothing_that_cannot_be_assigned(
    stage: str, moves: list[Event | int]
) -> None:
    talk = begin_any(stage)
    for move in moves:
        talk.do(event_of(talk, move))
    if talk.session.finished:
        return
    listed = keys(talk)
    offered = {choice.key for choice in talk.card.choices()}
    assert {key for key in offered if "=" in key.partition("!")[0]} <= set(listed)
    for key in listed:
        prompt, _, _ = key.partition("=")[0].partition(":")
        after = advance(talk.flow, talk.session, Tapped(key), now=NOW).session
        assert prompt in after.answers or key.endswith("=0")
