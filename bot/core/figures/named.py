"""An open round: the method as Partos wrote it, with the levels under the name of the partner who gave them.

It takes the place of words only when every seat agreed to it in private beforehand.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bot.core.ids import DecisionId, PartnerId


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NamedRow(_Kept):
    """What one seat answered about one decision.

    Attributes:
        partner: whose seat it is.
        actual, desired: level of each partner, None where they did not know; empty when skipped.
        agrees: with how it is decided; None for unsure or skipped.
        stand_in: whether it was the seat of a stand-in.
    """

    partner: PartnerId
    actual: dict[PartnerId, int | None]
    agrees: bool | None
    desired: dict[PartnerId, int | None]
    stand_in: bool = False


class NamedDecision(_Kept):
    """All rows about one decision, in the order of the seats."""

    decision: DecisionId
    rows: tuple[NamedRow, ...]

    @property
    def contested(self) -> bool:
        """One partner who does not agree is enough."""
        return any(row.agrees is False for row in self.rows)


class NamedMatrix(_Kept):
    """What an open round publishes."""

    decisions: tuple[NamedDecision, ...]
