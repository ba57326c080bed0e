"""What the next round is measured against: the last text of each cell and for how long it has stood.

A text may be repeated, or nothing may be said for a while; it still counts from the round in which it was
*first* said, so that people who join or leave one after the other are counted together.

The most seats of one organisation (c) move the edges of the words. A text made with another c cannot be measured
against, so the round in which c changed is silent about every cell that has one. Whatever was answered, the
silence is the same, so it tells nothing; from the next round on the old text counts with the new c.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, NonNegativeInt, PositiveInt

from bot.core.figures.stability import is_new_group
from bot.core.figures.words import WITHHELD, AgreementSaid, LevelSaid, Withheld
from bot.core.ids import PartnerId

Said = TypeVar("Said", LevelSaid, AgreementSaid)


class Last(BaseModel, Generic[Said]):
    """The last text of a cell.

    Attributes:
        said: the text.
        roster_changes: people who joined plus people who left since it was first said: announced, not answered.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    said: Said
    roster_changes: NonNegativeInt = 0


class Memory(BaseModel):
    """The last texts of one decision, where there are any; nothing in it was not published.

    Attributes:
        seats: the most seats of one organisation (c) in the round that remembered; None in what was kept before
            this was noted, which counts as unchanged.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    seats: PositiveInt | None = None
    agreement: Last[AgreementSaid] | None = None
    actual: dict[PartnerId, Last[LevelSaid]] = {}
    desired: dict[PartnerId, Last[LevelSaid]] = {}


Measured: TypeAlias = tuple[Said | Withheld, Last[Said] | None]
"""What is said now, and what to remember."""


def measured(
    last: Last[Said] | None,
    say: Callable[[Said | Withheld, int], Said | Withheld],
    *,
    answers: int,
    roster_changes: int,
    comparable: bool = True,
) -> Measured[Said]:
    """Say one cell and remember its last text.

    Args:
        last: what is remembered of the cell.
        say: the rule, from the last text and the roster changes since it was first said.
        answers: how many answered the cell.
        roster_changes: people who joined plus people who left since the last round.
        comparable: False in the round in which the most seats of one organisation changed.
    """
    since = roster_changes + (last.roster_changes if last else 0)
    if last and not comparable and not is_new_group(answers, since):
        return WITHHELD, Last(said=last.said, roster_changes=since)
    said = say(last.said if last else WITHHELD, since)
    if isinstance(said, Withheld):
        return said, Last(said=last.said, roster_changes=since) if last else None
    stands = last is not None and said == last.said and not is_new_group(answers, since)
    return said, Last(said=said, roster_changes=since if stands else 0)
