"""No text of a later round lets an insider who knows the earlier ones be certain of a colleague's answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import product

import pytest

from bot.core.figures.insiders import exposing
from bot.core.figures.nearness import fresh_text, is_near
from bot.core.figures.stability import stable_agreement, stable_level
from bot.core.figures.words import (
    WITHHELD,
    AgreementSaid,
    AgreementWord,
    LevelSaid,
    LevelWord,
    floor,
)
from tests.unit.figures.groups import AGREEMENTS, RUNGS, WORDS, levels
from tests.unit.figures.insiders import (
    AGREEMENT_SIDES,
    LEVEL_SIDES,
    Counts,
    certainties,
    histograms,
    left_open,
)

FEW, SPLIT, MOST = (
    AgreementSaid(word) for word in (AgreementWord.FEW, AgreementWord.SPLIT, AgreementWord.MOST)
)
WORD_SIDES = (0, 1, 2)  # low, middle, high: all that words depend on


def audit(*values: int) -> object:
    return pytest.param(*values, marks=pytest.mark.audit)


EVERY = [(n, c, d) for n in range(5, 13) for c in (1, 2) for d in (1, 2, 3) if n >= floor(c)]
UP_TO_9 = [size if size[0] <= 9 else audit(*size) for size in EVERY]
RUNG_SIZES = [size if size in ((5, 1, 1), (8, 1, 1)) else audit(*size) for size in EVERY]


@pytest.mark.parametrize(("answers", "seats", "changes"), EVERY)
def test_after_any_earlier_text_agreement_makes_no_insider_certain(
    answers: int, seats: int, changes: int
) -> None:
    for last in AGREEMENTS:

        def release(counts: Counts, last: AgreementSaid = last) -> Hashable:
            no, yes = counts
            return stable_agreement(last, (no, yes), seats=seats, roster_changes=changes)

        assert certainties(release, answers=answers, seats=seats, sides=AGREEMENT_SIDES) == []


def unsafe_levels(
    last: LevelSaid, sides: Sequence[int], *, answers: int, seats: int, changes: int, rungs: bool
) -> list[tuple[Hashable, Counts]]:
    def release(counts: Counts) -> Hashable:
        return stable_level(last, levels(counts), seats=seats, roster_changes=changes, rungs=rungs)

    return certainties(release, answers=answers, seats=seats, sides=sides)


@pytest.mark.parametrize(("answers", "seats", "changes"), UP_TO_9)
def test_after_any_earlier_word_a_word_makes_no_insider_certain(
    answers: int, seats: int, changes: int
) -> None:
    for last in WORDS:
        assert not unsafe_levels(last, WORD_SIDES, answers=answers, seats=seats, changes=changes, rungs=False)


@pytest.mark.parametrize(("answers", "seats", "changes"), RUNG_SIZES)
def test_after_any_earlier_rung_a_rung_makes_no_insider_certain(
    answers: int, seats: int, changes: int
) -> None:
    for last in RUNGS:
        assert not unsafe_levels(last, LEVEL_SIDES, answers=answers, seats=seats, changes=changes, rungs=True)


@pytest.mark.parametrize(("answers", "seats", "changes"), [(7, 1, 1), audit(8, 1, 1), audit(9, 2, 1)])
def test_words_and_rungs_after_each_other_make_no_insider_certain(
    answers: int, seats: int, changes: int
) -> None:
    for last, rungs in [*((word, True) for word in WORDS), *((rung, False) for rung in RUNGS)]:
        assert not unsafe_levels(
            last, LEVEL_SIDES, answers=answers, seats=seats, changes=changes, rungs=rungs
        )


def leaky(last: LevelSaid | AgreementSaid, counts: Counts, *, rungs: bool = False) -> Hashable:
    """The stability rule without a guard."""
    if is_near(last, counts, seats=1, distance=1):
        return last
    return fresh_text(counts, seats=1, rungs=rungs)


@pytest.mark.parametrize("answers", range(6, 10))
def test_stability_alone_is_caught_for_agreement(answers: int) -> None:
    def release(counts: Counts) -> Hashable:
        return leaky(SPLIT, counts)

    found = certainties(release, answers=answers, seats=1, sides=AGREEMENT_SIDES)
    assert set(found) == {(FEW, (0, 1)), (MOST, (1, 0))}


def test_stability_alone_is_caught_for_words_and_rungs() -> None:
    def words(counts: Counts) -> Hashable:
        return leaky(LevelSaid(LevelWord.MIXED, False), levels(counts))

    def rungs(last: LevelSaid) -> bool:
        def release(counts: Counts) -> Hashable:
            return leaky(last, counts, rungs=True)

        return bool(certainties(release, answers=6, seats=1, sides=LEVEL_SIDES))

    assert certainties(words, answers=6, seats=1, sides=WORD_SIDES)
    assert any(map(rungs, RUNGS))


@pytest.mark.parametrize("answers", range(5, 9))
def test_the_code_and_the_tests_find_the_same_texts_unsafe(answers: int) -> None:
    for last in WORDS:

        def release(counts: Counts, last: LevelSaid = last) -> Hashable:
            return leaky(last, levels(counts))

        found = certainties(release, answers=answers, seats=1, sides=WORD_SIDES)
        texts = {counts: release(counts) for counts in histograms(answers, 3)}
        assert exposing(texts, WORD_SIDES, answers=answers, seats=1) == {said for said, _ in found}


def after(last: AgreementSaid, answers: int, *, changes: int = 0) -> list[str]:
    said = [
        stable_agreement(last, (answers - yes, yes), seats=1, roster_changes=changes)
        for yes in range(answers + 1)
    ]
    return ["-" if text is WITHHELD else text.word.value for text in said]


def test_silence_takes_the_place_of_both_words_that_would_point_at_somebody() -> None:
    assert after(SPLIT, 6) == ["-", "-", "split", "split", "split", "-", "-"]


def test_the_old_text_stands_where_silence_would_tell_as_much() -> None:
    assert after(FEW, 5) == ["few"] * 6
    assert after(SPLIT, 7, changes=2) == ["split"] * 8


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_up_to_nine_answers_agreement_moves_as_little_as_the_documentation_admits(seats: int) -> None:
    def said_after(last: AgreementSaid, answers: int) -> set[Hashable]:
        return {
            stable_agreement(last, (no, yes), seats=seats, roster_changes=0)
            for no, yes in histograms(answers, 2)
        }

    assert said_after(FEW, floor(seats)) == {FEW}
    assert said_after(MOST, floor(seats)) == {MOST}
    for answers in range(floor(seats), 10):
        assert said_after(SPLIT, answers) <= {SPLIT, WITHHELD}


def test_where_everybody_stays_hidden_the_new_text_is_said() -> None:
    assert after(FEW, 6) == ["few"] * 4 + ["most"] * 3


PROBES = [(5, 1), (6, 1), (7, 1), (7, 2), (8, 2)]


def said_after(last: AgreementSaid | LevelSaid | None, counts: Counts, seats: int) -> Hashable:
    if len(counts) == 2:
        no, yes = counts
        agreement = last if isinstance(last, AgreementSaid) else WITHHELD
        return stable_agreement(agreement, (no, yes), seats=seats, roster_changes=0)
    level = last if isinstance(last, LevelSaid) else WITHHELD
    return stable_level(level, levels(counts), seats=seats, roster_changes=0)


@pytest.mark.parametrize(("answers", "seats"), PROBES)
@pytest.mark.parametrize("earlier", [[None], AGREEMENTS, WORDS], ids=["first", "agreement", "words"])
def test_an_organisation_that_changes_its_answers_to_probe_the_others_is_never_certain(
    answers: int, seats: int, earlier: Sequence[AgreementSaid | LevelSaid | None]
) -> None:
    """Insiders choose their answers in two rounds, nobody else changes, and an earlier text may be known."""
    for last, kinds in product(earlier, (2, 3)):
        if isinstance(last, AgreementSaid | LevelSaid) and kinds != (2 if last in AGREEMENTS else 3):
            continue
        for first, second in product(histograms(seats, kinds), repeat=2):
            fitting = defaultdict(list)
            for others in histograms(answers - seats, kinds):
                said = said_after(last, add(others, first), seats)
                kept = said if isinstance(said, AgreementSaid | LevelSaid) else last
                now = said_after(kept, add(others, second), seats)
                fitting[said, now].append(others)
            nobody = (0,) * kinds
            assert all(len(left_open(groups, nobody, range(kinds))) > 1 for groups in fitting.values())


@pytest.mark.parametrize(("then", "now"), [(1, 2), (2, 1)])
@pytest.mark.parametrize("kinds", [2, 3], ids=["agreement", "words"])
@pytest.mark.parametrize("answers", range(7, 10))
def test_a_text_from_before_the_most_seats_changed_helps_no_organisation_that_probes(
    answers: int, kinds: int, then: int, now: int
) -> None:
    """The round of the change itself is silent; nobody else changes, and the insiders' number may."""
    for insiders_then, insiders_now in product(range(1, then + 1), range(1, now + 1)):
        others = answers - insiders_then
        for first, second in product(histograms(insiders_then, kinds), histograms(insiders_now, kinds)):
            fitting = defaultdict(list)
            for rest in histograms(others, kinds):
                said = said_after(None, add(rest, first), then)
                kept = said if isinstance(said, AgreementSaid | LevelSaid) else None
                fitting[said, said_after(kept, add(rest, second), now)].append(rest)
            nobody = (0,) * kinds
            assert all(len(left_open(groups, nobody, range(kinds))) > 1 for groups in fitting.values())


def add(some: Counts, others: Counts) -> Counts:
    return tuple(a + b for a, b in zip(some, others, strict=True))


@pytest.mark.parametrize("answers", range(5, 8))
def test_over_three_rounds_one_person_alone_never_changes_a_text(answers: int) -> None:
    for no, yes in histograms(answers - 1, 2):
        # The one person says no, says yes, or is not there, in each of three rounds.
        for rounds in product(((1, 0), (0, 1), (0, 0)), repeat=3):
            said: AgreementSaid | None = None
            changes = 0
            for before, (more_no, more_yes) in zip((rounds[0], *rounds), rounds, strict=False):
                changes += sum(before) != more_no + more_yes
                counts = (no + more_no, yes + more_yes)
                if sum(counts) < floor(1):
                    continue
                now = stable_agreement(said or WITHHELD, counts, seats=1, roster_changes=changes)
                assert said in (None, now)
                if isinstance(now, AgreementSaid) and said is None:
                    said, changes = now, 0
