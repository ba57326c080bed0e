"""Free texts: the weakest point of confidentiality, so their authors decide, and rules decide on top.

Source: anonymity reference, 3.7 (R10).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.core.ids import DecisionId

FEWEST_AUTHORS = 3
"""People who must have shared a text before any is shown, and seats that must read its language."""

KEPT = timedelta(days=30)
"""How long facilitators can read what was written to them."""


class Audience(StrEnum):
    """Who may read a text; a text for nobody is destroyed with the answers."""

    GROUP = "group"
    FACILITATORS = "facilitators"


@dataclass(frozen=True, slots=True)
class Comment:
    """One text about one decision; who wrote it is not part of it."""

    decision: DecisionId
    audience: Audience
    words: str


def released(by_author: Iterable[Sequence[Comment]], *, answers: int, floor: int) -> tuple[Comment, ...]:
    """The texts that leave a round.

    Args:
        by_author: the texts of each person, in any order.
        answers: people who answered; floor: fewest answers for anything to be shown.
    Returns: in an order made from the words alone; for each audience all texts or, when fewer than three
        people wrote to the group or too few answered, none.
    """
    authors = [list(texts) for texts in by_author]
    if answers < floor:
        return ()
    to_group = sum(any(text.audience is Audience.GROUP for text in texts) for texts in authors)
    kept = [
        text
        for texts in authors
        for text in texts
        if text.audience is Audience.FACILITATORS or to_group >= FEWEST_AUTHORS
    ]
    return tuple(
        sorted(kept, key=lambda text: (text.audience, text.decision, text.words.casefold(), text.words))
    )
