"""The digest: published words as one card that a group can read aloud.

Computed from published words only. The same facts in every language; one message, so a long round is told in
leaner layouts until it fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.app import publishing
from bot.app.checkin_digests import check_in_pages
from bot.app.consent_digests import consent_lines
from bot.app.fitting import DIGEST_ROOM, size
from bot.app.history import reworded_in
from bot.app.matrices import REWORDED, matrix_cards
from bot.app.on_paper import paper_line
from bot.app.sayings import (
    FROM_HIGH_TO_LOW,
    imbalance_words,
    kind_in,
    legend,
    shortened,
)
from bot.app.stand_ins import stand_in_line
from bot.app.terms import Terms
from bot.app.work import Work
from bot.core.cards import Card, Choice
from bot.core.figures.named import NamedMatrix
from bot.core.figures.published import Published, PublishedDecision
from bot.core.figures.readings import (
    Gap,
    agreed,
    concentration,
    contested,
    discuss_first,
    imbalance,
    opposed_partners,
    wanted_changes,
)
from bot.core.figures.trends import Trend, agreement_trend, level_trends
from bot.core.figures.words import AgreementSaid, LevelSaid, LevelWord, Rung, floor
from bot.core.ids import PartnerId
from bot.core.rounds.lifecycle import Kind, Round
from bot.core.text import Line, Text, listed, say

SIDES = frozenset(LevelWord)
ENDS = frozenset({LevelWord.HIGH, LevelWord.LOW})


@dataclass(frozen=True, slots=True)
class Layout:
    """How much is told.

    Attributes:
        wording: most characters of a decision's wording.
        sides: sides of the ladder on which partners are named.
        wishes: whether wishes and changes are told.
        airy: an empty line before every decision.
    """

    wording: int
    sides: frozenset[LevelWord]
    wishes: bool = True
    airy: bool = False


FULLEST = Layout(100, SIDES, airy=True)
LAYOUTS = (
    FULLEST,
    Layout(100, SIDES),
    Layout(60, SIDES),
    Layout(50, ENDS),
    Layout(40, ENDS, wishes=False),
    Layout(30, frozenset(), wishes=False),
)


def digest_cards(work: Work, round_: Round, language: str) -> list[Card]:
    """The digest of a round in one language: one message, or as many as an open round's rows need."""
    title = title_of(work, round_)
    if round_.kind is Kind.CONSENT:
        return [Card(title, consent_lines(work, round_))]
    said = publishing.published(work, round_)
    if isinstance(said, NamedMatrix):
        return matrix_cards(work, round_, said, title, language)
    if said is None or said.withheld:
        return [Card(title, (say("Not enough answers for a safe summary this time. Nothing was kept."),))]
    if round_.kind is not Kind.REFLECTION:
        return [Card(title, lines) for lines in check_in_pages(work, round_, said, language)]
    digest = Digest(work, round_, said)
    for layout in LAYOUTS:
        body = tuple(digest.lines(layout))
        if size(work, body, language) <= DIGEST_ROOM:
            break
    return [Card(title, body)]


def title_of(work: Work, round_: Round) -> Text:
    """What the digest of a round is called, and whose it is."""
    name = work.tx.partnerships.get(round_.partnership).name
    match round_.kind:
        case Kind.REFLECTION:
            return say("Digest of round {number}: {partnership}", number=round_.number, partnership=name)
        case Kind.ACTIONS:
            return say("How far our actions are: {partnership}", partnership=name)
        case Kind.PRACTICE:
            return say("What we agreed, in practice: {partnership}", partnership=name)
        case Kind.PULSE:
            return say("How we are doing: {partnership}", partnership=name)
        case Kind.CONSENT:
            return kind_in(round_.kind, name)
        case Kind.EVALUATION:
            return say("How the last round was: {partnership}", partnership=name)


class Digest:
    """The words of one round with all that is needed to say them."""

    def __init__(self, work: Work, round_: Round, said: Published) -> None:
        self._work = work
        self._round = round_
        self._terms = Terms(work, round_)
        self._said = said
        self._before = publishing.before(work, round_)
        self._seats = publishing.most_seats(work, round_)
        self._names = {
            partner.id: partner.acronym for partner in work.tx.partnerships.partners(round_.partnership)
        }
        self._kinds = {
            partner.id: partner.kind for partner in work.tx.partnerships.partners(round_.partnership)
        }
        self._wordings = {decision.id: decision.wording for decision in work.tx.rounds.decisions(round_.id)}
        self._reworded = reworded_in(work, round_)
        self._numbers = {found.decision: number for number, found in enumerate(said.decisions, 1)}

    def lines(self, layout: Layout) -> Iterator[Line]:
        """What to discuss first, what is contested, what is agreed, what cannot be said; then the legend."""
        yield from self.opening()
        for heading, chosen in self.groups():
            yield ""
            if heading is not None:
                yield heading
            for decision in chosen:
                if layout.airy:
                    yield ""
                yield self.heading(decision, layout)
                yield from self.about(decision, layout)
        yield ""
        yield from self.legend()

    def opening(self) -> Iterator[Line]:
        """What holds for the whole round."""
        said = self._said.decisions
        yield say(
            "Based on at least {floor} answers for everything that is said here.", floor=floor(self._seats)
        )
        yield from self._terms.about()
        first = discuss_first(self._said)
        if first:
            yield self._terms.discuss_first(self._numbers[first[0]])
        overall = imbalance_words(imbalance(said, self._kinds))
        if overall is not None:
            yield overall

    def groups(self) -> Iterator[tuple[Line | None, list[PublishedDecision]]]:
        """The decisions by what is said of agreement with them, each group with its heading.

        One group without a heading where agreement was not asked.
        """
        said = self._said.decisions
        if not self._terms.asks_agreement:
            yield None, list(said)
            return
        for heading, chosen in (
            (say("Where we see it differently"), [found for found in said if contested(found)]),
            (self._terms.agreed_heading(), [found for found in said if agreed(found)]),
            (
                say("Where agreement cannot be told safely this time"),
                [found for found in said if not contested(found) and not agreed(found)],
            ),
        ):
            if chosen:
                yield heading, chosen

    def legend(self) -> Iterator[Line]:
        """What the words of this round mean."""
        said = self._said.decisions
        yield from legend(
            self._seats,
            rungs=any(
                isinstance(cell.actual, LevelSaid) and isinstance(cell.actual.word, Rung)
                for found in said
                for cell in found.cells.values()
            ),
            opposed=any(map(opposed_partners, said)),
            compared=bool(self._before),
        )
        yield from stand_in_line(self._work, self._round)
        yield from paper_line(self._work, self._round)

    def heading(self, decision: PublishedDecision, layout: Layout) -> Line:
        """The wording of a decision under its number."""
        number = self._numbers[decision.decision]
        return listed(number, shortened(self._wordings[decision.decision], layout.wording))

    def about(self, decision: PublishedDecision, layout: Layout) -> Iterator[Line]:
        """Everything that is said of a decision."""
        if layout.wishes and decision.decision in self._reworded:
            yield REWORDED
        if isinstance(decision.agreement, AgreementSaid):
            yield self._terms.agreement(decision.agreement.word)
        yield from self._levels(decision, layout)
        alone = concentration(decision)
        if alone is not None and layout.wishes:
            yield say("{partner} alone is high, all others are low.", partner=self._names[alone])
        if layout.wishes:
            yield from self._wishes(decision)
            yield from self.changes(decision)

    def _levels(self, decision: PublishedDecision, layout: Layout) -> Iterator[Line]:
        told = {
            partner: cell.actual.word
            for partner, cell in decision.cells.items()
            if isinstance(cell.actual, LevelSaid) and cell.actual.side in layout.sides
        }
        for word in FROM_HIGH_TO_LOW:
            at = [partner for partner, said in told.items() if said is word]
            if at:
                yield say("{level}: {partners}", level=self._terms.level(word), partners=self._named(at))
        opposed = opposed_partners(decision)
        if opposed and layout.sides:
            yield say("Views oppose each other on: {partners}", partners=self._named(opposed))

    def _wishes(self, decision: PublishedDecision) -> Iterator[Line]:
        wanted = wanted_changes(decision)
        more = [partner for partner, change in wanted.items() if change is Gap.MORE]
        less = [partner for partner, change in wanted.items() if change is Gap.LESS]
        if more:
            yield self._terms.more(self._named(more))
        if less:
            yield self._terms.less(self._named(less))

    def changes(self, decision: PublishedDecision) -> Iterator[Line]:
        """What reads differently than last time."""
        then = self._before.get(decision.decision)
        if then is None:
            return
        agreement = agreement_trend(then.said.agreement, decision.agreement)
        if agreement is not None:
            yield self._terms.trend(agreement, ())
        trends: Mapping[PartnerId, tuple[Trend, ...]] = level_trends(then.said, decision)
        for trend in Trend:
            concerned = [partner for partner, found in trends.items() if trend in found]
            if concerned:
                yield self._terms.trend(trend, self._named(concerned))

    def _named(self, partners: Sequence[PartnerId]) -> tuple[str, ...]:
        return tuple(self._names[partner] for partner in partners)


def take_part(bot_name: str) -> Choice:
    """The button under group messages that leads to the private chat."""
    return Choice(say("Take part"), url=f"https://t.me/{bot_name}?start=take")
