"""All languages the bot speaks: which there are, which is nearest, and what a line is in each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog

from bot.adapters.i18n import territories
from bot.adapters.i18n.codes import FORMER_CODES, is_right_to_left
from bot.adapters.i18n.files import catalog_files, read_catalog
from bot.adapters.i18n.language import Language, name_in, own_name
from bot.core.text import Line, Text

SOURCE_LANGUAGE = "en"


class GettextCatalogs:
    """Fulfils ``ports.Catalogs`` from ``<folder>/<language>/LC_MESSAGES/bot.po``, compiled in memory.

    English is the source and needs no catalog. What a catalog does not translate, or translates without one
    of its placeholders, is said in English rather than half. A catalog is read when its language is first spoken.
    """

    def __init__(self, folder: Path) -> None:
        self._files = {code: (path, path.stat().st_mtime_ns) for code, path in catalog_files(folder)}

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of all languages, the source language first."""
        return (SOURCE_LANGUAGE, *sorted(self._files.keys() - {SOURCE_LANGUAGE}))

    def name(self, language: str) -> str:
        """What a language is called by those who read it; its code, when we do not speak it."""
        return own_name(language) if language in self.languages else language

    def name_in(self, language: str, reader: str) -> str:
        return name_in(language, reader)

    def is_right_to_left(self, language: str) -> bool:
        return is_right_to_left(language)

    def is_reviewed(self, language: str) -> bool:
        """Whether a native speaker has read the texts; English is what we write ourselves."""
        return language == SOURCE_LANGUAGE or self._language(language).reviewed

    def best(self, tag: str | None) -> str:
        """The language nearest to a BCP 47 tag such as "pt-BR"; English when there is none, or no tag."""
        parts = (tag or "").replace("_", "-").lower().split("-")
        parts[0] = FORMER_CODES.get(parts[0], parts[0])
        known = {code.replace("_", "-").lower(): code for code in self.languages}
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
        return self._language(language).line(line)

    def template(self, text: Text, language: str) -> str:
        return self._language(language).template(text)

    def cities(self, language: str) -> Mapping[str, str]:
        return self._language(language).cities

    def msgids(self, language: str) -> frozenset[tuple[str | None, str]]:
        """What a language translates, as (context, English text)."""
        return self._language(language).msgids

    def _language(self, code: str) -> Language:
        return _read(code, *self._files.get(code, (None, 0)))


@cache
def _read(code: str, file: Path | None, _written_at: int) -> Language:
    """A language as its file is; it never changes, so everybody may share it."""
    return Language(code, Catalog() if file is None else read_catalog(file))
