"""What a meeting is to talk about, from published words and from the rows of an open round."""

from __future__ import annotations

import pytest

from bot.core.figures.agenda import MOST_POINTS, Agenda, Point, agenda
from bot.core.figures.named import NamedDecision, NamedMatrix, NamedRow
from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.figures.words import WITHHELD, AgreementSaid, AgreementWord, LevelSaid, LevelWord
from bot.core.ids import DecisionId, PartnerId

HIGH, MIDDLE, LOW, MIXED = (LevelSaid(word, False) for word in LevelWord)
OPPOSED = LevelSaid(LevelWord.MIXED, True)
FEW, SPLIT, MORE, MOST = (
    AgreementWord.FEW,
    AgreementWord.SPLIT,
    AgreementWord.MORE_THAN_HALF,
    AgreementWord.MOST,
)
A, B, C = PartnerId(11), PartnerId(12), PartnerId(13)
ONE, TWO, THREE = DecisionId(1), DecisionId(2), DecisionId(3)


def decision(
    number: int, agreement: AgreementWord | None, **cells: LevelSaid | tuple[LevelSaid, LevelSaid]
) -> PublishedDecision:
    said = {}
    for partner, name in ((A, "a"), (B, "b"), (C, "c")):
        found = cells.get(name, MIXED)
        actual, desired = found if isinstance(found, tuple) else (found, WITHHELD)
        said[partner] = PublishedCell(actual=actual, desired=desired)
    return PublishedDecision(
        decision=DecisionId(number),
        agreement=AgreementSaid(agreement) if agreement else WITHHELD,
        cells=said,
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), Agenda(None, ())),
        ((decision(1, None),), Agenda(None, ())),
        ((decision(1, MORE), decision(2, MOST), decision(3, MOST)), Agenda(TWO, ())),
        (
            (decision(1, MOST, a=OPPOSED), decision(2, SPLIT), decision(3, MORE)),
            Agenda(
                THREE,
                (
                    Point(TWO, contested=True, agreement=SPLIT),
                    Point(ONE, contested=False, agreement=MOST, opposed=(A,)),
                ),
            ),
        ),
        (
            (decision(1, FEW, a=(HIGH, LOW), b=(LOW, HIGH), c=LOW),),
            Agenda(None, (Point(ONE, contested=True, agreement=FEW, more=(B,), less=(A,), alone=A),)),
        ),
        (
            (decision(1, None, b=(LOW, MIDDLE)), decision(2, FEW)),
            Agenda(None, (Point(TWO, contested=True, agreement=FEW), Point(ONE, more=(B,)))),
        ),
    ],
)
def test_the_most_pressing_comes_first_and_something_that_is_fine_opens_the_talk(
    said: tuple[PublishedDecision, ...], expected: Agenda
) -> None:
    assert agenda(Published(decisions=said)) == expected


def test_a_meeting_is_given_no_more_than_it_can_talk_about() -> None:
    said = Published(decisions=tuple(decision(number, FEW) for number in range(1, 9)))
    assert [point.decision for point in agenda(said).points] == [1, 2, 3, 4, 5]
    assert len(agenda(said).points) == MOST_POINTS


def row(partner: PartnerId, agrees: bool | None, actual: int, desired: int | None = None) -> NamedRow:
    """What one seat says of partner C."""
    return NamedRow(
        partner=partner,
        agrees=agrees,
        actual={C: actual},
        desired={} if desired is None else {C: desired},
    )


def test_an_open_round_is_talked_about_where_somebody_does_not_agree() -> None:
    said = NamedMatrix(
        decisions=(
            NamedDecision(decision=ONE, rows=(row(A, False, 2), row(B, True, 2))),
            NamedDecision(decision=TWO, rows=(row(A, True, 1), row(B, True, 3))),
            NamedDecision(decision=THREE, rows=(row(A, False, 0, 3), row(B, None, 4))),
        )
    )
    assert agenda(said) == Agenda(
        TWO, (Point(THREE, contested=True, opposed=(C,), more=(C,)), Point(ONE, contested=True))
    )


def test_wishes_that_go_both_ways_are_no_wish_of_the_group() -> None:
    rows = (row(A, False, 2, 4), row(B, False, 2, 0))
    said = NamedMatrix(decisions=(NamedDecision(decision=ONE, rows=rows),))
    assert agenda(said).points == (Point(ONE, contested=True),)
