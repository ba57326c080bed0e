"""Who answers on paper is told to everybody, and decides how many answers a summary needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.adapters.db.store import SqlStore
from bot.app import consents, on_paper, openness, publishing, rounds
from bot.app.digests import digest_cards
from bot.app.rosters import most_known_now
from bot.core.figures.published import Published
from bot.core.figures.words import floor
from bot.core.rounds.lifecycle import Mode, Moment, RoundState
from bot.errors import Refusal
from tests.contract.fakes import FakeKeys
from tests.unit.app.paper import Paper, written


def seat_the_facilitator(paper: Paper) -> None:
    """Let the facilitator hold the first seat."""
    seat = paper.work.tx.partnerships.seats(paper.hamlet.partnership)[0].id
    paper.work.tx.partnerships.vacate(seat)
    paper.work.tx.partnerships.bind(seat, paper.facilitator)
    paper.work.tx.partnerships.set_consent(seat, 1)


def second_seat(paper: Paper, place: int) -> None:
    seat = paper.work.tx.partnerships.add_seat(paper.hamlet.partners[place])
    paper.work.tx.partnerships.bind(seat, paper.work.tx.people.add(1800 + place, language="en"))


def nothing(_: Paper) -> None: ...


@pytest.mark.parametrize(
    ("papers", "change", "expected"),
    [
        (1, nothing, 1),
        (2, nothing, 2),
        (1, seat_the_facilitator, 2),
        (2, seat_the_facilitator, 3),
        (1, lambda paper: second_seat(paper, 1), 2),
        (1, lambda paper: (seat_the_facilitator(paper), second_seat(paper, 0)), 3),
        (1, lambda paper: (seat_the_facilitator(paper), second_seat(paper, 1)), 2),
    ],
)
def test_the_most_that_anybody_knows_is_announced_frozen_and_decides_the_floor(
    store: SqlStore, keys: FakeKeys, papers: int, change: Callable[[Paper], object], expected: int
) -> None:
    def play(paper: Paper) -> None:
        change(paper)
        paper.round_id = rounds.draft(
            paper.work, paper.facilitator, paper.hamlet.partnership, Moment.BASELINE
        )
        assert most_known_now(paper.work, paper.hamlet.partnership) == expected
        assert consents.least(paper.work, paper.hamlet.partnership) == floor(expected)
        assert f"at least {floor(expected)} answers" in paper.page(f"r/{paper.round_id}")
        rounds.open_collecting(paper.work, paper.facilitator, paper.round_id)
        assert publishing.most_seats(paper.work, paper.round) == expected
        assert f"from {floor(expected)} answers" in paper.group_page(f"opened/{paper.round_id}")

    written(store, keys, play, papers=papers)


@pytest.mark.parametrize("seated", [False, True])
def test_with_fewer_answers_than_whoever_types_must_not_see_through_nothing_is_said(
    store: SqlStore, keys: FakeKeys, seated: bool
) -> None:
    """Six answers are enough when the facilitator holds no seat, and not when they know two of them."""

    def play(paper: Paper) -> None:
        if seated:
            seat_the_facilitator(paper)
        paper.ask()
        people = (paper.facilitator if seated else paper.hamlet.people[0], *paper.hamlet.people[1:5])
        for person in people:
            paper.give_as(person, "012340")
        paper.enter("012340")
        paper.close()
        words = paper.work.tx.rounds.published(paper.round_id)
        assert words is not None
        assert Published.model_validate_json(words).withheld is seated

    written(store, keys, play)


def test_the_group_and_the_facilitators_read_who_answers_on_paper(store: SqlStore, keys: FakeKeys) -> None:
    line = "On paper, typed in by a facilitator who learns these answers: PF"

    def play(paper: Paper) -> None:
        partner = paper.hamlet.partners[-1]
        assert "Seat 1: on paper" in paper.page(f"q/{paper.hamlet.partnership}/{partner}")
        paper.round_id = rounds.draft(
            paper.work, paper.facilitator, paper.hamlet.partnership, Moment.BASELINE
        )
        assert line in paper.page(f"r/{paper.round_id}")
        rounds.cancel(paper.work, paper.facilitator, paper.round_id)
        paper.ask()
        announced = paper.group_page(f"answering/{paper.round_id}")
        assert "PE (1) and PF (1, on paper)" in announced
        assert line in announced
        for number in range(5):
            paper.answer(number, "012340")
        paper.close()
        paper.close(paper.round.digest_at)
        assert paper.round.posted
        shown = "".join(paper.said(card) for card in digest_cards(paper.work, paper.round, "en"))
        assert line in shown

    written(store, keys, play)


def test_an_old_round_keeps_who_answered_on_paper(store: SqlStore, keys: FakeKeys) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        paper.work.tx.partnerships.set_on_paper(paper.seat, False)
        assert paper.work.tx.rounds.on_paper(paper.round_id) == {paper.hamlet.partners[-1]: 1}
        assert on_paper.paper_line(paper.work, paper.round)

    written(store, keys, play)


def test_a_round_after_which_somebody_knows_more_is_not_compared(store: SqlStore, keys: FakeKeys) -> None:
    def play(paper: Paper) -> None:
        paper.ask()
        for number in range(5):
            paper.answer(number, "444444")
        paper.close()
        paper.close(paper.round.digest_at)
        paper.pass_time(days=60)
        first = paper.round
        assert publishing.most_seats(paper.work, first) == 1
        seat_the_facilitator(paper)
        paper.work.tx.rounds.save(replace(first, state=RoundState.ARCHIVED))
        second = rounds.draft(paper.work, paper.facilitator, paper.hamlet.partnership, Moment.END_TERM)
        assert "Because of seats on paper" in paper.page(f"r/{second}")

    written(store, keys, play)


def test_with_a_seat_on_paper_a_round_stays_confidential(store: SqlStore, keys: FakeKeys) -> None:
    def play(paper: Paper) -> None:
        round_id = rounds.draft(paper.work, paper.facilitator, paper.hamlet.partnership, Moment.BASELINE)
        with pytest.raises(Refusal):
            openness.propose(paper.work, paper.facilitator, round_id, Mode.PROPOSED)

    written(store, keys, play)


def test_a_seat_that_is_marked_after_an_open_round_was_proposed_never_agrees(
    store: SqlStore, keys: FakeKeys
) -> None:
    def play(paper: Paper) -> None:
        on_paper.mark(paper.work, paper.facilitator, paper.seat, on_paper=False)
        paper.round_id = rounds.draft(
            paper.work, paper.facilitator, paper.hamlet.partnership, Moment.BASELINE
        )
        openness.propose(paper.work, paper.facilitator, paper.round_id, Mode.PROPOSED)
        on_paper.mark(paper.work, paper.facilitator, paper.seat, on_paper=True)
        rounds.open_collecting(paper.work, paper.facilitator, paper.round_id)
        for person in paper.hamlet.people[:5]:
            openness.choose(paper.work, person, paper.round_id, agrees=True)
        assert openness.settle(paper.work, paper.round) is Mode.CONFIDENTIAL

    written(store, keys, play)


def test_a_seat_on_paper_counts_among_those_who_may_object(store: SqlStore, keys: FakeKeys) -> None:
    def play(paper: Paper) -> None:
        assert consents.can_ask(paper.work, paper.hamlet.partnership)
        on_paper.mark(paper.work, paper.facilitator, paper.seat, on_paper=False)
        assert not consents.can_ask(paper.work, paper.hamlet.partnership)

    written(store, keys, play, names="ABCDE")
