"""The small digests of check-ins: published words, compared with what was agreed or recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from bot.app import publishing
from bot.app.evaluation import asked_words
from bot.app.fitting import DIGEST_ROOM, size
from bot.app.on_paper import paper_line
from bot.app.sayings import (
    compared_means,
    levels_mean,
    method,
    most_and_few,
    progress_words,
    statement_words,
    status_name,
    trend_words,
)
from bot.app.stand_ins import stand_in_line
from bot.app.work import Work
from bot.core.figures.published import Published, PublishedDecision
from bot.core.figures.readings import Kept, kept_to
from bot.core.figures.trends import Trend, agreement_trend, level_trends
from bot.core.figures.words import AgreementSaid, LevelSaid, Rung, floor
from bot.core.ids import DecisionId, PartnerId
from bot.core.rounds.lifecycle import Kind, Round, Standing
from bot.core.text import Line, Text, listed, say


@dataclass(frozen=True, slots=True)
class Layout:
    """How much is told.

    Attributes:
        wording: most characters of what was asked about.
        lean: without what is recorded elsewhere, what is as agreed, and what changed.
    """

    wording: int
    lean: bool = False


LAYOUTS = (Layout(120), Layout(60), Layout(30, lean=True))


def check_in_pages(work: Work, round_: Round, said: Published, language: str) -> list[tuple[Line, ...]]:
    """What a check-in came to: one message, or several when even the leanest layout does not fit."""
    digest = _KINDS[round_.kind](work, round_, said)
    for layout in LAYOUTS:
        head, *entries = (tuple(lines) for lines in digest.parts(layout))
        whole = (*head, *chain(*entries))
        if size(work, whole, language) <= DIGEST_ROOM:
            return [whole]
    pages = [head]
    for entry in entries:
        if size(work, (*pages[-1], *entry), language) > DIGEST_ROOM:
            pages.append(())
        pages[-1] += entry
    return pages


def check_in_parts(work: Work, round_: Round, said: Published) -> list[list[Line]]:
    """Everything that a check-in came to, however long: its first sentence, an entry a thing, and the legend."""
    return list(_KINDS[round_.kind](work, round_, said).parts(LAYOUTS[0]))


class _CheckIn:
    """The words of one check-in with all that is needed to say them; one entry for each thing asked about."""

    def __init__(self, work: Work, round_: Round, said: Published) -> None:
        self._work = work
        self._round = round_
        self._kind = round_.kind
        self._said = said
        self._before = publishing.before(work, round_)
        self._seats = publishing.most_seats(work, round_)
        self._asked = {found.id: found for found in work.tx.rounds.decisions(round_.id)}
        self._actions = {found.id: found for found in work.tx.rounds.actions(round_.partnership)}
        self._names = {found.id: found.acronym for found in work.tx.partnerships.partners(round_.partnership)}

    def parts(self, layout: Layout) -> Iterator[list[Line]]:
        """The first sentence, an entry for each thing that was asked about, and the legend."""
        least = floor(self._seats)
        yield [say("Based on at least {floor} answers for everything that is said here.", floor=least)]
        for number, decision in enumerate(self._said.decisions, 1):
            earlier = None if layout.lean else self._before.get(decision.decision)
            asked = self._asked[decision.decision].wording
            heading = listed(number, asked_words(self._work, self._kind, asked, layout.wording))
            yield ["", heading, *self.entry(decision, earlier.said if earlier else None, lean=layout.lean)]
        compared = [compared_means()] if self._before else []
        told = (*stand_in_line(self._work, self._round), *paper_line(self._work, self._round))
        yield ["", *self.legend(), *compared, *told]

    def entry(
        self, decision: PublishedDecision, before: PublishedDecision | None, *, lean: bool
    ) -> Iterator[Line]:
        raise NotImplementedError

    def legend(self) -> Iterator[Line]:
        raise NotImplementedError


class _Actions(_CheckIn):
    """Each action with what is recorded of it, and how far the partners see it."""

    def entry(
        self, decision: PublishedDecision, before: PublishedDecision | None, *, lean: bool
    ) -> Iterator[Line]:
        number = self._asked[decision.decision].action
        action = self._actions.get(number) if number is not None else None
        if action is not None and not lean:
            yield say(
                "{owner}, by {date}. Recorded: {status}.",
                owner=self._names.get(action.owner, "?"),
                date=date.fromisoformat(action.by),
                status=status_name(action.status),
            )
        seen = [cell.actual for cell in decision.cells.values() if isinstance(cell.actual, LevelSaid)]
        if not seen:
            yield say("Seen by the partners: cannot be told safely this time.")
        for said in seen:
            yield say("Seen by the partners: {progress}.", progress=progress_words(said.word))
            if said.opposed and not lean:
                yield say("Some see it as done, others as not begun.")
        if before is not None:
            for trends in level_trends(before, decision).values():
                if Trend.HIGHER in trends:
                    yield say("Further than last time.")
                elif Trend.LOWER in trends:
                    yield say("Less far than last time.")

    def legend(self) -> Iterator[Line]:
        yield say("More than half: of those who said how far it is.")


class _Practice(_CheckIn):
    """Each decision with the partners for whom practice is as agreed, and those for whom it is not."""

    def entry(
        self, decision: PublishedDecision, before: PublishedDecision | None, *, lean: bool
    ) -> Iterator[Line]:
        found: defaultdict[Kept, list[str]] = defaultdict(list)
        for partner, level in self._agreed(decision.decision).items():
            if partner in decision.cells:
                found[kept_to(level, decision.cells[partner].actual)].append(self._names.get(partner, "?"))
        for kept in Kept:
            if found[kept] and not (lean and kept is Kept.AS_AGREED):
                yield _kept_words(kept, tuple(found[kept]))
        if before is not None:
            trends = level_trends(before, decision)
            for trend in (Trend.HIGHER, Trend.LOWER):
                concerned = tuple(self._names[partner] for partner, these in trends.items() if trend in these)
                if concerned:
                    yield trend_words(trend, concerned)

    def _agreed(self, decision: DecisionId) -> dict[PartnerId, int]:
        """The levels that were agreed for the decision that this one continues."""
        continued = self._asked[decision].continues
        origin = self._work.tx.rounds.decision(continued) if continued is not None else None
        if origin is None:
            return {}
        agreed = self._work.tx.rounds.agreed_levels(origin.round)
        return {
            found.partner: found.level
            for found in agreed
            if found.decision == origin.id and found.standing is Standing.AGREED
        }

    def legend(self) -> Iterator[Line]:
        cells = [cell.actual for found in self._said.decisions for cell in found.cells.values()]
        yield levels_mean(rungs=any(isinstance(c, LevelSaid) and isinstance(c.word, Rung) for c in cells))
        yield method()


class _Pulse(_CheckIn):
    """Each statement with how many agree; those of an evaluation are fixed."""

    def entry(
        self, decision: PublishedDecision, before: PublishedDecision | None, *, lean: bool
    ) -> Iterator[Line]:
        if isinstance(decision.agreement, AgreementSaid):
            yield statement_words(decision.agreement.word)
        else:
            yield say("Cannot be told safely this time.")
        trend = before and agreement_trend(before.agreement, decision.agreement)
        if trend:
            yield say("More than last time.") if trend is Trend.MORE_AGREE else say("Fewer than last time.")

    def legend(self) -> Iterator[Line]:
        yield most_and_few(self._seats)


_KINDS: dict[Kind, type[_CheckIn]] = {
    Kind.ACTIONS: _Actions,
    Kind.PRACTICE: _Practice,
    Kind.PULSE: _Pulse,
    Kind.EVALUATION: _Pulse,
}


def _kept_words(kept: Kept, partners: tuple[str, ...]) -> Text:
    match kept:
        case Kept.AS_AGREED:
            return say("As agreed: {partners}", partners=partners)
        case Kept.LOWER:
            return say("Lower than agreed: {partners}", partners=partners)
        case Kept.HIGHER:
            return say("Higher than agreed: {partners}", partners=partners)
        case Kept.SEEN_DIFFERENTLY:
            return say("Seen differently: {partners}", partners=partners)
        case _:
            return say("Cannot be told safely this time: {partners}", partners=partners)
