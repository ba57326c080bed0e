"""The page's own words, and in which language it says them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.adapters.playground import server, view
from bot.adapters.playground.speech import preferred
from bot.adapters.playground.words import WORDS

PAGE = Path(server.__file__).with_name("page")


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [
        ("fr", "fr"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("nl;q=0.5, ar-EG;q=0.7, en;q=0.1", "ar"),
        ("pt-BR", "pt_BR"),
        ("pt-PT", "en"),
        ("ar;q=0, fr;q=0.1", "fr"),
        ("ar;q=much, fr;q=0.1", "fr"),
        ("xx, *;q=0.5", "en"),
        ("", "en"),
    ],
)
def test_the_page_speaks_the_language_its_reader_likes_best(accepted: str, spoken: str) -> None:
    assert preferred(accepted, ["en", "ar", "fr", "pt_BR"]) == spoken


def test_the_page_finds_every_word_it_puts_in_and_puts_in_every_word() -> None:
    scripts = "".join(path.read_text("utf-8") for path in PAGE.glob("*.js"))
    html = (PAGE / "index.html").read_text("utf-8")
    put_in = set(re.findall(r"\bwords\.(\w+)", scripts.replace('"/words.js"', "")))
    put_in |= set(re.findall(r'data-(?:words|aria-label|placeholder|title)="(\w+)"', html))
    assert put_in - {"js"} | set(view._SERVICE.values()) == WORDS.keys()


class Spoken(HTMLParser):
    """Collects what a page says by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += re.findall(r"\w+", data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {"aria-label", "alt", "placeholder", "title"}
        self.words += [value for name, value in attrs if name in said and value]


def test_the_page_says_nothing_that_is_not_translated() -> None:
    page = Spoken()
    page.feed((PAGE / "index.html").read_text("utf-8"))
    assert page.words == []
