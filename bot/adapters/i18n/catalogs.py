"""Sentences from messages: gettext catalogs, with plurals, lists and dates as each language writes them."""

from __future__ import annotations

import gettext
import io
import re
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import cast

from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format, get_timezone_location
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal

from bot.adapters.i18n import territories
from bot.adapters.i18n.codes import FORMER_CODES
from bot.adapters.i18n.files import broken, catalog_files, read_catalog, translations
from bot.core.text import Line, Text, Value

SOURCE_LANGUAGE = "en"
FORMATS = {"en": Locale("en", "GB")}
"""Whose dates a language uses where the plain one would mislead: 3 April, not April 3, and 24 hours."""
LONGEST_PLAIN_NUMBER = 9999
FSI, PDI = "\u2068", "\u2069"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


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

    def render(self, line: Line, language: str) -> str:
        """Say a line; words that people typed come back as they are."""
        return line if isinstance(line, str) else self._languages[language].say(line)

    def msgids(self, language: str) -> frozenset[tuple[str | None, str]]:
        """What a language translates, as (context, English text)."""
        return self._languages[language].msgids


class Language:
    """One language: its translations and its way of writing values."""

    def __init__(self, code: str, catalog: Catalog) -> None:
        locale = FORMATS.get(code) or Locale.parse(code.replace("-", "_"))
        self._locale = locale
        self._right_to_left = locale.text_direction == "rtl"
        for message in list(catalog):
            if message.id and broken(message):
                catalog.delete(message.id, message.context)
        self.msgids = frozenset(
            (message.context, message.id if isinstance(message.id, str) else message.id[0])
            for message in catalog
            if message.id and translations(message) and not message.fuzzy
        )
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        self._catalog = gettext.GNUTranslations(compiled)

    def say(self, text: Text) -> str:
        """Translate a message and fill its placeholders; one that has no value stays visible."""
        values = {name: self._written(value) for name, value in text.args.items()}
        return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), self._template(text))

    def _template(self, text: Text) -> str:
        if text.plural is None:
            if text.context is None:
                return self._catalog.gettext(text.msgid)
            return self._catalog.pgettext(text.context, text.msgid)
        count = cast("int", text.args["count"])
        if text.context is None:
            return self._catalog.ngettext(text.msgid, text.plural, count)
        return self._catalog.npgettext(text.context, text.msgid, text.plural, count)

    def _written(self, value: Value) -> str:
        match value:
            case str():
                return self._isolated(value)
            case Text():
                return self.say(value)
            case tuple():
                return str(format_list([self._written(item) for item in value], locale=self._locale))
            case datetime():
                return self._moment(value)
            case date():
                return str(format_date(value, "long", locale=self._locale))
            case _:
                small = abs(value) <= LONGEST_PLAIN_NUMBER
                return str(value) if small else str(format_decimal(value, locale=self._locale))

    def _moment(self, when: datetime) -> str:
        """Weekday, date, time and whose time: "Saturday, 21 November 2026, 19:39 (Nairobi)"."""
        if when.tzinfo is None:
            raise ValueError("a moment for people needs a time zone")
        day = format_date(when, "full", locale=self._locale)
        hour = format_time(when, "short", tzinfo=when.tzinfo, locale=self._locale)
        joined = str(get_datetime_format("medium", locale=self._locale)).replace("'", "")
        place = get_timezone_location(when, locale=self._locale, return_city=True).rpartition("/")[2]
        return f"{joined.replace('{1}', day).replace('{0}', hour)} ({place})"

    def _isolated(self, words: str) -> str:
        """Keep typed words from turning the sentence around them when the two run in different directions."""
        return f"{FSI}{words}{PDI}" if self._right_to_left or _runs_right_to_left(words) else words


def _runs_right_to_left(words: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)
