"""How published words are said, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app.levels import level_name
from bot.app.work import Work
from bot.core.figures.readings import Imbalance
from bot.core.figures.trends import Trend
from bot.core.figures.words import AgreementWord, LevelWord, Rung, slack
from bot.core.text import Text, say

FROM_HIGH_TO_LOW: tuple[LevelWord | Rung, ...] = (
    *reversed(Rung),
    LevelWord.HIGH,
    LevelWord.MIDDLE,
    LevelWord.LOW,
    LevelWord.MIXED,
)
"""The order in which words for levels are told; one digest speaks in rungs or in the other words."""


def level_words(work: Work, word: LevelWord | Rung) -> Text:
    """How a word for a level is said."""
    match word:
        case Rung():
            return level_name(work, word.level)
        case LevelWord.HIGH:
            return say("High")
        case LevelWord.MIDDLE:
            return say("Middle")
        case LevelWord.LOW:
            return say("Low")
        case _:
            return say("Mixed")


def agreement_words(word: AgreementWord) -> Text:
    """How a word for agreement is said."""
    match word:
        case AgreementWord.FEW:
            return say("Few agree with how it is decided.")
        case AgreementWord.FEWER_THAN_HALF:
            return say("Fewer than half agree with how it is decided.")
        case AgreementWord.SPLIT:
            return say("Views are split on how it is decided.")
        case AgreementWord.MORE_THAN_HALF:
            return say("More than half agree with how it is decided.")
        case _:
            return say("Most agree with how it is decided.")


def imbalance_words(found: Imbalance) -> Text | None:
    """Where funders stand over all decisions, compared with national and local partners."""
    match found:
        case Imbalance.FUNDERS_HIGHER:
            return say("Over all decisions, funders stand higher than national and local partners.")
        case Imbalance.FUNDERS_LOWER:
            return say("Over all decisions, funders stand lower than national and local partners.")
        case Imbalance.LEVEL:
            return say("Over all decisions, funders stand level with national and local partners.")
        case _:
            return None


def trend_words(trend: Trend, partners: tuple[str, ...]) -> Text:
    """What changed since last time, for the partners it concerns."""
    match trend:
        case Trend.HIGHER:
            return say("Higher than last time: {partners}", partners=partners)
        case Trend.LOWER:
            return say("Lower than last time: {partners}", partners=partners)
        case Trend.NOW_OPPOSED:
            return say("Views oppose each other now, unlike last time: {partners}", partners=partners)
        case Trend.NO_LONGER_OPPOSED:
            return say("Views no longer oppose each other: {partners}", partners=partners)
        case Trend.MORE_AGREE:
            return say("More agree with how it is decided than last time.")
        case _:
            return say("Fewer agree with how it is decided than last time.")


def legend(seats: int, *, rungs: bool, opposed: bool, compared: bool) -> Iterator[Text]:
    """What the words mean.

    Args:
        seats: the most seats of one partner, which decides the slack.
        rungs: whether levels are told as rungs of the ladder.
        opposed: whether opposing views are spoken of.
        compared: whether an earlier round is continued.
    """
    if seats == 1:
        yield say("Most: all, or all but one or two. Few: nobody, one or two.")
    else:
        yield say(
            "Most: all, or all but at most {slack}. Few: at most {slack}, or nobody.", slack=slack(seats)
        )
    if rungs:
        yield say("A level is told where the middle of all answers lies.")
    else:
        yield say(
            "High: more than half chose 3 or 4. Middle: more than half chose 2. "
            "Low: more than half chose 0 or 1. Mixed: none of these."
        )
    if opposed:
        yield say(
            "Views oppose each other: at least {least} high and at least {least} low.", least=slack(seats)
        )
    if compared:
        yield say(
            "A word changes only when no single person explains the change. The same word as last time "
            "does not mean that nothing changed."
        )
    yield say("Method: Power Awareness Tool of Partos.")
