"""What others did, theme by theme: read once from ``resources/measures.yaml``, with its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.core.flow.loader import Document, Problem, load
from bot.core.flow.texts import Path as Place
from bot.core.rounds.themes import Theme
from bot.core.text import Text
from bot.errors import FlowError

MOST = 3
"""Measures of one theme: enough to choose from, few enough to be read."""

LONGEST = 120
"""Characters of a measure, so that it can become an action in every language."""

CONTEXT = "measures"
"""``msgctxt`` of the texts."""

Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
Themes = Annotated[tuple[Annotated[Theme, Field(strict=False)], ...], Field(min_length=1)]


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Source(_Kept):
    """Who tells of it; a title as it is, in no language of ours, and where to look, as plain text."""

    title: Words
    where: Words


class Measure(_Kept):
    """Something that a partnership did so that decisions are taken otherwise."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
    themes: Themes
    text: Words
    source: Source

    def words(self) -> Text:
        """The measure as a message."""
        return Text(self.text, context=CONTEXT)


class Resource(Source):
    """Something to read further."""

    themes: Themes


class Measures(_Kept):
    """All there is, in the order of the file."""

    measures: tuple[Measure, ...] = ()
    resources: tuple[Resource, ...] = ()

    def about(self, theme: Theme) -> tuple[Measure, ...]:
        """What others did, at most ``MOST``."""
        return tuple(found for found in self.measures if theme in found.themes)

    def to_read(self, theme: Theme) -> tuple[Resource, ...]:
        """Where to read further."""
        return tuple(found for found in self.resources if theme in found.themes)

    def find(self, measure: str) -> Measure | None:
        """A measure by its id."""
        return next((found for found in self.measures if found.id == measure), None)


def measures_from(source: str, name: str) -> Measures:
    """Make the measures of YAML text; ``name`` is the file's name for messages.

    Raises: FlowError, listing every problem as ``file:line:column: path: what is wrong``.
    """
    return load(Measures, source, name, _checked)


def load_measures(file: Path) -> Measures:
    """Read the file.

    Raises: FlowError, when it is not there or has mistakes.
    """
    try:
        return measures_from(file.read_text(encoding="utf-8"), file.name)
    except OSError:
        raise FlowError(f"{file.name}: is not here; put the file back") from None
    except UnicodeDecodeError:
        raise FlowError(f"{file.name}:1:1: is not UTF-8; save it as UTF-8") from None


def measure_texts(document: Document, found: Measures) -> Iterator[tuple[int, Measure]]:
    """Every measure with the line on which its text stands."""
    for index, measure in enumerate(found.measures):
        yield document.place(("measures", index, "text"))[0], measure


def _checked(found: Measures) -> Iterator[Problem]:
    """What single models cannot see."""
    seen: set[str] = set()
    shown: Counter[Theme] = Counter()
    for index, measure in enumerate(found.measures):
        place: Place = ("measures", index)
        if measure.id in seen:
            yield (*place, "id"), f"{measure.id} is the id of an earlier measure; choose another"
        seen.add(measure.id)
        for theme in measure.themes:
            shown[theme] += 1
            if shown[theme] == MOST + 1:
                yield (*place, "themes"), f"{theme} has more than {MOST} measures; choose the {MOST} best"
        if "{" in measure.text or "}" in measure.text:
            yield (*place, "text"), "nothing is put in for braces here"
