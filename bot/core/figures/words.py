"""Counts and seats in, published word out.

A word is worded with so much slack that the people of one organisation, who know their own answers, cannot be
certain of anybody else's. Counts never leave memory; only what this module says may be shown.
Source: reference on anonymity, 3.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from itertools import accumulate
from typing import TypeAlias

from bot.core.ladder import Level

LevelCounts: TypeAlias = tuple[int, int, int, int, int]
"""Answers per level, index = level on the ladder."""

AgreementCounts: TypeAlias = tuple[int, int]
"""Answers "no" and "yes", in this order, to: do you agree with how it is decided?"""

FINER_WORDS_FROM = 10  # answers; below, "fewer than half" would come too close to a count
RUNGS_FROM = 8  # seats when a round opens; a smaller roster gets words only


class LevelWord(StrEnum):
    """Where the answers put an organisation: levels 3-4, 2, 0-1, or no side with more than half."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"
    MIXED = "mixed"


class Rung(StrEnum):
    """The rung of the ladder on which the lower median stands; said instead of a word to larger rosters."""

    NOT_INVOLVED = "not_involved"
    INFORMED = "informed"
    CONSULTED = "consulted"
    CO_DECIDES = "co_decides"
    DECIDES = "decides"

    @property
    def level(self) -> Level:
        return Level[self.name]


class AgreementWord(StrEnum):
    """How many agree with how it is decided, from the fewest to the most."""

    FEW = "few"
    FEWER_THAN_HALF = "fewer_than_half"
    SPLIT = "split"
    MORE_THAN_HALF = "more_than_half"
    MOST = "most"


class Withheld(Enum):
    """Nothing may be said. A value of its own: it has no number and is never zero."""

    WITHHELD = "withheld"


WITHHELD = Withheld.WITHHELD

SIDE_OF = (LevelWord.LOW, LevelWord.LOW, LevelWord.MIDDLE, LevelWord.HIGH, LevelWord.HIGH)
"""Side of the ladder, index = level."""


@dataclass(frozen=True, slots=True)
class LevelSaid:
    """What is said of one organisation; ``opposed`` adds the sentence that views oppose each other."""

    word: LevelWord | Rung
    opposed: bool

    @property
    def side(self) -> LevelWord:
        """The word itself, or the side of the ladder on which the rung lies."""
        return SIDE_OF[self.word.level] if isinstance(self.word, Rung) else self.word


@dataclass(frozen=True, slots=True)
class AgreementSaid:
    """What is said of the agreement with one decision."""

    word: AgreementWord


def floor(seats: int) -> int:
    """Fewest answers from which a word can hide everybody; no setting lowers it.

    Args:
        seats: the most seats that one organisation holds (c), at least 1.
    """
    return max(5, 2 * _checked_seats(seats) + 3)


def slack(seats: int) -> int:
    """How many may stand aside while "most" and "few" stay the same word; one more than the seats (c)."""
    return _checked_seats(seats) + 1


def level_word(counts: LevelCounts, *, seats: int, rungs: bool = False) -> LevelSaid | Withheld:
    """Say where an organisation stands, so that no insider can be certain of a colleague's answer.

    Args:
        counts: answers per level, five integers, index = level on the ladder.
        seats: the most seats that one organisation holds (c), at least 1.
        rungs: say the lower median as a rung of the ladder instead of a word; for rounds that opened with
            at least ``RUNGS_FROM`` seats.
    Returns: ``LevelSaid``; or ``WITHHELD`` when fewer than ``floor(seats)`` answered.
    Raises: ValueError, when a count is negative, there are not five, or seats is below 1.
    Source: reference on anonymity, 3.4, both wordings; checked over every histogram.
    """
    answers = _checked_sum(counts, 5)
    if answers < floor(seats):
        return WITHHELD
    low, middle, high = counts[0] + counts[1], counts[2], counts[3] + counts[4]
    opposed = min(low, high) >= slack(seats)
    if rungs:
        return LevelSaid(_lower_median(counts), opposed)
    for word, side in ((LevelWord.HIGH, high), (LevelWord.LOW, low), (LevelWord.MIDDLE, middle)):
        if 2 * side > answers:
            return LevelSaid(word, opposed)
    return LevelSaid(LevelWord.MIXED, opposed)


def _lower_median(counts: LevelCounts) -> Rung:
    answers = sum(counts)
    return next(
        rung for rung, reached in zip(Rung, accumulate(counts), strict=True) if 2 * reached >= answers
    )


def agreement_word(no: int, yes: int, *, seats: int) -> AgreementSaid | Withheld:
    """Say how many agree with how a decision is taken; all, all but one and all but two read the same.

    Args:
        no: people who do not agree.
        yes: people who agree.
        seats: the most seats that one organisation holds (c), at least 1.
    Returns: ``AgreementSaid``; or ``WITHHELD`` when fewer than ``floor(seats)`` answered.
    Raises: ValueError, when a count is negative or seats is below 1.
    Source: reference on anonymity, 3.4; checked over every pair of counts.
    """
    answers = _checked_sum((no, yes), 2)
    if answers < floor(seats):
        return WITHHELD
    if yes <= slack(seats):
        return AgreementSaid(AgreementWord.FEW)
    if no <= slack(seats):
        return AgreementSaid(AgreementWord.MOST)
    if answers >= FINER_WORDS_FROM and yes != no:
        return AgreementSaid(AgreementWord.FEWER_THAN_HALF if yes < no else AgreementWord.MORE_THAN_HALF)
    return AgreementSaid(AgreementWord.SPLIT)


def _checked_sum(counts: Sequence[int], size: int) -> int:
    if len(counts) != size:
        raise ValueError(f"{size} counts are needed")
    if min(counts) < 0:
        raise ValueError("a count cannot be negative")
    return sum(counts)


def _checked_seats(seats: int) -> int:
    if seats < 1:
        raise ValueError("an organisation that takes part holds at least one seat")
    return seats
