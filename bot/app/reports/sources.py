"""What reports are made of: the posted rounds of a partnership with their words, and how its partners are called.

Whatever is read here a group has read, or can (reference on anonymity, 3.4, R8).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.app import flows
from bot.app.publishing import published
from bot.app.work import Work
from bot.core.figures.named import NamedDecision, NamedMatrix
from bot.core.figures.published import Published, PublishedDecision
from bot.core.flow.definition import Flow
from bot.core.ids import DecisionId, PartnerId, PartnershipId
from bot.core.partnerships import Partner
from bot.core.rounds.lifecycle import Decision, Kind, Round

Words: TypeAlias = Published | NamedMatrix
DecisionWords: TypeAlias = PublishedDecision | NamedDecision


@dataclass(frozen=True, slots=True)
class Told:
    """A posted round and its words.

    Attributes:
        said: None when nothing at all may be said.
        decisions: in the order of the round.
        ended: the day on which its answers ended, by the partnership's clocks.
        flow: its questions, which name the levels.
    """

    round: Round
    said: Words | None
    decisions: tuple[Decision, ...]
    ended: date | None
    flow: Flow

    def of(self, decision: DecisionId) -> DecisionWords | None:
        """What was said of one decision."""
        found: Iterable[DecisionWords] = () if self.said is None else self.said.decisions
        return next((one for one in found if one.decision == decision), None)


def told(work: Work, round_: Round) -> Told:
    """A posted round as reports see it."""
    said = published(work, round_)
    silent = said is None or (isinstance(said, Published) and said.withheld)
    clock = work.tx.partnerships.get(round_.partnership).clock
    end = round_.answer_until
    return Told(
        round=round_,
        said=None if silent else said,
        decisions=work.tx.rounds.decisions(round_.id),
        ended=None if end is None else end.astimezone(clock).date(),
        flow=flows.of_round(work, round_),
    )


def all_told(work: Work, partnership: PartnershipId) -> list[Told]:
    """Every posted round and check-in, the first one first; not what was asked about agreements, which speak for it."""
    return [
        told(work, found)
        for found in reversed(work.tx.rounds.of_partnership(partnership))
        if found.posted and found.kind is not Kind.CONSENT
    ]


def reflections(rounds: Iterable[Told]) -> list[Told]:
    """Those that are no check-ins."""
    return [found for found in rounds if found.round.kind is Kind.REFLECTION]


def partners_in(work: Work, partnership: PartnershipId, rounds: Iterable[Told]) -> tuple[Partner, ...]:
    """The partners of whom these rounds speak, in their usual order; all of them when none does."""
    partners = work.tx.partnerships.partners(partnership)
    spoken_of = {
        partner for found in rounds if found.said for one in found.said.decisions for partner in _of(one)
    }
    return tuple(partner for partner in partners if partner.id in spoken_of) or partners


def _of(words: DecisionWords) -> Iterator[PartnerId]:
    if isinstance(words, PublishedDecision):
        yield from words.cells
        return
    for row in words.rows:
        yield from row.actual


def names_of(partners: Iterable[Partner]) -> Mapping[PartnerId, str]:
    return {partner.id: partner.acronym for partner in partners}
