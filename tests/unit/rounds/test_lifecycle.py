"""Which moves a round may make, and which not."""

from __future__ import annotations

from itertools import product

import pytest

from bot.core.rounds.lifecycle import (
    CHECK_INS,
    MOVES,
    OPEN,
    SAME_CELLS,
    TAKES_ANSWERS,
    Kind,
    RoundState,
    may_move,
)

S = RoundState

ALLOWED = {
    (S.DRAFT, S.COLLECTING),
    (S.DRAFT, S.SHAPING),
    (S.DRAFT, S.CANCELLED),
    (S.COLLECTING, S.SHAPING),
    (S.COLLECTING, S.CANCELLED),
    (S.SHAPING, S.VOTING),
    (S.VOTING, S.SHAPING),
    (S.VOTING, S.CANCELLED),
    (S.SHAPING, S.ANSWERING),
    (S.SHAPING, S.CANCELLED),
    (S.ANSWERING, S.CLOSING),
    (S.ANSWERING, S.CANCELLED),
    (S.CLOSING, S.MEETING),
    (S.MEETING, S.FOLLOWING),
    (S.FOLLOWING, S.ARCHIVED),
}


@pytest.mark.parametrize(("source", "target"), list(product(S, S)))
def test_a_round_makes_the_listed_moves_and_no_others(source: RoundState, target: RoundState) -> None:
    assert may_move(source, target) is ((source, target) in ALLOWED)


CHECK_IN_ALLOWED = {
    (S.DRAFT, S.ANSWERING),
    (S.DRAFT, S.CANCELLED),
    (S.ANSWERING, S.CLOSING),
    (S.ANSWERING, S.CANCELLED),
    (S.CLOSING, S.ARCHIVED),
}


@pytest.mark.parametrize("kind", [*CHECK_INS, Kind.CONSENT])
@pytest.mark.parametrize(("source", "target"), list(product(S, S)))
def test_a_check_in_goes_from_its_draft_to_the_archive_by_way_of_the_answers(
    source: RoundState, target: RoundState, kind: Kind
) -> None:
    assert may_move(source, target, kind) is ((source, target) in CHECK_IN_ALLOWED)


def test_every_state_says_where_it_leads() -> None:
    assert MOVES.keys() == set(S)


def test_what_is_closing_can_no_longer_be_cancelled() -> None:
    assert S.CANCELLED not in MOVES[S.CLOSING]


def test_no_state_is_ever_entered_twice_but_shaping_after_a_vote() -> None:
    def after(state: RoundState) -> set[RoundState]:
        ahead = MOVES[state] - {S.VOTING}
        return {further for target in ahead for further in {target} | after(target)}

    assert all(state not in after(state) for state in set(S) - {S.VOTING})
    assert MOVES[S.VOTING] == {S.SHAPING, S.CANCELLED}


def test_answers_are_taken_only_while_the_roster_is_frozen() -> None:
    assert {S.COLLECTING, S.VOTING, S.ANSWERING} == TAKES_ANSWERS
    assert {S.COLLECTING, S.SHAPING, S.VOTING, S.ANSWERING, S.CLOSING} == OPEN


@pytest.mark.parametrize("kind", list(Kind))
def test_asking_for_consent_makes_nothing_else_wait_and_waits_for_nothing(kind: Kind) -> None:
    assert Kind.CONSENT not in SAME_CELLS[kind]
    assert SAME_CELLS[Kind.CONSENT] == frozenset()
