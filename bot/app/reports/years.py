"""The report over time, for a review: every round and check-in so far, decision by decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.app.checkin_digests import check_in_parts
from bot.app.digests import Digest
from bot.app.history import origins
from bot.app.publishing import most_seats
from bot.app.reports.agreements import agreed_so_far
from bot.app.reports.cells import Measure, agreement_cell, keys, level_cell
from bot.app.reports.sections import meaning, mode_words, not_enough, privacy, who
from bot.app.reports.sources import Told, all_told, partners_in, reflections
from bot.app.sayings import round_words
from bot.app.terms import Terms
from bot.app.work import Work
from bot.core.document import Block, Cell, Document, Heading, Key, Legend, Paragraph, Points, Table
from bot.core.figures.published import Published, PublishedDecision
from bot.core.ids import DecisionId, RoundId
from bot.core.partnerships import Partner, Partnership
from bot.core.rounds.lifecycle import CHECK_INS, Decision
from bot.core.text import Line, Text, just, listed, say


def over_time(work: Work, partnership: Partnership) -> Document:
    """Everything that the group has read so far, arranged so that change shows."""
    return Document(
        heading=say("Over time"),
        subtitle=partnership.name,
        date=just(work.now.astimezone(partnership.clock).date()),
        blocks=tuple(_blocks(work, partnership)),
    )


@dataclass(frozen=True, slots=True)
class Strand:
    """One decision through all rounds that asked about it; by the place of the round among them."""

    versions: Mapping[int, Decision]

    @property
    def newest(self) -> Decision:
        return self.versions[max(self.versions)]


def _blocks(work: Work, partnership: Partnership) -> Iterator[Block]:
    rounds = all_told(work, partnership.id)
    reflected = reflections(rounds)
    digests = {
        found.round.id: Digest(work, found.round, found.said)
        for found in reflected
        if isinstance(found.said, Published)
    }
    yield from who(work, partnership)
    yield Heading(say("How it went"))
    yield from _calendar(work, rounds)
    yield Heading(say("Who decides what"))
    if not any(found.said for found in reflected):
        yield not_enough()
    partners = partners_in(work, partnership.id, reflected)
    for number, strand in enumerate(_strands(work, partnership, reflected), 1):
        yield from _decision(work, strand, number, reflected, partners, digests)
    yield Legend(_keys(work, reflected))
    check_ins = [found for found in rounds if found.round.kind in CHECK_INS]
    yield from _check_ins(work, check_ins)
    yield Heading(say("What we agreed"))
    yield from agreed_so_far(work, partnership.id)
    yield from meaning(_meanings(work, digests.values(), check_ins))
    yield from privacy(rounds)


def _calendar(work: Work, rounds: list[Told]) -> Iterator[Block]:
    """Which rounds and check-ins there were and until when they took answers, by what was promised."""
    groups: list[tuple[Text, list[Told]]] = []
    for found in rounds:
        promise = mode_words(work, found.round)
        if not groups or groups[-1][0] != promise:
            groups.append((promise, []))
        groups[-1][1].append(found)
    for promise, held in groups:
        rows = ((Cell(round_words(one.round)), Cell(_ended(one))) for one in held)
        yield Paragraph(promise)
        yield Table((), tuple(rows))


def _ended(found: Told) -> Line:
    return "" if found.ended is None else just(found.ended)


def _strands(work: Work, partnership: Partnership, rounds: list[Told]) -> list[Strand]:
    """The decisions, those of the newest round first, each with all its versions."""
    origin = origins(work, partnership.id)
    versions: dict[DecisionId, dict[int, Decision]] = {}
    for place, found in reversed(list(enumerate(rounds))):
        for decision in found.decisions:
            versions.setdefault(origin[decision.id], {})[place] = decision
    return [Strand(one) for one in versions.values()]


def _decision(
    work: Work,
    strand: Strand,
    number: int,
    rounds: list[Told],
    partners: tuple[Partner, ...],
    digests: Mapping[RoundId, Digest],
) -> Iterator[Block]:
    """A decision round by round: how many agree, where every partner stands, what changed in between."""
    yield Heading(listed(number, strand.newest.wording), level=2)
    for place, decision in sorted(strand.versions.items()):
        if decision.wording != strand.newest.wording:
            yield Points((decision.wording,), about=round_words(rounds[place].round))
    about = tuple(Terms(work, rounds[max(strand.versions)].round).about())
    if about:
        yield Points(about)
    asked = {place: rounds[place].of(decision.id) for place, decision in sorted(strand.versions.items())}
    if not any(asked.values()):
        return
    yield Table(
        ("", *(round_words(rounds[place].round) for place in asked)),
        (
            (Cell(say("Agreement")), *(agreement_cell(words) for words in asked.values())),
            *(
                (
                    Cell(partner.acronym),
                    *(
                        level_cell(work, rounds[place].flow, words, partner.id, Measure.ACTUAL)
                        for place, words in asked.items()
                    ),
                )
                for partner in partners
            ),
        ),
    )
    for place, words in asked.items():
        digest = digests.get(rounds[place].round.id)
        changes = tuple(digest.changes(words)) if digest and isinstance(words, PublishedDecision) else ()
        if changes:
            yield Points(changes, about=round_words(rounds[place].round))


def _keys(work: Work, rounds: list[Told]) -> tuple[Key, ...]:
    found: list[Key] = []
    for one in rounds:
        words = () if one.said is None else one.said.decisions
        found += [
            key for key in keys(work, one.flow, words, seats=most_seats(work, one.round)) if key not in found
        ]
    return tuple(found)


def _check_ins(work: Work, held: list[Told]) -> Iterator[Block]:
    """What every check-in came to, in the words of its digest."""
    if held:
        yield Heading(say("Check-ins"))
    for found in held:
        yield Heading(round_words(found.round), level=2)
        yield Paragraph(_ended(found))
        if isinstance(found.said, Published):
            for _, about, *lines in check_in_parts(work, found.round, found.said)[1:-1]:
                yield Points(tuple(lines), about=about)
        else:
            yield not_enough()


def _meanings(work: Work, digests: Iterable[Digest], check_ins: list[Told]) -> Iterator[Line]:
    for digest in digests:
        yield from digest.legend()
    for found in check_ins:
        if isinstance(found.said, Published):
            *_, (_, *lines) = check_in_parts(work, found.round, found.said)
            yield from lines
