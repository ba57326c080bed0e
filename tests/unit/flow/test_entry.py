from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from bot.core.flow.definition import Format, Limits
from bot.core.flow.entry import MOST_LINES, MOST_MARKS, clean, read_list, read_text, steady
from bot.core.flow.formats import parse_partner
from tests.unit.flow.talk import NOW, english


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Water \t for\n all ", "Water for all"),
        ("Water\u202e for\u2066 all\u2069", "Water for all"),
        ("Wa\u200bter\ufeff\u200f", "Water"),
        ("Wa\x00ter\x1b[31m", "Water[31m"),
        ("Water \ud800", "Water"),
        ("नि\u200dर्णय", "नि\u200dर्णय"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("\u200d \u200c", ""),
        ("👩\u200d🌾 farm", "👩\u200d🌾 farm"),
        ("e\u0301", "é"),
    ],
)
def test_texts_are_cleaned_without_harming_scripts_or_emoji(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("words", "A purpose", "A purpose"),
        ("zone", "nairobi", "Africa/Nairobi"),
        ("zone", "AFRICA/nairobi", "Africa/Nairobi"),
        ("zone", "São Paulo", "America/Sao_Paulo"),
        ("zone", "utc", "UTC"),
        ("date", "2027-01-15", "2027-01-15"),
        ("date", "2027-03-31", "2027-03-31"),
        ("date", "31/3/2027", "2027-03-31"),
        ("date", "31.3.2027", "2027-03-31"),
        ("date", "٣١/٣/٢٠٢٧", "2027-03-31"),
    ],
)
def test_a_text_is_read_in_its_format(kind: Format, typed: str, kept: str) -> None:
    assert read_text(typed, length=60, kind=kind, now=NOW).entries == (kept,)


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("words", " \u200b ", "no words"),
        ("words", "x" * 5000, "5000 characters; there is room for 60"),
        ("zone", "Atlantis", "do not know that place"),
        ("date", "soon", "could not read that date"),
        ("date", "31/2/2027", "could not read that date"),
        ("date", "2027-01-14", "has passed"),
    ],
)
def test_a_text_that_does_not_fit_is_explained(kind: Format, typed: str, told: str) -> None:
    reading = read_text(typed, length=60, kind=kind, now=NOW)
    assert reading.entries == ()
    assert reading.problem is not None
    assert told in english(reading.problem)


def read_partners(typed: str, known: tuple[str, ...] = ()) -> tuple[tuple[str, ...], str]:
    reading = read_list(typed, limits=Limits(min=1, max=4, length=20), kind="partner", known=known)
    return reading.entries, english(reading.problem) if reading.problem else ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Partner A | PTA | funder", "Partner A | PTA | funder"),
        ("Partner A|PTA|FUNDER", "Partner A | PTA | funder"),
        ("Partner A | PTA", "Partner A | PTA | other"),
        ("Partner Alpha", "Partner Alpha | PA | other"),
        ("water for all", "water for all | WFA | other"),
        ("Partner", "Partner | PART | other"),
        ("شريك ألف", "شريك ألف | شأ | other"),
    ],
)
def test_a_partner_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert read_partners(typed) == ((kept,), "")
    assert " | ".join(parse_partner(kept)) == kept


@pytest.mark.parametrize("bar", ["|", " | ", "\uff5c", " \u0964 ", "\u0964", "\u00a6"])
def test_a_partner_is_read_with_the_bar_of_any_keyboard(bar: str) -> None:
    kept = ("Partner A | PTA | funder", "Partner B | PTB | other")
    assert read_partners(f"Partner A{bar}PTA{bar}funder\nPartner B{bar}PTB") == (kept, "")


@pytest.mark.parametrize("line", ["\u0964 PTB", "a \uff5c b \u00a6 local | d"])
def test_bars_of_all_keyboards_count_alike(line: str) -> None:
    assert read_partners(line) == ((), "Please write a partner as: Name | ACRONYM | kind.")


def test_the_kind_of_a_partner_is_read_in_other_words() -> None:
    limits = Limits(min=1, max=4, length=20)
    words = {"bailleur": "funder", "r\u00e9seau": "network"}
    reading = read_list(
        "Partner A | PTA | bailleur\nPartner B | PTB | re\u0301seau\nPartner C | PTC | local\nPartner D | PTD | chef",
        limits=limits,
        kind="partner",
        known=(),
        known_as=lambda word: words.get(word, word),
    )
    assert reading.entries == (
        "Partner A | PTA | funder",
        "Partner B | PTB | network",
        "Partner C | PTC | local",
    )
    assert reading.problem is not None
    assert "The kind can be one of these" in english(reading.problem)


def test_a_city_is_read_in_other_words() -> None:
    reading = read_text(
        "  Le\u00a0Caire ",
        length=60,
        kind="zone",
        now=NOW,
        known_as={"Le Caire": "Africa/Cairo"}.__getitem__,
    )
    assert reading.entries == ("Africa/Cairo",)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Partner B | PTA | local", "PTA is taken"),
        ("partner a | PTB | local", "on the list already"),
        (
            "Partner B | PTB | boss",
            "The kind can be one of these: funder, international, national, local, network, other.",
        ),
        ("Partner B | ABCDEFGHIJKLM", "room for 12"),
        ("Partner with a name too long", "room for 20"),
        (" | PTB | local", "Name | ACRONYM | kind"),
        ("a | b | local | d", "Name | ACRONYM | kind"),
    ],
)
def test_a_partner_that_does_not_fit_is_explained(typed: str, told: str) -> None:
    entries, problem = read_partners(typed, ("Partner A | PTA | funder",))
    assert entries == ()
    assert told in problem


def test_an_acronym_made_here_does_not_collide() -> None:
    entries, problem = read_partners("Partner Alpha\nPartner Aleph")
    assert entries == ("Partner Alpha | PA | other", "Partner Aleph | PA2 | other")
    assert problem == ""


def test_clear_lines_of_a_list_are_kept_and_the_others_explained() -> None:
    limits = Limits(min=1, max=5, length=10)
    reading = read_list("1. First\n• Second\nfirst\n" + "x" * 11, limits=limits, kind="words", known=())
    assert reading.entries == ("First", "Second")
    assert reading.problem is not None
    assert "11 characters" in english(reading.problem)


def test_too_many_entries_add_none() -> None:
    reading = read_list("a\nb\nc", limits=Limits(min=1, max=3, length=10), kind="words", known=("z",))
    assert reading.entries == ()
    assert reading.problem is not None
    assert "4 entries; there is room for 3" in english(reading.problem)


@pytest.mark.parametrize(("zone", "fits"), [("UTC", False), ("America/Lima", True)])
def test_a_day_is_over_when_it_is_over_where_the_partnership_is(zone: str, fits: bool) -> None:
    shortly_after_midnight = datetime(2027, 1, 15, 0, 30, tzinfo=UTC)
    reading = read_text("14/1/2027", length=20, kind="date", now=shortly_after_midnight, zone=zone)
    assert (reading.problem is None) is fits


@pytest.mark.parametrize("kind", ["words", "partner"])
def test_of_more_lines_than_any_list_has_room_for_none_is_looked_at(kind: Format) -> None:
    looked_up = list[str]()

    def known_as(word: str) -> str:
        looked_up.append(word)
        return word

    lines = "\n".join(f"a{number} | b{number} | local" for number in range(MOST_LINES + 1))
    limits = Limits(min=1, max=12, length=60)
    reading = read_list(lines, limits=limits, kind=kind, known=("z",), known_as=known_as)
    assert reading.entries == ()
    assert reading.problem is not None
    assert f"there would be {MOST_LINES + 2} entries; there is room for 12" in english(reading.problem)
    assert looked_up == []


@pytest.mark.parametrize(
    "typed",
    [
        "plain",
        "Th\u1ec7 gi\u1edbi vi\u0065\u0323\u0302t",
        "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",
        "\u0928\u094d\u092f\u093e\u092f",
        "\u0f40\u0f74\u0f0b \u1218\u1295",
        "a" + "\u0301" * MOST_MARKS + "b" + "\u0323" * MOST_MARKS,
    ],
)
def test_what_any_script_needs_of_marks_stays(typed: str) -> None:
    assert steady(typed) == typed


@pytest.mark.parametrize("between", ["", "\u200b", "\u200d", "\u0007", "\u2066"])
def test_marks_piled_upon_marks_are_thinned_out_also_when_unseen_signs_lie_between(between: str) -> None:
    typed = "a" + ("\u0301\u0323" + between) * 1000 + " b" + "\u0301" * 3
    kept = steady(typed)
    marks = [letter for letter in kept if unicodedata.combining(letter)]
    assert len(marks) == MOST_MARKS + 3
    assert kept.endswith(" b" + "\u0301" * 3)
    assert steady(kept) == kept
