"""What hangs on the page: each card once, and everything that is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.gallery.sights import Seer, Sight
from bot.gallery.texts import Known
from bot.gallery.writing import Writer, Written

OTHER_TEXTS = "Said elsewhere: refusals, words after a tap, commands"
"""Chapter of the texts that stand on none of the cards."""
LONGEST_NAME = 50


@dataclass(slots=True)
class Exhibit:
    """One card in every language.

    Attributes:
        name: its anchor on the page.
        places: where it is met, the first place first.
    """

    name: str
    chapter: str
    places: list[str]
    seers: set[Seer]
    written: Mapping[str, Written]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is to be mended, on which exhibit."""

    language: str
    words: str
    exhibit: str


class Collection:
    """Takes cards in and keeps each once.

    Attributes:
        exhibits: in the order in which they were met.
        problems: in the same order, each once.
    """

    def __init__(self, writer: Writer) -> None:
        self.exhibits: list[Exhibit] = []
        self.problems: list[Problem] = []
        self._writer = writer
        self._by_content: dict[tuple[tuple[str, Written], ...], Exhibit] = {}
        self._names: set[str] = set()
        self._told: set[tuple[str, str]] = set()

    def take(self, sights: Iterable[Sight]) -> None:
        """Hang every card; one that is the same in all languages as an earlier one is noted there."""
        for sight in sights:
            written = self._writer.card(sight)
            same = self._by_content.get(tuple(written.items()))
            if same is None:
                self._hang(sight.chapter, sight.where, {sight.seer}, written)
            else:
                same.seers.add(sight.seer)
                if sight.where not in same.places:
                    same.places.append(sight.where)

    def take_rest(self, known: Iterable[Known]) -> None:
        """Hang the texts that stood on none of the cards."""
        for one in known:
            if one.source not in self._writer.met:
                where = " ".join(one.notes) or one.source[1]
                self._hang(OTHER_TEXTS, where, set(), self._writer.text(one))

    def _hang(self, chapter: str, where: str, seers: set[Seer], written: dict[str, Written]) -> None:
        exhibit = Exhibit(self._name(where), chapter, [where], seers, written)
        self.exhibits.append(exhibit)
        self._by_content[tuple(written.items())] = exhibit
        for language, one in written.items():
            for words in one.wrong:
                if (language, words) not in self._told:
                    self._told.add((language, words))
                    self.problems.append(Problem(language, words, exhibit.name))

    def _name(self, where: str) -> str:
        plain = re.sub(r"[^a-z0-9]+", "-", where.lower()).strip("-")[:LONGEST_NAME]
        name, number = plain, 1
        while name in self._names:
            number += 1
            name = f"{plain}-{number}"
        self._names.add(name)
        return name
