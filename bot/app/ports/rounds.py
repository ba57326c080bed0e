"""Rounds, their calendar, and the answers that exist while they are open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.confidentiality.holders import Holder
from bot.core.ids import (
    ActionId,
    ContributionId,
    DecisionId,
    PartnerId,
    PartnershipId,
    PlanId,
    RoundId,
    UndoId,
)
from bot.core.rounds.calendar import Change
from bot.core.rounds.comments import Audience, Comment
from bot.core.rounds.lifecycle import (
    Action,
    AgreedLevel,
    Contribution,
    Decision,
    Kind,
    Moment,
    Round,
    RoundState,
    Standing,
)
from bot.core.rounds.plans import NewPlan, Plan
from bot.core.rounds.shapes import Edit, Shape, Undo
from bot.core.rounds.themes import Theme


class Rounds(Protocol):
    def add(
        self,
        partnership: PartnershipId,
        *,
        kind: Kind,
        moment: Moment | None,
        flow: str,
        flow_version: int,
        collect_days: int,
        answer_days: int,
    ) -> Round: ...
    def get(self, round_id: RoundId) -> Round | None: ...
    def save(self, round_: Round) -> None: ...
    def of_partnership(self, partnership: PartnershipId) -> tuple[Round, ...]:
        """All rounds, newest first."""

    def in_states(self, states: Collection[RoundState]) -> tuple[Round, ...]: ...
    def due(self, now: datetime) -> tuple[RoundId, ...]:
        """Rounds for which something should have happened by now, in the order in which it was due."""

    def freeze_roster(
        self,
        round_id: RoundId,
        seats: Mapping[PartnerId, int],
        *,
        stand_ins: Collection[PartnerId] = (),
        on_paper: Mapping[PartnerId, int] | None = None,
        known: Mapping[PartnerId, int] | None = None,
    ) -> None:
        """Keep the seats of each partner, for which partners a stand-in holds one, and what is on paper.

        Args:
            on_paper: seats on paper; none unless given.
            known: how many answers the people of a partner may know together; as many as it has seats unless given.
        """

    def roster(self, round_id: RoundId) -> dict[PartnerId, int]:
        """Seats of each partner as announced when the round opened."""

    def stand_ins(self, round_id: RoundId) -> frozenset[PartnerId]:
        """Partners for which a stand-in held a seat then."""

    def on_paper(self, round_id: RoundId) -> dict[PartnerId, int]:
        """Seats on paper then, of the partners that had some."""

    def known(self, round_id: RoundId) -> dict[PartnerId, int]:
        """How many answers the people of each partner may know together."""

    def decisions(self, round_id: RoundId) -> tuple[Decision, ...]:
        """In their order."""

    def decision(self, decision: DecisionId) -> Decision | None: ...
    def add_decision(
        self,
        round_id: RoundId,
        wording: str,
        *,
        continues: DecisionId | None = None,
        action: ActionId | None = None,
        theme: Theme | None = None,
    ) -> DecisionId: ...
    def save_decision(self, decision: Decision) -> None: ...
    def remove_decision(self, decision: DecisionId) -> None:
        """Remove it; contributions that belonged to no other are left out."""

    def contributions(self, round_id: RoundId) -> tuple[Contribution, ...]: ...
    def add_contributions(self, round_id: RoundId, words: Sequence[str]) -> tuple[ContributionId, ...]: ...
    def belong(self, contribution: ContributionId, decisions: Collection[DecisionId]) -> None:
        """Let a contribution belong to these decisions, and to no others."""

    def shape(self, round_id: RoundId) -> Shape:
        """The list of decisions as it is now."""

    def restore(self, round_id: RoundId, shape: Shape) -> None:
        """Make the list what it was; decisions that come back keep their ids."""

    def keep_undo(self, round_id: RoundId, what: Edit, before: Shape) -> None:
        """Remember the last change to the list in place of the one before."""

    def undo(self, undo: UndoId) -> Undo | None:
        """The change with this id, while it is the last one of its round."""

    def last_change(self, round_id: RoundId) -> Undo | None: ...
    def forget_undo(self, round_id: RoundId) -> None: ...
    def published(self, round_id: RoundId) -> str | None:
        """The published words as JSON, exactly as stored at the close."""

    def publish(self, round_id: RoundId, words: str) -> None:
        """Store the published words, once; a second call is a StoreError."""

    def agreed_levels(self, round_id: RoundId) -> tuple[AgreedLevel, ...]: ...
    def agree_levels(
        self,
        decision: DecisionId,
        levels: Mapping[PartnerId, int],
        *,
        standing: Standing = Standing.AGREED,
    ) -> None:
        """Replace the agreed levels of one decision."""

    def let_levels_stand(self, decision: DecisionId, standing: Standing) -> None:
        """Say anew whether the levels of one decision count."""

    def actions(self, partnership: PartnershipId) -> tuple[Action, ...]:
        """All actions, by date."""

    def action(self, action: ActionId) -> Action | None: ...
    def add_action(
        self,
        round_id: RoundId,
        *,
        decision: DecisionId | None,
        what: str,
        owner: PartnerId,
        by: str,
        standing: Standing = Standing.AGREED,
    ) -> ActionId: ...
    def save_action(self, action: Action) -> None: ...
    def remove_action(self, action: ActionId) -> None: ...


class Calendar(Protocol):
    """When check-ins come back."""

    def plans(self, partnership: PartnershipId) -> tuple[Plan, ...]: ...
    def plan(self, plan: PlanId) -> Plan | None: ...
    def put(self, plan: NewPlan) -> PlanId:
        """Replace the plan of a partnership for one kind; changes of single dates go with the old one."""

    def save(self, plan: Plan, *, due: datetime | None) -> None:
        """Store it; ``due`` is when it has to be looked at next, None for never."""

    def drop(self, plan: PlanId) -> None: ...
    def changes(self, plan: PlanId) -> tuple[Change, ...]:
        """Single dates that were skipped or moved."""

    def change(self, plan: PlanId, change: Change) -> None: ...
    def due(self, now: datetime) -> tuple[PlanId, ...]:
        """Plans to look at by now, in the order in which they were due."""


class Sheets(Protocol):
    """Answers of open rounds: sealed under the round's key, kept under a pseudonym, one size for everybody."""

    def load(self, round_id: RoundId, holder: Holder, cell: str) -> bytes | None: ...
    def save(self, round_id: RoundId, holder: Holder, cell: str, content: bytes) -> None: ...
    def erase(self, round_id: RoundId, holder: Holder) -> None: ...
    def all(self, round_id: RoundId, cell: str) -> list[bytes]:
        """Every sheet of one cell in an order that says nothing about people or time."""

    def destroy(self, round_id: RoundId, cell: str | None = None) -> None:
        """Delete every sheet of the round, or those of one cell."""


class Comments(Protocol):
    """Free texts that left a round, without who wrote them."""

    def add(self, round_id: RoundId, comments: Sequence[Comment], *, until: datetime) -> None:
        """Store them in their order; those for the facilitators are forgotten after ``until``."""

    def of(self, round_id: RoundId, audience: Audience) -> tuple[Comment, ...]: ...
    def prune(self, now: datetime) -> None:
        """Forget the texts whose time is over."""
