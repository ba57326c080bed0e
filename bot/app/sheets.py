"""A representative's sheet in a round: sealed under the round's key, gone at the close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.app import access, evaluation, flows, wordings
from bot.app.history import agreed_levels
from bot.app.proposals import proposal_items
from bot.app.sittings import decision_items, partner_items
from bot.app.work import Work
from bot.core.flow.advance import reopen, start
from bot.core.flow.prompts import Reworded
from bot.core.flow.session import Param, Session, from_json
from bot.core.ids import PersonId, RoundId
from bot.core.rounds.comments import FEWEST_AUTHORS
from bot.core.rounds.lifecycle import Decision, Kind, Round, RoundState
from bot.core.text import just, say
from bot.errors import Refusal

STAGES = {
    RoundState.COLLECTING: "contribute",
    RoundState.VOTING: "vote",
    RoundState.ANSWERING: "answer",
}
"""Which part of a round's flow is asked in which state; also the name of the sheet's cell."""


@dataclass(frozen=True, slots=True)
class RoundSitting:
    """A representative's sheet in a round that takes answers."""

    round_id: RoundId

    def _round(self, work: Work, person: PersonId) -> Round:
        found = access.round_of_representative(work, person, self.round_id)
        if found.state not in STAGES:
            raise Refusal(say("This round takes no answers at the moment. What you gave before is kept."))
        return found

    def open(self, work: Work, person: PersonId) -> Session:
        round_ = self._round(work, person)
        kept = work.tx.sheets.load(round_.id, person, STAGES[round_.state])
        if kept is not None:
            return reopen(flows.of_round(work, round_), from_json(kept.decode()))
        session = begin(work, person, round_)
        self.save(work, person, session)
        return session

    def save(self, work: Work, person: PersonId, session: Session) -> None:
        work.tx.sheets.save(self.round_id, person, session.stage, session.to_json().encode())

    def finish(self, work: Work, person: PersonId, session: Session) -> str:
        """Keep the sheet: it can be changed until the round closes."""
        self.save(work, person, session)
        return f"thanks/{self.round_id}"

    def reworded(self, work: Work, person: PersonId, session: Session) -> Reworded:
        flow = flows.find(work, session.flow, session.version)
        language = work.tx.people.language(person)
        return wordings.reworded(work, flow, work.tx.wordings.in_round(self.round_id, language), language)

    def rest(self) -> str:
        return f"paused/{self.round_id}"


def begin(work: Work, person: PersonId, round_: Round) -> Session:
    """An empty sheet for what a round asks in its present state."""
    flow, stage = flows.of_round(work, round_), STAGES[round_.state]
    wanted = flow.stages[stage].params | flow.params
    params = {name: value for name, value in _params(work, person, round_) if name in wanted}
    return start(flow, stage, params=params, salt=work.setting.random.salt(), now=work.now)


def _params(work: Work, person: PersonId, round_: Round) -> Iterator[tuple[str, Param]]:
    """Everything that a flow may ask to be told when a sitting begins."""
    yield "partners", partner_items(work.tx.partnerships.partners(round_.partnership))
    if round_.kind is Kind.CONSENT:
        yield "decisions", proposal_items(work, round_, work.tx.people.language(person))
    else:
        yield "decisions", decision_items(_as_read(work, person, round_))
    yield from _languages(work, person, round_).items()
    if round_.kind is Kind.PRACTICE:
        yield "since", _since(work, person, round_)


def _as_read(work: Work, person: PersonId, round_: Round) -> Iterator[Decision]:
    """What a round asks about, as this person reads it."""
    language = work.tx.people.language(person)
    for decision in work.tx.rounds.decisions(round_.id):
        words = evaluation.asked_words(work, round_.kind, decision.wording)
        yield replace(decision, wording=work.setting.catalogs.render(words, language))


def _since(work: Work, person: PersonId, round_: Round) -> str:
    """The day of the digest after which levels were last agreed, in this person's language."""
    moments = [found.round.digest_at for found in agreed_levels(work, round_.partnership)]
    digest_at = max((moment for moment in moments if moment is not None), default=work.now)
    day = digest_at.astimezone(work.tx.partnerships.get(round_.partnership).clock).date()
    return work.setting.catalogs.render(just(day), work.tx.people.language(person))


def _languages(work: Work, person: PersonId, round_: Round) -> dict[str, Param]:
    """Whether enough seats read this person's language that a text in it points at nobody."""
    own = work.tx.people.language(person)
    readers = [
        seat.person
        for seat in work.tx.partnerships.seats(round_.partnership)
        if seat.person is not None and work.tx.people.language(seat.person) == own
    ]
    partnership, catalogs = work.tx.partnerships.get(round_.partnership), work.setting.catalogs
    group = partnership.group
    read = partnership.language if group is None else work.tx.groups.get(group).language
    return {
        "language": "shared" if len(readers) >= FEWEST_AUTHORS else "rare",
        "own_language": catalogs.name_in(own, own),
        "group_language": catalogs.name_in(read, own),
    }
