"""A round as it would be, for facilitators who look at it before anybody is asked; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, repeat

from bot.app import access, checkins, flows
from bot.app.beginnings import Item, drafted
from bot.app.history import of_kind
from bot.app.proposals import item_of, still_open
from bot.app.rosters import keep
from bot.app.work import Work
from bot.core.figures.consent import Consented
from bot.core.figures.published import Published, PublishedCell, PublishedDecision
from bot.core.figures.words import WITHHELD, AgreementSaid, AgreementWord, LevelSaid, LevelWord
from bot.core.flow.definition import Flow, ListStep
from bot.core.flow.reading import levels_step
from bot.core.flow.texts import phrase
from bot.core.ids import GroupId, PartnershipId, PersonId, RoundId, SeatId
from bot.core.rounds.lifecycle import MOST_DECISIONS, Kind, Moment, Round, RoundState
from bot.core.text import say
from bot.errors import Refusal

NO_CHAT = -1
"""Stands for the group of a partnership that has none yet."""


NOTHING_PROPOSED = say(
    "No meeting has proposed anything that does not count yet, so there is nothing to look at."
)


@dataclass(frozen=True, slots=True)
class Pretence:
    """What is pretended, inside ``pretended``: the round's own roster, a seat for the one who looks, and a group."""

    work: Work
    round_id: RoundId
    seat: SeatId
    group: GroupId

    @property
    def round(self) -> Round:
        found = self.work.tx.rounds.get(self.round_id)
        if found is None:
            raise access.not_here()
        return found

    def takes_answers(self, state: RoundState) -> None:
        """Let the round be in this state, in which it collects decisions, asks for a vote, or for levels."""
        until = self.work.now + timedelta(days=self.round.answer_days)
        moved = replace(self.round, state=state)
        match state:
            case RoundState.COLLECTING:
                moved = replace(moved, collect_until=until)
            case RoundState.VOTING:
                moved = replace(moved, vote_until=until)
            case _:
                moved = replace(moved, answer_until=until)
        self.work.tx.rounds.save(moved)

    def has_decisions(self, wordings: Sequence[str]) -> None:
        """Let the round be about these, where it has none of its own."""
        if not self.work.tx.rounds.decisions(self.round_id):
            for wording in wordings:
                self.work.tx.rounds.add_decision(self.round_id, wording)

    def is_told(self) -> None:
        """Let the round have a digest, of made-up words: the first partner high, all others low and wished higher.

        Of what a meeting proposed, somebody is not at ease with the first.
        """
        tx = self.work.tx
        words = self._consented() if self.round.kind is Kind.CONSENT else self._published()
        tx.rounds.publish(self.round_id, words.model_dump_json())
        tx.rounds.save(replace(self.round, state=RoundState.MEETING, digest_at=self.work.now, posted=True))

    def _consented(self) -> Consented:
        return Consented(uneasy=tuple(found.id for found in self.work.tx.rounds.decisions(self.round_id)[:1]))

    def _published(self) -> Published:
        tx, high = self.work.tx, LevelSaid(LevelWord.HIGH, opposed=False)
        flow = flows.of_round(self.work, self.round)
        wished = high if levels_step(flow) == "actual" else WITHHELD
        low = PublishedCell(actual=LevelSaid(LevelWord.LOW, opposed=False), desired=wished)
        first, *others = tx.partnerships.partners(self.round.partnership)
        decisions = tx.rounds.decisions(self.round_id)
        cells = {first.id: PublishedCell(actual=high)} | {partner.id: low for partner in others}
        said = tuple(
            PublishedDecision(decision=found.id, agreement=AgreementSaid(word), cells=cells)
            for word, found in zip(
                chain([AgreementWord.SPLIT], repeat(AgreementWord.MOST)), decisions, strict=False
            )
        )
        return Published(decisions=said)


@contextmanager
def pretended(
    work: Work,
    person: PersonId,
    partnership_id: PartnershipId,
    kind: Kind = Kind.REFLECTION,
    flow: Flow | None = None,
) -> Iterator[Pretence]:
    """A round of this kind, the one in preparation if there is one, with the facilitator on one of its seats.

    Whatever is stored while it lasts is undone at its end.

    Args:
        flow: other questions than those that the round has.
    Raises: Refusal, when the person may not, or when there is nothing to ask about.
    """
    partnership = access.facilitated(work, person, partnership_id)
    with work.tx.undone():
        round_ = _prepared(work, partnership.id, kind) or _made(work, partnership.id, kind)
        if flow is not None:
            work.tx.rounds.save(replace(round_, flow=flow.flow, flow_version=flow.version))
        keep(work, round_.id, partnership.id)
        group = partnership.group
        if group is None:
            group = work.tx.groups.add(NO_CHAT, language=partnership.language).id
            work.tx.partnerships.save(replace(partnership, group=group))
        yield Pretence(work, round_.id, _seat(work, person, partnership.id), group)


def examples(work: Work, flow: Flow, language: str) -> list[str]:
    """Decisions to begin with, as the flow offers them, or else gives them for an example."""
    if flow.offers:
        texts = [phrase(flow, "offers", offer) for offer in flow.offers]
        return [work.setting.catalogs.render(text, language) for text in texts]
    steps = [step for stage in flow.stages.values() for step in stage.steps if isinstance(step, ListStep)]
    texts = [phrase(flow, step.id, line) for step in steps for line in step.example]
    return [work.setting.catalogs.render(text, language) for text in texts]


def _prepared(work: Work, partnership: PartnershipId, kind: Kind) -> Round | None:
    in_preparation = {RoundState.DRAFT, RoundState.SHAPING}
    return next((found for found in of_kind(work, partnership, kind) if found.state in in_preparation), None)


def _made(work: Work, partnership: PartnershipId, kind: Kind) -> Round:
    if kind is Kind.REFLECTION:
        return drafted(work, partnership, kind, moment=Moment.BASELINE)
    is_consent = kind is Kind.CONSENT
    items = _proposed(work, partnership) if is_consent else checkins.items(work, partnership, kind)
    if not items:
        raise Refusal(NOTHING_PROPOSED if is_consent else checkins.nothing_to_ask(kind))
    return drafted(work, partnership, kind, items)


def _proposed(work: Work, partnership: PartnershipId) -> list[Item]:
    """What everybody would be asked about, had the meeting been finished."""
    return [item_of(proposal) for proposal in still_open(work, partnership)[:MOST_DECISIONS]]


def _seat(work: Work, person: PersonId, partnership: PartnershipId) -> SeatId:
    """The person's own seat, or the first of all."""
    tx = work.tx.partnerships
    own = access.own_seat(work, person, partnership)
    if own is not None:
        return own.id
    seats = tx.seats(partnership)
    if not seats:
        raise Refusal(say("Please add partners first."))
    seat = next((found for found in seats if found.person == person), seats[0])
    tx.vacate(seat.id)
    tx.bind(seat.id, person)
    tx.set_consent(seat.id, access.NOTICE_VERSION)
    return seat.id
