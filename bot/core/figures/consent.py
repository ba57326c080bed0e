"""What may be said of what a meeting proposed: whether somebody is not at ease with it, never who or how many.

Silence is consent, so it makes no difference who answered. "Somebody" hides everybody who could have objected: from
the floor on there are at least two of them whom no colleagues of one organisation know about. That nobody objected
is said by its absence; it is what consent means, and everybody reads beforehand that it will be said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from bot.core.figures.words import WITHHELD, Withheld, floor
from bot.core.ids import DecisionId


class Consented(BaseModel):
    """What is said of one asking.

    Attributes:
        uneasy: with what somebody is not at ease, in the order in which it was asked about; withheld when too few
            people could have objected.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    uneasy: tuple[DecisionId, ...] | Withheld


def consented(
    objections: Iterable[Collection[DecisionId]],
    asked: Sequence[DecisionId],
    *,
    people: int,
    seats: int,
) -> Consented:
    """Say with what somebody is not at ease.

    Args:
        objections: what each person who answered is not at ease with.
        people: how many could have answered, whether they did or not.
        seats: the most seats that one organisation holds (c), at least 1.
    """
    if people < floor(seats):
        return Consented(uneasy=WITHHELD)
    objected = {item for one in objections for item in one}
    return Consented(uneasy=tuple(item for item in asked if item in objected))
