"""The ladder of participation in decision-making, the scale of the Power Awareness Tool of Partos.

Source: reference "Power Awareness Tool 2.0", scale 0-4. The labels live in ``flows/pat.yaml``; here is what
the rest of the bot may say of a level.
"""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """How far one partner is involved in taking a decision. Ordinal: never averaged."""

    NOT_INVOLVED = 0
    INFORMED = 1
    CONSULTED = 2
    CO_DECIDES = 3
    DECIDES = 4
