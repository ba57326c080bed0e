"""What a card is on the page, and what is found wrong with it."""

from __future__ import annotations

import pytest

from bot.adapters.i18n.catalog_tool import ROOT
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.core.cards import Card, Choice
from bot.core.text import Text, say
from bot.gallery.direction import begins_left
from bot.gallery.exhibits import OTHER_TEXTS, Collection
from bot.gallery.sights import Seer, Sight, Version
from bot.gallery.texts import Known, sources
from bot.gallery.writing import Writer

CATALOGS = GettextCatalogs(ROOT / "locales")
KNOWN = Text("Thank you")
UNKNOWN = Text("Words that no catalog has")


def sight(card: Card, where: str = "home", seer: Seer = Seer.REPRESENTATIVE) -> Sight:
    versions = {language: Version(card, {"home": "home"}) for language in ("en", "fr")}
    return Sight("A chapter", where, seer, versions)


def collected(*sights: Sight) -> Collection:
    collection = Collection(Writer(CATALOGS, {"ar"}))
    collection.take(sights)
    return collection


def test_a_card_has_its_title_lines_buttons_and_length() -> None:
    card = Card(KNOWN, ("Partner A", "", "Partner B"), ((Choice(say("Home"), "home"),),))
    (exhibit,) = collected(sight(card)).exhibits
    written = exhibit.written["fr"]
    assert written.title == CATALOGS.render(KNOWN, "fr")
    assert written.lines == ("Partner A", "", "Partner B")
    assert written.rows == ((CATALOGS.render(say("Home"), "fr"),),)
    assert written.size == len(f"{written.title}\nPartner A\n\nPartner B")


def test_buttons_that_leave_the_chat_or_copy_something_have_a_sign() -> None:
    row = (Choice("Open", url="https://example.org"), Choice("Copy", copy="words"))
    (exhibit,) = collected(sight(Card(KNOWN, rows=(row,)))).exhibits
    assert exhibit.written["en"].rows == (("Open ↗", "Copy ⧉"),)


def test_the_same_card_on_two_paths_hangs_once() -> None:
    card = Card(KNOWN)
    (exhibit,) = collected(sight(card), sight(card, "thanks/1", Seer.GROUP)).exhibits
    assert exhibit.places == ["home", "thanks/1"]
    assert exhibit.seers == {Seer.REPRESENTATIVE, Seer.GROUP}


def test_different_cards_on_one_path_have_anchors_of_their_own() -> None:
    exhibits = collected(sight(Card(KNOWN)), sight(Card(KNOWN, ("Partner A",)))).exhibits
    assert [one.name for one in exhibits] == ["home", "home-2"]


def test_a_text_without_a_translation_is_a_problem_in_every_language_but_english() -> None:
    problems = collected(sight(Card(UNKNOWN)), sight(Card(KNOWN, (UNKNOWN,)))).problems
    assert [(one.language, one.words, one.exhibit) for one in problems] == [
        ("fr", "is not translated: Words that no catalog has", "home")
    ]


def test_what_people_typed_and_values_alone_are_no_problem() -> None:
    own = Text("Words that no catalog has", template="Our own words")
    assert collected(sight(Card(KNOWN, ("Partner A", own, Text("{value}", {"value": 1}))))).problems == []


def test_a_card_that_is_too_long_is_a_problem() -> None:
    collection = collected(sight(Card(KNOWN, ("a" * 4096,))))
    assert [one.language for one in collection.problems] == ["en", "fr"]
    assert "4096" in collection.problems[0].words


def test_texts_that_stand_on_no_card_follow_with_their_notes() -> None:
    collection = collected(sight(Card(KNOWN)))
    collection.take_rest(
        [Known((None, "Thank you"), None, ()), Known((None, "Home"), None, ("What: a button",))]
    )
    _, other = collection.exhibits
    assert (other.chapter, other.places) == (OTHER_TEXTS, ["What: a button"])
    assert set(other.written) == set(CATALOGS.languages)


def test_texts_within_texts_belong_to_a_card() -> None:
    inner, listed = say("inner"), say("listed")
    card = Card(say("outer {part}", part=inner), (say("with {parts}", parts=("Partner A", listed)),))
    assert [msgid for _, msgid in sources(card)] == ["outer {part}", "inner", "with {parts}", "listed"]


@pytest.mark.parametrize(
    ("paragraph", "left"),
    [
        ("شكرا", False),
        ("\u200f1. \u2068Partner A\u2069", False),
        ("1. \u2068شكر\u2069", True),
        ("\u2068شكر\u2069", True),
        ("Partner A شكرا", True),
        ("Partner A", False),
    ],
)
def test_a_line_that_would_begin_on_the_wrong_side_is_found(paragraph: str, left: bool) -> None:
    assert begins_left(paragraph) is left
