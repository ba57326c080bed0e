"""The words of a digest that depend on what its round asked: on the ladder they speak of deciding, else of nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app import flows
from bot.app.levels import on_the_ladder
from bot.app.sayings import agreement_words, level_words, statement_words, trend_words
from bot.app.work import Work
from bot.core.figures.trends import Trend
from bot.core.figures.words import AgreementWord, LevelWord, Rung
from bot.core.flow.reading import asks
from bot.core.rounds.lifecycle import Round
from bot.core.text import Line, Text, say


class Terms:
    """How the words of one round are said."""

    def __init__(self, work: Work, round_: Round) -> None:
        self._work = work
        self._usual = flows.is_usual(round_)
        self._flow = flows.of_round(work, round_)
        self._deciding = on_the_ladder(work, self._flow)

    @property
    def asks_agreement(self) -> bool:
        return asks(self._flow, "agree")

    def about(self) -> Iterator[Line]:
        """What the round was about and what its levels are, where that is not the usual."""
        if not self._usual:
            yield say("What the round is about: {what}", what=flows.title(self._flow))
        match self._flow.levels:
            case "planned":
                yield say("All levels here are what is planned, not what is.")
            case "wished":
                yield say("All levels here are what people wish for, not what is.")

    def discuss_first(self, number: int) -> Text:
        if self._deciding:
            return say(
                "To discuss first: decision {number}. What would have to change in how it is taken?",
                number=number,
            )
        return say("To discuss first: number {number}.", number=number)

    def agreed_heading(self) -> Text:
        if self._deciding:
            return say("Where more than half of us agree with how it is decided")
        return say("Where more than half of us agree")

    def agreement(self, word: AgreementWord) -> Text:
        return agreement_words(word) if self._deciding else statement_words(word)

    def level(self, word: LevelWord | Rung) -> Text:
        return level_words(self._work, word, self._flow)

    def more(self, partners: tuple[str, ...]) -> Text:
        if self._deciding:
            return say("The group would like more say for: {partners}", partners=partners)
        return say("The group would like a higher level for: {partners}", partners=partners)

    def less(self, partners: tuple[str, ...]) -> Text:
        if self._deciding:
            return say("The group would like less say for: {partners}", partners=partners)
        return say("The group would like a lower level for: {partners}", partners=partners)

    def trend(self, trend: Trend, partners: tuple[str, ...]) -> Text:
        if self._deciding or trend not in {Trend.MORE_AGREE, Trend.FEWER_AGREE}:
            return trend_words(trend, partners)
        return say("More than last time.") if trend is Trend.MORE_AGREE else say("Fewer than last time.")
