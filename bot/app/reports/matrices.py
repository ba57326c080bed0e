"""Decisions and partners as one matrix: of a round's words, and of what a meeting agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.app.digests import title_of
from bot.app.publishing import most_seats
from bot.app.reports.cells import NOTHING, Measure, keys, level_cell, rung_cell
from bot.app.reports.sources import Told, partners_in, told
from bot.app.sayings import round_words
from bot.app.work import Work
from bot.core.document import Matrix, MatrixRow
from bot.core.ids import PartnerId, PartnershipId
from bot.core.rounds.lifecycle import Decision, Round
from bot.core.text import Line


def picture(work: Work, round_: Round) -> Matrix:
    """The present levels of a posted round in short, for a picture."""
    return matrix_of(work, told(work, round_), heading=title_of(work, round_), short=True)


def matrix_of(
    work: Work, found: Told, *, heading: Line, measure: Measure = Measure.ACTUAL, short: bool = False
) -> Matrix:
    """One measure of a round."""
    partners = partners_in(work, found.round.partnership, [found])
    words = [found.of(decision.id) for decision in found.decisions]
    return Matrix(
        heading=heading,
        name=round_words(found.round),
        columns=tuple(partner.acronym for partner in partners),
        rows=tuple(
            MatrixRow(
                decision.wording,
                tuple(
                    level_cell(work, found.flow, said, partner.id, measure, short=short)
                    for partner in partners
                ),
            )
            for decision, said in zip(found.decisions, words, strict=True)
        ),
        key=keys(
            work, found.flow, [one for one in words if one], seats=most_seats(work, found.round), short=short
        ),
    )


def agreed_matrix(
    work: Work,
    partnership: PartnershipId,
    agreed: Sequence[tuple[Decision, Mapping[PartnerId, int]]],
    *,
    heading: Line,
) -> Matrix:
    """Levels that a meeting agreed on.

    Args:
        agreed: by decision, the level of each partner for whom there is one.
    """
    partners = work.tx.partnerships.partners(partnership)
    return Matrix(
        heading=heading,
        name=heading,
        columns=tuple(partner.acronym for partner in partners),
        rows=tuple(
            MatrixRow(
                decision.wording,
                tuple(
                    rung_cell(work, None, levels[partner.id]) if partner.id in levels else NOTHING
                    for partner in partners
                ),
            )
            for decision, levels in agreed
        ),
    )
