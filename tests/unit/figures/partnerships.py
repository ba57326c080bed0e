"""Partnerships that add to what is said across partnerships, in one theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.core.figures.learning import Given, Learned, Members, release
from bot.core.figures.shared import Contribution, Width
from bot.core.figures.words import AgreementSaid, AgreementWord, LevelSaid, LevelWord, Withheld
from bot.core.ids import DecisionId, PartnershipId
from bot.core.rounds.themes import Theme

T = Theme.RISK
MOST, SPLIT, FEW = map(AgreementSaid, (AgreementWord.MOST, AgreementWord.SPLIT, AgreementWord.FEW))
HIGH, LOW = (LevelSaid(word, opposed=False) for word in (LevelWord.HIGH, LevelWord.LOW))
WIDTHS = tuple(Width)


def adds(contested: bool | None = None, width: Width | None = None, *, reflection: int = 1) -> Contribution:
    """What a partnership adds after its so-manieth reflection."""
    return Contribution((DecisionId(reflection),), contested, width)


def given(*contributions: Contribution | None) -> Given:
    """Partnerships 1, 2, 3 and so on, and what each adds; None for one that adds nothing."""
    return {T: {PartnershipId(number): one for number, one in enumerate(contributions, 1) if one is not None}}


def disputes(answers: Iterable[bool], *, anew: Mapping[int, int] | None = None) -> Given:
    """Partnerships for which the theme is contested or not.

    Args:
        anew: which of them, from 1 on, are at a later reflection than the first, and at which.
    """
    at = anew or {}
    return given(*(adds(one, reflection=at.get(number, 1)) for number, one in enumerate(answers, 1)))


def said(found: Learned) -> AgreementSaid | Withheld:
    return found.themes[T].contested


def wide(found: Learned) -> LevelSaid | Withheld:
    return found.themes[T].gap


def after(first: Given, *then: Given, seats: int = 1) -> Learned:
    """The last of several releases in a row."""
    learned, members = release(first, seats=seats)
    for one in then:
        learned, members = release(one, seats=seats, before=stored(members))
    return learned


def stored(members: Members) -> Members:
    """As they come back from the database."""
    return Members.model_validate_json(members.model_dump_json())
