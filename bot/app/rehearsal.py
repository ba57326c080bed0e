"""Trying a round out as a participant: the same questions, and nothing that is answered is stored."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app import flows, sheets, wordings
from bot.app.access import facilitated, not_here
from bot.app.pretence import examples, pretended
from bot.app.sittings import flow_of_session
from bot.app.work import Work
from bot.core.flow.advance import reopen
from bot.core.flow.prompts import Reworded
from bot.core.flow.readout import list_items
from bot.core.flow.session import Session
from bot.core.ids import PartnershipId, PersonId
from bot.core.rounds.lifecycle import RoundState

STATES = {sheets.STAGES[state]: state for state in (RoundState.COLLECTING, RoundState.ANSWERING)}
"""In which state of a round a stage is asked; a vote is not tried out, since few rounds have one."""


@dataclass(frozen=True, slots=True)
class TrialSitting:
    """One part of a round, tried out: kept in memory while it lasts, gone when it ends."""

    partnership: PartnershipId
    stage: str

    def open(self, work: Work, person: PersonId) -> Session:
        if self.stage not in STATES:
            raise not_here()
        facilitated(work, person, self.partnership)
        kept = self._tried(work, person, self.stage)
        if kept is not None and self._asks_the_same(work, person, kept):
            return reopen(flow_of_session(work, kept), kept)
        session = self._begin(work, person)
        self.save(work, person, session)
        return session

    def _tried(self, work: Work, person: PersonId, stage: str) -> Session | None:
        return work.remarks.tried(person, self.partnership, stage, before=work.setting.memory.tried)

    def _asks_the_same(self, work: Work, person: PersonId, kept: Session) -> bool:
        """Whether the round in preparation still has these questions; another facilitator may choose others."""
        with pretended(work, person, self.partnership) as pretence:
            return (kept.flow, kept.version) == (pretence.round.flow, pretence.round.flow_version)

    def _begin(self, work: Work, person: PersonId) -> Session:
        """About the decisions of the round in preparation, else those that were named while trying, else examples."""
        language = work.tx.people.language(person)
        named = self._tried(work, person, sheets.STAGES[RoundState.COLLECTING])
        with pretended(work, person, self.partnership) as pretence:
            pretence.takes_answers(STATES[self.stage])
            own = list_items(named, "decisions") if named is not None else ()
            pretence.has_decisions(own or examples(work, flows.of_round(work, pretence.round), language))
            return sheets.begin(work, person, pretence.round)

    def save(self, work: Work, person: PersonId, session: Session) -> None:
        work.remarks.tries(person, self.partnership, session)

    def finish(self, work: Work, person: PersonId, session: Session) -> str:
        """Keep what was named for the next part; after the last part nothing is left."""
        if STATES[self.stage] is RoundState.COLLECTING:
            self.save(work, person, session)
        else:
            work.remarks.ends_trial(person, self.partnership)
        return f"tried/{self.partnership}/{self.stage}"

    def reworded(self, work: Work, person: PersonId, session: Session) -> Reworded:
        flow = flow_of_session(work, session)
        language = work.tx.people.language(person)
        return wordings.reworded(work, flow, work.tx.wordings.of(self.partnership, language), language)

    def rest(self) -> str:
        return f"try/{self.partnership}"


def begin(work: Work, person: PersonId, partnership_id: PartnershipId) -> None:
    """Try out anew.

    Raises: Refusal.
    """
    work.remarks.ends_trial(person, facilitated(work, person, partnership_id).id)
