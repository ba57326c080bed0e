"""Every language that ships is whole, speaks with our words, and fits on every card."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from bot.adapters.i18n.catalog_tool import ROOT, template
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.i18n.files import PLACEHOLDER, broken, catalog_files, read_catalog, translations
from bot.adapters.telegram import commands
from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES
from bot.app.ports import Transaction
from bot.app.wordings import FLOWS
from bot.core.flow.library import load_library
from bot.core.flow.prompts import item_line, prompts_of
from bot.core.text import Text, length
from bot.gallery.writing import Writer
from bot.gallery.year import life_of
from tests.avoided_words import AVOIDED
from tests.contract.fakes import FakeKeys
from tests.full_house import PARTNERS, full_house, open_store
from tests.pseudo import catalogs_with_pseudo, sources

LOCALES = ROOT / "locales"
SHIPPED = GettextCatalogs(LOCALES)
TRANSLATED = dict(catalog_files(LOCALES))
LIBRARY = load_library(ROOT / "flows")

LONGEST = 1
"""Languages in which the largest partnership is walked through every time, beside the made-up one."""
SOME = 3
"""Pages of one kind, such as one for each partner, that are looked at then."""

BEFORE_SIGNS = re.compile(
    r"[^\s\u00a0\u202f][!?;]|(?<=[a-zà-ÿ»}])\:(?=\s)|(?<![\u00a0\u202f])»|«(?![\u00a0\u202f])"
)
SPACE_BEFORE_SIGNS = re.compile(r" [:;!?»]|« ")


@cache
def english() -> Catalog:
    """All texts in English; finding them in the code takes a second."""
    return template()


@cache
def translated(language: str) -> Catalog:
    return read_catalog(TRANSLATED[language])


def messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def test_twelve_languages_ship_under_their_own_names() -> None:
    assert SHIPPED.languages == ("en", "am", "ar", "bn", "es", "fr", "hi", "id", "ne", "nl", "pt", "sw")
    names = {code: SHIPPED.name(code) for code in SHIPPED.languages}
    assert len(set(names.values())) == len(names)
    assert names["id"] == "Bahasa Indonesia"
    assert names["es"] == "Espa\u00f1ol"


def test_the_readme_says_of_every_language_whether_it_was_reviewed() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8")
    for code in TRANSLATED:
        row = next(line for line in table.splitlines() if line.startswith(f"| {SHIPPED.name(code)}"))
        assert row.endswith("| not yet |") is not SHIPPED.is_reviewed(code)


def test_a_prompt_keeps_the_line_for_its_item_in_every_language() -> None:
    """Otherwise people would lose it when they word the prompt anew."""
    for language in SHIPPED.languages:
        for name in FLOWS:
            for prompt in prompts_of(LIBRARY.get(name)):
                said = SHIPPED.template(Text(prompt.msgid, context=prompt.place), language)
                assert item_line(said) == item_line(prompt.msgid), said


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_with_all_its_forms_and_placeholders(language: str) -> None:
    catalog = translated(language)
    known = {(message.context, sources(message)[0]) for message in messages(catalog)}
    assert known == {(message.context, sources(message)[0]) for message in messages(english())}
    for message in messages(catalog):
        forms = 1 if isinstance(message.id, str) else catalog.num_plurals
        assert len(translations(message)) == forms, message.id
        assert not message.fuzzy, message.id
        assert broken(message) is None, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalog_says_whether_a_native_speaker_has_reviewed_it(language: str) -> None:
    assert "Reviewed by a native speaker: " in translated(language).header_comment


@pytest.mark.parametrize("language", SHIPPED.languages)
@pytest.mark.parametrize("count", [0, 1, 2, 5, 11, 100])
def test_every_message_renders_with_arguments(language: str, count: int) -> None:
    for message in messages(english()):
        first, *plural = sources(message)
        names = {name for source in sources(message) for name in PLACEHOLDER.findall(source)}
        arguments = dict.fromkeys(names, "Partner A") | {"count": count}
        text = Text(first, arguments, context=message.context, plural=plural[0] if plural else None)
        said = SHIPPED.render(text, language)
        assert said.strip(), first
        assert not PLACEHOLDER.search(said), said
        assert said.count("Partner A") >= len(names - {"count"}), said


@pytest.mark.parametrize("language", SHIPPED.languages)
def test_no_text_says_what_we_do_not_say(language: str) -> None:
    catalog = english() if language == "en" else translated(language)
    said = [
        text
        for message in messages(catalog)
        for text in (sources(message) if language == "en" else translations(message))
    ]
    assert [text for text in said if re.search(AVOIDED[language], text, re.IGNORECASE)] == []


def test_french_signs_have_their_non_breaking_spaces() -> None:
    said = [text for message in messages(translated("fr")) for text in translations(message)]
    wrong = [text for text in said if SPACE_BEFORE_SIGNS.search(text) or BEFORE_SIGNS.search(text)]
    assert wrong == []


@pytest.mark.parametrize("language", SHIPPED.languages)
def test_commands_and_descriptions_keep_to_the_limits(language: str) -> None:
    for text in [*commands.IN_PRIVATE.values(), *commands.IN_GROUPS.values()]:
        assert 1 <= len(SHIPPED.render(text, language)) <= commands.LONGEST_COMMAND
    assert len(SHIPPED.render(commands.SHORT_DESCRIPTION, language)) <= commands.LONGEST_SHORT_DESCRIPTION
    assert len(SHIPPED.render(commands.DESCRIPTION, language)) <= commands.LONGEST_DESCRIPTION


def longest() -> dict[str, Path]:
    """The catalogs of the languages that take most room: what fits in them will hardly be too long elsewhere."""
    lengths = {
        language: sum(
            length(text) for message in messages(translated(language)) for text in translations(message)
        )
        for language in TRANSLATED
    }
    return {one: TRANSLATED[one] for one in sorted(lengths, key=lengths.__getitem__)[-LONGEST:]}


@pytest.mark.parametrize(
    ("letter", "shipped", "most_alike"),
    [
        pytest.param("m", longest, SOME, id="latin, longest languages", marks=pytest.mark.audit),
        pytest.param("m", lambda: TRANSLATED, PARTNERS, id="latin", marks=pytest.mark.audit),
        pytest.param("\U0001e922", lambda: TRANSLATED, PARTNERS, id="adlam", marks=pytest.mark.audit),
    ],
)
def test_every_card_of_the_largest_partnership_fits(
    letter: str, shipped: Callable[[], dict[str, Path]], most_alike: int, tmp_path: Path
) -> None:
    """Adlam, a script of West Africa, is the worst case: each of its letters counts twice.

    Every page is met. It takes a minute and more, so it belongs to the exhaustive checks; the tests of the gallery
    measure the cards of an ordinary partnership every time, in some languages.
    """
    keys, with_pseudo = FakeKeys(), catalogs_with_pseudo(tmp_path / "locales", english(), shipped())

    def explore(tx: Transaction) -> tuple[set[str], set[object]]:
        house = full_house(tx, with_pseudo, keys, letter, most_alike=most_alike)
        writer = Writer(with_pseudo)
        too_long = {
            f"{language} {sight.where[:40]}: {written.over}"
            for sight in life_of(house)
            for language, written in writer.card(sight).items()
            if written.over is not None
        }
        return too_long, house.explorer.visited

    store = open_store(tmp_path, keys)
    try:
        too_long, visited = store.run_now(explore)
    finally:
        store.stop_now()
    assert too_long == set()
    pages = {
        function
        for router in (PRIVATE_PAGES, GROUP_PAGES)
        for pattern, _, function in router._routes
        if not pattern.pattern.startswith("!")
    }
    assert pages - visited == set(), "pages that no button leads to are to be named in tests/full_house.py"
