"""What comes from outside the database: keys, time, chance, languages, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.core.confidentiality.sealing import RoundKeys
from bot.core.document import Document, Matrix, Records, Workbook
from bot.core.forms.form import Form
from bot.core.ids import (
    RoundId,
)
from bot.core.rounds.calendar import DatedEvent
from bot.core.text import Line, Text

T = TypeVar("T")


class KeyStore(Protocol):
    """Keys outside the database; a round's answers live exactly as long as its key."""

    def identity_key(self) -> bytes: ...
    def create(self, round_id: RoundId) -> None: ...
    def round_keys(self, round_id: RoundId) -> RoundKeys:
        """What seals a round's answers and names them. Raises: KeysError, when there are none (any more)."""

    def destroy(self, round_id: RoundId) -> None: ...
    def existing(self) -> frozenset[RoundId]:
        """Rounds that have a key now."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, UTC."""


class Randomness(Protocol):
    def token(self) -> str:
        """An unguessable invitation token, at most 43 characters of A-Z a-z 0-9 _ -."""

    def salt(self) -> str:
        """A fresh salt for the buttons of one sitting."""

    def shuffled(self, items: Iterable[T]) -> list[T]: ...
    def hours_between(self, least: float, most: float) -> float: ...


class DatesFile(Protocol):
    def __call__(self, name: str, events: Sequence[DatedEvent], *, now: datetime) -> bytes:
        """A file of dates, under a name, as calendar programs read it."""


class Reports(Protocol):
    """Makes files; each takes longer than a transaction should, and none needs one.

    Raises: ReportError.
    """

    def pdf(self, document: Document, language: str) -> bytes: ...
    def png(self, matrix: Matrix, language: str) -> bytes: ...
    def xlsx(self, workbook: Workbook, language: str) -> bytes: ...
    def csv(self, records: Records, language: str) -> bytes: ...
    def form(self, form: Form, languages: Sequence[str]) -> bytes:
        """An XLSForm in all of these languages, which opens in the first."""


class Catalogs(Protocol):
    @property
    def languages(self) -> tuple[str, ...]: ...
    def best(self, tag: str | None) -> str:
        """The language we speak that is nearest to a BCP 47 tag; the source language otherwise."""

    def render(self, line: Line, language: str) -> str: ...
    def template(self, text: Text, language: str) -> str:
        """The words for a message, its placeholders not filled in."""

    def cities(self, language: str) -> Mapping[str, str]:
        """What the cities of time zones are called in a language, without capitals -> IANA zone."""

    def name(self, language: str) -> str:
        """What a language is called by those who read it."""

    def name_in(self, language: str, reader: str) -> str:
        """What the readers of a language call another one, as it stands in a sentence."""

    def is_right_to_left(self, language: str) -> bool: ...
    def is_reviewed(self, language: str) -> bool:
        """Whether a native speaker has read the texts."""

    def home_zone(self, language: str) -> str | None:
        """The zone of a language that is spoken in one zone only."""

    def weekend(self, zone: str) -> frozenset[int]:
        """Days off in the territory of a zone; 0 is Monday."""

    def first_weekday(self, zone: str) -> int:
        """The day with which a week begins there."""
