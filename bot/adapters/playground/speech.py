"""In which language the page speaks to somebody, and all it says, ready to be put in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.adapters.playground.controls import Controls
from bot.adapters.playground.refusals import Json
from bot.adapters.playground.words import WORDS


def preferred(accepted: str, codes: Sequence[str]) -> str:
    """The language among these that somebody likes best; the first, when they like none of them.

    Args:
        accepted: an ``Accept-Language`` header, such as "fr-CH, fr;q=0.9, en;q=0.8".
    """
    known = {code.replace("_", "-").lower(): code for code in codes}
    for tag in _in_order(accepted):
        parts = tag.split("-")
        for length in range(len(parts), 0, -1):
            found = known.get("-".join(parts[:length]))
            if found is not None:
                return found
    return codes[0]


def _in_order(accepted: str) -> list[str]:
    """Tags in lower case, the most wanted first."""
    wanted = []
    for entry in accepted.lower().split(","):
        tag, _, quality = entry.replace(" ", "").partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        if weight > 0:
            wanted.append((weight, tag))
    return [tag for _, tag in sorted(wanted, key=lambda entry: -entry[0])]


def speech(controls: Controls, language: str) -> Json:
    """The page's words in one language, and the languages there are to choose from."""
    cast = controls.cast()
    here = {"local": replace(WORDS["local"], args={"zone": ZoneInfo(cast.zone)})}
    return {
        "language": language,
        "languages": [
            {"code": each.code, "name": each.name, "direction": each.direction} for each in cast.languages
        ],
        "words": {name: controls.render(text, language) for name, text in {**WORDS, **here}.items()},
    }
