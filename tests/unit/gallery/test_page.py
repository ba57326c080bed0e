"""The page is whole, needs nothing from elsewhere, and shows what people wrote as they wrote it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bot.gallery.exhibits import Exhibit, Problem
from bot.gallery.page import Tongue, page
from bot.gallery.sights import Seer
from bot.gallery.writing import Written

ENGLISH = Tongue("en", "English", right_to_left=False, reviewed=True)
ARABIC = Tongue("ar", "العربية", right_to_left=True, reviewed=False)
NEVER_CLOSED = {"meta", "input", "br"}


class Reader(HTMLParser):
    """Checks that what is opened is closed, and notes links and anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.attributes: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.attributes.append(given)
        if anchor := given.get("id"):
            assert anchor not in self.anchors, anchor
            self.anchors.add(anchor)
        if link := given.get("href"):
            self.links.add(link)
        if tag not in NEVER_CLOSED:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def written(*, name: str = "Partner A", problems: tuple[Problem, ...] = (), **given: object) -> str:
    versions = {
        "en": Written(name, (name, "", name), ((name, name),), size=12),
        "ar": Written(**{"title": "شكرا", "size": 4, **given}),  # type: ignore[arg-type]
    }
    exhibit = Exhibit("home", "A chapter", ["home"], {Seer.GROUP}, versions)
    return "".join(page([ENGLISH, ARABIC], [exhibit], problems))


def test_the_page_is_balanced_and_its_links_lead_somewhere() -> None:
    reader = read(written(problems=(Problem("ar", "is not translated: Home", "home"),)))
    assert reader.open == []
    assert {link.removeprefix("#") for link in reader.links} <= reader.anchors


def test_the_page_needs_nothing_from_elsewhere() -> None:
    assert re.findall(r"https?:|src=|<script|<link|url\(|@import", written()) == []


def test_markup_that_people_typed_stays_as_they_typed_it() -> None:
    html = written(name='<b>Partner & "A"</b>')
    assert "<b>Partner" not in html.replace("<b>&lt;b&gt;Partner", "")
    assert read(html).open == []


def test_a_language_from_right_to_left_stands_so_and_every_line_for_itself() -> None:
    html = written(rows=(("1", "2"),))
    assert '<article data-in="ar" lang="ar" dir="rtl">' in html
    assert '<p dir="auto"><b>شكرا</b></p>' in html
    assert '<div class="row" dir="ltr"><span dir="auto">1</span><span dir="auto">2</span></div>' in html


def test_one_language_beside_english_is_chosen_from_the_start() -> None:
    chosen = [given["id"] for given in read(written()).attributes if "checked" in given]
    assert chosen == ["in-ar"]


def test_the_length_stands_under_a_card() -> None:
    assert "<bdi>English</bdi> 12 of 4096" in written()


def test_the_page_says_in_words_how_many_problems_there_are() -> None:
    assert "<h2>0 problems</h2>" in written()
    html = written(over="a text of 5000 characters", problems=(Problem("ar", "does not fit", "home"),))
    assert "<h2>1 problem</h2>" in html
    assert '<li><a href="#home"><bdi>العربية</bdi> does not fit</a></li>' in html
    assert "This does not fit: a text of 5000 characters" in html


def test_the_page_names_the_languages_that_no_native_speaker_has_read() -> None:
    assert "Not yet reviewed by a native speaker: العربية." in written()
