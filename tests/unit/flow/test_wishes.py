"""A wish typed where it is asked whether one is needed."""

from __future__ import annotations

import pytest

from bot.core.flow.readout import choice_value, matrix_values
from tests.unit.flow.talk import Talk, begin, begin_pat, items


@pytest.fixture
def talk() -> Talk:
    """At the question whether the first of two decisions is fine; its row is 4 2 1."""
    made = begin_pat(2, 3)
    made.say("421\n111")
    return made


@pytest.mark.parametrize("typed", ["3=3", "423", "4 2 3", "\u0663=\u0663"])
def test_a_change_typed_there_is_the_disagreement_and_the_wish(talk: Talk, typed: str) -> None:
    talk.say(typed)
    assert choice_value(talk.session, "agree", "d1") == "differently"
    assert matrix_values(talk.session, "desired", "d1") == {"p1": 4, "p2": 2, "p3": 3}
    assert talk.session.position == "comment/d1"
    assert talk.session.notice is None


@pytest.mark.parametrize("typed", ["421", "3=1", "9=3", "3=7", "4231", "as it is", "1", "?"])
def test_what_is_no_clear_change_is_no_answer(talk: Talk, typed: str) -> None:
    before = talk.session
    talk.say(typed)
    assert talk.session.answers == before.answers
    assert talk.session.position == "agree/d1"
    assert talk.session.notice is not None


def test_one_step_back_from_the_comment_is_the_wish(talk: Talk) -> None:
    talk.say("3=3")
    talk.press("Back")
    assert talk.session.position == "desired/d1"
    assert "Now: 4 2 3" in talk.text


def test_without_a_row_there_is_nothing_to_change(talk: Talk) -> None:
    other = begin_pat(1, 3)
    other.press("Skip")
    assert "type it at once" not in other.text
    other.say("3=3")
    assert other.session.position == "agree/d1"
    assert choice_value(other.session, "agree", "d1") is None


def test_a_statement_has_no_row_and_takes_no_levels() -> None:
    pulse = begin("pulse", "answer", decisions=items("d", ["We hear about decisions in time"]))
    pulse.say("3=3")
    assert pulse.session.answers == {}
