"""Finding every card as people find it: pages by following the buttons, sittings by answering them."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES, sitting_at
from bot.app.screens import on_screen
from bot.app.sittings import Sitting, shown, turn
from bot.app.work import Work
from bot.core.cards import Card, Choice
from bot.core.flow.events import CARD, DONE, EXAMPLE, KEEP, RETURN, ROW, WHY, Event, Said, Tapped
from bot.core.ids import GroupId, PersonId
from bot.core.text import length
from bot.errors import Refusal

MOST_CARDS = 200  # of one sitting
MOST_ALIKE = 12  # pages of one kind, such as one for each of many decisions
LEAD_ON = ("=differently", "=on_the_way")  # answers after which more is asked
LISTS = frozenset({"partners", "decisions", "statements"})  # steps that end when people say so


@dataclass(frozen=True, slots=True)
class Shown:
    """One card as it would be sent; ``tokens`` is the callback data by choice key."""

    where: str
    language: str
    card: Card
    tokens: Mapping[str, str]


class Explorer:
    """Shows cards in every language.

    Attributes:
        work: may be replaced when time passes.
        typed: what is typed at each step of a sitting that asks for words.
        unclear: something that no step can take.
        visited: functions of the pages that were shown.
    """

    def __init__(self, work: Work, typed: Mapping[str, str], unclear: str) -> None:
        self.work = work
        self.typed = typed
        self.unclear = unclear
        self.visited: set[object] = set()

    def show(self, person: PersonId, path: str) -> Iterator[Shown]:
        """One page in every language."""
        for language in self.work.setting.catalogs.languages:
            yield self._page(person, path, language)

    def follow(self, person: PersonId, *paths: str) -> Iterator[Shown]:
        """Everything that buttons lead to from these pages; sittings by their first card."""
        for language in self.work.setting.catalogs.languages:
            waiting, seen, alike = deque(paths), set(paths), Counter[object]()
            while waiting:
                path = waiting.popleft()
                found = PRIVATE_PAGES.find(path)
                if found is not None:
                    alike[found[0]] += 1
                    if alike[found[0]] > MOST_ALIKE:
                        continue
                shown = self._page(person, path, language)
                yield shown
                if sitting_at(path) is None:
                    new = [choice.key for choice in shown.card.choices() if choice.key not in seen]
                    waiting.extend(key for key in new if not key.startswith("!"))
                    seen.update(new)

    def _page(self, person: PersonId, path: str, language: str) -> Shown:
        self.work.tx.people.set_language(person, language)
        card, tokens = on_screen(self.work, person, path)
        found = PRIVATE_PAGES.find(path)
        if found is not None and card.notice is None:  # with one, it was refused and this is the home page
            self.visited.add(found[0])
        return Shown(path, language, card, tokens)

    def in_group(self, group: GroupId, *paths: str) -> Iterator[Shown]:
        tx = self.work.tx
        for language in self.work.setting.catalogs.languages:
            tx.groups.save(replace(tx.groups.get(group), language=language))
            for path in paths:
                found = GROUP_PAGES.find(path)
                assert found is not None, path
                function, arguments = found
                self.visited.add(function)
                card: Card = function(self.work, tx.groups.get(group), **arguments)
                yield Shown(f"group: {path}", language, card, {one.key: one.key for one in card.choices()})

    def sit(self, person: PersonId, path: str) -> Iterator[Shown]:
        """A sitting to its review or its end.

        The first card of each step is met with the asides, the buttons and an unreadable answer as well; further
        ones, for other decisions of the same length, only get their answer.
        """
        sitting = sitting_at(path)
        assert sitting is not None
        met: set[str] = set()
        for _ in range(MOST_CARDS):
            step = sitting.open(self.work, person).position.partition("/")[0]
            card, _ = shown(self.work, person, sitting)
            yield from self._in_all_languages(person, path, sitting)
            keys = [choice.key for choice in card.choices()]
            if step not in met:
                met.add(step)
                yield from self._hesitate(person, path, sitting, step, keys)
            if DONE in keys:
                return
            try:
                for event in self._answer(step, card):
                    if turn(self.work, person, sitting, event).path is not None:
                        return
                    yield from self._in_all_languages(person, path, sitting)
            except Refusal:
                return
        raise AssertionError(f"{path} does not end")

    def _hesitate(
        self, person: PersonId, path: str, sitting: Sitting, step: str, keys: list[str]
    ) -> Iterator[Shown]:
        """Everything that can be asked and done at a card before it is answered."""
        for aside, back in ((WHY, RETURN), (EXAMPLE, RETURN), (CARD, ROW)):
            if aside in keys:
                turn(self.work, person, sitting, Tapped(aside))
                yield from self._in_all_languages(person, f"{path} {step} {aside}", sitting)
                turn(self.work, person, sitting, Tapped(back))
        turn(self.work, person, sitting, Said(self.unclear))
        yield from self._in_all_languages(person, f"{path} {step} unclear", sitting)

    def _answer(self, step: str, card: Card) -> Iterator[Event]:
        """What somebody answers who says as much as there is room for: of options the longest."""
        options = [choice for choice in card.choices() if "=" in choice.key and ":" not in choice.key]
        if options:
            leads_on = [choice for choice in options if choice.key.endswith(LEAD_ON)]
            yield Tapped(max(leads_on or options, key=self._longest).key)
            return
        yield Said(self.typed[step])
        if step in LISTS:
            yield Tapped(f"{KEEP}/{step}")

    def _longest(self, choice: Choice) -> int:
        catalogs = self.work.setting.catalogs
        return max(length(catalogs.render(choice.label, language)) for language in catalogs.languages)

    def _in_all_languages(self, person: PersonId, where: str, sitting: Sitting) -> Iterator[Shown]:
        card, tokens = shown(self.work, person, sitting)
        for language in self.work.setting.catalogs.languages:
            yield Shown(where, language, card, tokens)
