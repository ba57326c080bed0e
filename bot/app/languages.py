"""Languages to choose from, each called as its readers call it."""

from __future__ import annotations

from collections.abc import Callable

from bot.app.work import Work
from bot.core.cards import Choice, Row
from bot.core.flow.session import Item

_PER_ROW = 2


def language_items(work: Work) -> tuple[Item, ...]:
    """Every language we speak, as something a form can ask about."""
    catalogs = work.setting.catalogs
    return tuple(Item(key=code, label=catalogs.name(code)) for code in catalogs.languages)


def language_rows(work: Work, key: Callable[[str], str]) -> tuple[Row, ...]:
    """A button for every language we speak; ``key`` makes the key of its button from its code."""
    catalogs = work.setting.catalogs
    choices = [Choice(catalogs.name(code), key(code)) for code in catalogs.languages]
    return tuple(tuple(choices[first : first + _PER_ROW]) for first in range(0, len(choices), _PER_ROW))
