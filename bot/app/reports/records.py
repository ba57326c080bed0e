"""Published words and agreements as rows for other programs, with ids that stay the same over the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from bot.app.history import origins
from bot.app.levels import level_name
from bot.app.reports.agreements import actions_of, agreed_in
from bot.app.reports.cells import Measure, agreement_cell, level_cell
from bot.app.reports.matrices import matrix_of
from bot.app.reports.sources import Told, all_told, names_of, reflections
from bot.app.sayings import progress_words
from bot.app.work import Work
from bot.core.document import Records, Value, Workbook
from bot.core.figures.named import NamedDecision
from bot.core.figures.published import PublishedDecision
from bot.core.figures.words import AgreementSaid, Withheld
from bot.core.flow.definition import Flow
from bot.core.ids import PartnerId
from bot.core.partnerships import Partnership
from bot.core.rounds.lifecycle import Action, Kind
from bot.core.text import say

COLUMNS = (
    "round_id",
    "round_kind",
    "round_number",
    "moment",
    "flow",
    "mode",
    "answers_until",
    "decision_id",
    "first_decision_id",
    "decision_number",
    "decision",
    "theme",
    "partner_id",
    "partner",
    "measure",
    "word",
    "views_oppose",
    "said",
    "due",
    "given_by",
)
"""``first_decision_id`` is the same for a decision in all rounds; ``word`` never changes its language, ``said`` tells
it in the language of the file; ``given_by`` is a partner, and only of open rounds."""

MEASURES = {
    Kind.REFLECTION: {Measure.ACTUAL: "actual", Measure.DESIRED: "desired"},
    Kind.PRACTICE: {Measure.ACTUAL: "practice"},
    Kind.ACTIONS: {Measure.ACTUAL: "progress"},
    Kind.PULSE: {},
    Kind.EVALUATION: {},
}
ASKS_AGREEMENT = frozenset({Kind.REFLECTION, Kind.PULSE, Kind.EVALUATION})
WITHHELD_WORD = "withheld"

Row: TypeAlias = dict[str, Value]


def records(work: Work, partnership: Partnership) -> Records:
    """A row for each published word, each agreed level and each action; what is withheld has a word of its own."""
    rows = _rows(work, partnership)
    return Records(COLUMNS, tuple(tuple(row.get(column) for column in COLUMNS) for row in rows))


def workbook(work: Work, partnership: Partnership) -> Workbook:
    """A sheet for every round with words, the first one first, and all rows."""
    told = [found for found in reflections(all_told(work, partnership.id)) if found.said]
    return Workbook(
        title=partnership.name,
        matrices=tuple(matrix_of(work, found, heading=partnership.name) for found in told),
        records=records(work, partnership),
    )


def _rows(work: Work, partnership: Partnership) -> Iterator[Row]:
    origin = origins(work, partnership.id)
    names = names_of(work.tx.partnerships.partners(partnership.id))
    taken = actions_of(work, partnership.id)
    for found in all_told(work, partnership.id):
        agreed = {decision.id: levels for decision, levels in agreed_in(work, found.round)}
        for number, decision in enumerate(found.decisions, 1):
            about: Row = {
                **_round(found),
                "decision_id": decision.id,
                "first_decision_id": origin[decision.id],
                "decision_number": number,
                "decision": decision.wording,
                "theme": decision.theme,
            }
            match found.of(decision.id):
                case PublishedDecision() as words:
                    told = _published(work, found, words, names)
                case NamedDecision() as named:
                    told = _named(work, found, named, names)
                case None:
                    told = iter(())
            yield from ({**about, **row} for row in told)
            for partner, level in agreed.get(decision.id, {}).items():
                row = _level(work, level)
                yield {**about, **_partner(partner, names), "measure": "agreed_level", **row}
            for action in taken:
                if action.decision == decision.id:
                    yield {**about, **_action(action, names)}
        for action in taken:
            if action.round == found.round.id and action.decision is None:
                yield {**_round(found), **_action(action, names)}


def _round(found: Told) -> Row:
    round_ = found.round
    return {
        "round_id": round_.id,
        "round_kind": round_.kind,
        "round_number": round_.number,
        "moment": round_.moment,
        "flow": round_.flow,
        "mode": round_.mode,
        "answers_until": None if found.ended is None else found.ended.isoformat(),
    }


def _partner(partner: PartnerId, names: Mapping[PartnerId, str]) -> Row:
    return {"partner_id": partner, "partner": names.get(partner)}


def _action(action: Action, names: Mapping[PartnerId, str]) -> Row:
    told: Row = {"measure": "action", "word": action.status, "said": action.what, "due": action.by}
    return {**_partner(action.owner, names), **told}


def _level(work: Work, level: int | None, flow: Flow | None = None) -> Row:
    if level is None:
        return {"word": "unsure", "said": say("not sure")}
    return {"word": str(level), "said": level_name(work, level, flow)}


def _published(
    work: Work, found: Told, words: PublishedDecision, names: Mapping[PartnerId, str]
) -> Iterator[Row]:
    kind = found.round.kind
    if kind in ASKS_AGREEMENT:
        told = words.agreement
        word = told.word if isinstance(told, AgreementSaid) else WITHHELD_WORD
        yield {"measure": "agreement", "word": word, "said": agreement_cell(words).words}
    for partner, cell in words.cells.items():
        for measure, name in MEASURES[kind].items():
            said = cell.actual if measure is Measure.ACTUAL else cell.desired
            row: Row = {**_partner(partner, names), "measure": name}
            if isinstance(said, Withheld):
                yield {**row, "word": WITHHELD_WORD}
                continue
            shown = level_cell(work, found.flow, words, partner, measure).words
            if kind is Kind.ACTIONS:
                shown = progress_words(said.word)
            yield {**row, "word": said.word, "views_oppose": int(said.opposed), "said": shown}


def _named(work: Work, found: Told, words: NamedDecision, names: Mapping[PartnerId, str]) -> Iterator[Row]:
    for row in words.rows:
        by = names.get(row.partner)
        if row.agrees is not None:
            said = say("fine") if row.agrees else say("would like it differently")
            word = "yes" if row.agrees else "no"
            yield {"measure": "agreement", "word": word, "said": said, "given_by": by}
        for measure, levels in ((Measure.ACTUAL, row.actual), (Measure.DESIRED, row.desired)):
            for partner, level in levels.items():
                told: Row = {**_partner(partner, names), "measure": str(measure), "given_by": by}
                yield {**told, **_level(work, level, found.flow)}
