"""All languages the bot speaks: which there are, which is nearest, and what a line is in each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog

from bot.adapters.i18n import territories
from bot.adapters.i18n.codes import FORMER_CODES
from bot.adapters.i18n.files import catalog_files, read_catalog
from bot.adapters.i18n.language import Language
from bot.core.text import Line, Text

SOURCE_LANGUAGE = "en"


class GettextCatalogs:
    """Fulfils ``ports.Catalogs`` from ``<folder>/<language>/LC_MESSAGES/bot.po``, compiled in memory.

    English is the source and needs no catalog. What a catalog does not translate, or translates without one
    of its placeholders, is said in English rather than half.
    """

    def __init__(self, folder: Path) -> None:
        self._languages = {SOURCE_LANGUAGE: Language(SOURCE_LANGUAGE, Catalog())}
        for code, path in catalog_files(folder):
            self._languages[code] = Language(code, read_catalog(path))

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of all languages, the source language first."""
        return tuple(sorted(self._languages, key=lambda code: (code != SOURCE_LANGUAGE, code)))

    def name(self, language: str) -> str:
        """What a language is called by those who read it; its code, when we do not speak it."""
        known = self._languages.get(language)
        return language if known is None else known.name

    def is_reviewed(self, language: str) -> bool:
        """Whether a native speaker has read the texts; English is what we write ourselves."""
        return language == SOURCE_LANGUAGE or self._languages[language].reviewed

    def best(self, tag: str | None) -> str:
        """The language nearest to a BCP 47 tag such as "pt-BR"; English when there is none, or no tag."""
        parts = (tag or "").replace("_", "-").lower().split("-")
        parts[0] = FORMER_CODES.get(parts[0], parts[0])
        known = {code.replace("_", "-").lower(): code for code in self._languages}
        for length in range(len(parts), 0, -1):
            found = known.get("-".join(parts[:length]))
            if found is not None:
                return found
        return SOURCE_LANGUAGE

    def home_zone(self, language: str) -> str | None:
        return territories.home_zone(language)

    def weekend(self, zone: str) -> frozenset[int]:
        return territories.weekend(zone)

    def first_weekday(self, zone: str) -> int:
        return territories.first_weekday(zone)

    def render(self, line: Line, language: str) -> str:
        """Say a line; words that people typed come back as they are."""
        return self._languages[language].line(line)

    def template(self, text: Text, language: str) -> str:
        return self._languages[language].template(text)

    def cities(self, language: str) -> Mapping[str, str]:
        return self._languages[language].cities

    def msgids(self, language: str) -> frozenset[tuple[str | None, str]]:
        """What a language translates, as (context, English text)."""
        return self._languages[language].msgids
