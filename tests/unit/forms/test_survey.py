"""What a stage asks, as rows of a form."""

from __future__ import annotations

import pytest

from bot.core.flow.loader import load_flow
from bot.core.forms.form import Field, Form
from bot.core.forms.survey import form_of
from tests.unit.flow.talk import FLOWS, english
from tests.unit.forms.shipped import STAGES, made_up, shipped, things

MADE_UP = """
flow: village
version: 3
title: A made-up flow
params: {things: items}
stages:
  all:
    steps:
      - {id: consent, type: consent, version: 1, notice: What we promise}
      - id: pick
        type: pick
        options: params.things
        most: 2
        ask: Which?
      - id: one
        type: choice
        options: params.things
        optional: false
        ask: Which one?
      - {id: day, type: text, format: date, length: 20, ask: When?}
      - {id: words, type: list, items: {min: 2, max: 3, length: 40}, ask: What?, why: Because}
      - id: each
        type: repeat
        over: params.things
        as: thing
        when: {answered: [words]}
        steps:
          - id: whose
            type: choice
            ask: Whose is {thing}?
            options:
              - {value: mine, label: "{thing} is mine"}
              - {value: theirs, label: "{thing} is theirs"}
      - {id: check, type: review, ask: Look again}
"""


def made() -> Form:
    params = {"things": things("things", "A boat", "A net")}
    return form_of(load_flow(MADE_UP, "village.yaml"), "all", params, form_id="village_all")


def row(form: Form, name: str) -> Field:
    found = [one for one in form.fields if one.name == name and one.type != "end_group"]
    assert len(found) == 1, name
    return found[0]


def options(form: Form, name: str) -> dict[str, str]:
    list_name = row(form, name).type.partition(" ")[2]
    return {one.name: english(one.label) for one in form.lists if one.list == list_name}


@pytest.mark.parametrize(("flow", "stage"), STAGES)
def test_names_of_questions_differ_and_groups_end_where_they_should(flow: str, stage: str) -> None:
    form = shipped(flow, stage)
    names = [one.name for one in form.fields if one.type != "end_group"]
    assert len(set(names)) == len(names)
    open_: list[str] = []
    for one in form.fields:
        if one.type == "begin_group":
            open_.append(one.name)
        elif one.type == "end_group":
            assert one.name == open_.pop()
    assert open_ == []


@pytest.mark.parametrize(("flow", "stage"), STAGES)
def test_everything_that_can_be_chosen_is_in_its_list_once(flow: str, stage: str) -> None:
    form = shipped(flow, stage)
    chosen = [one.type.split() for one in form.fields if one.type.startswith("select")]
    assert {parts[1] for parts in chosen} == {one.list for one in form.lists}
    pairs = [(one.list, one.name) for one in form.lists]
    assert len(set(pairs)) == len(pairs)


def test_names_are_made_of_ids_so_that_they_outlive_a_wording() -> None:
    decisions = things("decisions", *map(str, range(12)))
    form = shipped("pat", "answer", decisions=decisions, partners=things("partners", "A", "B", "C"))
    assert row(form, "decision_12_partner_3_actual").type == "select_one ladder"
    assert english(row(form, "decision_12_partner_3_actual").label[0]) == "C"
    assert row(form, "decision_12_agree").type == "select_one agree"


def test_a_matrix_asks_for_one_level_of_each_column_on_one_screen() -> None:
    form = shipped("pat", "answer")
    group = row(form, "decision_1_actual")
    assert (group.type, group.appearance) == ("begin_group", "field-list")
    assert "A made-up decisions" in english(group.label[0])
    level = row(form, "decision_1_partner_1_actual")
    assert not level.required, "a level may be left out, as in the chat"
    assert level.guidance, "why it is asked stands with the first of them"
    assert list(options(form, level.name)) == ["0", "1", "2", "3", "4", "unknown"]
    assert "1 Informed: told about it" in english(row(form, "levels_of_ladder").label[1])


def test_a_wish_is_asked_of_those_who_would_like_it_differently_and_begins_from_what_is() -> None:
    form = shipped("pat", "answer")
    wished = row(form, "decision_2_desired")
    assert wished.relevant == "${decision_2_agree} = 'differently'"
    assert english(wished.label[-1]) == "Leave out what should stay as it is."
    assert row(form, "decision_2_comment").relevant == "${decision_2_agree} = 'differently'"
    assert row(form, "decision_2_comment").constraint == "string-length(.) <= 280"


def test_what_parameters_settle_is_asked_or_not_asked_at_all() -> None:
    shared, rare = (shipped("pat", "answer", language=one) for one in ("shared", "rare"))
    names = [{one.name for one in form.fields} for form in (shared, rare)]
    assert "decision_1_audience" in names[0] - names[1]
    assert "decision_1_audience_rare" in names[1] - names[0]
    assert row(shared, "decision_1_audience").relevant == "${decision_1_comment} != ''"


def test_every_form_begins_by_saying_who_will_read_it() -> None:
    assert all("can read the answers" in english(shipped(*one).fields[0].label[0]) for one in STAGES)


def test_consent_is_a_notice_and_something_to_acknowledge() -> None:
    form = made()
    assert english(row(form, "consent_notice").label[0]) == "What we promise"
    assert (row(form, "consent").type, row(form, "consent").required) == ("acknowledge", True)


def test_a_review_is_a_note_that_does_not_speak_of_buttons() -> None:
    assert row(made(), "check").type == "note"
    assert english(row(made(), "check").label[0]) == "Thank you"


def test_of_several_things_at_most_so_many_can_be_picked() -> None:
    pick = row(made(), "pick")
    assert (pick.type, pick.constraint) == ("select_multiple things", "count-selected(.) <= 2")
    assert options(made(), "pick") == {"thing_1": "A boat", "thing_2": "A net"}


def test_a_list_has_a_line_for_each_entry_of_which_so_many_are_needed() -> None:
    form = made()
    lines = [row(form, f"words_{number}") for number in (1, 2, 3)]
    assert [one.required for one in lines] == [True, True, False]
    assert [one.relevant for one in lines] == ["", "", "${words_2} != ''"]
    assert [bool(one.guidance) for one in lines] == [True, False, False]


def test_a_day_is_a_date_that_has_not_passed() -> None:
    assert (row(made(), "day").type, row(made(), "day").constraint) == ("date", ". >= today()")


def test_what_cannot_be_left_out_is_required() -> None:
    form = made()
    assert row(form, "one").required
    assert not row(form, "thing_1_whose").required


def test_a_repeat_is_a_group_for_each_item_under_its_own_condition() -> None:
    group = row(made(), "thing_2_each")
    assert english(group.label[0]) == "A net"
    assert group.relevant == "${words_1} != '' or ${words_2} != '' or ${words_3} != ''"


def test_options_that_name_the_item_have_a_list_of_their_own_for_each() -> None:
    assert options(made(), "thing_1_whose")["mine"] == "A boat is mine"
    assert options(made(), "thing_2_whose")["mine"] == "A net is mine"


def test_a_prompt_is_said_in_the_partnerships_own_words_where_it_has_some() -> None:
    own = {"fr": {"agree": "{decision}\n\nÇa va ?"}}
    form = form_of(FLOWS.get("pat"), "answer", made_up("pat", "answer"), form_id="x", reworded=own)
    agree = row(form, "decision_1_agree")
    assert english(form.label_of(agree, "fr")[0]) == "A made-up decisions\n\nÇa va ?"
    assert english(form.label_of(agree, "en")[0]).endswith("Is the way this is decided fine with you?")
    assert form.label_of(row(form, "decision_1_comment"), "fr") == row(form, "decision_1_comment").label
