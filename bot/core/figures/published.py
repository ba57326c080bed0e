"""What survives a close: words and where they stand. Everything shown later is computed from these alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from bot.core.figures.memory import Last, Measured, Memory, measured
from bot.core.figures.stability import stable_agreement, stable_level
from bot.core.figures.tally import Tally
from bot.core.figures.words import (
    WITHHELD,
    AgreementCounts,
    AgreementSaid,
    LevelCounts,
    LevelSaid,
    Withheld,
)
from bot.core.ids import DecisionId, PartnerId


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PublishedCell(_Kept):
    """What is said of one partner in one decision."""

    actual: LevelSaid | Withheld = WITHHELD
    desired: LevelSaid | Withheld = WITHHELD


class PublishedDecision(_Kept):
    """What is said of one decision; ``cells`` in the order of the partners.

    ``memory`` is for the next round; readings, digests and exports leave it alone. Without one, all texts
    count as said for the first time.
    """

    decision: DecisionId
    agreement: AgreementSaid | Withheld = WITHHELD
    cells: dict[PartnerId, PublishedCell]
    memory: Memory | None = None

    def remembered(self) -> Memory:
        """The last texts, which the next round is measured against."""
        if self.memory is not None:
            return self.memory
        cells = self.cells.items()
        return Memory(
            agreement=Last(said=self.agreement) if isinstance(self.agreement, AgreementSaid) else None,
            actual={p: Last(said=c.actual) for p, c in cells if isinstance(c.actual, LevelSaid)},
            desired={p: Last(said=c.desired) for p, c in cells if isinstance(c.desired, LevelSaid)},
        )


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


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was last said of a decision.

    Attributes:
        said: the words of that round.
        roster_changes: people who joined plus people who left since that round.
    """

    said: PublishedDecision
    roster_changes: int = 0


def publish(
    counted: Tally,
    *,
    seats: int,
    previous: Mapping[DecisionId, Earlier] | None = None,
    rungs: bool = False,
) -> Published:
    """Put every cell into words; each measure is released on its own.

    Args:
        counted: the round's counts.
        seats: the most seats that one organisation holds (c), at least 1.
        previous: what the last round that asked about the same decision said, by this round's decisions. What was
            withheld then is measured against what was said before it, so one round back is enough.
        rungs: say levels as rungs of the ladder; only when the round opened with ``RUNGS_FROM`` seats or more.
    """
    before = previous or {}
    return Published(
        decisions=tuple(
            _decision(counted, decision, before.get(decision), seats, rungs) for decision in counted.decisions
        )
    )


def _decision(
    counted: Tally,
    decision: DecisionId,
    before: Earlier | None,
    seats: int,
    rungs: bool,
) -> PublishedDecision:
    memory = before.said.remembered() if before else Memory()
    roster_changes = before.roster_changes if before else 0
    comparable = memory.seats in {None, seats}

    def level(last: Last[LevelSaid] | None, counts: LevelCounts) -> Measured[LevelSaid]:
        def say(text: LevelSaid | Withheld, since: int) -> LevelSaid | Withheld:
            return stable_level(text, counts, seats=seats, roster_changes=since, rungs=rungs)

        return measured(last, say, answers=sum(counts), roster_changes=roster_changes, comparable=comparable)

    def agreement(last: Last[AgreementSaid] | None, counts: AgreementCounts) -> Measured[AgreementSaid]:
        def say(text: AgreementSaid | Withheld, since: int) -> AgreementSaid | Withheld:
            return stable_agreement(text, counts, seats=seats, roster_changes=since)

        return measured(last, say, answers=sum(counts), roster_changes=roster_changes, comparable=comparable)

    agree, agreed_last = agreement(memory.agreement, counted.agreement(decision))
    actual = {p: level(memory.actual.get(p), counted.actual(decision, p)) for p in counted.partners}
    desired = {p: level(memory.desired.get(p), counted.desired(decision, p)) for p in counted.partners}
    return PublishedDecision(
        decision=decision,
        agreement=agree,
        cells={p: PublishedCell(actual=actual[p][0], desired=desired[p][0]) for p in counted.partners},
        memory=Memory(
            seats=seats,
            agreement=agreed_last,
            actual={p: last for p, (_, last) in actual.items() if last},
            desired={p: last for p, (_, last) in desired.items() if last},
        ),
    )
