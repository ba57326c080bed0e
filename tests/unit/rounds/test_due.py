"""What is due for a round, from its state, its dates and the time alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.ids import PartnershipId, RoundId
from bot.core.rounds.due import (
    FOLLOWING,
    FORETELLING,
    MEETING,
    REMINDERS,
    SHAPING,
    Task,
    due,
    ends,
    reminders_due,
)
from bot.core.rounds.lifecycle import Kind, Moment, Round, RoundState

S = RoundState
COLLECT = datetime(2027, 1, 15, tzinfo=UTC)
VOTE = datetime(2027, 1, 25, tzinfo=UTC)
ANSWER = datetime(2027, 2, 15, tzinfo=UTC)
DIGEST = datetime(2027, 2, 16, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def round_in(state: RoundState, *, digest: datetime | None = DIGEST) -> Round:
    """A round with all its dates, in some state."""
    return Round(
        id=RoundId(1),
        partnership=PartnershipId(1),
        number=1,
        state=state,
        kind=Kind.REFLECTION,
        moment=Moment.BASELINE,
        flow="pat",
        flow_version=2,
        collect_days=14,
        answer_days=14,
        collect_until=COLLECT,
        answer_until=ANSWER,
        digest_at=digest,
        vote_until=VOTE,
    )


ENDS = [
    (S.DRAFT, DIGEST, None, None),
    (S.COLLECTING, None, COLLECT, Task.END_COLLECTING),
    (S.SHAPING, None, VOTE + SHAPING, Task.GIVE_UP_SHAPING),
    (S.VOTING, None, VOTE, Task.END_VOTING),
    (S.ANSWERING, None, ANSWER, Task.CLOSE),
    (S.CLOSING, None, ANSWER, Task.COUNT),
    (S.CLOSING, DIGEST, DIGEST, Task.POST_DIGEST),
    (S.MEETING, DIGEST, DIGEST + MEETING, Task.FOLLOW),
    (S.FOLLOWING, DIGEST, DIGEST + FOLLOWING, Task.ARCHIVE),
    (S.ARCHIVED, DIGEST, None, None),
    (S.CANCELLED, DIGEST, None, None),
]


@pytest.mark.parametrize(("state", "digest", "end", "task"), ENDS)
def test_each_state_ends_at_its_date_and_then_has_one_task(
    state: RoundState, digest: datetime | None, end: datetime | None, task: Task | None
) -> None:
    round_ = replace(round_in(state, digest=digest), foretold=True, reminded=len(REMINDERS))
    assert ends(round_) == end
    for late in (timedelta(), timedelta(days=1), timedelta(days=10_000)):
        assert due(round_, (end or DIGEST) + late) is task
    assert due(round_, (end or DIGEST) - MOMENT) is None
    assert due(round_, datetime(1970, 1, 1, tzinfo=UTC)) is None, "a clock that fell back makes nothing due"


def test_every_state_is_in_the_table() -> None:
    assert {state for state, *_ in ENDS} == set(S)


def test_without_a_vote_the_list_is_waited_for_from_the_end_of_collecting() -> None:
    assert ends(replace(round_in(S.SHAPING), vote_until=None)) == COLLECT + SHAPING


@pytest.mark.parametrize("state", [S.COLLECTING, S.SHAPING, S.VOTING, S.ANSWERING, S.MEETING, S.FOLLOWING])
def test_a_state_without_a_date_does_not_end(state: RoundState) -> None:
    undated = replace(round_in(state, digest=None), collect_until=None, answer_until=None, vote_until=None)
    assert ends(undated) is None
    assert due(undated, ANSWER + timedelta(days=1000)) is None


@pytest.mark.parametrize(
    ("before", "foretold", "task"),
    [
        (FORETELLING + MOMENT, False, None),
        (FORETELLING, False, Task.FORETELL),
        (MOMENT, False, Task.FORETELL),
        (FORETELLING, True, None),
        (timedelta(), False, Task.CLOSE),
    ],
)
def test_two_days_before_the_close_it_is_foretold_once_and_never_instead_of_the_close(
    before: timedelta, foretold: bool, task: Task | None
) -> None:
    round_ = replace(round_in(S.ANSWERING), foretold=foretold, reminded=len(REMINDERS))
    assert due(round_, ANSWER - before) is task


@pytest.mark.parametrize(
    ("day", "extended", "count"),
    [
        (0, False, 0),
        (2.9, False, 0),
        (3, False, 1),
        (6.9, False, 1),
        (7, False, 2),
        (12, False, 3),
        (20, True, 3),
    ],
)
def test_reminders_are_due_on_days_3_7_and_12_after_the_opening(
    day: float, extended: bool, count: int
) -> None:
    round_ = round_in(S.ANSWERING)
    opened = ANSWER - timedelta(days=14)
    if extended:
        round_ = replace(round_, extended=True, answer_until=ANSWER + timedelta(days=7))
    now = opened + timedelta(days=day)
    assert reminders_due(round_, now) == count
    assert (due(round_, now) is Task.REMIND) is (count > 0)
    assert due(replace(round_, reminded=count, foretold=True), now) is None


def test_a_reminder_that_was_missed_until_the_close_has_lost_its_meaning() -> None:
    assert due(round_in(S.ANSWERING), ANSWER) is Task.CLOSE
