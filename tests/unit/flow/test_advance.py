from __future__ import annotations

from random import Random
from zlib import compress

import pytest

from bot.core.confidentiality.sealing import SHEET_SIZE
from bot.core.flow import program as layout
from bot.core.flow.advance import reopen, start
from bot.core.flow.readout import choice_value, list_items, matrix_values, text_value
from bot.core.flow.session import SCHEMA, Param, from_json
from bot.errors import FlowError, StoreError
from tests.unit.flow.talk import FLOWS, NOW, Talk, begin, begin_pat, english, items, labels, pat_params


def at_review() -> Talk:
    talk = begin_pat()
    talk.say("4200\n1111\n2222")
    for decision in ("d1", "d2", "d3"):
        talk.tap(f"agree/{decision}=fine")
    return talk


def test_a_whole_round_can_be_walked_through() -> None:
    talk = begin_pat(2)
    assert talk.title == "Question 1 of 4"
    talk.say("42-0")
    talk.say("1111")
    talk.tap("agree/d1=differently")
    assert talk.title == "Question 3 of 4"
    talk.say("1=3 3=1")
    assert talk.title == "Question 3 of 4"
    talk.say("  Send the draft\nearlier ")
    talk.press("Only the facilitators")
    assert talk.title == "Question 4 of 4"
    talk.tap("agree/d2=unsure")
    assert "4 2 ? 0" in talk.text
    turn = talk.tap("@done")
    assert turn.finished
    assert matrix_values(talk.session, "actual", "d1") == {"p1": 4, "p2": 2, "p3": None, "p4": 0}
    assert matrix_values(talk.session, "desired", "d1") == {"p1": 3, "p2": 2, "p3": 1, "p4": 0}
    assert matrix_values(talk.session, "desired", "d2") == {}
    assert text_value(talk.session, "comment", "d1") == "Send the draft earlier"
    assert choice_value(talk.session, "audience", "d1") == "facilitators"
    assert choice_value(talk.session, "agree", "d2") == "unsure"
    assert talk.session.position == ""


def test_a_finished_session_says_so_once_and_can_be_opened_again() -> None:
    talk = at_review()
    assert talk.tap("@done").finished
    before = talk.session
    assert not talk.tap("@done").finished
    assert talk.session == before
    assert reopen(talk.flow, talk.session).position == "check"


def test_the_sheet_fills_consecutive_rows_until_one_is_unclear() -> None:
    talk = begin_pat()
    talk.say("4200\n117x\n2222")
    assert matrix_values(talk.session, "actual", "d1") == {"p1": 4, "p2": 2, "p3": 0, "p4": 0}
    assert matrix_values(talk.session, "actual", "d2") == {"p1": 1, "p2": 1}
    assert matrix_values(talk.session, "actual", "d3") == {}
    assert "Still open: 3. Partner C, 4. Partner D." in talk.text
    talk.say("34")
    assert talk.session.position == "actual/d3"


def test_a_sheet_with_too_many_rows_is_not_taken() -> None:
    talk = begin_pat()
    talk.say("4200\n1111\n2222\n3333")
    assert talk.session.answers == {}
    assert "4 rows where 3 are open" in talk.text


def test_two_failures_open_the_buttons() -> None:
    talk = begin_pat()
    talk.say("what is this")
    assert "1=4" not in labels(talk.card)
    talk.say("42")
    assert "✓1=4" in labels(talk.card)
    talk.tap("actual/d1:p3=-")
    turn = talk.tap("actual/d1:p4=1")
    assert english(turn.toast or "") == "Partner D: 1 Informed"
    assert talk.session.position == "actual/d2"
    assert matrix_values(talk.session, "actual", "d1") == {"p1": 4, "p2": 2, "p3": None, "p4": 1}
    talk.press("Type instead")
    assert talk.session.entry == "row"


@pytest.mark.parametrize("typed", ["1=4", "✓1=4", " 1=4 ", "\u0661=\u0664"])
def test_a_label_typed_without_its_tick_is_that_button_and_never_a_row(typed: str) -> None:
    talk = begin_pat(2, 3)
    talk.press("Buttons")
    talk.tap("actual/d1:p1=4")
    turn = talk.say(typed)
    assert matrix_values(talk.session, "actual", "d1") == {"p1": 4}
    assert english(turn.toast or "") == "Partner A: 4 Decides"
    assert turn.fresh
    assert talk.session.notice is None
    talk.say("2=?")
    assert matrix_values(talk.session, "actual", "d1") == {"p1": 4, "p2": None}


def test_a_row_can_be_typed_while_there_are_buttons() -> None:
    talk = begin_pat(2, 3)
    talk.press("Buttons")
    talk.say("420")
    assert talk.session.position == "actual/d2"
    talk.press("Type instead")
    talk.say("1=4")
    assert "Still open: 2. Partner B" in talk.text


def test_too_many_levels_are_not_taken() -> None:
    talk = begin_pat()
    talk.say("42003")
    assert talk.session.answers == {}
    assert "5 levels where 4 are needed" in talk.text


def test_a_typed_answer_asks_for_a_fresh_message_and_a_tap_does_not() -> None:
    talk = begin_pat()
    assert talk.say("4200").fresh
    assert not talk.tap("@back").fresh


def test_back_shows_the_answer_given_and_keep_goes_on() -> None:
    talk = begin_pat()
    talk.say("4200")
    talk.press("Back")
    assert "Now: 4 2 0 0" in talk.text
    before = talk.session.answers
    talk.press("Keep")
    assert talk.session.position == "actual/d2"
    assert talk.session.answers == before


def test_a_control_pressed_twice_acts_once() -> None:
    talk = begin_pat()
    skip = labels(talk.card)["Skip"].key
    talk.tap(skip)
    after = talk.session
    talk.tap(skip)
    assert talk.session == after
    assert talk.session.position == "actual/d2"


def test_skip_keeps_a_row_begun_and_takes_back_an_answer_given() -> None:
    talk = begin_pat()
    talk.say("42")
    talk.tap("@skip")
    assert matrix_values(talk.session, "actual", "d1") == {"p1": 4, "p2": 2}
    talk.tap("@back")
    talk.tap("@skip")
    assert matrix_values(talk.session, "actual", "d1") == {}


def test_a_late_tap_assigns_without_moving() -> None:
    talk = at_review()
    talk.tap("agree/d1=unsure")
    assert talk.session.position == "check"
    assert choice_value(talk.session, "agree", "d1") == "unsure"
    talk.tap("actual/d2:p1=0")
    assert matrix_values(talk.session, "actual", "d2")["p1"] == 0
    again = talk.session
    talk.tap("actual/d2:p1=0")
    assert talk.session == again


def test_a_question_opened_by_a_late_tap_is_asked_before_the_end() -> None:
    talk = at_review()
    talk.tap("agree/d1=differently")
    assert not talk.tap("@done").finished
    assert talk.session.position == "desired/d1"
    talk.say("1=0")
    talk.press("Skip")
    assert talk.session.position == "check"
    assert talk.tap("@done").finished


def test_a_late_tap_that_removes_the_question_shown_moves_on() -> None:
    talk = begin_pat(1)
    talk.say("4200")
    talk.tap("agree/d1=differently")
    assert talk.session.position == "desired/d1"
    talk.tap("agree/d1=fine")
    assert talk.session.position == "check"


def test_an_answer_that_no_longer_applies_is_shelved_and_comes_back() -> None:
    talk = begin_pat(1)
    talk.say("4200")
    talk.tap("agree/d1=differently")
    talk.say("1=0")
    talk.tap("agree/d1=fine")
    assert matrix_values(talk.session, "desired", "d1") == {}
    talk.tap("agree/d1=differently")
    assert matrix_values(talk.session, "desired", "d1") == {"p1": 0, "p2": 2, "p3": 0, "p4": 0}


def test_levels_wanted_start_from_the_actual_ones_and_wait_for_keep() -> None:
    talk = begin_pat(1)
    talk.say("4200")
    talk.tap("agree/d1=differently")
    assert "Now: 4 2 0 0" in talk.text
    assert "Keep" not in labels(talk.card)
    talk.press("Buttons")
    talk.tap("desired/d1:p1=2")
    assert talk.session.position == "desired/d1"
    talk.press("Keep")
    assert matrix_values(talk.session, "desired", "d1") == {"p1": 2, "p2": 2, "p3": 0, "p4": 0}


def test_unclear_words_do_not_make_the_actual_levels_the_wanted_ones() -> None:
    talk = begin_pat(1)
    talk.say("4200")
    talk.tap("agree/d1=differently")
    talk.say("perhaps")
    assert matrix_values(talk.session, "desired", "d1") == {}


def test_editing_walks_one_item_and_returns_to_the_review() -> None:
    talk = at_review()
    talk.press("2")
    assert talk.session.position == "actual/d2"
    talk.press("Keep")
    talk.tap("agree/d2=differently")
    assert talk.session.position == "desired/d2"
    talk.say("4=4")
    talk.press("Skip")
    assert talk.session.position == "check"
    assert talk.session.editing is None
    assert "wished: 1 1 1 4" in talk.text
    talk.tap("@edit/d1")
    talk.press("Back")
    assert talk.session.position == "check"


NOTHING = """
    @ @nothing @edit/d9 @done @accept @keep @skip/agree/d1 @return @card/actual/d9 @example = : x=y
    actual/d1=4 actual/d1:p9=4 actual/d1:p1=9 agree/d1=maybe agree/d1:p1=fine desired/d1:p1=1
    check=fine actual/d1!x
"""


@pytest.mark.parametrize("key", ["", *NOTHING.split()])
def test_a_key_that_means_nothing_here_changes_nothing(key: str) -> None:
    talk = begin_pat()
    before = talk.session
    talk.tap(key)
    assert talk.session == before


def test_why_and_back_to_the_question_change_no_answer() -> None:
    talk = begin_pat()
    talk.press("Why do you ask?")
    assert "no level is good or bad" in talk.text
    assert "4 Decides: takes the decision itself" in talk.text
    talk.press("Back to the question")
    assert "Decision 1" in talk.text
    talk.press("Why do you ask?")
    talk.say("4200")
    assert talk.session.position == "actual/d2"


def test_pausing_changes_nothing() -> None:
    talk = begin_pat()
    before = talk.session
    assert talk.press("Pause").paused
    assert talk.session == before


def test_words_where_a_button_is_needed_are_answered_kindly() -> None:
    talk = begin_pat(1)
    talk.say("4200")
    talk.say("I do not agree at all")
    assert "Please tap a button" in talk.text
    assert talk.session.position == "agree/d1"


def test_a_list_grows_shrinks_and_waits_for_the_word_to_go_on() -> None:
    talk = begin("pat", "contribute")
    assert "That is all" not in labels(talk.card)
    talk.say("First thing\nSecond thing")
    talk.say("Third thing")
    off = labels(talk.card)["Take off 2"].key
    talk.tap(off)
    talk.tap(off)
    assert list_items(talk.session, "decisions") == ("First thing", "Third thing")
    assert talk.press("That is all").finished
    assert english(talk.card.title) == "Thank you"
    assert reopen(talk.flow, talk.session).position == "decisions"


def test_a_choice_among_parameters_is_kept_by_its_key() -> None:
    talk = begin(
        "desk", "action", decisions=items("d", ["One", "Two"]), partners=items("p", ["A", "B"]), zone="UTC"
    )
    talk.press("Two")
    talk.say("Share the draft")
    talk.press("B")
    talk.say("yesterday")
    assert "could not read that date" in talk.text
    assert talk.say("31/3/2027").finished
    assert choice_value(talk.session, "decision") == "d2"
    assert text_value(talk.session, "by") == "2027-03-31"


@pytest.mark.parametrize(
    ("stage", "changes"),
    [
        ("nothing", {}),
        ("answer", {"decisions": "five"}),
        ("answer", {"partners": 3}),
        ("answer", {"language": ()}),
    ],
)
def test_a_stage_needs_its_parameters(stage: str, changes: dict[str, Param]) -> None:
    with pytest.raises(FlowError):
        start(FLOWS.get("pat"), stage, params=pat_params() | changes, salt="pepper", now=NOW)


def test_parameters_that_a_stage_does_not_ask_for_are_harmless() -> None:
    talk = begin("pat", "contribute", **pat_params())
    talk.say("First thing")
    assert talk.press("That is all").finished


def test_a_stage_with_nothing_to_ask_goes_straight_to_its_review() -> None:
    assert begin_pat(0).session.position == "check"


def test_the_largest_session_stays_within_the_size_of_every_sheet() -> None:
    long = "विकास निर्णय " * 8
    letters, random = "कखगघचछजझटठडढतथदधनपफबभमयरलवसह ािीुूेैोौ्ं", Random(7)  # noqa: S311 - the same text in every run
    talk = begin_pat(
        changes={
            "decisions": items("d", [f"{long[:97]}{n}" for n in range(15)]),
            "partners": items("p", [f"{long[:57]}{n}" for n in range(12)]),
        }
    )
    talk.say("\n".join("420131042013" for _ in range(15)))
    for number in range(1, 16):
        talk.tap(f"agree/d{number}=differently")
        talk.say("1=0")
        talk.say("क" + "".join(random.choices(letters, k=278)) + "क")
        talk.press("The group, word for word")
    assert talk.session.position == "check"
    assert len(compress(talk.session.to_json().encode())) < SHEET_SIZE


@pytest.mark.parametrize("data", ["", "{}", "[]", '{"schema_version": 1}', '{"schema_version": "x"}'])
def test_a_session_that_cannot_be_read_is_an_error_without_its_content(data: str) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        from_json(data)


def test_a_session_of_a_newer_version_is_refused() -> None:
    data = begin_pat().session.changed(schema_version=SCHEMA + 1).to_json()
    with pytest.raises(StoreError, match="newer version"):
        from_json(data)


def test_a_session_remembers_only_the_day_it_began() -> None:
    assert begin_pat().session.started == NOW.date()


def test_a_layout_is_made_anew_for_other_answers_and_let_go_of_when_asked() -> None:
    talk = begin_pat()
    flow, session = talk.flow, talk.session
    first = layout.program(flow, session)
    assert layout.program(flow, session.changed(position="")) is first
    contested = session.changed(answers=session.answers | {"agree/d1": "differently"})
    assert layout.program(flow, contested).find("desired/d1") is not None
    assert layout.program(flow, session).find("desired/d1") is None
    layout.forget_layout()
    assert layout.program(flow, session) is not first
