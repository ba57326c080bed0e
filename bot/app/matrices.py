"""The digest of an open round: every partner's row, decision by decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.app.fitting import DIGEST_ROOM, size
from bot.app.history import reworded_in
from bot.app.terms import Terms
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.figures.named import NamedDecision, NamedMatrix, NamedRow
from bot.core.flow.rows import write_level
from bot.core.ids import PartnerId
from bot.core.rounds.lifecycle import Round
from bot.core.text import Figures, Line, Text, listed, say

REWORDED = say("Reworded since last time.")
"""Stands under a decision that read differently in the round before."""


def matrix_cards(work: Work, round_: Round, said: NamedMatrix, title: Line, language: str) -> list[Card]:
    """All rows of an open round, decision by decision, in as many messages as they need."""
    names = {partner.id: partner.acronym for partner in work.tx.partnerships.partners(round_.partnership)}
    wordings = {decision.id: decision.wording for decision in work.tx.rounds.decisions(round_.id)}
    reworded = reworded_in(work, round_)
    columns = say(
        "Partners: {partners}",
        partners=tuple(listed(number, name) for number, name in enumerate(names.values(), 1)),
    )
    header = size(work, [columns], language)
    intro = say(
        "An open round: every seat agreed that levels are shown with the name of the partner who gave them."
    )
    terms = Terms(work, round_)
    first = [intro, *terms.about(), columns]
    pages: list[list[Line]] = [first]
    room = DIGEST_ROOM - size(work, first, language)
    for number, decision in enumerate(said.decisions, 1):
        told = [REWORDED] if decision.decision in reworded else []
        heading = listed(number, wordings[decision.decision])
        for line in ("", heading, *told, *named_lines(decision, names, terms)):
            taken = size(work, [line], language)
            if taken > room:
                pages.append([columns])
                room = DIGEST_ROOM - header
            pages[-1].append(line)
            room -= taken
    return [Card(title, tuple(body)) for body in pages]


def named_lines(decision: NamedDecision, names: Mapping[PartnerId, str], terms: Terms) -> Iterator[Line]:
    """What each seat said of one decision, under the name of its partner."""
    for row in decision.rows:
        if row.actual or row.agrees is not None:
            yield from _row(row, names, terms)


def _row(row: NamedRow, names: Mapping[PartnerId, str], terms: Terms) -> Iterator[Line]:
    name, levels = names.get(row.partner, "?"), _levels(row.actual, names)
    partner = say("{partner} (stand-in)", partner=name) if row.stand_in else name
    if not terms.asks_agreement:
        yield say("{partner}: {level}", partner=partner, level=levels)
        return
    yield say("{partner}: {levels} ({agrees})", partner=partner, levels=levels, agrees=_agrees(row.agrees))
    if row.desired:
        yield say("{partner} would like: {levels}", partner=partner, levels=_levels(row.desired, names))


def _levels(levels: Mapping[PartnerId, int | None], names: Mapping[PartnerId, str]) -> Figures:
    return Figures(" ".join(write_level(levels.get(partner)) for partner in names))


def _agrees(agrees: bool | None) -> Text:
    if agrees is None:
        return say("not sure")
    return say("fine") if agrees else say("would like it differently")
