from __future__ import annotations

import pytest

from bot.core.cards import Card
from bot.core.flow.events import Said, Tapped
from tests.unit.flow.talk import Talk, begin_pat, english, items, labels, written

LIMIT = 4096


def check_limits(shown: Card) -> None:
    assert 0 < len(written(shown)) <= LIMIT
    assert len(shown.choices()) <= 100
    assert all(1 <= len(row) <= 8 for row in shown.rows)
    keys = [choice.key for choice in shown.choices()]
    assert len(keys) == len(set(keys))
    names = [english(choice.label) for choice in shown.choices()]
    assert all(names)
    assert len(names) == len(set(names))


def test_titles_never_name_what_is_asked_and_the_count_tells_no_answer() -> None:
    titles = set()
    for answer in ("fine", "differently"):
        talk = begin_pat(2)
        talk.say("4200\n1111")
        talk.tap(f"agree/d1={answer}")
        if answer == "differently":
            assert talk.title == "Question 3 of 4"
            talk.say("1=0")
            assert talk.title == "Question 3 of 4"
            talk.say("Something")
            assert talk.title == "Question 3 of 4"
            talk.press("Only the facilitators")
        titles.add(talk.title)
    assert titles == {"Question 4 of 4"}


def test_only_the_first_matrix_card_explains_every_level() -> None:
    talk = begin_pat()
    assert "2 Consulted: asked before it is decided, without a vote" in talk.text
    talk.say("4200")
    assert "without a vote" not in talk.text
    assert "Levels: 0 Not involved, 1 Informed" in talk.text


def test_the_first_paragraph_is_the_decision() -> None:
    talk = begin_pat(1)
    assert english(talk.card.body[0]).startswith("Decision 1\n\n")
    talk.say("4200")
    assert english(talk.card.body[0]).startswith("Decision 1\n\n")


def test_a_choice_shows_what_was_said_of_the_same_item() -> None:
    talk = begin_pat(2, 3)
    talk.say("42-\n111")
    assert english(talk.card.body[-2]) == "You said: 1. Partner A: 4, 2. Partner B: 2, 3. Partner C: ?"
    assert english(talk.card.body[-1]).endswith("you can type it at once, for example 3=2.")
    talk.tap("agree/d1=fine")
    assert english(talk.card.body[-2]) == "You said: 1. Partner A: 1, 2. Partner B: 1, 3. Partner C: 1"


def test_a_choice_shows_only_what_was_said() -> None:
    talk = begin_pat(2, 3)
    talk.tap("@skip")
    talk.say("42")
    talk.tap("@skip")
    assert "You said" not in talk.text
    talk.tap("agree/d1=fine")
    assert english(talk.card.body[-2]) == "You said: 1. Partner A: 4, 2. Partner B: 2"


def test_a_row_tapped_is_marked_when_its_card_is_drawn_again() -> None:
    talk = begin_pat(2, 2)
    talk.press("Buttons")
    talk.tap("actual/d1:p1=4")
    talk.tap("actual/d1:p1=3")
    talk.tap("actual/d1:p2=-")
    assert not [label for label in labels(talk.card) if "✓" in label]
    talk.press("Back")
    assert [label for label in labels(talk.card) if "✓" in label] == ["✓1=3", "✓2=?"]
    assert "Now: 3 ?" in talk.text
    assert "Tap what should be different, then Keep." in talk.text


@pytest.mark.parametrize("name", ["A", "A partner with a long name", "شريك"])
def test_partners_are_numbered_one_a_line(name: str) -> None:
    talk = begin_pat(changes={"partners": items("p", [name, "B"])})
    assert f"\n1. {name}\n2. B\n" in talk.text


def test_the_example_has_the_right_length() -> None:
    assert "for example 024130" in begin_pat(partners=6).text


def test_twelve_partners_fit_as_buttons() -> None:
    talk = begin_pat(15, 12)
    talk.press("Buttons")
    check_limits(talk.card)
    assert len(talk.card.choices()) >= 72


def test_more_partners_than_fit_are_typed_only() -> None:
    talk = begin_pat(1, 16)
    assert "Buttons" not in labels(talk.card)
    talk.say("what")
    talk.say("what")
    assert talk.session.entry == "row"


@pytest.mark.parametrize(("name", "most"), [(60, LIMIT), (12, LIMIT * 4 // 5)])
def test_the_largest_review_fits_one_message_and_leaves_room_for_longer_languages(
    name: int, most: int
) -> None:
    talk = begin_pat(
        changes={
            "decisions": items("d", [f"{n} " + "W" * 97 for n in range(15)]),
            "partners": items("p", [f"{n} ".ljust(name, "W") for n in range(12)]),
            "language": "rare",
        }
    )
    talk.say("\n".join("420131042013" for _ in range(15)))
    for number in range(1, 16):
        talk.tap(f"agree/d{number}=differently")
        talk.say("1=0")
        talk.say("W" * 280)
        talk.press("Nobody: it is destroyed at the close")
    assert english(talk.card.title) == "Your answers"
    assert len(talk.text) <= most
    check_limits(talk.card)


def test_a_skipped_question_is_shown_as_such_in_the_review() -> None:
    talk = begin_pat(1)
    talk.tap("@skip")
    talk.tap("@skip")
    assert "1. Decision 1\nskipped; skipped" in talk.text


def weight(shown: Card) -> int:
    """Bytes of text and markup, a button's data counted as a token of 16."""
    buttons = sum(len(english(choice.label).encode()) + 16 + 8 for choice in shown.choices())
    return len(written(shown).encode()) + buttons


def test_a_whole_round_is_light() -> None:
    talk: Talk = begin_pat(
        changes={
            "decisions": items(
                "d", [f"Decision {n} about how the yearly budget is divided" for n in range(8)]
            ),
            "partners": items("p", ["PTA", "PTB", "PTC", "PTD", "PTE", "PTF"]),
        }
    )
    events: list[Said | Tapped] = [Said("420031")] * 8
    for number in range(1, 9):
        wants = number <= 3
        events.append(Tapped(f"agree/d{number}={'differently' if wants else 'fine'}"))
        events += [Said("3=4 6=2"), Tapped("@skip")] if wants else []
    events.append(Tapped("@done"))
    sent = [weight(talk.card)]
    for event in events:
        talk.do(event)
        sent.append(weight(talk.card))
    assert talk.session.finished
    assert len(events) <= 25
    assert len(sent) <= 30
    assert sum(sent) < 25_000
