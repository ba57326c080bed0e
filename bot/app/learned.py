"""How it is said what partnerships learn from each other, and what a partnership shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.app.learning import Told, last_told
from bot.app.sayings import method
from bot.app.work import Work
from bot.core.figures.learning import most_contested, untold, widest
from bot.core.figures.words import AgreementWord, LevelWord, floor, slack
from bot.core.quarters import next_quarter
from bot.core.rounds.themes import THEME_NAMES, Theme
from bot.core.text import Line, Text, say

PROMISE: tuple[Line, ...] = (
    say(
        "Shared are two words for each theme, read from the digests: whether not everybody agrees with how it is "
        "decided, and for how many partners more say is wished for. Never names, wordings, texts or numbers. Only "
        "confidential rounds of the last two years on how decisions are taken count, and decisions with a theme."
    ),
    say(
        "They are counted together with those of other partnerships, at least {least} in all, and told in words such "
        'as "most" and "few", four times a year: to everybody who asks this bot, and to researchers.',
        least=floor(1),
    ),
    say(
        "A facilitator can take this back at any time, from the next release on. What was released before stays."
    ),
)
"""What is shared, with whom, and how to take it back."""


def learned_lines(work: Work) -> tuple[Line, ...]:
    """The last release in words, and when the next one comes; the same for everybody."""
    told = last_told(work)
    return (
        say(
            "Partnerships that share learn from each other: where not everybody agrees, and where more say is "
            "wished for."
        ),
        *(_nothing() if told is None or told.words.withheld else _release(told)),
        say("Next release: {date}.", date=next_quarter(work.now).date()),
        method(),
    )


def _nothing() -> Iterator[Line]:
    """Before the first release, and while too few share."""
    yield say("Nothing can be told yet: it takes at least {least} partnerships that share.", least=floor(1))
    yield say("A facilitator can share from the desk, under Settings.")


def _release(told: Told) -> Iterator[Line]:
    """What was released, and what its words mean."""
    seats = told.words.seats
    yield say(
        "Released on {date}, from at least {least} partnerships.", date=told.at.date(), least=floor(seats)
    )
    yield ""
    yield say("Not everybody agrees with how it is decided:")
    for agreement, themes in most_contested(told.words).items():
        yield _contested(agreement, _names(themes))
    yield ""
    yield say("More say is wished for:")
    for level, themes in widest(told.words).items():
        yield _gap(level, _names(themes))
    yield ""
    silent = untold(told.words)
    if silent:
        yield say("Nothing can be told of: {themes}", themes=_names(silent))
    yield say("A partnership counts where at least half of its decisions on a theme are contested.")
    yield say("Most: all, or all but at most {slack}. Few: at most {slack}, or none.", slack=slack(seats))
    yield say(
        "A word changes only when more changed than those who joined, left or reflected anew could explain. "
        "The same word as last time does not mean that nothing changed."
    )


def _names(themes: Iterable[Theme]) -> tuple[Line, ...]:
    return tuple(THEME_NAMES[theme] for theme in themes)


def _contested(word: AgreementWord, themes: tuple[Line, ...]) -> Text:
    """In how many partnerships themes are contested."""
    match word:
        case AgreementWord.MOST:
            return say("In most partnerships: {themes}", themes=themes)
        case AgreementWord.MORE_THAN_HALF:
            return say("In more than half of the partnerships: {themes}", themes=themes)
        case AgreementWord.SPLIT:
            return say("In some partnerships, and in others not: {themes}", themes=themes)
        case AgreementWord.FEWER_THAN_HALF:
            return say("In fewer than half of the partnerships: {themes}", themes=themes)
        case AgreementWord.FEW:
            return say("In few partnerships: {themes}", themes=themes)


def _gap(word: LevelWord, themes: tuple[Line, ...]) -> Text:
    """For how many of the partners more say is wished for, in more than half of the partnerships."""
    match word:
        case LevelWord.HIGH:
            return say(
                "In more than half of the partnerships, for at least half of the partners: {themes}",
                themes=themes,
            )
        case LevelWord.MIDDLE:
            return say(
                "In more than half of the partnerships, for fewer than half of the partners: {themes}",
                themes=themes,
            )
        case LevelWord.LOW:
            return say("In more than half of the partnerships, for no partner: {themes}", themes=themes)
        case LevelWord.MIXED:
            return say("It differs from partnership to partnership: {themes}", themes=themes)
