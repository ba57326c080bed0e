"""Every language that ships is whole, speaks with our words, and fits on every card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from bot.adapters.i18n.catalog_tool import ROOT, template
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.i18n.files import PLACEHOLDER, as_text, broken, catalog_files, read_catalog, translations
from bot.adapters.telegram import commands
from bot.adapters.telegram.render import OverLimit, render
from bot.app.languages import LANGUAGE_NAMES
from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES
from bot.app.ports import Transaction
from bot.core.text import Text
from tests.contract.fakes import FakeKeys
from tests.full_house import FullHouse, open_store
from tests.full_year import year_of

LOCALES = ROOT / "locales"
SHIPPED = GettextCatalogs(LOCALES)
TRANSLATED = dict(catalog_files(LOCALES))
PSEUDO = "eo"
"""Code of a made-up language: English with accents, and two fifths longer."""

FORBIDDEN = {
    "en": r"\bscor(?:e|es|ed|ing)\b|beneficiar|implementing partner|target group|\boverdue\b|anonym|\busers?\b"
    r"|headquarter|capacity building|third world|developing countr|voiceless|\brecipients?\b|sub-?grantee",
    "fr": r"\bscores?\b|bénéficiaire|partenaires? de mise en œuvre|groupes? cibles?|\bretards?\b|anonym"
    r"|utilisat(?:eur|rice)|renforcement des capacités|tiers[- ]monde|sans[- ]voix|destinataire|·es?\b",
}
"""What no text for people says, as patterns, by language. Source: domain reference, 5.2."""

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


def sources(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def pseudo(text: str) -> str:
    """Accents on every vowel and two fifths more letters; placeholders stay."""
    accents = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
    parts = re.split(r"(\{\w+\})", text)
    accented = "".join(part if part.startswith("{") else part.translate(accents) for part in parts)
    return accented + "ñ" * -(-len(text) * 2 // 5)


@pytest.fixture(scope="module")
def with_pseudo(tmp_path_factory: pytest.TempPathFactory) -> GettextCatalogs:
    """Every shipped language and the made-up one."""
    folder = tmp_path_factory.mktemp("locales")
    made_up = Catalog(locale=PSEUDO, fuzzy=False)
    for message in messages(english()):
        strings = tuple(map(pseudo, sources(message)))
        translation = strings[0] if isinstance(message.id, str) else strings
        made_up.add(message.id, translation, context=message.context)
    for language, content in [
        *((code, path.read_text(encoding="utf-8")) for code, path in TRANSLATED.items()),
        (PSEUDO, as_text(made_up)),
    ]:
        path = folder / language / "LC_MESSAGES" / "bot.po"
        path.parent.mkdir(parents=True)
        path.write_text(content, encoding="utf-8")
    return GettextCatalogs(folder)


def test_french_ships_and_every_language_has_a_name() -> None:
    assert "fr" in TRANSLATED
    assert set(SHIPPED.languages) == set(LANGUAGE_NAMES)


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
    assert [text for text in said if re.search(FORBIDDEN[language], text, re.IGNORECASE)] == []


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


@pytest.mark.parametrize(
    "letter", ["m", pytest.param("\U0001e922", marks=pytest.mark.audit)], ids=["latin", "adlam"]
)
def test_every_card_of_the_largest_partnership_fits_in_every_language(
    letter: str, tmp_path: Path, with_pseudo: GettextCatalogs
) -> None:
    """Adlam, a script of West Africa, is the worst case: each of its letters counts twice."""
    keys = FakeKeys()

    def explore(tx: Transaction) -> tuple[set[str], set[object]]:
        house = FullHouse(tx, with_pseudo, keys, letter)
        too_long = set()
        for shown in chain(house.everything(), year_of(house)):
            where = f"{shown.language} {shown.where[:40]}"
            try:
                sent = render(shown.card, language=shown.language, catalogs=with_pseudo, tokens=shown.tokens)
            except OverLimit as error:
                too_long.add(f"{where}: {error}")
            else:
                if sent.file is not None and sent.text.endswith("…"):
                    too_long.add(f"{where}: a caption that is cut")
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
