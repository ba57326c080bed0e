"""The parts that reports share: who takes part, what was agreed, what the words mean, what is kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.app.on_paper import paper_line
from bot.app.publishing import most_seats
from bot.app.reports.sources import Told
from bot.app.rosters import seats_line
from bot.app.sayings import method
from bot.app.work import Work
from bot.core.document import Block, Cell, Heading, Paragraph, Points, Table
from bot.core.figures.named import NamedMatrix
from bot.core.figures.words import floor
from bot.core.partnerships import KIND_NAMES, Partnership
from bot.core.rounds.lifecycle import Mode, Round
from bot.core.text import Line, Text, say


def who(work: Work, partnership: Partnership) -> Iterator[Block]:
    """The purpose and the partners with their kinds; nobody by name."""
    yield Paragraph(partnership.purpose)
    yield Heading(say("Partners"))
    yield Table(
        (),
        tuple(
            (Cell(partner.acronym), Cell(partner.name), Cell(KIND_NAMES[partner.kind]))
            for partner in work.tx.partnerships.partners(partnership.id)
        ),
    )


def how(work: Work, found: Told) -> Iterator[Line]:
    """How a round went: until when, with which seats, and what was promised."""
    if found.ended is not None:
        yield say("Answers until {date}.", date=found.ended)
    if work.tx.rounds.roster(found.round.id):
        yield seats_line(work, found.round)
    yield from paper_line(work, found.round)
    yield mode_words(work, found.round)


def mode_words(work: Work, round_: Round) -> Text:
    """What was promised about who reads what."""
    if round_.mode is Mode.OPEN:
        return say(
            "Open: every seat agreed that levels are shown with the name of the partner who gave them."
        )
    return say(
        "Confidential: a digest in words, and only from {floor} answers.",
        floor=floor(most_seats(work, round_)),
    )


def meaning(lines: Iterable[Line]) -> Iterator[Block]:
    """What the words mean; ends with whose method it is."""
    yield Heading(say("What the words mean"))
    once: list[Line] = []
    for line in lines:  # rounds say most of it alike
        if line not in (*once, method()):
            once.append(line)
    yield Points((*once, method()))


def privacy(rounds: Iterable[Told]) -> Iterator[Block]:
    """How the answers were kept apart from the people who gave them."""
    lines: list[Line] = [made_of()]
    if any(not isinstance(found.said, NamedMatrix) for found in rounds):
        lines += [
            say("If too few people answer, nothing is shown and everything is destroyed."),
            say("Facilitators see the same summary as the group. They do not see who answered."),
            say("The single answers of confidential rounds were destroyed when they closed."),
        ]
    yield Heading(say("Privacy"))
    yield Points(tuple(lines))


def made_of() -> Text:
    """What every report says of itself."""
    return say("A report is made of what the group can read, and of nothing else.")


def not_enough() -> Paragraph:
    return Paragraph(say("Not enough answers for a safe summary this time. Nothing was kept."))
