"""The agenda of a meeting in words: what to talk about first and why, and a few ground rules; never who."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.app.fitting import DIGEST_ROOM, size
from bot.app.sayings import agreement_words, shortened
from bot.app.work import Work
from bot.core.figures.agenda import Agenda, Point
from bot.core.ids import PartnerId
from bot.core.rounds.lifecycle import Round
from bot.core.text import Line, listed, say

WORDINGS = (80, 40, 20)
"""Most characters of a decision, the most that fits: points with their reasons and the rules are one message."""


def agenda_lines(work: Work, round_: Round, found: Agenda, language: str) -> tuple[Line, ...]:
    """The talk in its order, then the ground rules, as much of it as a message in this language has room for."""
    lines: tuple[Line, ...] = ()
    for wording, points in _ever_shorter(len(found.points)):
        lines = tuple(_lines(work, round_, replace(found, points=found.points[:points]), wording))
        if size(work, lines, language) <= DIGEST_ROOM:
            break
    return lines


def _ever_shorter(points: int) -> Iterator[tuple[int, int]]:
    """How many characters of a decision, and how many points: the last ones give way when nothing else helps."""
    yield from ((wording, points) for wording in WORDINGS)
    yield from ((WORDINGS[-1], fewer) for fewer in range(points - 1, 0, -1))


def _lines(work: Work, round_: Round, found: Agenda, wording: int) -> Iterator[Line]:
    wordings = {decision.id: decision.wording for decision in work.tx.rounds.decisions(round_.id)}
    names = {partner.id: partner.acronym for partner in work.tx.partnerships.partners(round_.partnership)}
    if found.opening is not None:
        yield say(
            "To begin with, where more than half of us agree: {decision}. What works there?",
            decision=shortened(wordings[found.opening], wording),
        )
    for number, point in enumerate(found.points, 1):
        yield ""
        yield listed(number, shortened(wordings[point.decision], wording))
        yield from _reasons(point, names)
    yield ""
    yield say("Three rules help:")
    yield say("We talk about how it is decided, not about persons.")
    yield say("We do not ask who answered what. Whoever wants to can say it.")
    yield say("Everybody is heard before anybody speaks for the second time.")


def _reasons(point: Point, names: dict[PartnerId, str]) -> Iterator[Line]:
    if point.agreement is not None:
        yield agreement_words(point.agreement)
    elif point.contested:
        yield say("Not everybody agrees with how it is decided.")
    if point.opposed:
        yield say("Views oppose each other on: {partners}", partners=_named(point.opposed, names))
    if point.more:
        yield say("The group would like more say for: {partners}", partners=_named(point.more, names))
    if point.less:
        yield say("The group would like less say for: {partners}", partners=_named(point.less, names))
    if point.alone is not None:
        yield say("{partner} alone is high, all others are low.", partner=names.get(point.alone, "?"))


def _named(partners: tuple[PartnerId, ...], names: dict[PartnerId, str]) -> tuple[str, ...]:
    return tuple(names.get(partner, "?") for partner in partners)
