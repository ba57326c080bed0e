"""What a walk through a partnership gives: cards, each in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core.cards import Card


class Seer(StrEnum):
    """Who is shown a card."""

    FACILITATOR = "facilitator"
    REPRESENTATIVE = "representative"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Version:
    """A card as readers of one language get it; ``tokens`` is the callback data by choice key."""

    card: Card
    tokens: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sight:
    """One card in every language.

    Attributes:
        chapter: when in the life of a partnership it is met.
        where: the path of the page, or of the sitting with the step and what was done there.
        versions: by language; a page that only some languages need, as their words are longer, has only those.
    """

    chapter: str
    where: str
    seer: Seer
    versions: Mapping[str, Version]
