"""Pages by path: a private chat is one screen that shows the page at the person's place.

A path such as "p/4/round" names a page; the same with a leading "!" names an action, which changes something and
answers with the path to go to. Paths are the callback data of menu buttons, so whatever they name is checked
against the person on every read: a path is a wish, never a right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from bot.app.work import Work
from bot.core.cards import Card
from bot.core.ids import PersonId

Page: TypeAlias = Callable[..., Card]
Action: TypeAlias = Callable[..., str]
Reader: TypeAlias = Callable[[Work, PersonId, str], str]
_Found: TypeAlias = tuple[Callable[..., Any], dict[str, Any]]
_Routes: TypeAlias = list[tuple[re.Pattern[str], frozenset[str], Callable[..., Any]]]

_PLACEHOLDER = re.compile(r"\{(\w+)(:s)?\}")
_NUMBER = "[0-9]{1,18}"
"""An id as it stands in a path; whatever fits also fits the database."""


def is_number(part: str) -> bool:
    """Whether a part of a path can be an id: plain digits, and not too many of them."""
    return re.fullmatch(_NUMBER, part) is not None


def _pattern(path: str) -> re.Pattern[str]:
    """Turn "p/{partnership}/links/{tokens:s}" into a pattern; a plain name is a number, ``:s`` any words."""
    parts = _PLACEHOLDER.sub(lambda found: f"(?P<{found[1]}>{'[^/]+' if found[2] else _NUMBER})", path)
    return re.compile(parts)


class Router:
    """Finds the function of a path; arguments in the path arrive as keyword arguments, numbers as ``int``."""

    def __init__(self) -> None:
        self._routes: _Routes = []
        self._receivers: _Routes = []
        self._readers: list[tuple[re.Pattern[str], Reader]] = []

    def page(self, path: str) -> Callable[[Page], Page]:
        """Register ``function(work, reader, **ids) -> Card``."""

        def register(function: Page) -> Page:
            self._add(path, function)
            return function

        return register

    def action(self, path: str) -> Callable[[Action], Action]:
        """Register ``function(work, person, **ids) -> str``, the path to go to afterwards."""

        def register(function: Action) -> Action:
            self._add("!" + path, function)
            return function

        return register

    def reads(self, path: str) -> Callable[[Reader], Reader]:
        """Register ``function(work, person, text) -> str`` for what is typed on a page and names no button."""

        def register(function: Reader) -> Reader:
            self._readers.append((_pattern(path), function))
            return function

        return register

    def receives(self, path: str) -> Callable[[Action], Action]:
        """Register ``function(work, person, content, **ids) -> str`` for a file that is sent while on a page."""

        def register(function: Action) -> Action:
            self._receivers.append(_route(path, function))
            return function

        return register

    def receiver(self, path: str) -> _Found | None:
        """What takes a file that is sent while on a page; None where files are not welcome."""
        return _found(self._receivers, path)

    def reader(self, path: str) -> Reader | None:
        """What makes something of words typed on a page; None when they can only name a button."""
        return next((reader for pattern, reader in self._readers if pattern.fullmatch(path)), None)

    def find(self, path: str) -> _Found | None:
        return _found(self._routes, path)

    def _add(self, path: str, function: Callable[..., Any]) -> None:
        self._routes.append(_route(path, function))

    def include(self, other: Router) -> None:
        self._routes.extend(other._routes)
        self._readers.extend(other._readers)
        self._receivers.extend(other._receivers)


def _route(
    path: str, function: Callable[..., Any]
) -> tuple[re.Pattern[str], frozenset[str], Callable[..., Any]]:
    words = frozenset(name for name, marked in _PLACEHOLDER.findall(path) if marked)
    return _pattern(path), words, function


def _found(routes: _Routes, path: str) -> _Found | None:
    for pattern, words, function in routes:
        found = pattern.fullmatch(path)
        if found:
            arguments: dict[str, Any] = {
                name: value if name in words else int(value) for name, value in found.groupdict().items()
            }
            return function, arguments
    return None
