"""Whose a sheet is: a person's, or that of a seat on paper, whose answers a facilitator types in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.core.ids import PersonId, SeatId


@dataclass(frozen=True, slots=True, order=True)
class OnPaper:
    """A seat without Telegram.

    Attributes:
        by: whose unfinished entry it is; None for the entry that counts.
    """

    seat: SeatId
    by: PersonId | None = None


Holder: TypeAlias = PersonId | OnPaper
