"""A partnership whose rounds are over, made row by row: as much as a report may have to tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import cycle, islice

from bot.app.ports import Transaction
from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.figures.words import (
    WITHHELD,
    AgreementSaid,
    AgreementWord,
    LevelSaid,
    LevelWord,
    Rung,
    Withheld,
)
from bot.core.ids import DecisionId, PartnerId, PartnershipId, RoundId
from bot.core.partnerships import PartnerKind
from bot.core.rounds.lifecycle import Kind, Moment, RoundState

LEVELS: tuple[LevelSaid | Withheld, ...] = (
    *(LevelSaid(word, opposed=False) for word in LevelWord),
    LevelSaid(LevelWord.MIXED, opposed=True),
    WITHHELD,
)
RUNGS: tuple[LevelSaid | Withheld, ...] = (
    *(LevelSaid(rung, opposed=False) for rung in Rung),
    LevelSaid(Rung.CONSULTED, opposed=True),
    WITHHELD,
)
AGREEMENTS: tuple[AgreementSaid | Withheld, ...] = (*map(AgreementSaid, AgreementWord), WITHHELD)
BETWEEN = timedelta(days=180)
PAT_VERSION = 2
"""The version of ``flows/pat.yaml`` that a live bot has; reports read the names of the levels in it."""


def _made_up(what: str, number: int) -> str:
    return f"Made-up {what} {number}"


@dataclass(frozen=True, slots=True)
class Past:
    """What a partnership has behind it.

    Attributes:
        named: how something is called, by what it is ("partner", "acronym", "decision", "action", "partnership",
            "purpose") and its number.
        levels: what is said of levels, in turn; the first round begins with the first, the second with the second.
    """

    partners: int
    decisions: int
    rounds: int
    named: Callable[[str, int], str] = _made_up
    levels: Sequence[LevelSaid | Withheld] = field(default=LEVELS)


def settle(tx: Transaction, past: Past, now: datetime, *, language: str = "en") -> PartnershipId:
    """Store it: the last round ended yesterday, and its meeting agreed on levels and an action a decision."""
    made = tx.partnerships.add(
        name=past.named("partnership", 1), purpose=past.named("purpose", 1), language=language, zone="UTC"
    )
    kinds = cycle(PartnerKind)
    partners = [
        tx.partnerships.add_partner(
            made, name=past.named("partner", number), acronym=past.named("acronym", number), kind=next(kinds)
        )
        for number in range(1, past.partners + 1)
    ]
    before: list[DecisionId] = []
    for place in range(past.rounds):
        ended = now - timedelta(days=1) - (past.rounds - 1 - place) * BETWEEN
        round_id = _round(tx, made, partners, ended)
        before = _words(tx, round_id, past, partners, before, place)
    for number, decision in enumerate(before, 1):
        tx.rounds.agree_levels(decision, dict(zip(partners, cycle((3, 2, 4, 1, 0)), strict=False)))
        action, owner = past.named("action", number), partners[number % len(partners)]
        tx.rounds.add_action(round_id, decision=decision, what=action, owner=owner, by="2031-09-30")
    return made


def _round(
    tx: Transaction, partnership: PartnershipId, partners: Sequence[PartnerId], ended: datetime
) -> RoundId:
    made = tx.rounds.add(
        partnership,
        kind=Kind.REFLECTION,
        moment=Moment.MID_TERM,
        flow="pat",
        flow_version=PAT_VERSION,
        collect_days=7,
        answer_days=14,
    )
    tx.rounds.save(
        replace(made, state=RoundState.FOLLOWING, answer_until=ended, digest_at=ended, posted=True)
    )
    tx.rounds.freeze_roster(made.id, dict.fromkeys(partners, 1))
    return made.id


def _words(
    tx: Transaction,
    round_id: RoundId,
    past: Past,
    partners: Sequence[PartnerId],
    before: Sequence[DecisionId],
    place: int,
) -> list[DecisionId]:
    decisions = [
        tx.rounds.add_decision(
            round_id, past.named("decision", number + 1), continues=before[number] if before else None
        )
        for number in range(past.decisions)
    ]
    said = []
    for number, decision in enumerate(decisions, place):
        told = list(islice(cycle(past.levels), number, number + len(partners) + 2))
        cells = {
            partner: PublishedCell(actual=told[column], desired=told[column + 2])
            for column, partner in enumerate(partners)
        }
        agreement = AGREEMENTS[number % len(AGREEMENTS)]
        said.append(PublishedDecision(decision=decision, agreement=agreement, cells=cells))
    tx.rounds.publish(round_id, Published(decisions=tuple(said)).model_dump_json())
    return decisions
