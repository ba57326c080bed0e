"""One language: its translations, and its way of writing names, numbers, days and lists."""

from __future__ import annotations

import gettext
import io
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache, cached_property, lru_cache
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_time, get_datetime_format, get_day_names
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal

from bot.adapters.i18n.codes import is_right_to_left, locale_of
from bot.adapters.i18n.digits import digits_of
from bot.adapters.i18n.files import broken, is_reviewed, translations
from bot.core import directions
from bot.core.text import Figures, Line, Text, Value, Weekday

NAMES = {"id": "Bahasa Indonesia"}
"""Where a language is called otherwise than in CLDR by those who look for it in a list."""
HOURS = {"am": "HH:mm", "bn": "HH:mm", "hi": "HH:mm"}
"""Patterns of the time of day where CLDR's misleads: in Ethiopia "3:00 in the afternoon" can mean 21:00, and half-days
of Bengali and Hindi are called AM and PM there."""
FORMATS = {"en": Locale("en", "GB")}
"""Whose dates a language uses where the plain one would mislead: 3 April, not April 3, and 24 hours."""
LONGEST_PLAIN_NUMBER = 9999
MOST_FIXED = 1024
"""Lines without values, and messages before their values are filled in, that are kept as they were said last; nobody's
answer is among them."""
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def own_name(code: str) -> str:
    """A language in its own words, as its readers look for it."""
    name = NAMES.get(code) or name_in(code, code)
    return name[0].upper() + name[1:]


def name_in(code: str, reader: str) -> str:
    """What the readers of a language call another one, as it stands in a sentence."""
    return locale_of(code).get_display_name(locale_of(reader)) or code


class Language:
    """What a catalog says, with values written as CLDR has them for its language.

    Attributes:
        reviewed: whether a native speaker has read the catalog.
        msgids: what is translated, as (context, English text).
    """

    def __init__(self, code: str, catalog: Catalog) -> None:
        locale = FORMATS.get(code) or locale_of(code)
        self._locale = locale
        self._hours = HOURS.get(code, "short")
        self._right_to_left = is_right_to_left(code)
        self._digits = digits_of(locale)
        self.reviewed = is_reviewed(catalog)
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
        self._fixed = lru_cache(MOST_FIXED)(self._fixed_line)
        self._usual = lru_cache(MOST_FIXED)(self._usual_parts)

    def line(self, line: Line) -> str:
        """One line of a card; words that people typed come back as they are."""
        if isinstance(line, Text):
            if line.args or line.template is not None:
                return self._begun(self.say(line))
            return self._fixed(line.context, line.msgid)
        return self._figures(line) if isinstance(line, Figures) else line

    def _fixed_line(self, context: str | None, msgid: str) -> str:
        """A line with nothing to fill in: a label, a title, half of every card."""
        return self._begun(self.say(Text(msgid, context=context)))

    def _begun(self, said: str) -> str:
        return directions.begun_right(said) if self._right_to_left else directions.begun_left(said)

    def say(self, text: Text) -> str:
        """Translate a message and fill its placeholders; one that has no value stays visible."""
        if text.template is None and text.plural is None:
            parts = list(self._usual(text.context, text.msgid))
        else:
            parts = self._parts(self.template(text))
        for place in range(1, len(parts), 2):
            name = parts[place]
            value = text.args.get(name)
            parts[place] = f"{{{name}}}" if value is None else self._written(value)
        return "".join(parts)

    def _usual_parts(self, context: str | None, msgid: str) -> tuple[str, ...]:
        """What a message says before anything is filled in."""
        return tuple(self._parts(self.template(Text(msgid, context=context))))

    def _parts(self, words: str) -> list[str]:
        """Words, and in between the names of what is to be filled in."""
        return PLACEHOLDER.split(self._as_read(words))

    def _as_read(self, words: str) -> str:
        """Words with the digits of the language, and commands that its direction does not turn around."""
        written = words.translate(self._digits) if self._digits else words
        return directions.with_commands_isolated(written) if self._right_to_left else written

    def _city(self, zone: str) -> str:
        """Where the clocks of a time zone are: its best known city, "Nairobi"."""
        for name in (zone, *_former_names().get(zone, ())):  # CLDR knows many by the first name they had
            city = self._locale.time_zones.get(name, {}).get("city")
            if city:
                return str(city)
        return zone.rpartition("/")[2].replace("_", " ")

    @cached_property
    def cities(self) -> Mapping[str, str]:
        """What the city of each time zone is called in this language, without capitals -> the zone."""
        zones = set(get_global("zone_territories")) & available_timezones()
        return {self._city(zone).casefold(): zone for zone in sorted(zones)}

    def template(self, text: Text) -> str:
        """The words for a message, its placeholders not filled in."""
        if text.template is not None:
            return text.template
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
            case Figures():
                return self._figures(value)
            case str():
                return self._isolated(value)
            case Text():
                return self.say(value)
            case tuple():
                return str(format_list([self._written(item) for item in value], locale=self._locale))
            case Weekday():
                return str(get_day_names("wide", locale=self._locale)[value])
            case datetime():
                return self._isolated(self._moment(value).translate(self._digits))
            case date():
                day = str(format_date(value, "long", locale=self._locale))
                return self._isolated(day.translate(self._digits))
            case time():
                hour = str(format_time(value, self._hours, locale=self._locale))
                return self._isolated(hour.translate(self._digits))
            case ZoneInfo():
                return self._isolated(self._city(value.key))
            case _:
                return self._number(value)

    def _number(self, value: int) -> str:
        if abs(value) <= LONGEST_PLAIN_NUMBER:
            return str(value).translate(self._digits)
        return str(format_decimal(value, locale=self._locale)).translate(self._digits)

    def _figures(self, figures: str) -> str:
        written = figures.translate(self._digits)
        return directions.left_to_right(written) if self._right_to_left else written

    def _moment(self, when: datetime) -> str:
        """Weekday, date, time and whose time: "Saturday, 21 November 2026, 19:39 (Nairobi)"."""
        if when.tzinfo is None:
            raise ValueError("a moment for people needs a time zone")
        zone = when.tzinfo.key if isinstance(when.tzinfo, ZoneInfo) else str(when.tzname())
        day = format_date(when, "full", locale=self._locale)
        hour = format_time(when, self._hours, tzinfo=when.tzinfo, locale=self._locale)
        joined = str(get_datetime_format("medium", locale=self._locale)).replace("'", "")
        return f"{joined.replace('{1}', day).replace('{0}', hour)} ({self._city(zone)})"

    def _isolated(self, words: str) -> str:
        if self._right_to_left or directions.runs_right_to_left(words):
            return directions.isolated(words)
        return words


@cache
def _former_names() -> dict[str, list[str]]:
    """Zone -> names it had before."""
    former = defaultdict(list)
    for name, zone in get_global("zone_aliases").items():
        former[zone].append(name)
    return dict(former)
