from __future__ import annotations

import pytest

from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.figures.readings import (
    Gap,
    Imbalance,
    agreed,
    concentration,
    contested,
    discuss_first,
    gap,
    imbalance,
    opposed_partners,
    partners_at,
    profile,
    wanted_changes,
)
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
from bot.core.partnerships import PartnerKind

HIGH, MIDDLE, LOW, MIXED = (
    LevelSaid(word, False) for word in (LevelWord.HIGH, LevelWord.MIDDLE, LevelWord.LOW, LevelWord.MIXED)
)
OPPOSED = LevelSaid(LevelWord.MIXED, True)
CO_DECIDES, DECIDES = LevelSaid(Rung.CO_DECIDES, False), LevelSaid(Rung.DECIDES, False)
A, B, C = PartnerId(11), PartnerId(12), PartnerId(13)


def decision(number: int, *cells: PublishedCell, agreement: AgreementWord | None = None) -> PublishedDecision:
    return PublishedDecision(
        decision=DecisionId(number),
        agreement=AgreementSaid(agreement) if agreement else WITHHELD,
        cells=dict(zip((A, B, C), cells, strict=False)),
    )


def cell(actual: LevelSaid | Withheld, desired: LevelSaid | Withheld = WITHHELD) -> PublishedCell:
    return PublishedCell(actual=actual, desired=desired)


@pytest.mark.parametrize(
    ("actual", "desired", "expected"),
    [
        (LOW, HIGH, Gap.MORE),
        (LOW, MIDDLE, Gap.MORE),
        (HIGH, MIDDLE, Gap.LESS),
        (HIGH, HIGH, Gap.SAME),
        (LevelSaid(LevelWord.HIGH, True), HIGH, Gap.SAME),
        (MIXED, HIGH, Gap.NONE),
        (HIGH, MIXED, Gap.NONE),
        (WITHHELD, HIGH, Gap.NONE),
        (HIGH, WITHHELD, Gap.NONE),
        (WITHHELD, WITHHELD, Gap.NONE),
        (CO_DECIDES, DECIDES, Gap.MORE),
        (DECIDES, CO_DECIDES, Gap.LESS),
        (CO_DECIDES, HIGH, Gap.SAME),
        (CO_DECIDES, LOW, Gap.LESS),
    ],
)
def test_a_gap_compares_two_words(
    actual: LevelSaid | Withheld, desired: LevelSaid | Withheld, expected: Gap
) -> None:
    assert gap(cell(actual, desired)) is expected


@pytest.mark.parametrize(
    ("word", "is_contested", "is_agreed"),
    [
        (AgreementWord.FEW, True, False),
        (AgreementWord.FEWER_THAN_HALF, True, False),
        (AgreementWord.SPLIT, True, False),
        (AgreementWord.MORE_THAN_HALF, False, True),
        (AgreementWord.MOST, False, True),
        (None, False, False),
    ],
)
def test_a_decision_is_contested_agreed_or_neither(
    word: AgreementWord | None, is_contested: bool, is_agreed: bool
) -> None:
    assert contested(decision(1, agreement=word)) is is_contested
    assert agreed(decision(1, agreement=word)) is is_agreed


def test_partners_are_found_by_what_is_said_of_them() -> None:
    said = decision(1, cell(HIGH), cell(OPPOSED), cell(WITHHELD))
    assert partners_at(said, LevelWord.HIGH) == (A,)
    assert partners_at(said, LevelWord.MIXED) == opposed_partners(said) == (B,)
    assert partners_at(said, LevelWord.LOW) == ()


@pytest.mark.parametrize(
    ("cells", "alone"),
    [
        ((cell(HIGH), cell(LOW), cell(LOW)), A),
        ((cell(LOW), cell(LOW), cell(HIGH)), C),
        ((cell(HIGH), cell(HIGH), cell(LOW)), None),
        ((cell(HIGH), cell(MIDDLE), cell(LOW)), None),
        ((cell(HIGH), cell(WITHHELD), cell(LOW)), None),
        ((cell(LOW), cell(LOW), cell(LOW)), None),
        ((cell(HIGH),), None),
        ((), None),
    ],
)
def test_power_is_concentrated_when_one_is_high_and_all_others_are_low(
    cells: tuple[PublishedCell, ...], alone: PartnerId | None
) -> None:
    assert concentration(decision(1, *cells)) == alone


def test_wanted_changes_leave_out_what_is_fine_or_unclear() -> None:
    said = decision(1, cell(HIGH, LOW), cell(LOW, LOW), cell(MIXED, HIGH))
    assert wanted_changes(said) == {A: Gap.LESS}


def test_contested_decisions_come_first_then_wanted_changes_then_opposed_views() -> None:
    published = Published(
        decisions=(
            decision(1, cell(OPPOSED)),
            decision(2, cell(HIGH, HIGH), agreement=AgreementWord.MOST),
            decision(3, cell(LOW, HIGH), cell(HIGH, LOW), agreement=AgreementWord.MOST),
            decision(4, agreement=AgreementWord.SPLIT),
            decision(5, cell(LOW, HIGH), cell(OPPOSED)),
            decision(6, cell(LOW, HIGH)),
            decision(7, agreement=AgreementWord.FEW),
        )
    )
    assert discuss_first(published) == (4, 7, 3, 5, 6, 1)


def test_there_is_nothing_to_discuss_first_when_everything_is_withheld() -> None:
    assert discuss_first(Published(decisions=(decision(1, cell(WITHHELD)),))) == ()


def test_a_profile_counts_decisions_in_which_a_partner_is_high() -> None:
    published = Published(
        decisions=(decision(1, cell(HIGH), cell(LOW)), decision(2, cell(HIGH), cell(WITHHELD)))
    )
    assert [profile(published, partner) for partner in (A, B, C)] == [2, 0, 0]


def test_a_rung_counts_for_the_side_on_which_it_lies() -> None:
    said = decision(1, cell(CO_DECIDES), cell(DECIDES), cell(LevelSaid(Rung.INFORMED, True)))
    assert partners_at(said, LevelWord.HIGH) == (A, B)
    assert partners_at(said, LevelWord.LOW) == opposed_partners(said) == (C,)


KINDS = {A: PartnerKind.FUNDER, B: PartnerKind.LOCAL, C: PartnerKind.NATIONAL}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ((HIGH, LOW, LOW), Imbalance.FUNDERS_HIGHER),
        ((HIGH, HIGH, LOW), Imbalance.FUNDERS_HIGHER),
        ((MIDDLE, HIGH, LOW), Imbalance.LEVEL),
        ((LOW, MIDDLE, MIXED), Imbalance.FUNDERS_LOWER),
        ((MIXED, HIGH, LOW), Imbalance.CANNOT_BE_SAID),
        ((HIGH, WITHHELD, MIXED), Imbalance.CANNOT_BE_SAID),
        ((DECIDES, CO_DECIDES, CO_DECIDES), Imbalance.FUNDERS_HIGHER),
        ((DECIDES, HIGH, CO_DECIDES), Imbalance.LEVEL),
    ],
)
def test_rated_funders_are_compared_with_rated_national_and_local_partners(
    cells: tuple[LevelSaid | Withheld, ...], found: Imbalance
) -> None:
    assert imbalance([decision(1, *map(cell, cells))], KINDS) is found


def test_imbalance_leaves_other_kinds_out_and_looks_at_all_decisions_given() -> None:
    decisions = [decision(1, cell(HIGH), cell(LOW)), decision(2, cell(LOW), cell(HIGH), cell(HIGH))]
    kinds = {**KINDS, C: PartnerKind.INTERNATIONAL}
    assert imbalance(decisions, kinds) is Imbalance.LEVEL
    assert imbalance(decisions[:1], kinds) is Imbalance.FUNDERS_HIGHER
    assert imbalance(decisions, {}) is imbalance([], kinds) is Imbalance.CANNOT_BE_SAID
