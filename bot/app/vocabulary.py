"""What people type in their own language: the words on a button, a kind of partner, a city."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from bot.app.work import Work
from bot.core.cards import Card
from bot.core.flow.rows import plain
from bot.core.ids import PersonId
from bot.core.partnerships import KIND_NAMES
from bot.core.text import Line


def _ethiopic() -> dict[int, int]:
    """Amharic letters that sound alike, each of them in its seven orders."""
    series = {0x1210: 0x1200, 0x1280: 0x1200, 0x1220: 0x1230, 0x12D0: 0x12A0, 0x1340: 0x1338}
    alike = {first + order: other + order for first, other in series.items() for order in range(7)}
    # The first and the fourth order of "ha" and "a" sound alike, too.
    return (
        alike
        | dict.fromkeys((0x1203, 0x1213, 0x1210, 0x1283, 0x1280), 0x1200)
        | dict.fromkeys((0x12A3, 0x12D3, 0x12D0), 0x12A0)
    )


_ALIKE = str.maketrans("أإآٱىة", "اااايه", "\u0640") | _ethiopic()
"""Letters that people type for one another, and the stroke that only fills a line of Arabic."""


def folded(words: str) -> str:
    """Words as they are compared: without capitals, pictures, marks that are often left out, or spare spaces."""
    kept = "".join(
        letter
        for letter in plain(words)
        if not (unicodedata.category(letter) == "So" or _is_arabic_mark(letter))
    )
    return " ".join(kept.translate(_ALIKE).casefold().split())


def unaccented(words: str) -> str:
    """Words as they are put in order and looked for: folded, and without accents."""
    apart = unicodedata.normalize("NFD", folded(words))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _is_arabic_mark(letter: str) -> bool:
    return "\u064b" <= letter <= "\u065f" or letter == "\u0670"


def typed_choice(card: Card, text: str, write: Callable[[Line], str]) -> str | None:
    """The key of the button that a typed text means: its words, or its number where numbers are free.

    Args:
        write: says a label as it stands on the button.
    """
    wanted, choices = folded(text), card.choices()
    for choice in choices:
        if folded(write(choice.label)) == wanted:
            return choice.key
    if card.numbered and wanted.isdecimal() and 1 <= int(wanted) <= len(choices):
        return choices[int(wanted) - 1].key
    return None


def known_as(work: Work, person: PersonId, words: str) -> str:
    """What is meant by words of this person's language that have a fixed meaning; others stay as they are.

    Returns: the value of a kind of partner, the IANA name of a city's time zone, or the words.
    """
    catalogs, language = work.setting.catalogs, work.tx.people.language(person)
    wanted = folded(words)
    if not wanted:
        return words
    joined = wanted.replace(" ", "")
    for kind, name in KIND_NAMES.items():
        if folded(catalogs.render(name, language)).replace(" ", "") == joined:
            return kind.value
    return _as_compared(tuple(catalogs.cities(language).items())).get(wanted, words)


@lru_cache(maxsize=64)
def _as_compared(cities: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Time zones by city as it is compared; there are hundreds, and a list of partners asks for every line."""
    return {folded(city): zone for city, zone in cities}
