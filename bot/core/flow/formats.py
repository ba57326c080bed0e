"""Texts with a form of their own: a time zone, a day, a partner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple
from zoneinfo import available_timezones

from bot.core.flow.events import KnownAs
from bot.core.partnerships import KIND_NAMES, PartnerKind
from bot.core.text import Text, say

MAX_ACRONYM = 12
_AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
_BARS = re.compile("[|\uff5c\u0964\u00a6]")
"""What stands between the parts of a partner: a bar, or what a keyboard has in its place, such as a danda."""
_DAY_FIRST = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")


class PartnerLine(NamedTuple):
    """The parts of a stored partner, written "Name | ACRONYM | kind"."""

    name: str
    acronym: str
    kind: PartnerKind


def read_zone(words: str) -> str | None:
    """The IANA zone of a city or of a zone's name, whatever its capitals; None when unknown."""
    return _zones().get(_plain(words))


def read_date(words: str) -> date | None:
    """A day written year first or day first, in the digits of any script; None when it is not one."""
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in words)
    if found := _YEAR_FIRST.match(digits):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.match(digits):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_partner(entry: str) -> PartnerLine:
    """Take a stored partner apart."""
    name, acronym, kind = entry.split(" | ")
    return PartnerLine(name, acronym, PartnerKind(kind))


def partner_words(entry: str) -> Text:
    """A stored partner as people read it: the kind in their language."""
    name, acronym, kind = parse_partner(entry)
    return Text("{name} | {acronym} | {kind}", {"name": name, "acronym": acronym, "kind": KIND_NAMES[kind]})


def read_partner(
    line: str, *, length: int, known: Iterable[str], known_as: KnownAs = str
) -> tuple[str | None, Text | None]:
    """Read "Name | ACRONYM | kind", of which only the name is needed.

    Args:
        length: most characters of the name.
        known_as: what a word for a kind is called here.
        known: partners of the same list, as stored.
    Returns: the partner as stored, or what to do about it.
    """
    parts = [part.strip() for part in _BARS.split(line.rstrip(" \u0964"))]
    name, acronym, word = (*parts, "", "")[:3]
    kind = known_as(word).casefold() or PartnerKind.OTHER
    others = [parse_partner(entry) for entry in known]
    taken = {other.acronym.casefold() for other in others}
    problem: Text | None = None
    if not name or len(parts) > 3:
        problem = say("Please write a partner as: Name | ACRONYM | kind.")
    elif len(name) > length:
        problem = say(
            "That name has {given} characters; there is room for {most}. Please shorten it a little.",
            given=len(name),
            most=length,
        )
    elif len(acronym) > MAX_ACRONYM:
        problem = say("An acronym has room for {most} characters. Please shorten it.", most=MAX_ACRONYM)
    elif kind not in list(PartnerKind):
        problem = say("The kind can be one of these: {kinds}.", kinds=tuple(KIND_NAMES.values()))
    elif name.casefold() in {other.name.casefold() for other in others}:
        problem = say("{name} is on the list already.", name=name)
    elif acronym.casefold() in taken:
        problem = say("The acronym {acronym} is taken already. Please choose another.", acronym=acronym)
    if problem is not None:
        return None, problem
    short = acronym or _free(_acronym(name), taken)
    return f"{name} | {short} | {kind}", None


def _acronym(name: str) -> str:
    capitals = "".join(c for c in name if c.isupper())
    if 2 <= len(capitals) <= MAX_ACRONYM:
        return capitals
    words = [word for word in re.split(r"[\s\-]+", name) if word and word[0].isalnum()]
    made = "".join(word[0] for word in words) if len(words) > 1 else name[:4].strip()
    return made[:MAX_ACRONYM].upper()[:MAX_ACRONYM]


def _free(acronym: str, taken: set[str]) -> str:
    candidates = (f"{acronym[: MAX_ACRONYM - 2]}{number}" for number in range(2, 100))
    return next((c for c in (acronym, *candidates) if c.casefold() not in taken), acronym)


@cache
def _zones() -> dict[str, str]:
    zones: dict[str, str] = {"utc": "UTC"}
    for zone in sorted(available_timezones(), key=lambda name: (name.count("/"), name)):
        if zone.startswith(_AREAS) and "/" in zone:
            zones.setdefault(_plain(zone), zone)
            zones.setdefault(_plain(zone.rpartition("/")[2]), zone)
    return zones


def _plain(words: str) -> str:
    folded = unicodedata.normalize("NFKD", words).casefold().replace("_", " ")
    return "".join(c for c in folded if not unicodedata.combining(c)).strip()
