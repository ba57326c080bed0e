"""How many answers the same people may know (c), when some seats answer on paper.

The people of one organisation may put their answers together. Whoever types in what was answered on paper knows all
of that, beside their own. So a facilitator who holds a seat brings every sheet on paper to their organisation, and
one who holds none still knows as many answers as there are seats on paper. Floor, slack and what may be compared
follow from the most that anybody knows, whoever they are.
Source: anonymity reference, 3.4: colleagues count as one person, since they know each other's answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.core.ids import PartnerId


def known_by(
    seats: Mapping[PartnerId, int], on_paper: Mapping[PartnerId, int], facilitating: Collection[PartnerId]
) -> dict[PartnerId, int]:
    """How many answers the people of each partner may know together.

    Args:
        seats: of each partner, those on paper included.
        on_paper: how many of them are; partners without any may be missing.
        facilitating: partners of whom a facilitator holds a seat.
    """
    total = sum(on_paper.values())
    return {
        partner: count + (total - on_paper.get(partner, 0) if partner in facilitating else 0)
        for partner, count in seats.items()
    }


def most_known(known: Mapping[PartnerId, int], on_paper: Mapping[PartnerId, int]) -> int:
    """The most answers that the same people may know (c), at least 1.

    Args:
        known: as ``known_by`` has it.
    """
    return max(1, sum(on_paper.values()), *known.values())
