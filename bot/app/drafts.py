"""A form outside a round: a draft under the identity key, gone when it is finished."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.app.work import Work
from bot.core.flow.advance import filled, start
from bot.core.flow.prompts import AS_WRITTEN, Reworded
from bot.core.flow.session import Answer, Param, Session, from_json
from bot.core.ids import PersonId

MOST = 30
"""Forms that one person can leave unfinished; one more pushes out the one that is missed least."""

Finish = Callable[[Work, PersonId, int, Session], str]
Begin = Callable[[Work, PersonId, int], dict[str, Param]]
Given = Callable[[Work, PersonId, int], Mapping[str, Answer]]


def unfinished(work: Work, person: PersonId) -> dict[str, Session]:
    """The forms that a person began and did not finish, by name."""
    kept = {name: work.tx.drafts.load(person, name) for name in work.tx.drafts.names(person)}
    return {name: from_json(content.decode()) for name, content in kept.items() if content is not None}


@dataclass(frozen=True, slots=True)
class DeskStage:
    """What a stage needs to begin and what its answers do; ``flow`` is the one it belongs to.

    Attributes:
        given: answers that it begins with, by prompt key.
    """

    begin: Begin
    finish: Finish
    rest: Callable[[int], str]
    flow: str = "desk"
    given: Given | None = None


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
        given = self.behaviour.given
        return self._begun(work, person, params, {} if given is None else given(work, person, self.subject))

    def begin_with(self, work: Work, person: PersonId, answers: Mapping[str, Answer]) -> None:
        """Begin anew with some answers given already; what was left unfinished gives way.

        Raises: Refusal, when the person may not.
        """
        self._begun(work, person, self.behaviour.begin(work, person, self.subject), answers)

    def _begun(
        self, work: Work, person: PersonId, params: dict[str, Param], answers: Mapping[str, Answer]
    ) -> Session:
        flow, salt = work.setting.flows.get(self.behaviour.flow), work.setting.random.salt()
        session = start(flow, self.stage, params=params, salt=salt, now=work.now)
        if answers:
            session = filled(flow, session, answers)
        self._make_room(work, person)
        self.save(work, person, session)
        return session

    def _make_room(self, work: Work, person: PersonId) -> None:
        """Let go of forms that were only looked at, then of the oldest, until there is room for this one."""
        others = [name for name in work.tx.drafts.names(person) if name != self._name]
        if len(others) < MOST:
            return
        sessions = unfinished(work, person)
        sessions.pop(self._name, None)
        by_loss = sorted(sessions, key=lambda name: (bool(sessions[name].answers), sessions[name].started))
        for name in by_loss[: len(others) - MOST + 1]:
            work.tx.drafts.drop(person, name)

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
