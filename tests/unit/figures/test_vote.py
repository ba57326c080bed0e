"""The order that a vote gives to a list, and what the people who voted could learn from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain, combinations, combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.figures import vote
from bot.core.figures.vote import order
from bot.core.figures.words import floor

LIST = tuple("ABCDEFGHIJKL")
Ballot = frozenset[int]


def ballots(*picks: str) -> list[frozenset[str]]:
    return [frozenset(one) for one in picks]


def test_what_most_picked_comes_first_and_what_few_picked_last() -> None:
    picks = ballots("LKC", "LKC", "LKD", "LKA", "LKA", "LCA", "CAE", "CAE")
    ordered = "".join(order(picks, LIST, seats=1, most=5))
    assert ordered[0] == "L", "six of eight"
    assert ordered[1:4] == "ACK", "five of eight, in the order of the list"
    assert ordered[4:] == "BDEFGHIJ", "few or nobody"


def test_one_vote_more_or_less_than_the_slack_changes_nothing() -> None:
    everybody, all_but_two = ballots(*["L"] * 7), ballots(*["L"] * 5, "A", "B")
    assert order(everybody, LIST, seats=1, most=5) == order(all_but_two, LIST, seats=1, most=5)


@pytest.mark.parametrize(("people", "seats"), [(0, 1), (4, 1), (6, 2), (8, 3)])
def test_below_the_floor_the_list_stays_as_it_is(people: int, seats: int) -> None:
    assert people < floor(seats)
    assert order(ballots(*["L"] * people), LIST, seats=seats, most=5) == LIST


def test_when_nearly_all_picks_are_vouched_for_the_list_stays_as_it_is() -> None:
    agreed = ballots(*["EFGHI"] * 5)
    assert "".join(order(agreed, LIST, seats=1, most=5)) == "EFGHIABCDJKL", (
        "five that everybody picks are safe"
    )
    spread = ballots("EFGHI", "JKLEF", "GHIJK", "LEFGH", "IJKLE")
    assert order(spread, LIST, seats=1, most=5) == LIST, (
        "who picked only four of the eight would know the rest"
    )


PICKS = st.frozensets(st.sampled_from(LIST), min_size=1, max_size=5)


@given(st.lists(PICKS, max_size=14), st.integers(1, 2), st.randoms(use_true_random=False))
def test_every_decision_stays_on_the_list_and_who_voted_how_changes_nothing(
    picks: list[frozenset[str]], seats: int, dice: object
) -> None:
    ordered = order(picks, LIST, seats=seats, most=5)
    assert sorted(ordered) == sorted(LIST)
    shuffled = list(picks)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert order(shuffled, LIST, seats=seats, most=5) == ordered


# What somebody could be certain of, found by trying every group that fits

Order = Callable[[Sequence[Ballot]], tuple[int, ...]]


def certainties(release: Order, *, decisions: int, most: int, people: int, seats: int) -> int:
    """How often insiders know for certain that every colleague picked some decision, or that nobody did.

    The insiders know their own ballots, how many voted, the list as it was, and the rule. As nothing tells their
    colleagues apart, they are certain of one when they are certain of all.
    """
    kinds = [
        frozenset(chosen)
        for chosen in chain.from_iterable(combinations(range(decisions), size + 1) for size in range(most))
    ]
    found = 0
    for known in combinations_with_replacement(kinds, seats):
        possible: defaultdict[tuple[int, ...], list[set[int]]] = defaultdict(
            lambda: [set() for _ in range(decisions)]
        )
        for others in combinations_with_replacement(kinds, people - seats):
            said = possible[release((*known, *others))]
            for decision in range(decisions):
                said[decision].add(sum(decision in ballot for ballot in others))
        for counts in chain.from_iterable(possible.values()):
            found += counts in ({0}, {people - seats})
    return found


SMALL = [(4, 2, 5, 1), (3, 1, 6, 1), (3, 2, 6, 1), (4, 1, 7, 2)]


@pytest.mark.parametrize(("decisions", "most", "people", "seats"), SMALL)
def test_nobody_can_be_certain_of_what_a_colleague_picked(
    decisions: int, most: int, people: int, seats: int
) -> None:
    def release(given: Sequence[Ballot]) -> tuple[int, ...]:
        return order(given, range(decisions), seats=seats, most=most)

    assert not certainties(release, decisions=decisions, most=most, people=people, seats=seats)


def test_an_order_by_numbers_is_caught() -> None:
    def release(given: Sequence[Ballot]) -> tuple[int, ...]:
        return tuple(sorted(range(4), key=lambda one: -sum(one in ballot for ballot in given)))

    assert certainties(release, decisions=4, most=2, people=5, seats=1)


def test_words_alone_are_caught_when_they_vouch_for_every_pick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vote, "_least", lambda *_: 0)

    def release(given: Sequence[Ballot]) -> tuple[int, ...]:
        return order(given, range(4), seats=1, most=2)

    assert certainties(release, decisions=4, most=2, people=5, seats=1)
