from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.flow.definition import ChoiceStep, MatrixStep, TextStep
from bot.core.flow.events import Event, Said, Tapped, choose
from bot.core.flow.moves import columns_of, is_complete
from bot.core.flow.options import choice_keys
from bot.core.flow.pressable import pressable
from bot.core.flow.program import program
from bot.core.flow.readout import choice_value, text_value
from bot.core.flow.rows import write_row
from tests.unit.flow.talk import Talk, begin, begin_pat, english, items
from tests.unit.flow.test_cards import check_limits
from tests.unit.flow.test_consent import begin_with_consent

TYPED = [
    *(
        "4200",
        "42",
        "4200\n1111",
        "3=4",
        "1:0",
        "-",
        "?",
        "٤٢٠٠",
        "1 4 6",
        "2 3 4 5",
        "1-4",
        "",
        "7777",
        "Nairobi",
        "31/3/2027",
        "x" * 5000,
        "Is {decision} fine?",
        "{",
    ),
    *("Partner A | PA | local", "One\nTwo\nThree"),
]
WORDS = st.one_of(st.sampled_from(TYPED), st.text(max_size=40))
KEYS = """
    @back @skip @pause @why @example @original @more @return @card @row @accept @later @edit/d1 @edit/d9 @done @keep
    agree/d2=differently agree/d2=fine comment/d1=x audience/d1=group actual/d3:p1=2
    desired/d1:p2=- actual/d1:p9=1 language=fr decision=d1 vote:d3=1 vote:d3=0 nonsense
"""
CONTROLS = KEYS.split()
STAGES = st.sampled_from(
    [
        *("answer", "reworded", "comment", "comment in a rare language", "consent", "contribute"),
        *(
            "setup",
            "action",
            "change",
            "levels",
            "wording",
            "prompt",
            "decisions",
            "partners",
            "split",
            "vote",
        ),
    ]
)
#: an integer taps that button of the card shown, whatever it is
MOVES = st.lists(
    st.one_of(WORDS.map(Said), st.sampled_from(CONTROLS).map(Tapped), st.integers(0, 99)), max_size=25
)


def begin_any(stage: str) -> Talk:
    if stage == "answer":
        return begin_pat(3, 4)
    if stage == "reworded":
        return begin_pat(3, 4, reworded={"actual": "{row}\n\nWho has a say?", "agree": "All right so?"})
    if stage.startswith("comment"):
        talk = begin_pat(2, 3, changes={"language": "rare" if "rare" in stage else "shared"})
        for key in ("@skip", "@skip", "agree/d1=differently", "@skip"):
            talk.tap(key)
        return talk
    if stage == "consent":
        return begin_with_consent()
    if stage == "contribute":
        return begin("pat", stage)
    if stage == "vote":
        return begin("pat", stage, decisions=items("d", ["One", "Two", "Three", "Four", "Five", "Six"]))
    things = items("d", ["One", "Two"]), items("p", ["A", "B", "C"])
    words = {"current": "Old words", "original": "Is {decision} all right?", "zone": "Africa/Nairobi"}
    return begin("desk", stage, decisions=things[0], partners=things[1], languages=things[1], **words)


def event_of(talk: Talk, move: Event | int) -> Event:
    if not isinstance(move, int):
        return move
    choices = talk.card.choices()
    return Tapped(choices[move % len(choices)].key) if choices else Said("4200")


@settings(max_examples=100, deadline=None)
@given(stage=STAGES, moves=MOVES)
def test_any_events_end_in_a_card_within_limits_or_the_end(stage: str, moves: list[Event | int]) -> None:
    talk = begin_any(stage)
    for move in moves:
        before = talk.session
        turn = talk.do(event_of(talk, move))
        check_limits(talk.card)
        assert turn.toast is None or 0 < len(english(turn.toast)) <= 200
        assert talk.session.finished == (talk.session.position == "")
        assert turn.finished == (talk.session.finished and not before.finished)
        assert (talk.session.rev == before.rev) == (talk.session == before)


@settings(max_examples=100, deadline=None)
@given(stage=STAGES, moves=MOVES)
def test_a_button_of_the_card_pressed_again_changes_nothing(stage: str, moves: list[Event | int]) -> None:
    talk = begin_any(stage)
    for move in moves:
        event = event_of(talk, move)
        on_card = isinstance(event, Tapped) and event.key in {choice.key for choice in talk.card.choices()}
        talk.do(event)
        if on_card:
            after = talk.session
            talk.do(event)
            assert talk.session == after


@settings(max_examples=100, deadline=None)
@given(stage=STAGES, moves=MOVES)
def test_a_card_that_may_stay_as_it_was_drawn_has_the_buttons_it_needs(
    stage: str, moves: list[Event | int]
) -> None:
    talk = begin_any(stage)
    for move in moves:
        place, drawn = talk.session.position, [choice.key for choice in talk.card.choices()]
        turn = talk.do(event_of(talk, move))
        if turn.toast is not None and talk.session.position == place:
            assert [choice.key for choice in talk.card.choices()] == drawn


@settings(max_examples=100, deadline=None)
@given(stage=st.sampled_from(["answer", "comment"]), moves=MOVES)
def test_back_and_the_same_answer_leave_the_answers_as_they_were(
    stage: str, moves: list[Event | int]
) -> None:
    talk = begin_any(stage)
    for move in moves:
        talk.do(event_of(talk, move))
    before = talk.session.answers
    talk.tap("@back")
    prompt = program(talk.flow, talk.session).find(talk.session.position)
    if prompt is None or (given_before := talk.session.answers.get(prompt.key)) is None:
        return
    match prompt.step, given_before:
        case ChoiceStep() as step, str():
            keys = choice_keys(talk.session, prompt, step)
            talk.tap(next(key for key, value in keys.items() if value == given_before))
        case TextStep(), str():
            talk.say(given_before)
        case MatrixStep() as step, dict() if is_complete(talk.session, prompt):
            talk.say(write_row(given_before, columns_of(talk.session, step)))
    assert talk.session.answers == before


@settings(max_examples=150, deadline=None)
@given(stage=st.sampled_from(["comment", "comment in a rare language"]), moves=MOVES)
def test_a_comment_has_no_reader_but_the_one_chosen_while_its_words_were_shown(
    stage: str, moves: list[Event | int]
) -> None:
    talk = begin_any(stage)
    agreed: set[str] = set()
    for move in moves:
        event = event_of(talk, move)
        if isinstance(event, Tapped) and event.key in pressable(talk.flow, talk.session):
            agreed.add(event.key)
        talk.do(event)
        for item, step in product(("d1", "d2"), ("audience", "audience_rare")):
            reader = choice_value(talk.session, step, item)
            words = text_value(talk.session, "comment", item)
            assert reader is None or choose(f"{step}/{item}", reader, words) in agreed
