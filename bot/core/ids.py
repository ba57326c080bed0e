"""Identifiers. Inside the bot a person or a group is one of these, never a Telegram id."""

from __future__ import annotations

from typing import NewType

PersonId = NewType("PersonId", int)
GroupId = NewType("GroupId", int)
PartnershipId = NewType("PartnershipId", int)
PartnerId = NewType("PartnerId", int)
SeatId = NewType("SeatId", int)
RoundId = NewType("RoundId", int)
DecisionId = NewType("DecisionId", int)
ContributionId = NewType("ContributionId", int)
ActionId = NewType("ActionId", int)
PlanId = NewType("PlanId", int)
NoticeId = NewType("NoticeId", int)
WordingId = NewType("WordingId", int)
QuestionId = NewType("QuestionId", int)
UndoId = NewType("UndoId", int)
OwnFlowId = NewType("OwnFlowId", int)
OutboxId = NewType("OutboxId", int)
