"""From a vote on a long list to its new order; nothing else of the vote is kept or shown.

How many picked a decision is put into the same words as agreement, with the same floor and slack, and the list is
ordered by these words. Since they point at nobody one by one, neither does their order. Together they could, because
a ballot holds only so many picks: when the words vouch for nearly as many picks as were to be had, whoever spent
theirs elsewhere would know that nobody picked the rest. Then the list stays as it is.
Source: anonymity reference, 3.4; checked over all ballots of small groups.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from bot.core.figures.words import AgreementSaid, AgreementWord, agreement_word, slack

T = TypeVar("T")

_RANKS = {word: rank for rank, word in enumerate(AgreementWord)}


def order(
    ballots: Sequence[Collection[T]], decisions: Sequence[T], *, seats: int, most: int
) -> tuple[T, ...]:
    """Order the decisions by the word for how many picked each, from most to few.

    Args:
        ballots: what each of those who picked anything picked.
        decisions: the list as it is; among equal words it keeps its order.
        seats: the most seats that one organisation holds (c), at least 1.
        most: how many decisions one ballot may hold.
    Returns: the same decisions; in the same order when nothing can be said safely.
    """
    people = len(ballots)
    counts = {decision: sum(decision in ballot for ballot in ballots) for decision in decisions}
    words = {decision: agreement_word(people - yes, yes, seats=seats) for decision, yes in counts.items()}
    said = {decision: word.word for decision, word in words.items() if isinstance(word, AgreementSaid)}
    vouched = sum(_least(word, people, seats) for word in said.values())
    if len(said) < len(words) or vouched >= most * (people - seats):
        return tuple(decisions)
    return tuple(sorted(decisions, key=lambda decision: -_RANKS[said[decision]]))


def _least(word: AgreementWord, people: int, seats: int) -> int:
    """The fewest picks with which a word is said."""
    match word:
        case AgreementWord.FEW:
            return 0
        case AgreementWord.MOST:
            return people - slack(seats)
        case AgreementWord.MORE_THAN_HALF:
            return people // 2 + 1
        case AgreementWord.SPLIT | AgreementWord.FEWER_THAN_HALF:
            return slack(seats) + 1
