"""What a partnership adds on a theme is read from its published words."""

from __future__ import annotations

import pytest

from bot.core.figures.published import PublishedCell, PublishedDecision
from bot.core.figures.shared import Width, contribution
from bot.core.figures.words import WITHHELD, AgreementSaid, AgreementWord, LevelSaid, LevelWord, Withheld
from bot.core.ids import DecisionId, PartnerId

W = AgreementWord
LOW, HIGH, MIXED = (
    LevelSaid(word, opposed=False) for word in (LevelWord.LOW, LevelWord.HIGH, LevelWord.MIXED)
)
MORE, LESS, SAME = (
    PublishedCell(actual=LOW, desired=HIGH),
    PublishedCell(actual=HIGH, desired=LOW),
    PublishedCell(actual=LOW, desired=LOW),
)
UNCLEAR = (PublishedCell(), PublishedCell(actual=MIXED, desired=HIGH), PublishedCell(actual=LOW))


def decision(
    number: int = 1, agreement: AgreementWord | None = None, *cells: PublishedCell
) -> PublishedDecision:
    told: AgreementSaid | Withheld = WITHHELD if agreement is None else AgreementSaid(agreement)
    return PublishedDecision(
        decision=DecisionId(number),
        agreement=told,
        cells={PartnerId(place): cell for place, cell in enumerate(cells, 11)},
    )


@pytest.mark.parametrize(
    ("agreements", "expected"),
    [
        ((), None),
        ((None,), None),
        ((W.FEW,), True),
        ((W.SPLIT,), True),
        ((W.FEWER_THAN_HALF,), True),
        ((W.MORE_THAN_HALF,), False),
        ((W.MOST,), False),
        ((W.MOST, W.FEW), True),
        ((W.MOST, W.MOST, W.FEW), False),
        ((W.FEW, None, None), True),
        ((W.MOST, None, W.MOST, W.SPLIT), False),
    ],
)
def test_a_theme_is_contested_when_at_least_half_of_what_is_told_is(
    agreements: tuple[AgreementWord | None, ...], expected: bool | None
) -> None:
    found = contribution(decision(number, one) for number, one in enumerate(agreements, 1))
    assert found.contested is expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((), None),
        (UNCLEAR, None),
        ((SAME,), Width.NONE),
        ((LESS, SAME), Width.NONE),
        ((MORE, SAME, LESS), Width.SOME),
        ((MORE, SAME), Width.WIDE),
        ((MORE, *UNCLEAR), Width.WIDE),
        ((MORE, MORE, SAME, LESS, SAME), Width.SOME),
    ],
)
def test_the_gap_is_as_wide_as_there_are_partners_for_whom_more_say_is_wished(
    cells: tuple[PublishedCell, ...], expected: Width | None
) -> None:
    assert contribution([decision(1, None, *cells)]).width is expected
    apart = [decision(number, None, cell) for number, cell in enumerate(cells, 1)]
    assert contribution(apart).width is expected, "over all decisions of the theme together"


def test_it_is_known_by_the_decisions_it_was_read_from() -> None:
    assert contribution([decision(7), decision(3, W.FEW)]).source == (3, 7)
