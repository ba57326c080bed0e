"""Finding the cards of a sitting by answering it, and showing each in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.app.behalf import BehalfSitting
from bot.app.drafts import DeskSitting
from bot.app.pages import sitting_at
from bot.app.sheets import RoundSitting
from bot.app.sittings import Sitting, flow_of_session, tap_data, turn
from bot.core.cards import Card, Choice
from bot.core.confidentiality.holders import OnPaper
from bot.core.flow.cards import card
from bot.core.flow.events import (
    BACK,
    CARD,
    DONE,
    EDIT,
    EXAMPLE,
    KEEP,
    ORIGINAL,
    RETURN,
    ROW,
    WHY,
    Event,
    Said,
    Tapped,
)
from bot.core.flow.session import Param
from bot.core.ids import PersonId
from bot.core.text import length
from bot.errors import Refusal
from bot.gallery.exploring import Explorer
from bot.gallery.sights import Sight, Version

MOST_CARDS = 200  # of one sitting
LEAD_ON = ("=differently", "=on_the_way", "=not_yet")  # answers after which more is asked
LISTS = frozenset(
    {"partners", "decisions", "statements", "wordings", "vote"}
)  # steps that end when people say so
ASIDES = ((WHY, RETURN), (EXAMPLE, RETURN), (ORIGINAL, RETURN), (CARD, ROW))
"""What can be asked at a card, and how to get back from it."""


class Sitter:
    """Answers sittings.

    Args:
        typed: what is typed at each step that asks for words.
        unclear: something that no step can take.

    Attributes:
        steps: every (flow, stage, step) that was met.
    """

    def __init__(self, explorer: Explorer, typed: Mapping[str, str], unclear: str) -> None:
        self.steps: set[tuple[str, str, str]] = set()
        self._explorer = explorer
        self._typed = typed
        self._unclear = unclear

    def sit(
        self,
        person: PersonId,
        path: str,
        *,
        beside: Sequence[PersonId] = (),
        apart: Sequence[PersonId] = (),
        paths: Mapping[str, str] | None = None,
    ) -> Iterator[Sight]:
        """A sitting from its beginning to its review or its end.

        The first card of each step is met with the asides, the buttons and an unreadable answer as well; further
        ones, for other decisions of the same length, only get their answer.

        Args:
            beside: who reads the same language as the person, whichever that is.
            apart: who reads another one.
            paths: by language, where it has a sitting of its own; ``path`` is then that of the source language.
        """
        work = self._explorer.work
        sitting = sitting_at(path)
        assert sitting is not None, path  # noqa: S101 - a mistake in the walk
        told = self._told(person, path, beside, apart, paths or {})
        met: set[str] = set()
        for _ in range(MOST_CARDS):
            session = sitting.open(work, person)
            step = session.position.partition("/")[0]
            content = card(flow_of_session(work, session), session, sitting.reworded(work, person, session))
            yield self._sight(person, path, sitting, told)
            keys = [choice.key for choice in content.choices()]
            if step not in met:
                met.add(step)
                self.steps.add((session.flow, session.stage, step))
                yield from self._hesitate(person, f"{path} {step}", sitting, told, keys)
            if DONE in keys:
                return
            try:
                for event in self._answer(step, content):
                    if turn(work, person, sitting, event).path is not None:
                        return
                    yield self._sight(person, path, sitting, told)
            except Refusal:
                return
        raise AssertionError(f"{path} does not end")

    def revise(self, person: PersonId, path: str) -> Iterator[Sight]:
        """A sitting that begins at its review: each of its questions as it is met from there."""
        work, sitting = self._explorer.work, sitting_at(path)
        assert sitting is not None, path  # noqa: S101 - a mistake in the walk
        told = self._told(person, path, (), (), {})
        for key in (None, *self._edits(person, sitting)):
            if key is not None:
                turn(work, person, sitting, Tapped(key))
            session = sitting.open(work, person)
            self.steps.add((session.flow, session.stage, session.position))
            yield self._sight(person, f"{path} {session.position}", sitting, told)
            turn(work, person, sitting, Tapped(BACK))

    def _edits(self, person: PersonId, sitting: Sitting) -> list[str]:
        """The buttons of a review that lead to its questions."""
        work = self._explorer.work
        session = sitting.open(work, person)
        shown = card(flow_of_session(work, session), session, sitting.reworded(work, person, session))
        return [choice.key for choice in shown.choices() if choice.key.startswith(EDIT)]

    def _told(
        self,
        person: PersonId,
        path: str,
        beside: Sequence[PersonId],
        apart: Sequence[PersonId],
        paths: Mapping[str, str],
    ) -> dict[str, dict[str, Param]]:
        """What a sitting is told when it begins, by language; it has begun in the source language then."""
        work, languages = self._explorer.work, self._explorer.languages
        told = {}
        for language, another in reversed([*zip(languages, (*languages[1:], languages[0]), strict=True)]):
            for one in (person, *beside):
                work.tx.people.set_language(one, language)
            for one in apart:
                work.tx.people.set_language(one, another)
            sitting = sitting_at(paths.get(language, path))
            assert sitting is not None  # noqa: S101 - a mistake in the walk
            if isinstance(sitting, RoundSitting):
                work.tx.sheets.erase(sitting.round_id, person)
            elif isinstance(sitting, BehalfSitting):
                work.tx.sheets.erase(sitting.round_id, OnPaper(sitting.seat, by=person))
            elif isinstance(sitting, DeskSitting):
                work.tx.drafts.drop(person, f"{sitting.stage}/{sitting.subject}")
            told[language] = sitting.open(work, person).params
        return told

    def _hesitate(
        self,
        person: PersonId,
        where: str,
        sitting: Sitting,
        told: Mapping[str, dict[str, Param]],
        keys: list[str],
    ) -> Iterator[Sight]:
        """Everything that can be asked and done at a card before it is answered."""
        work = self._explorer.work
        for aside, back in ASIDES:
            if aside in keys:
                turn(work, person, sitting, Tapped(aside))
                yield self._sight(person, f"{where} {aside}", sitting, told)
                turn(work, person, sitting, Tapped(back))
        turn(work, person, sitting, Said(self._unclear))
        yield self._sight(person, f"{where} unclear", sitting, told)

    def _answer(self, step: str, content: Card) -> Iterator[Event]:
        """What somebody answers who says as much as there is room for: of options the longest."""
        options = [choice for choice in content.choices() if "=" in choice.key and ":" not in choice.key]
        if options:
            leads_on = [choice for choice in options if choice.key.endswith(LEAD_ON)]
            yield Tapped(max(leads_on or options, key=self._longest).key)
            return
        yield Said(self._typed[step])
        if step in LISTS:
            yield Tapped(f"{KEEP}/{step}")

    def _longest(self, choice: Choice) -> int:
        catalogs = self._explorer.work.setting.catalogs
        return max(length(catalogs.render(choice.label, language)) for language in catalogs.languages)

    def _sight(
        self, person: PersonId, where: str, sitting: Sitting, told: Mapping[str, dict[str, Param]]
    ) -> Sight:
        """The present card, as it would be had the sitting begun in each language."""
        work = self._explorer.work
        session = sitting.open(work, person)
        flow, versions = flow_of_session(work, session), {}
        for language in self._explorer.languages:
            work.tx.people.set_language(person, language)
            begun = session.model_copy(update={"params": told[language]})
            content = card(flow, begun, sitting.reworded(work, person, begun))
            tokens = {choice.key: tap_data(session.salt, choice.key) for choice in content.choices()}
            versions[language] = Version(content, tokens)
        return self._explorer.sight(where, person, versions)
