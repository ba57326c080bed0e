"""A form outside a round: a draft under the identity key, gone when it is finished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.app.work import Work
from bot.core.flow.advance import start
from bot.core.flow.prompts import AS_WRITTEN, Reworded
from bot.core.flow.session import Param, Session, from_json
from bot.core.ids import PersonId

Finish = Callable[[Work, PersonId, int, Session], str]
Begin = Callable[[Work, PersonId, int], dict[str, Param]]


@dataclass(frozen=True, slots=True)
class DeskStage:
    """What a stage needs to begin and what its answers do; ``flow`` is the one it belongs to."""

    begin: Begin
    finish: Finish
    rest: Callable[[int], str]
    flow: str = "desk"


@dataclass(frozen=True, slots=True)
class DeskSitting:
    """A form; ``subject`` is the partnership, round or decision it is about (0 for none)."""

    stage: str
    subject: int
    behaviour: DeskStage

    @property
    def _name(self) -> str:
        return f"{self.stage}/{self.subject}"

    def open(self, work: Work, person: PersonId) -> Session:
        params = self.behaviour.begin(work, person, self.subject)  # also checks that they still may
        kept = work.tx.drafts.load(person, self._name)
        if kept is not None:
            return from_json(kept.decode())
        flow, salt = work.setting.flows.get(self.behaviour.flow), work.setting.random.salt()
        session = start(flow, self.stage, params=params, salt=salt, now=work.now)
        self.save(work, person, session)
        return session

    def save(self, work: Work, person: PersonId, session: Session) -> None:
        work.tx.drafts.save(person, self._name, session.to_json().encode())

    def finish(self, work: Work, person: PersonId, session: Session) -> str:
        path = self.behaviour.finish(work, person, self.subject, session)
        work.tx.drafts.drop(person, self._name)
        return path

    def reworded(self, work: Work, person: PersonId, session: Session) -> Reworded:
        return AS_WRITTEN

    def rest(self) -> str:
        return self.behaviour.rest(self.subject)
