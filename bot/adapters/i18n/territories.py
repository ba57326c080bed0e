"""What CLDR knows of places: the weekend where a zone is, and the zone where a language is at home."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale
from babel.languages import get_official_languages

from bot.adapters.i18n.codes import FORMER_CODES

SATURDAY_AND_SUNDAY = frozenset({5, 6})
"""The weekend of the world, wherever CLDR names no other."""


def weekend(zone: str) -> frozenset[int]:
    """Weekend days where a time zone is, 0 = Monday; Saturday and Sunday for a zone of no territory.

    Args:
        zone: an IANA name, also a former one such as "Asia/Calcutta".
    Source: CLDR, weekData. Some territories have one such day (Iran, India), several have Friday and Saturday.
    """
    territory = _territory(zone)
    return _weekend_in(territory) if territory else SATURDAY_AND_SUNDAY


def first_weekday(zone: str) -> int:
    """The day with which a week begins where a time zone is, 0 = Monday; Monday for a zone of no territory.

    Source: CLDR, weekData.
    """
    territory = _territory(zone)
    return _first_weekday_in(territory) if territory else 0


def home_zone(language: str) -> str | None:
    """The time zone of those who read a language, where there can be only one.

    Args:
        language: a BCP 47 tag; with a region ("fr-SN") the region alone decides.
    Returns: the zone, when the language is official in one territory and that has one zone; else None, also for
        a tag that makes no sense.
    Source: CLDR, territoryInfo (official in the whole of a territory, by law or in fact) and its zones.
    """
    try:
        code, region, *_ = parse_locale(language.replace("_", "-"), sep="-")
    except ValueError:
        return None
    territories = {region} if region else _official_in().get(FORMER_CODES.get(code, code), set())
    zones = [zone for territory in territories for zone in get_global("territory_zones").get(territory, ())]
    return zones[0] if len(zones) == 1 else None


def weekdays(first: int, last: int) -> frozenset[int]:
    """The days from one weekday up to and with another, over the end of the week if need be."""
    return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))


def _territory(zone: str) -> str | None:
    found: str | None = get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone))
    return found


# The caches are kept by territory, not by what is asked: tags come from phones, and anything may be in them.
@cache
def _weekend_in(territory: str) -> frozenset[int]:
    locale = _locale_of(territory)
    return SATURDAY_AND_SUNDAY if locale is None else weekdays(locale.weekend_start, locale.weekend_end)


@cache
def _first_weekday_in(territory: str) -> int:
    locale = _locale_of(territory)
    return 0 if locale is None else locale.first_week_day


def _locale_of(territory: str) -> Locale | None:
    try:
        return Locale.parse(f"und_{territory}")
    except UnknownLocaleError:  # no language is spoken there, as in Antarctica
        return None


@cache
def _official_in() -> dict[str, set[str]]:
    """Territories by the language that is official in them."""
    territories = defaultdict(set)
    for territory in get_global("territory_zones"):
        for language in get_official_languages(territory, de_facto=True):
            territories[language.split("_")[0]].add(territory)  # whatever script it is written in
    return dict(territories)
