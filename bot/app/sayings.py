"""How published words are said, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from bot.app.levels import level_name
from bot.app.work import Work
from bot.core.figures.readings import Imbalance
from bot.core.figures.trends import Trend
from bot.core.figures.words import AgreementWord, LevelWord, Rung, slack
from bot.core.flow.definition import Flow
from bot.core.rounds.calendar import Rhythm
from bot.core.rounds.lifecycle import ActionStatus, Kind, Moment, Round, Standing
from bot.core.text import Text, Weekday, say, say_count

FROM_HIGH_TO_LOW: tuple[LevelWord | Rung, ...] = (
    *reversed(Rung),
    LevelWord.HIGH,
    LevelWord.MIDDLE,
    LevelWord.LOW,
    LevelWord.MIXED,
)
"""The order in which words for levels are told; one digest speaks in rungs or in the other words."""


def level_words(work: Work, word: LevelWord | Rung, flow: Flow) -> Text:
    """How a word for a level is said; a rung by the name that its flow has for it."""
    match word:
        case Rung():
            return level_name(work, word.level, flow)
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


def kind_words(kind: Kind) -> Text:
    """What a kind of round is called."""
    match kind:
        case Kind.REFLECTION:
            return say("Round")
        case Kind.ACTIONS:
            return say("Check-in on the actions")
        case Kind.PRACTICE:
            return say("Check-in on the agreed levels")
        case Kind.PULSE:
            return say("Pulse")
        case Kind.CONSENT:
            return say("What the meeting proposed")
        case Kind.EVALUATION:
            return say("Looking back at the round")


def kind_in(kind: Kind, partnership: str) -> Text:
    """What a kind of round is called, and whose it is."""
    return say("{what}: {partnership}", what=kind_words(kind), partnership=partnership)


def moment_words(moment: Moment) -> Text:
    """Where in the life of a programme a round stands."""
    match moment:
        case Moment.BASELINE:
            return say("Baseline")
        case Moment.MID_TERM:
            return say("Mid-term")
        case Moment.END_TERM:
            return say("End-term")
        case Moment.THEMED:
            return say("Themed")


def round_words(round_: Round) -> Text:
    """Which round it is: its number and its moment, or the kind of check-in."""
    if round_.moment is None:
        return kind_words(round_.kind)
    return say("Round {number}, {moment}", number=round_.number, moment=moment_words(round_.moment))


def only_whether() -> Text:
    """What the group will read of those who are not at ease with what a meeting proposed."""
    return say(
        "The group will read only whether somebody is not at ease with a point, never who or how many."
    )


def standing_words(standing: Standing) -> Text:
    """Whether something that a meeting recorded counts."""
    match standing:
        case Standing.PROPOSED:
            return say("proposed")
        case Standing.CONTESTED:
            return say("somebody is not at ease with it yet")
        case Standing.AGREED:
            return say("agreed")


def statement_words(word: AgreementWord) -> Text:
    """How a word for the agreement with a statement is said."""
    match word:
        case AgreementWord.FEW:
            return say("Few agree.")
        case AgreementWord.FEWER_THAN_HALF:
            return say("Fewer than half agree.")
        case AgreementWord.SPLIT:
            return say("Views are split.")
        case AgreementWord.MORE_THAN_HALF:
            return say("More than half agree.")
        case _:
            return say("Most agree.")


def progress_words(word: LevelWord | Rung) -> Text:
    """How the word for an action's progress is said; done is high, on the way the middle, not begun is low."""
    match word:
        case LevelWord.HIGH:
            return say("more than half say it is done")
        case LevelWord.MIDDLE:
            return say("more than half say it is on the way")
        case LevelWord.LOW:
            return say("more than half say it has not started, or was dropped")
        case _:
            return say("it is seen differently")


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
    yield most_and_few(seats)
    yield levels_mean(rungs=rungs)
    if opposed:
        yield say(
            "Views oppose each other: at least {least} high and at least {least} low.", least=slack(seats)
        )
    if compared:
        yield compared_means()
    yield method()


def most_and_few(seats: int) -> Text:
    """What "most" and "few" mean; the most seats of one partner decide the slack."""
    if seats == 1:
        return say("Most: all, or all but one or two. Few: nobody, one or two.")
    return say("Most: all, or all but at most {slack}. Few: at most {slack}, or nobody.", slack=slack(seats))


def levels_mean(*, rungs: bool) -> Text:
    """What the words for levels mean, or the rungs of the ladder in their place."""
    if rungs:
        return say("A level is told where the middle of all answers lies.")
    return say(
        "High: more than half chose 3 or 4. Middle: more than half chose 2. "
        "Low: more than half chose 0 or 1. Mixed: none of these."
    )


def compared_means() -> Text:
    """What it means that a word changed, or did not."""
    return say(
        "A word changes only when no single person explains the change. The same word as last time "
        "does not mean that nothing changed."
    )


def method() -> Text:
    """Whose method it is."""
    return say("Method: Power Awareness Tool of Partos.")


def status_name(status: ActionStatus) -> Text:
    """How far an action is, as it is recorded."""
    names = {
        ActionStatus.OPEN: say("not started"),
        ActionStatus.UNDER_WAY: say("on the way"),
        ActionStatus.DONE: say("done"),
        ActionStatus.DROPPED: say("dropped"),
    }
    return names[status]


def shortened(wording: str, most: int) -> str:
    """A wording in at most so many characters."""
    return wording if len(wording) <= most else wording[: most - 1].rstrip() + "…"


def rhythm_words(rhythm: Rhythm) -> Text:
    """When something comes back, in one sentence."""
    day, at = Weekday(rhythm.weekday), time(rhythm.hour)
    if rhythm.week is None:
        return say_count(
            "Every {count} week: {weekday}, {time}.",
            "Every {count} weeks: {weekday}, {time}.",
            count=rhythm.every,
            weekday=day,
            time=at,
        )
    return say_count(
        "Every {count} month: {week} {weekday} of the month, {time}.",
        "Every {count} months: {week} {weekday} of the month, {time}.",
        count=rhythm.every,
        week=week_name(rhythm.week),
        weekday=day,
        time=at,
    )


def week_name(week: int | None) -> Text:
    """Which such weekday of a month."""
    match week:
        case 1:
            return say("first")
        case 2:
            return say("second")
        case 3:
            return say("third")
        case 4:
            return say("fourth")
        case _:
            return say("last")
