"""Sentences in one language: translations, plurals, the ways of writing values, and both directions of writing."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.i18n.language import Language
from bot.core.text import Figures, Line, Text, Value, Weekday, listed, say, say_count, say_in
from tests.unit.i18n.spoken import ARABIC, EMPTY, FRENCH

NAIROBI = ZoneInfo("Africa/Nairobi")


@cache
def language(code: str) -> Language:
    content = {"fr": FRENCH, "ar": ARABIC}.get(code, EMPTY)
    return Language(code, read_po(io.BytesIO(content.encode()), locale=code))


def said(line: Line, code: str) -> str:
    return language(code).line(line)


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        (say("Your round"), "Your round", "Votre tour"),
        (say("{name} has joined", name="Partner A"), "Partner A has joined", "Partner A participe"),
        (say("Not sure"), "Not sure", "Not sure"),
        (say("Perhaps"), "Perhaps", "Perhaps"),
        (say("{name} has left", name="Partner A"), "Partner A has left", "Partner A has left"),
        (say("Of no catalog {n}", n=3), "Of no catalog 3", "Of no catalog 3"),
        (say_in("button", "Open"), "Open", "Ouvrir"),
        (say_in("state", "Open"), "Open", "Ouvert"),
        (say_count("{count} partner", "{count} partners", 0), "0 partners", "0 partenaire"),
        (say_count("{count} partner", "{count} partners", 1), "1 partner", "1 partenaire"),
        (say_count("{count} partner", "{count} partners", 2), "2 partners", "2 partenaires"),
        (Text("one more", {"count": 1}, context="list", plural="{count} more"), "one more", "encore un"),
        (Text("one more", {"count": 4}, context="list", plural="{count} more"), "4 more", "encore 4"),
        (say("{what}!", what=say("Your round")), "Your round!", "Votre tour!"),
        (say("{who}", who=("A", "B", "C")), "A, B and C", "A, B et C"),
        (say("{who}", who=(say("Your round"), "B")), "Your round and B", "Votre tour et B"),
        (say("{day}", day=date(2027, 4, 3)), "3 April 2027", "3 avril 2027"),
        (say("{n}", n=9999), "9999", "9999"),
        (say("{n}", n=1234567), "1,234,567", "1\u202f234\u202f567"),
        (say("{missing}"), "{missing}", "{missing}"),
        (say("{name}", name="{other} %s {0}"), "{other} %s {0}", "{other} %s {0}"),
    ],
)
def test_a_message_becomes_a_sentence(text: Text, english: str, french: str) -> None:
    assert (said(text, "en"), said(text, "fr")) == (english, french)


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "لا شركاء"), (1, "شريك واحد"), (2, "شريكان"), (7, "7 شركاء"), (11, "11 شريكًا"), (100, "100 شريك")],
)
def test_arabic_has_six_plural_forms(count: int, words: str) -> None:
    assert said(say_count("{count} partner", "{count} partners", count), "ar") == words


@pytest.mark.parametrize(
    ("language", "name", "isolated"),
    [
        ("fr", "Partner A", "Partner A participe"),
        ("fr", "منظمة", "\u200e\u2068منظمة\u2069 participe"),
        ("ar", "Partner A", "انضم \u2068Partner A\u2069"),
        ("ar", "منظمة", "انضم \u2068منظمة\u2069"),
    ],
)
def test_typed_words_are_isolated_where_directions_meet(language: str, name: str, isolated: str) -> None:
    assert said(say("{name} has joined", name=name), language) == isolated
    assert said(name, language) == name


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        (ZoneInfo("Africa/Nairobi"), "Saturday, 21 November 2026, 19:39 (Nairobi)"),
        (ZoneInfo("America/Argentina/Buenos_Aires"), "Saturday, 21 November 2026, 19:39 (Buenos Aires)"),
        (ZoneInfo("UTC"), "Saturday, 21 November 2026, 19:39 (UTC)"),
        (UTC, "Saturday, 21 November 2026, 19:39 (UTC)"),
    ],
)
def test_a_moment_says_day_hour_and_where(zone: ZoneInfo, moment: str) -> None:
    when: Value = datetime(2026, 11, 21, 19, 39, tzinfo=zone)
    assert said(say("{when}", when=when), "en") == moment


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        said(say("{when}", when=datetime(2026, 11, 21)), "en")


@pytest.mark.parametrize(
    ("code", "row", "sentence"),
    [
        ("en", "4 2 ? 0", "Now: 4 2 ? 0"),
        ("fr", "4 2 ? 0", "Now: 4 2 ? 0"),
        ("bn", "\u09ea \u09e8 ? \u09e6", "Now: \u09ea \u09e8 ? \u09e6"),
        ("ne", "\u096a \u0968 ? \u0966", "Now: \u096a \u0968 ? \u0966"),
        ("ar", "\u20664 2 ? 0\u2069", "\u200fNow: \u20664 2 ? 0\u2069"),
        ("fa", "\u2066\u06f4 \u06f2 ? \u06f0\u2069", "\u200fNow: \u2066\u06f4 \u06f2 ? \u06f0\u2069"),
    ],
)
def test_figures_run_from_left_to_right_in_the_digits_of_the_language(
    code: str, row: str, sentence: str
) -> None:
    assert said(Figures("4 2 ? 0"), code) == row
    assert said(say("Now: {row}", row=Figures("4 2 ? 0")), code) == sentence


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (listed(1, "شريك"), "\u200e1. \u2068شريك\u2069"),
        (listed(2, "B"), "2. B"),
        (say("{name} has left", name="شريك"), "\u200e\u2068شريك\u2069 has left"),
        (say("{open}.", open=(listed(1, "شريك"), listed(2, "B"))), "\u200e1. \u2068شريك\u2069 and 2. B."),
        (
            say("{name}: {level}", name="\u05e9\u05d5\u05ea\u05e3", level=Figures("4")),
            "\u200e\u2068\u05e9\u05d5\u05ea\u05e3\u2069: 4",
        ),
    ],
)
def test_a_name_that_runs_right_to_left_is_kept_apart_in_an_english_line(text: Text, line: str) -> None:
    assert said(text, "en") == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (say("{name} has joined", name="Partner A"), "انضم \u2068Partner A\u2069"),
        (listed(1, "Partner A"), "\u200f1. \u2068Partner A\u2069"),
        (listed(1, "شريك"), "\u200f1. \u2068شريك\u2069"),
        (say("Not sure"), "\u200fNot sure"),
        (say("Send /answer or /help."), "\u200fSend \u2066/answer\u2069 or \u2066/help\u2069."),
        (say("{n}.", n=3), "\u200f3."),
    ],
)
def test_an_arabic_line_begins_on_the_right_and_keeps_other_words_apart(text: Text, line: str) -> None:
    assert said(text, "ar") == line


@pytest.mark.parametrize("code", ["en", "ar"])
def test_words_of_somebody_alone_are_shown_as_they_typed_them(code: str) -> None:
    assert said("شريك and /answer 42", code) == "شريك and /answer 42"


@given(
    code=st.sampled_from(["en", "fr", "ar", "fa", "bn"]),
    words=st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"])),
    row=st.text("01234? "),
)
def test_isolates_end_where_they_began_whatever_stands_in_a_sentence(code: str, words: str, row: str) -> None:
    line = said(
        say("{who}: {row}, {both}", who=words, row=Figures(row), both=(words, listed(1, words))), code
    )
    assert line.count("\u2066") + line.count("\u2068") == line.count("\u2069")
    if code in ("ar", "fa"):
        assert line.index("\u2068") < line.index("\u2066")
        assert line.count("\u2068") == 3


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", "Friday, 3 April 2027, 15:30, Nairobi"),
        ("fr", "vendredi, 3 avril 2027, 15:30, Nairobi"),
        ("ne", "शुक्रबार, २०२७ अप्रिल ३, १५:३०, नाइरोबी"),
        ("am", "ዓርብ, 3 ኤፕሪል 2027, 15:30, ናይሮቢ"),
        ("ar", "الجمعة, \u20683 أبريل 2027\u2069, \u20683:30 م\u2069, \u2068نيروبي\u2069"),
    ],
)
def test_days_hours_and_places_are_written_as_the_language_writes_them(code: str, told: str) -> None:
    line = say(
        "{weekday}, {day}, {hour}, {zone}",
        weekday=Weekday.FRIDAY,
        day=date(2027, 4, 3),
        hour=time(15, 30),
        zone=NAIROBI,
    )
    assert said(line, code) == told


def test_other_words_stand_in_for_a_translation_with_its_placeholders_filled_in() -> None:
    text = Text("{name} has joined", {"name": "Partner A"}, template="Karibu, {name}! {other}")
    assert said(text, "fr") == "Karibu, Partner A! {other}"
    assert said(text, "en") == "Karibu, Partner A! {other}"
    assert language("fr").template(text) == "Karibu, {name}! {other}"
    assert language("fr").template(say("{name} has joined")) == "{name} participe"


@pytest.mark.parametrize(
    ("code", "city", "zone"),
    [
        ("en", "nairobi", "Africa/Nairobi"),
        ("en", "kolkata", "Asia/Kolkata"),
        ("fr", "le caire", "Africa/Cairo"),
        ("ar", "نيروبي", "Africa/Nairobi"),
        ("bn", "ঢাকা", "Asia/Dhaka"),
    ],
)
def test_a_city_has_the_name_it_has_in_the_language(code: str, city: str, zone: str) -> None:
    assert language(code).cities[city] == zone
    assert said(say("{zone}", zone=ZoneInfo(zone)), code).strip("\u2068\u2069\u200f").casefold() == city
