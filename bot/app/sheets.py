"""A representative's sheet in a round: sealed under the round's key, gone at the close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.app import access, evaluation, flows, wordings
from bot.app.history import agreed_levels
from bot.app.proposals import proposal_items
from bot.app.sittings import decision_items, flow_of_session, partner_items
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

UNFINISHED = "unfinished"
"""Name of the cell of what a facilitator begins to enter for a seat on paper; it counts nowhere."""


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
        return reworded(work, person, self.round_id, session)

    def rest(self) -> str:
        return f"paused/{self.round_id}"


def reworded(work: Work, person: PersonId, round_id: RoundId, session: Session) -> Reworded:
    """What the partnership asks otherwise in a round, in this person's language."""
    flow = flow_of_session(work, session)
    language = work.tx.people.language(person)
    return wordings.reworded(work, flow, work.tx.wordings.in_round(round_id, language), language)


def begin(work: Work, person: PersonId, round_: Round) -> Session:
    """An empty sheet for what a round asks in its present state."""
    flow, stage = flows.of_round(work, round_), STAGES[round_.state]
    params = params_of(work, round_, work.tx.people.language(person))
    return start(flow, stage, params=params, salt=work.setting.random.salt(), now=work.now)


def params_of(work: Work, round_: Round, language: str) -> dict[str, Param]:
    """What the flow of a round asks to be told when a sitting begins, for somebody who reads this language."""
    wanted = flows.of_round(work, round_).params_of(STAGES[round_.state])
    return {name: value for name, value in _params(work, round_, language) if name in wanted}


def _params(work: Work, round_: Round, language: str) -> Iterator[tuple[str, Param]]:
    """Everything that a flow may ask to be told."""
    yield "partners", partner_items(work.tx.partnerships.partners(round_.partnership))
    if round_.kind is Kind.CONSENT:
        yield "decisions", proposal_items(work, round_, language)
    else:
        yield "decisions", decision_items(_as_read(work, round_, language))
    yield from _languages(work, round_, language).items()
    if round_.kind is Kind.PRACTICE:
        yield "since", _since(work, round_, language)


def _as_read(work: Work, round_: Round, language: str) -> Iterator[Decision]:
    """What a round asks about, as it is read in a language."""
    for decision in work.tx.rounds.decisions(round_.id):
        words = evaluation.asked_words(work, round_.kind, decision.wording)
        yield replace(decision, wording=work.setting.catalogs.render(words, language))


def _since(work: Work, round_: Round, language: str) -> str:
    """The day of the digest after which levels were last agreed, as it is written in a language."""
    moments = [found.round.digest_at for found in agreed_levels(work, round_.partnership)]
    digest_at = max((moment for moment in moments if moment is not None), default=work.now)
    day = digest_at.astimezone(work.tx.partnerships.get(round_.partnership).clock).date()
    return work.setting.catalogs.render(just(day), language)


def _languages(work: Work, round_: Round, own: str) -> dict[str, Param]:
    """Whether enough seats read a language that a text in it points at nobody."""
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
