"""Finding pages as people find them, by following the buttons, and showing each in every language."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES, sitting_at
from bot.app.screens import on_screen
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.ids import GroupId, PersonId
from bot.core.text import Text
from bot.errors import Refusal
from bot.gallery.sights import Seer, Sight, Version

STEADY = re.compile(r"w/.*|c/.*/rhythm.*|preview/.*|try/.*|learning|p/[0-9]+/(settings|language|export.*)")
"""Pages that stay as they are, whatever happens: found by following once."""
OWN = "{own}"
"""Stands for the reader's language at the end of a path: everybody follows such links in their own alone."""


class Explorer:
    """Shows pages in every language.

    Args:
        most_alike: pages of one kind that are followed, such as one for each of many decisions.

    Attributes:
        work: may be replaced when time passes.
        chapter: the one that what is shown from now on belongs to.
        visited: functions of the pages that were shown.
    """

    def __init__(self, work: Work, *, most_alike: int) -> None:
        self.work = work
        self.chapter = ""
        self.visited: set[object] = set()
        self._most_alike = most_alike
        self._steady: set[str] = set()

    @property
    def languages(self) -> tuple[str, ...]:
        return self.work.setting.catalogs.languages

    def show(self, person: PersonId, *paths: str) -> Iterator[Sight]:
        """These pages and no others."""
        for path in paths:
            yield self.sight(path, person, {one: self._page(person, path, one) for one in self.languages})

    def follow(self, person: PersonId, *paths: str) -> Iterator[Sight]:
        """Everything that buttons lead to from these pages; sittings by their first card."""
        waiting, seen, alike = deque(paths), set(paths), Counter[object]()
        while waiting:
            path = waiting.popleft()
            found = PRIVATE_PAGES.find(path)
            if found is not None:
                alike[found[0]] += 1
                if alike[found[0]] > self._most_alike:
                    continue
            for sight in self.show(person, path):
                yield sight
                if sitting_at(path) is None:
                    new = [
                        key for key in dict.fromkeys(_pages_behind(sight)) if key not in seen | self._steady
                    ]
                    waiting.extend(new)
                    seen.update(new)
                    self._steady.update(filter(STEADY.fullmatch, new))

    def in_group(self, group: GroupId, *paths: str, readers: Sequence[str] | None = None) -> Iterator[Sight]:
        """These pages as the group sees them.

        Args:
            readers: the languages that have such a page; all of them unless given.
        """
        tx = self.work.tx
        for path in paths:
            found = GROUP_PAGES.find(path)
            assert found is not None, path  # noqa: S101 - a mistake in the walk
            function, arguments = found
            self.visited.add(function)
            versions = {}
            for language in readers or self.languages:
                tx.groups.save(replace(tx.groups.get(group), languages=(language,)))
                card: Card = function(self.work, tx.groups.get(group), **arguments)
                versions[language] = Version(card, {choice.key: choice.key for choice in card.choices()})
            yield Sight(self.chapter, path, Seer.GROUP, versions)

    def refused(self, person: PersonId, at: str, action: str) -> Iterator[Sight]:
        """What a person reads on the page where they press something that cannot be done.

        Raises: AssertionError, when it can be done.
        """
        found = PRIVATE_PAGES.find(action)
        assert found is not None, action  # noqa: S101 - a mistake in the walk
        function, arguments = found
        try:
            function(self.work, person, **arguments)
        except Refusal as refusal:
            words = refusal.words
        else:
            raise AssertionError(f"{action} was to be refused")
        yield from self.told(person, at, words, where=f"{at} refused {action}")

    def told(self, person: PersonId, at: str, words: Text, *, where: str) -> Iterator[Sight]:
        """A page with something to say first."""
        for sight in self.show(person, at):
            told = {
                language: replace(version, card=replace(version.card, notice=words))
                for language, version in sight.versions.items()
            }
            yield replace(sight, where=where, versions=told)

    def sight(self, where: str, person: PersonId, versions: Mapping[str, Version]) -> Sight:
        """A card of this person's, in the present chapter."""
        leads = self.work.tx.partnerships.facilitated_by(person)
        return Sight(self.chapter, where, Seer.FACILITATOR if leads else Seer.REPRESENTATIVE, versions)

    def _page(self, person: PersonId, path: str, language: str) -> Version:
        self.work.tx.people.set_language(person, language)
        card, tokens = on_screen(self.work, person, path.replace(OWN, language))
        found = PRIVATE_PAGES.find(path)
        if found is not None and card.notice is None:  # with one, it was refused and this is the home page
            self.visited.add(found[0])
        return Version(card, tokens)


def _pages_behind(sight: Sight) -> Iterable[str]:
    """Where the buttons lead, in whichever language; what changes something is not pressed."""
    for version in sight.versions.values():
        for choice in version.card.choices():
            if not choice.key.startswith("!"):
                page, _, last = choice.key.rpartition("/")
                yield f"{page}/{OWN}" if page and last in sight.versions else choice.key
