"""The rounds of a partnership: which one is open, which is the last, what was agreed in them and still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.app.work import Work
from bot.core.ids import DecisionId, PartnerId, PartnershipId
from bot.core.rounds.lifecycle import OPEN, Decision, Kind, Round, RoundState, Standing

OVER = frozenset({RoundState.ARCHIVED, RoundState.CANCELLED})


def of_kind(work: Work, partnership: PartnershipId, kind: Kind) -> list[Round]:
    """The rounds of one kind, newest first."""
    return [found for found in work.tx.rounds.of_partnership(partnership) if found.kind is kind]


def last_posted(work: Work, partnership: PartnershipId) -> Round | None:
    """The newest reflection whose digest was posted."""
    return next((found for found in of_kind(work, partnership, Kind.REFLECTION) if found.posted), None)


def running(work: Work, partnership: PartnershipId) -> Round | None:
    """The reflection that the facilitators work on: the newest that is not over."""
    reflections = of_kind(work, partnership, Kind.REFLECTION)
    return next((found for found in reflections if found.state not in OVER), None)


def open_round(work: Work, partnership: PartnershipId) -> Round | None:
    """The newest round, of whichever kind, for which the roster is frozen at the moment."""
    return next((found for found in work.tx.rounds.of_partnership(partnership) if found.state in OPEN), None)


def origins(work: Work, partnership: PartnershipId) -> dict[DecisionId, DecisionId]:
    """Every decision of a partnership with the one that it continues, round by round, to the first."""
    origin: dict[DecisionId, DecisionId] = {}
    for round_ in reversed(work.tx.rounds.of_partnership(partnership)):
        for decision in work.tx.rounds.decisions(round_.id):
            first = decision.continues or decision.id
            origin[decision.id] = origin.get(first, first)
    return origin


@dataclass(frozen=True, slots=True)
class Agreed:
    """Levels on which a meeting agreed, and that no later meeting replaced."""

    round: Round
    decision: Decision
    levels: Mapping[PartnerId, int]


def agreed_levels(work: Work, partnership: PartnershipId) -> list[Agreed]:
    """What counts now, of the newest round first: a level stands until another for the same decision counts."""
    origin = origins(work, partnership)
    standing: dict[DecisionId, Agreed] = {}
    for round_ in of_kind(work, partnership, Kind.REFLECTION):
        found = [one for one in work.tx.rounds.agreed_levels(round_.id) if one.standing is Standing.AGREED]
        for decision in work.tx.rounds.decisions(round_.id):
            levels = {one.partner: one.level for one in found if one.decision == decision.id}
            if levels:
                standing.setdefault(origin[decision.id], Agreed(round_, decision, levels))
    return list(standing.values())


class Version(NamedTuple):
    """How a decision read in one reflection."""

    round: Round
    wording: str


def versions(work: Work, decision: Decision) -> list[Version]:
    """A decision through the reflections in which it was looked at, oldest first, this one included."""
    found: list[Version] = []
    at: Decision | None = decision
    while at is not None:
        round_ = work.tx.rounds.get(at.round)
        if round_ is not None and round_.kind is Kind.REFLECTION:
            found.append(Version(round_, at.wording))
        at = None if at.continues is None else work.tx.rounds.decision(at.continues)
    return found[::-1]


def reworded(work: Work, decision: Decision) -> Version | None:
    """The version before this one, when it read differently."""
    before = next(iter(versions(work, decision)[-2:-1]), None)
    return before if before is not None and before.wording != decision.wording else None


def reworded_in(work: Work, round_: Round) -> frozenset[DecisionId]:
    """The decisions of a round that read differently the last time."""
    decisions = work.tx.rounds.decisions(round_.id)
    return frozenset(found.id for found in decisions if reworded(work, found) is not None)
