"""What may be said after an earlier round: the old text, the new one, or nothing.

In two sentences: a new text replaces the old one only when more people must have changed than joined and left
(at least one), and only when nobody who knows the old text and this rule becomes certain of a colleague's
answer. Otherwise the old text stands or, where that would be untrue and silence hides everybody, nothing is said.

- Stability. While some group at most ``d`` people away would have had the old text, it is said again; ``d`` =
  people who joined or left since it was *first* said, at least 1. It is measured against the group of which the
  text was first said, never against a repetition, so whatever one person does in any number of rounds, and
  whatever ``d`` people do who join or leave one after the other, changes nothing.
- Insiders. Of the texts left after this, one may fit so few groups that who stands alone is certain of all
  others ("few" after "split" would mean at most one). All such texts are replaced by the same silence, which
  reads like too few answers; or by the old text, where silence would tell as much as they do.
- A group more than half of which joined or left is a new group and gets a fresh text, as in a first round.

Limits. With the fewest answers that are enough (``floor``) agreement stays at "few" or "most" whatever is
answered, and up to nine answers it leaves "split" for silence at most: a repeated text does not say that
nothing changed. Who knows that others had changed unseen before, and that exactly one person changed since
the last round, sees from a new text which way that person moved; to close this too, ``d`` would have to grow
with every repetition, and small groups would never hear anything new after two or three rounds. Texts made with
another c are not compared at all: see ``memory``.
Source: reference on anonymity, 3.5.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from enum import Enum
from functools import lru_cache

from bot.core.figures.insiders import exposing
from bot.core.figures.nearness import Counts, Text, fresh_text, is_near, spreads
from bot.core.figures.words import (
    SIDE_OF,
    WITHHELD,
    AgreementCounts,
    AgreementSaid,
    LevelCounts,
    LevelSaid,
    Rung,
    Withheld,
    agreement_word,
    level_word,
)


class Verdict(Enum):
    """Which text is said."""

    NEW = "new"
    OLD = "old"
    NEITHER = "neither"


def stable_level(
    previous: LevelSaid | Withheld,
    counts: LevelCounts,
    *,
    seats: int,
    roster_changes: int,
    rungs: bool = False,
) -> LevelSaid | Withheld:
    """Say where an organisation stands, given what was last said of it.

    Args:
        previous: the last text that was said; ``WITHHELD`` when there was none.
        counts: this round's answers per level.
        seats: the most seats that one organisation holds (c), at least 1.
        roster_changes: people who joined plus people who left since ``previous`` was first said.
        rungs: as in ``level_word``; an old word may still stand in a round with rungs, and the reverse.
    Raises: ValueError, as ``level_word`` does, or when roster_changes is negative.
    """
    fresh = level_word(counts, seats=seats, rungs=rungs)
    if isinstance(previous, Withheld) or is_new_group(sum(counts), roster_changes) or fresh is WITHHELD:
        return fresh
    match verdict(previous, counts, seats=seats, distance=max(1, roster_changes), rungs=rungs):
        case Verdict.OLD:
            return previous
        case Verdict.NEW:
            return fresh
        case Verdict.NEITHER:
            return WITHHELD


def stable_agreement(
    previous: AgreementSaid | Withheld, counts: AgreementCounts, *, seats: int, roster_changes: int
) -> AgreementSaid | Withheld:
    """Say how many agree, given what was last said; arguments as in ``stable_level``."""
    fresh = agreement_word(*counts, seats=seats)
    if isinstance(previous, Withheld) or is_new_group(sum(counts), roster_changes) or fresh is WITHHELD:
        return fresh
    match verdict(previous, counts, seats=seats, distance=max(1, roster_changes)):
        case Verdict.OLD:
            return previous
        case Verdict.NEW:
            return fresh
        case Verdict.NEITHER:
            return WITHHELD


def is_new_group(answers: int, roster_changes: int) -> bool:
    """Say whether more than half of those who answer came or left, so that nothing can be compared.

    Raises: ValueError, when roster_changes is negative.
    """
    if roster_changes < 0:
        raise ValueError("roster changes cannot be negative")
    return 2 * roster_changes > answers


def verdict(previous: Text, counts: Counts, *, seats: int, distance: int, rungs: bool = False) -> Verdict:
    """Decide which text is said of a cell with enough answers, given its last text.

    Args:
        previous: the last text that was said.
        counts: two for agreement, five for levels.
        seats: the most seats that one organisation holds (c).
        distance: how many people together must not change a text (d), at least 1.
        rungs: whether new texts of levels are rungs.
    """
    instead = _replaced(previous, sum(counts), seats, distance, rungs)
    if instead is None:
        return Verdict.OLD
    first = _before_the_guard(previous, seats, distance, rungs, counts)
    return instead.get(first, Verdict.OLD if first == previous else Verdict.NEW)


def _before_the_guard(
    previous: Text, seats: int, distance: int, rungs: bool, counts: Counts
) -> Text | Withheld:
    if is_near(previous, counts, seats=seats, distance=distance):
        return previous
    return fresh_text(counts, seats=seats, rungs=rungs)


@lru_cache(maxsize=4096)
def _replaced(
    previous: Text, answers: int, seats: int, distance: int, rungs: bool
) -> Mapping[Text | Withheld, Verdict] | None:
    """Texts that would make somebody certain, with what is said instead of all of them.

    Returns: None when nothing but the old text, whatever was answered, hides everybody. The tests met no such
        case; a text that depends on no answer is safe in sizes they did not try.
    """
    kinds, sides = _kinds(previous, rungs)
    texts = {
        spread: _before_the_guard(previous, seats, distance, rungs, _placed(spread, kinds))
        for spread in spreads(answers, len(kinds))
    }
    unsafe = exposing(texts, sides, answers=answers, seats=seats)
    for verdict, instead in ((Verdict.NEITHER, WITHHELD), (Verdict.OLD, previous)):
        guarded = {spread: instead if text in unsafe else text for spread, text in texts.items()}
        if not exposing(guarded, sides, answers=answers, seats=seats):
            return dict.fromkeys(unsafe, verdict)
    return None


def _kinds(previous: Text, rungs: bool) -> tuple[Sequence[int], Sequence[Hashable]]:
    """Kinds of answers to try, with their sides; words tell levels of one side not apart, so one is enough."""
    if isinstance(previous, AgreementSaid):
        return (0, 1), ("no", "yes")
    kinds = range(len(SIDE_OF)) if rungs or isinstance(previous.word, Rung) else (0, 2, 4)
    return kinds, [SIDE_OF[kind] for kind in kinds]


def _placed(spread: Counts, kinds: Sequence[int]) -> Counts:
    counts = [0] * (kinds[-1] + 1)
    for kind, people in zip(kinds, spread, strict=True):
        counts[kind] = people
    return tuple(counts)
