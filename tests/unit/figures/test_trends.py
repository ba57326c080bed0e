from __future__ import annotations

import pytest

from bot.core.figures.published import PublishedCell, PublishedDecision
from bot.core.figures.trends import Trend, agreement_trend, level_trend, level_trends
from bot.core.figures.words import (
    WITHHELD,
    AgreementSaid,
    AgreementWord,
    LevelSaid,
    LevelWord,
    Rung,
    Withheld,
)
from bot.core.ids import DecisionId, PartnerId

HIGH, MIDDLE, LOW, MIXED = (
    LevelSaid(word, False) for word in (LevelWord.HIGH, LevelWord.MIDDLE, LevelWord.LOW, LevelWord.MIXED)
)
CO_DECIDES, DECIDES = LevelSaid(Rung.CO_DECIDES, False), LevelSaid(Rung.DECIDES, False)


@pytest.mark.parametrize(
    ("then", "now", "found"),
    [
        (LOW, HIGH, (Trend.HIGHER,)),
        (MIDDLE, LOW, (Trend.LOWER,)),
        (HIGH, HIGH, ()),
        (MIXED, HIGH, ()),
        (WITHHELD, HIGH, ()),
        (HIGH, WITHHELD, ()),
        (CO_DECIDES, DECIDES, (Trend.HIGHER,)),
        (HIGH, DECIDES, ()),
        (LOW, DECIDES, (Trend.HIGHER,)),
        (LevelSaid(LevelWord.MIXED, True), MIXED, (Trend.NO_LONGER_OPPOSED,)),
        (LevelSaid(LevelWord.MIXED, True), HIGH, (Trend.NO_LONGER_OPPOSED,)),
        (LOW, LevelSaid(LevelWord.HIGH, True), (Trend.HIGHER, Trend.NOW_OPPOSED)),
    ],
)
def test_a_trend_of_a_level_is_told_from_two_texts_that_differ(
    then: LevelSaid | Withheld, now: LevelSaid | Withheld, found: tuple[Trend, ...]
) -> None:
    assert level_trend(then, now) == found


@pytest.mark.parametrize(
    ("then", "now", "found"),
    [
        (AgreementWord.FEW, AgreementWord.MOST, Trend.MORE_AGREE),
        (AgreementWord.SPLIT, AgreementWord.FEW, Trend.FEWER_AGREE),
        (AgreementWord.FEWER_THAN_HALF, AgreementWord.MORE_THAN_HALF, Trend.MORE_AGREE),
        (AgreementWord.SPLIT, AgreementWord.MORE_THAN_HALF, None),
        (AgreementWord.FEWER_THAN_HALF, AgreementWord.SPLIT, None),
        (AgreementWord.MOST, AgreementWord.MOST, None),
        (None, AgreementWord.MOST, None),
        (AgreementWord.MOST, None, None),
    ],
)
def test_a_trend_of_agreement_is_told_only_when_it_is_clear(
    then: AgreementWord | None, now: AgreementWord | None, found: Trend | None
) -> None:
    before, after = (AgreementSaid(word) if word else WITHHELD for word in (then, now))
    assert agreement_trend(before, after) is found


def test_trends_of_a_decision_leave_out_partners_that_are_new_or_unchanged() -> None:
    a, b, c = PartnerId(11), PartnerId(12), PartnerId(13)

    def decision(number: int, **cells: LevelSaid) -> PublishedDecision:
        partners = {"a": a, "b": b, "c": c}
        return PublishedDecision(
            decision=DecisionId(number),
            cells={partners[name]: PublishedCell(actual=said) for name, said in cells.items()},
        )

    then, now = decision(1, a=LOW, b=HIGH), decision(2, a=HIGH, b=HIGH, c=LOW)
    assert level_trends(then, now) == {a: (Trend.HIGHER,)}
