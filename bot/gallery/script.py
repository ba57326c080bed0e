"""What a partnership is made of that is walked through, and everything that is said in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

from bot.core.figures.published import PublishedCell
from bot.core.figures.words import AgreementSaid, LevelSaid, Withheld
from bot.core.partnerships import PartnerKind

T = TypeVar("T")

BEGIN = datetime(2030, 9, 4, 9, 30, tzinfo=UTC)
"""A Wednesday in September: long names of days and months in many languages."""

InTurn: TypeAlias = tuple[tuple[T, ...], ...]
"""For each time that something is held, in turn, what is said of one thing after the other, in turn."""


def in_turn(said: InTurn[T], time: int, place: int) -> T:
    """What is said at a time (0 for the first) of a thing (0 for the first)."""
    now = said[time % len(said)]
    return now[place % len(now)]


@dataclass(frozen=True, slots=True)
class Member:
    """A partner of the partnership; ``stand_in``: its seats are those of stand-ins."""

    name: str
    acronym: str
    kind: PartnerKind
    seats: int = 1
    stand_in: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What one seat answers in an open round; levels in the order of the partners, in turn."""

    actual: tuple[int | None, ...]
    agrees: bool | None
    desired: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What the digests say, instead of counting answers."""

    agreement: InTurn[AgreementSaid | Withheld]
    levels: InTurn[PublishedCell]
    progress: InTurn[LevelSaid | Withheld]
    practice: InTurn[LevelSaid | Withheld]
    pulse: InTurn[AgreementSaid | Withheld]
    named: InTurn[Given]


@dataclass(frozen=True, slots=True)
class Script:
    """A partnership and everything that is said in it.

    Attributes:
        language: the one that most share; another one when it has no catalog.
        contributions: decisions that the second representative names, the third and so on.
        merged: of these, which becomes part of which.
        left_out: of these, which do not stay on the list.
        further: decisions that the facilitators bring for the vote; afterwards they are left out.
        agreed: levels on which the meeting agrees, partner by partner, in turn.
        comments: written to each decision, for everybody who may read some.
        rhythm: of the check-ins, as it stands in a path.
        typed: what is typed at each step that asks for words.
        own_words: how the partnership words a question.
        unclear: something that no step can take.
        most_alike: pages of one kind that are looked at, such as one for each decision.
    """

    bot_name: str
    operator: str
    name: str
    purpose: str
    zone: str
    language: str
    members: tuple[Member, ...]
    contributions: tuple[tuple[str, ...], ...]
    merged: Mapping[str, str]
    left_out: frozenset[str]
    further: tuple[str, ...]
    agreed: tuple[int, ...]
    actions: tuple[str, ...]
    comments: tuple[str, ...]
    rhythm: str
    typed: Mapping[str, str]
    own_words: str
    unclear: str
    words: Words
    most_alike: int
