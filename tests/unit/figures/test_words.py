from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.figures.words import (
    WITHHELD,
    AgreementSaid,
    AgreementWord,
    LevelCounts,
    LevelSaid,
    LevelWord,
    Rung,
    Withheld,
    agreement_word,
    floor,
    level_word,
    slack,
)

HIGH, MIDDLE, LOW, MIXED = LevelWord.HIGH, LevelWord.MIDDLE, LevelWord.LOW, LevelWord.MIXED
COUNT = st.integers(0, 9)
AGREEMENT_ORDER = list(AgreementWord)


@pytest.mark.parametrize(("seats", "answers", "aside"), [(1, 5, 2), (2, 7, 3), (3, 9, 4)])
def test_floor_and_slack_grow_with_the_seats_of_one_organisation(
    seats: int, answers: int, aside: int
) -> None:
    assert floor(seats) == answers
    assert slack(seats) == aside


@pytest.mark.parametrize(
    ("counts", "seats", "said"),
    [
        ((0, 0, 0, 0, 6), 1, LevelSaid(HIGH, False)),
        ((1, 0, 0, 0, 5), 1, LevelSaid(HIGH, False)),
        ((0, 0, 1, 2, 3), 1, LevelSaid(HIGH, False)),
        ((2, 1, 0, 1, 2), 1, LevelSaid(MIXED, True)),
        ((3, 0, 0, 0, 3), 1, LevelSaid(MIXED, True)),
        ((2, 0, 0, 3, 0), 1, LevelSaid(HIGH, True)),
        ((1, 2, 1, 1, 0), 1, LevelSaid(LOW, False)),
        ((1, 0, 3, 0, 1), 1, LevelSaid(MIDDLE, False)),
        ((2, 0, 2, 1, 0), 1, LevelSaid(MIXED, False)),
        ((2, 0, 0, 2, 3), 2, LevelSaid(HIGH, False)),
        ((0, 0, 0, 0, 4), 1, WITHHELD),
        ((0, 0, 0, 0, 6), 2, WITHHELD),
        ((0, 0, 0, 0, 0), 1, WITHHELD),
    ],
)
def test_a_level_is_said_as_the_reference_words_it(
    counts: LevelCounts, seats: int, said: LevelSaid | Withheld
) -> None:
    assert level_word(counts, seats=seats) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0, 0, 8), LevelSaid(Rung.DECIDES, False)),
        ((0, 0, 0, 4, 4), LevelSaid(Rung.CO_DECIDES, False)),
        ((0, 0, 4, 0, 4), LevelSaid(Rung.CONSULTED, False)),
        ((0, 4, 0, 0, 4), LevelSaid(Rung.INFORMED, True)),
        ((5, 1, 0, 0, 2), LevelSaid(Rung.NOT_INVOLVED, True)),
        ((0, 0, 0, 0, 4), WITHHELD),
    ],
)
def test_a_rung_is_the_lower_median(counts: LevelCounts, said: LevelSaid | Withheld) -> None:
    assert level_word(counts, seats=1, rungs=True) == said


@pytest.mark.parametrize(
    ("word", "side"),
    [
        (Rung.NOT_INVOLVED, LOW),
        (Rung.INFORMED, LOW),
        (Rung.CONSULTED, MIDDLE),
        (Rung.CO_DECIDES, HIGH),
        (Rung.DECIDES, HIGH),
        (MIXED, MIXED),
    ],
)
def test_a_rung_lies_on_a_side_and_a_word_is_one(word: LevelWord | Rung, side: LevelWord) -> None:
    assert LevelSaid(word, False).side is side


@pytest.mark.parametrize(
    ("no", "yes", "seats", "word"),
    [
        (0, 5, 1, AgreementWord.MOST),
        (1, 4, 1, AgreementWord.MOST),
        (2, 3, 1, AgreementWord.MOST),
        (3, 2, 1, AgreementWord.FEW),
        (5, 0, 1, AgreementWord.FEW),
        (3, 3, 1, AgreementWord.SPLIT),
        (3, 6, 1, AgreementWord.SPLIT),
        (3, 7, 1, AgreementWord.MORE_THAN_HALF),
        (7, 3, 1, AgreementWord.FEWER_THAN_HALF),
        (5, 5, 1, AgreementWord.SPLIT),
        (3, 4, 2, AgreementWord.MOST),
        (4, 4, 2, AgreementWord.SPLIT),
    ],
)
def test_agreement_is_said_with_its_slack(no: int, yes: int, seats: int, word: AgreementWord) -> None:
    assert agreement_word(no, yes, seats=seats) == AgreementSaid(word)


@pytest.mark.parametrize(("no", "yes", "seats"), [(0, 4, 1), (4, 0, 1), (0, 0, 1), (3, 3, 2)])
def test_agreement_of_too_few_is_withheld(no: int, yes: int, seats: int) -> None:
    assert agreement_word(no, yes, seats=seats) is WITHHELD


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (1, 1, 1, 1, 1, 1), (6, 0, 0, 0, -1)])
def test_ill_sized_or_negative_level_counts_are_refused(counts: LevelCounts) -> None:
    with pytest.raises(ValueError, match="count"):
        level_word(counts, seats=1)


def test_negative_agreement_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        agreement_word(6, -1, seats=1)


@pytest.mark.parametrize("ask", [floor, slack])
def test_an_organisation_without_a_seat_is_refused(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(ValueError, match="seat"):
        ask(0)


@given(no=COUNT, yes=COUNT, seats=st.integers(1, 3))
def test_one_more_who_agrees_instead_of_not_never_lowers_the_word(no: int, yes: int, seats: int) -> None:
    before, after = agreement_word(no + 1, yes, seats=seats), agreement_word(no, yes + 1, seats=seats)
    if isinstance(before, AgreementSaid) and isinstance(after, AgreementSaid):
        assert AGREEMENT_ORDER.index(before.word) <= AGREEMENT_ORDER.index(after.word)
    else:
        assert before is after is WITHHELD


@given(no=COUNT, yes=COUNT, seats=st.integers(1, 3))
def test_agreement_and_disagreement_mirror_each_other(no: int, yes: int, seats: int) -> None:
    said, mirrored = agreement_word(no, yes, seats=seats), agreement_word(yes, no, seats=seats)
    if isinstance(said, AgreementSaid) and isinstance(mirrored, AgreementSaid):
        assert AGREEMENT_ORDER.index(said.word) == 4 - AGREEMENT_ORDER.index(mirrored.word)
    else:
        assert said is mirrored


@given(counts=st.tuples(COUNT, COUNT, COUNT, COUNT, COUNT), seats=st.integers(1, 3))
def test_an_answer_moved_from_low_to_high_never_turns_high_into_another_word(
    counts: LevelCounts, seats: int
) -> None:
    low, *between, high = counts
    before = level_word((low + 1, *between, high), seats=seats)  # type: ignore[arg-type]
    after = level_word((low, *between, high + 1), seats=seats)  # type: ignore[arg-type]
    if isinstance(before, LevelSaid) and before.word is HIGH:
        assert isinstance(after, LevelSaid)
        assert after.word is HIGH


@given(counts=st.tuples(COUNT, COUNT, COUNT, COUNT, COUNT), seats=st.integers(1, 3))
def test_a_level_word_depends_on_sides_only(counts: LevelCounts, seats: int) -> None:
    a, b, c, d, e = counts
    assert level_word(counts, seats=seats) == level_word((b, a, c, e, d), seats=seats)


def test_withheld_is_not_a_number() -> None:
    said: object = WITHHELD
    assert said != 0
    assert not isinstance(said, int)
    assert bool(said)
