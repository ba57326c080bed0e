"""Cards within Telegram's limits."""

from __future__ import annotations

import pytest

from bot.adapters.telegram.render import LARGEST_FILE, Message, OverLimit, render, utf16
from bot.core.cards import Attachment, Card, Choice
from bot.core.text import say
from tests.unit.telegram.scripted import ENGLISH


def rendered(card: Card, tokens: dict[str, str] | None = None) -> Message:
    return render(card, languages=("en",), catalogs=ENGLISH, tokens=tokens)


def test_the_title_is_bold_and_the_notice_comes_before_the_body() -> None:
    message = rendered(Card(say("Question {n}", n=3), ("A line", "", "Another"), notice="Noted"))
    assert message.text == "Question 3\nNoted\n\nA line\n\nAnother"
    assert message.entities == ({"type": "bold", "offset": 0, "length": 10},)
    assert message.keyboard is None


@pytest.mark.parametrize(("title", "length"), [("Plain", 5), ("😀 Emoji", 8), ("  Spaces ", 6), ("عربي", 4)])
def test_lengths_of_entities_are_utf_16_units(title: str, length: int) -> None:
    assert rendered(Card(title, ("Body",))).entities == ({"type": "bold", "offset": 0, "length": length},)


def test_markup_in_what_people_typed_stays_text() -> None:
    message = rendered(Card("Title", ("<b>Partner A</b> *bold* _it_ [x](tg://user?id=1)",)))
    assert message.text.endswith("<b>Partner A</b> *bold* _it_ [x](tg://user?id=1)")
    assert len(message.entities) == 1


def test_buttons_carry_tokens_and_links_carry_none() -> None:
    card = Card("T", rows=((Choice("Fine", "agree/d1=fine"), Choice("Site", url="https://example.org")), ()))
    keyboard = rendered(card, {"agree/d1=fine": "t1"}).keyboard
    assert keyboard is not None
    [[fine, site]] = keyboard["inline_keyboard"]
    assert fine == {"text": "Fine", "callback_data": "t1"}
    assert site == {"text": "Site", "url": "https://example.org"}


def test_without_tokens_the_keys_themselves_go_out() -> None:
    keyboard = rendered(Card("T", rows=((Choice("Home", "home"),),))).keyboard
    assert keyboard is not None
    assert keyboard["inline_keyboard"][0][0]["callback_data"] == "home"


@pytest.mark.parametrize(
    ("card", "tokens"),
    [
        (Card("x" * 4097), None),
        (Card("😀" * 2049), None),
        (Card("", ("", " ")), None),
        (Card("T", rows=((Choice("A", "ب" * 33),),)), None),
        (Card("T", rows=((Choice("A", "k"),),)), {"other": "t"}),
        (Card("T", rows=((Choice(" ", "k"),),)), None),
        (Card("T", rows=((Choice("A", "k"),) * 9,)), None),
        (Card("T", rows=((Choice("A", "k"),) * 8,) * 13), None),
    ],
    ids=["long", "long-emoji", "empty", "bytes", "no-token", "no-label", "wide", "many"],
)
def test_a_card_beyond_a_limit_is_refused(card: Card, tokens: dict[str, str] | None) -> None:
    with pytest.raises(OverLimit) as refused:
        rendered(card, tokens)
    assert "x" * 10 not in str(refused.value)


def test_the_limits_themselves_are_allowed() -> None:
    rows = ((Choice("A", "ب" * 32),) * 8,) * 12 + ((Choice("A", "k"),) * 4,)
    assert len(rendered(Card("x" * 4096, rows=rows)).text) == 4096


def with_file(title: str, *body: str, content: bytes = b"made up") -> Card:
    return Card(title, body, file=Attachment("dates.ics", content, "text/calendar"))


def test_a_file_keeps_its_name_its_content_and_the_kind_we_gave_it() -> None:
    file = rendered(Card("Report", file=Attachment("report.txt", b"%PDF made up", "application/pdf"))).file
    assert file is not None
    assert file.field_tuple == ("report.txt", b"%PDF made up", "application/pdf")


@pytest.mark.parametrize(
    ("body", "caption"),
    [
        ("x" * 1018, "Dates\n" + "x" * 1018),
        ("x" * 1019, "Dates\n" + "x" * 1017 + "…"),
        ("word " * 300, "Dates\n" + "word " * 202 + "word…"),
        ("One line\n" + "x" * 2000, "Dates\nOne line\n" + "x" * 1008 + "…"),
        ("😀" * 600, "Dates\n" + "😀" * 508 + "…"),
        ("x" * 5000, "Dates\n" + "x" * 1017 + "…"),
    ],
    ids=["fits", "one-too-long", "words", "one-long-word", "emoji", "longer-than-any-message"],
)
def test_a_caption_that_is_too_long_is_cut_where_a_word_ends(body: str, caption: str) -> None:
    message = rendered(with_file("Dates", body))
    assert message.text == caption
    assert utf16(message.text) <= 1024
    assert message.entities == ({"type": "bold", "offset": 0, "length": 5},)


def test_bold_ends_where_a_title_was_cut() -> None:
    message = rendered(with_file("x" * 2000))
    assert message.entities == ({"type": "bold", "offset": 0, "length": 1024},)


@pytest.mark.parametrize("size", [0, LARGEST_FILE + 1])
def test_a_file_of_a_size_telegram_does_not_take_is_refused(size: int) -> None:
    with pytest.raises(OverLimit):
        rendered(with_file("Dates", content=bytes(size)))
