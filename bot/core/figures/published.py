"""What survives a close: words and where they stand. Everything shown later is computed from these alone."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from bot.core.figures.stability import stable_agreement, stable_level
from bot.core.figures.tally import Tally
from bot.core.figures.words import WITHHELD, AgreementSaid, LevelSaid, Withheld
from bot.core.ids import DecisionId, PartnerId


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PublishedCell(_Kept):
    """What is said of one partner in one decision."""

    actual: LevelSaid | Withheld = WITHHELD
    desired: LevelSaid | Withheld = WITHHELD


class PublishedDecision(_Kept):
    """What is said of one decision; ``cells`` in the order of the partners."""

    decision: DecisionId
    agreement: AgreementSaid | Withheld = WITHHELD
    cells: dict[PartnerId, PublishedCell]


class Published(_Kept):
    """What is said of one round, in the order of its decisions.

    As JSON (``model_dump_json``, ``model_validate_json``) what is withheld is the word "withheld".
    """

    decisions: tuple[PublishedDecision, ...]

    @property
    def withheld(self) -> bool:
        """Nothing at all may be said of this round."""
        return all(
            decision.agreement is WITHHELD
            and all(cell.actual is WITHHELD and cell.desired is WITHHELD for cell in decision.cells.values())
            for decision in self.decisions
        )


def publish(
    counted: Tally, *, seats: int, previous: Published | None = None, roster_changes: int = 0
) -> Published:
    """Put every cell into words; each measure is released on its own.

    Args:
        counted: the round's counts.
        seats: the most seats that one organisation holds (c), at least 1.
        previous: what the last comparable round said; its cells are found by decision and partner.
        roster_changes: people who joined plus people who left since then.
    """
    before = {said.decision: said for said in previous.decisions} if previous else {}
    return Published(
        decisions=tuple(
            _decision(counted, decision, before.get(decision), seats, roster_changes)
            for decision in counted.decisions
        )
    )


def _decision(
    counted: Tally, decision: DecisionId, before: PublishedDecision | None, seats: int, roster_changes: int
) -> PublishedDecision:
    last: Mapping[PartnerId, PublishedCell] = before.cells if before else {}

    def cell(partner: PartnerId) -> PublishedCell:
        was = last.get(partner, PublishedCell())
        actual, desired = counted.actual(decision, partner), counted.desired(decision, partner)
        return PublishedCell(
            actual=stable_level(was.actual, actual, seats=seats, roster_changes=roster_changes),
            desired=stable_level(was.desired, desired, seats=seats, roster_changes=roster_changes),
        )

    return PublishedDecision(
        decision=decision,
        agreement=stable_agreement(
            before.agreement if before else WITHHELD,
            counted.agreement(decision),
            seats=seats,
            roster_changes=roster_changes,
        ),
        cells={partner: cell(partner) for partner in counted.partners},
    )
