"""What may be said across partnerships: on which themes they lack agreement, and where more say is wished for.

Here a partnership stands where a person stands in a round. What it adds is read from its published words alone, one
answer for each theme and measure, and goes through the same words with the same floor and slack. One difference
makes a stricter rule necessary: a partnership's answer stays what it was until it reflects anew, and others may
know when it did. So everybody who joined, left or reflected anew since a text was first said counts, each once
however often, and the old text stands as long as they together could explain another one. Only when no answer is
still the one of then is a fresh text said: there is nothing left to compare. Who holds several partnerships and
moves them all changes nothing by that alone.
Source: reference on anonymity, 3.4 and 3.5; checked over every way in which few partnerships can answer and move.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, PositiveInt

from bot.core.figures.nearness import Counts
from bot.core.figures.shared import Contribution, Width
from bot.core.figures.stability import Verdict, verdict
from bot.core.figures.words import (
    WITHHELD,
    AgreementCounts,
    AgreementSaid,
    AgreementWord,
    LevelCounts,
    LevelSaid,
    LevelWord,
    Rung,
    Withheld,
    agreement_word,
    level_word,
)
from bot.core.ids import DecisionId, PartnershipId
from bot.core.rounds.themes import Theme

MOST_MOVED, MOST_COMPARED = 6, 60
"""Partnerships that moved, and that answered, up to which a text is compared with the old one; beyond, the old one
stands until nothing is left to compare. Trying all groups would take too long."""

Said = TypeVar("Said", AgreementSaid, LevelSaid)


Given: TypeAlias = Mapping[Theme, Mapping[PartnershipId, Contribution]]


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ThemeWords(_Kept):
    """What is said of one theme.

    ``contested`` says in how many partnerships it is; ``gap`` where they stand from none (low) to wide (high).
    """

    contested: AgreementSaid | Withheld = WITHHELD
    gap: LevelSaid | Withheld = WITHHELD


class Learned(_Kept):
    """One release: everything that is told, to everybody.

    Attributes:
        seats: the most of these partnerships that one person belongs to (c); it decides floor and slack.
    """

    seats: PositiveInt = 1
    themes: dict[Theme, ThemeWords] = {}

    @property
    def withheld(self) -> bool:
        """Nothing at all may be said."""
        return all(said.contested is WITHHELD and said.gap is WITHHELD for said in self.themes.values())


class Trace(_Kept, Generic[Said]):
    """What the next release needs to know of a cell; no answer is in it.

    Attributes:
        said: its last text, also through silence.
        sources: who answered last time, and from which decisions.
        moved: who joined, left or reflected anew since that text was first said.
    """

    said: Said | None = None
    sources: dict[PartnershipId, tuple[DecisionId, ...]] = {}
    moved: frozenset[PartnershipId] = frozenset()


class Members(_Kept):
    """What the next release is measured against."""

    seats: PositiveInt
    contested: dict[Theme, Trace[AgreementSaid]] = {}
    gap: dict[Theme, Trace[LevelSaid]] = {}


def release(given: Given, *, seats: int, before: Members | None = None) -> tuple[Learned, Members]:
    """Put all themes into words, each measure on its own.

    Args:
        given: by theme what each partnership adds.
        seats: the most of these partnerships that one person belongs to (c), at least 1.
        before: what the last release left.
    Returns: what is told, and what the next release is measured against.
    """
    then = before or Members(seats=seats)
    comparable = then.seats == seats
    words: dict[Theme, ThemeWords] = {}
    agreements: dict[Theme, Trace[AgreementSaid]] = {}
    levels: dict[Theme, Trace[LevelSaid]] = {}
    for theme in Theme:
        own = given.get(theme, {})
        disputes = {one: found.contested for one, found in own.items() if found.contested is not None}
        widths = {one: found.width for one, found in own.items() if found.width is not None}
        agreement, agreements[theme] = _cell(
            then.contested.get(theme, Trace()),
            {one: own[one].source for one in disputes},
            counts=_agreement(disputes.values()),
            fresh=agreement_word(*_agreement(disputes.values()), seats=seats),
            seats=seats,
            comparable=comparable,
        )
        level, levels[theme] = _cell(
            then.gap.get(theme, Trace()),
            {one: own[one].source for one in widths},
            counts=_levels(widths.values()),
            fresh=level_word(_levels(widths.values()), seats=seats),
            seats=seats,
            comparable=comparable,
        )
        words[theme] = ThemeWords(contested=agreement, gap=level)
    return Learned(seats=seats, themes=words), Members(seats=seats, contested=agreements, gap=levels)


def _cell(
    trace: Trace[Said],
    sources: dict[PartnershipId, tuple[DecisionId, ...]],
    *,
    counts: Counts,
    fresh: Said | Withheld,
    seats: int,
    comparable: bool,
) -> tuple[Said | Withheld, Trace[Said]]:
    """Say one theme by one measure, and remember its last text.

    Args:
        sources: who answers now, and from which decisions.
        counts: partnerships for each answer.
        fresh: the text, had there been none before.
        comparable: False in the release in which the most partnerships of one person (c) changed; as in a round,
            that one is silent about everything that was told before.
    """
    last = trace.said
    known = trace.sources.keys() | sources.keys()
    moved = trace.moved | {one for one in known if trace.sources.get(one) != sources.get(one)}
    is_anew = last is None or not sources.keys() - moved
    said = fresh
    if last is not None and not is_anew and not isinstance(fresh, Withheld):
        said = _after(last, fresh, counts, moved=len(moved), seats=seats) if comparable else WITHHELD
    if isinstance(said, Withheld):
        return said, Trace(said=last, sources=sources, moved=moved if last else frozenset())
    stands = said == last and not is_anew
    return said, Trace(said=said, sources=sources, moved=moved if stands else frozenset())


def _after(last: Said, fresh: Said, counts: Counts, *, moved: int, seats: int) -> Said | Withheld:
    """What is said after an earlier text, while some answers are still those of then."""
    if moved > MOST_MOVED or sum(counts) > MOST_COMPARED:
        return last
    match verdict(last, counts, seats=seats, distance=max(1, moved)):
        case Verdict.OLD:
            return last
        case Verdict.NEW:
            return fresh
        case Verdict.NEITHER:
            return WITHHELD


def _agreement(disputes: Collection[bool]) -> AgreementCounts:
    """Partnerships in which a theme is not contested, and in which it is."""
    contested = sum(disputes)
    return len(disputes) - contested, contested


def _levels(widths: Collection[Width]) -> LevelCounts:
    none, some, wide = (sum(width is one for width in widths) for one in Width)
    return none, 0, some, 0, wide


def most_contested(learned: Learned) -> dict[AgreementWord, list[Theme]]:
    """The themes of which it is told in how many partnerships they are contested, the most often contested first."""
    return {
        word: themes
        for word in reversed(AgreementWord)
        if (themes := [theme for theme, said in learned.themes.items() if _word(said.contested) is word])
    }


def widest(learned: Learned) -> dict[LevelWord, list[Theme]]:
    """The themes of which it is told how wide the gap is, the widest first; where it differs, last."""
    return {
        word: themes
        for word in LevelWord
        if (themes := [theme for theme, said in learned.themes.items() if _word(said.gap) is word])
    }


def untold(learned: Learned) -> list[Theme]:
    """The themes of which nothing is told."""
    return [
        theme for theme, said in learned.themes.items() if _word(said.contested) is None is _word(said.gap)
    ]


def _word(said: AgreementSaid | LevelSaid | Withheld) -> AgreementWord | LevelWord | Rung | None:
    return None if isinstance(said, Withheld) else said.word
