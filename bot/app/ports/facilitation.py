"""Pairs of facilitators, and questions to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from bot.core.facilitation import Farewell, Invitation, Press
from bot.core.ids import PartnerId, PartnershipId, PersonId, QuestionId, RoundId
from bot.core.questions import Question


class Pairs(Protocol):
    """How facilitators come and go."""

    def invite(self, invitation: Invitation, *, token_hash: bytes) -> None:
        """Make the invitation of a partnership; an earlier one stops working."""

    def invitation(self, partnership: PartnershipId) -> Invitation | None: ...
    def invitation_of(self, token_hash: bytes) -> Invitation | None: ...
    def invitations_for(self, person: PersonId) -> tuple[Invitation, ...]:
        """Those whose link this person opened first."""

    def bind(self, partnership: PartnershipId, person: PersonId) -> None:
        """Keep the invitation for the first account that opened its link."""

    def withdraw(self, partnership: PartnershipId) -> None: ...
    def prune(self, now: datetime) -> None:
        """Forget invitations whose time is over."""

    def propose_farewell(self, partnership: PartnershipId, person: PersonId, *, since: datetime) -> None:
        """Replace the proposal of a partnership."""

    def farewell(self, partnership: PartnershipId) -> Farewell | None: ...
    def confirm_farewell(self, partnership: PartnershipId, partner: PartnerId) -> None:
        """Note that somebody of this partner confirmed it; not who."""

    def end_farewell(self, partnership: PartnershipId) -> None: ...


class Presses(Protocol):
    """What one of two facilitators would like and the other has not agreed to yet."""

    def of(self, round_id: RoundId) -> tuple[Press, ...]: ...
    def put(self, round_id: RoundId, press: Press) -> None:
        """Replace what this person would like in this round."""

    def take_back(self, round_id: RoundId, person: PersonId) -> None: ...
    def clear(self, round_id: RoundId) -> None: ...


class Questions(Protocol):
    """Questions to the facilitators: sealed, without who asked, in an order that tells nothing."""

    def add(
        self,
        partnership: PartnershipId,
        words: str,
        *,
        partner: PartnerId | None,
        due: datetime,
        until: date,
    ) -> QuestionId: ...
    def get(self, question: QuestionId) -> Question | None: ...
    def waiting(self, partnership: PartnershipId) -> tuple[Question, ...]:
        """Those without a reply, in the order in which facilitators see them."""

    def reply(self, question: QuestionId, words: str, *, until: date) -> None: ...
    def remove(self, question: QuestionId) -> None: ...
    def prune(self, today: date) -> None:
        """Destroy those whose day has come."""
