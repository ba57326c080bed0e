"""How a round ends in a walk: with words of ours instead of counted answers, and with texts that people shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import cycle

from bot.app import timed
from bot.app.digests import digest_cards
from bot.app.voices import pages_of_voices
from bot.core.figures.consent import Consented
from bot.core.figures.named import NamedDecision, NamedMatrix, NamedRow
from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.ids import DecisionId, GroupId, PartnerId, PartnershipId, PersonId, RoundId
from bot.core.partnerships import Seat
from bot.core.rounds.comments import KEPT, Audience, Comment
from bot.core.rounds.lifecycle import Kind, Mode, Round, RoundState
from bot.gallery.exploring import Explorer
from bot.gallery.script import Script, in_turn
from bot.gallery.sights import Sight


class Closing:
    """The end of rounds of one partnership."""

    def __init__(self, explorer: Explorer, group: GroupId, facilitator: PersonId, script: Script) -> None:
        self._explorer = explorer
        self._group = group
        self._facilitator = facilitator
        self._script = script

    def begin(self, round_id: RoundId) -> None:
        """Close the round; its digest is due now."""
        work = self._explorer.work
        closing = replace(self._round(round_id), state=RoundState.CLOSING, digest_at=work.now)
        work.tx.rounds.save(closing)

    def comment(self, round_id: RoundId) -> None:
        """Keep the texts that were written, for everybody who may read some."""
        work = self._explorer.work
        texts = [
            Comment(decision.id, audience, words)
            for decision in work.tx.rounds.decisions(round_id)
            for audience in Audience
            for words in self._script.comments
        ]
        work.tx.comments.add(round_id, texts, until=work.now + KEPT)

    def post(self, round_id: RoundId, *, time: int) -> Iterator[Sight]:
        """Publish the words of that time and show the digest.

        Args:
            time: how often this kind of round was held before.
        """
        self.begin(round_id)
        work, round_ = self._explorer.work, self._round(round_id)
        said: NamedMatrix | Published | Consented
        if round_.kind is Kind.CONSENT:
            said = self._consented(round_, time)
        else:
            said = self._named(round_) if round_.mode is Mode.OPEN else self._said(round_, time)
        work.tx.rounds.publish(round_id, said.model_dump_json())
        if not timed.carry_out(work, round_id):
            raise AssertionError("the digest was to be posted")
        posted = self._round(round_id)
        pages = {one: len(digest_cards(work, posted, one)) for one in self._explorer.languages}
        for page in range(1, max(pages.values()) + 1):
            readers = [language for language, most in pages.items() if page <= most]
            yield from self._explorer.in_group(self._group, f"digest/{round_id}/{page}", readers=readers)

    def voices(self, round_id: RoundId) -> Iterator[Sight]:
        """All pages of texts."""
        work, round_ = self._explorer.work, self._round(round_id)
        for page in range(1, len(pages_of_voices(work, round_, Audience.FACILITATORS)) + 1):
            yield from self._explorer.show(self._facilitator, f"r/{round_id}/notes/{page}")
        for page in range(1, len(pages_of_voices(work, round_, Audience.GROUP)) + 1):
            yield from self._explorer.in_group(self._group, f"voices/{round_id}/{page}")

    def _consented(self, round_: Round, time: int) -> Consented:
        """The first time somebody is not at ease with every other point, the next time with none."""
        asked = [item.id for item in self._explorer.work.tx.rounds.decisions(round_.id)]
        return Consented(uneasy=tuple(asked[1::2]) if time == 0 else ())

    def _named(self, round_: Round) -> NamedMatrix:
        """What every seat of an open round answered."""
        partners = self._partners()
        asked = self._explorer.work.tx.rounds.decisions(round_.id)
        return NamedMatrix(
            decisions=tuple(
                NamedDecision(decision=found.id, rows=tuple(self._rows(place, partners)))
                for place, found in enumerate(asked)
            )
        )

    def _rows(self, place: int, partners: list[PartnerId]) -> Iterator[NamedRow]:
        for number, seat in enumerate(self._seats()):
            given = in_turn(self._script.words.named, 0, place + number)
            yield NamedRow(
                partner=seat.partner,
                actual=dict(zip(partners, cycle(given.actual), strict=False)),
                agrees=given.agrees,
                desired=dict(zip(partners, cycle(given.desired), strict=False)),
                stand_in=seat.stand_in,
            )

    def _said(self, round_: Round, time: int) -> Published:
        tx = self._explorer.work.tx
        owners = {action.id: action.owner for action in tx.rounds.actions(round_.partnership)}
        return Published(
            decisions=tuple(
                self._words(
                    round_.kind, time, place, found.id, None if found.action is None else owners[found.action]
                )
                for place, found in enumerate(tx.rounds.decisions(round_.id))
            )
        )

    def _words(
        self, kind: Kind, time: int, place: int, decision: DecisionId, owner: PartnerId | None
    ) -> PublishedDecision:
        words, partners = self._script.words, list(enumerate(self._partners(), place))
        cells: Mapping[PartnerId, PublishedCell] = {}
        match kind:
            case Kind.PULSE | Kind.EVALUATION:
                return PublishedDecision(
                    decision=decision, agreement=in_turn(words.pulse, time, place), cells={}
                )
            case Kind.ACTIONS if owner is not None:
                cells = {owner: PublishedCell(actual=in_turn(words.progress, time, place))}
            case Kind.PRACTICE:
                cells = {
                    one: PublishedCell(actual=in_turn(words.practice, time, number))
                    for number, one in partners
                }
            case Kind.REFLECTION:
                agreement = in_turn(words.agreement, time, place)
                cells = {one: in_turn(words.levels, time, number) for number, one in partners}
                return PublishedDecision(decision=decision, agreement=agreement, cells=dict(cells))
        return PublishedDecision(decision=decision, cells=dict(cells))

    def _partners(self) -> list[PartnerId]:
        tx = self._explorer.work.tx
        return [partner.id for partner in tx.partnerships.partners(self._partnership())]

    def _seats(self) -> tuple[Seat, ...]:
        return self._explorer.work.tx.partnerships.seats(self._partnership())

    def _partnership(self) -> PartnershipId:
        (partnership,) = self._explorer.work.tx.partnerships.of_group(self._group)
        return partnership.id

    def _round(self, round_id: RoundId) -> Round:
        found = self._explorer.work.tx.rounds.get(round_id)
        assert found is not None  # noqa: S101 - a mistake in the walk
        return found
