"""The report after a meeting: one round, its words, what people shared of their own, what was agreed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app.digests import FULLEST, Digest
from bot.app.matrices import named_lines
from bot.app.reports.agreements import agreed_after
from bot.app.reports.cells import NOTHING, WITHHELD, Measure
from bot.app.reports.matrices import matrix_of
from bot.app.reports.sections import how, meaning, not_enough, privacy, who
from bot.app.reports.sources import Told, names_of, told
from bot.app.sayings import round_words
from bot.app.terms import Terms
from bot.app.work import Work
from bot.core.document import Block, Document, Heading, Matrix, Points
from bot.core.figures.named import NamedMatrix
from bot.core.figures.published import Published
from bot.core.partnerships import Partnership
from bot.core.rounds.comments import Audience
from bot.core.rounds.lifecycle import Round
from bot.core.text import Line, just, listed, say


def after_meeting(work: Work, round_: Round) -> Document:
    """Everything that the group read about one posted round, and what its meeting agreed."""
    partnership = work.tx.partnerships.get(round_.partnership)
    found = told(work, round_)
    return Document(
        heading=round_words(round_),
        subtitle=partnership.name,
        date=just(work.now.astimezone(partnership.clock).date()),
        blocks=tuple(_blocks(work, partnership, found)),
    )


def _blocks(work: Work, partnership: Partnership, found: Told) -> Iterator[Block]:
    yield from who(work, partnership)
    yield Heading(say("How it went"))
    yield Points(tuple(how(work, found)))
    yield Heading(say("Who decides what"))
    yield from _words(work, found)
    yield from _comments(work, found)
    yield Heading(say("What we agreed"))
    yield from agreed_after(work, found.round)
    yield from meaning(_legend(work, found))
    yield from privacy([found])


def _words(work: Work, found: Told) -> Iterator[Block]:
    match found.said:
        case Published() as said:
            digest = Digest(work, found.round, said)
            yield Points(tuple(digest.opening()))
            yield from _matrices(work, found)
            for heading, decisions in digest.groups():
                if heading is not None:
                    yield Heading(heading, level=2)
                for decision in decisions:
                    lines = tuple(digest.about(decision, FULLEST))
                    yield Points(lines, about=digest.heading(decision, FULLEST))
        case NamedMatrix() as said:
            names = names_of(work.tx.partnerships.partners(found.round.partnership))
            wordings = {decision.id: decision.wording for decision in found.decisions}
            yield from _matrices(work, found)
            for number, named in enumerate(said.decisions, 1):
                yield Points(
                    tuple(named_lines(named, names, Terms(work, found.round))),
                    about=listed(number, wordings[named.decision]),
                )
        case None:
            yield not_enough()


def _matrices(work: Work, found: Told) -> Iterator[Block]:
    yield matrix_of(work, found, heading=round_words(found.round))
    wished = say("What the group would like")
    desired = matrix_of(work, found, heading=wished, measure=Measure.DESIRED)
    if _says_something(desired):
        yield Heading(wished, level=2)
        yield desired


def _says_something(matrix: Matrix) -> bool:
    return any(cell not in (NOTHING, WITHHELD) for row in matrix.rows for cell in row.cells)


def _comments(work: Work, found: Told) -> Iterator[Block]:
    """The texts that the group has read; never those for the facilitators."""
    comments = work.tx.comments.of(found.round.id, Audience.GROUP)
    if comments:
        yield Heading(say("In our own words"))
    for number, decision in enumerate(found.decisions, 1):
        lines = tuple(f"\u201c{one.words}\u201d" for one in comments if one.decision == decision.id)
        if lines:
            yield Points(lines, about=listed(number, decision.wording))


def _legend(work: Work, found: Told) -> Iterator[Line]:
    if isinstance(found.said, Published):
        yield from Digest(work, found.round, found.said).legend()
