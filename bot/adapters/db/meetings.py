"""What a meeting agreed: desired levels and actions."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import (
    Column,
    ForeignKey,
    SmallInteger,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.adapters.db.decisions import DECISION
from bot.adapters.db.partnerships import PARTNER
from bot.adapters.db.rounds import ROUND
from bot.adapters.db.schema import WHICH, Number, columns_of, metadata, update_by_id, values_of, word
from bot.adapters.db.shapes import ShapeRows
from bot.core.ids import ActionId, DecisionId, PartnerId, PartnershipId, RoundId
from bot.core.rounds.lifecycle import Action, ActionStatus, AgreedLevel, Standing

AGREED_LEVEL = Table(
    "agreed_level",
    metadata,
    Column("decision", Number, ForeignKey(DECISION.c.id, ondelete="CASCADE"), primary_key=True),
    Column("partner", Number, ForeignKey(PARTNER.c.id), primary_key=True, index=True),
    Column("level", SmallInteger, nullable=False),
    Column("standing", word(Standing), nullable=False),
    sqlite_with_rowid=False,
)

ACTION = Table(
    "action",
    metadata,
    Column("id", Number, primary_key=True),
    Column("round", Number, ForeignKey(ROUND.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("decision", Number, ForeignKey(DECISION.c.id, ondelete="CASCADE"), index=True),
    Column("what", Text, nullable=False),
    Column("owner", Number, ForeignKey(PARTNER.c.id), nullable=False, index=True),
    Column("by", String(10), nullable=False),
    Column("status", word(ActionStatus), nullable=False),
    Column("standing", word(Standing), nullable=False),
    sqlite_autoincrement=True,
)

_LEVELS = (
    select(*columns_of(AGREED_LEVEL, AgreedLevel))
    .join(DECISION, DECISION.c.id == AGREED_LEVEL.c.decision)
    .where(DECISION.c.round == WHICH)
    .order_by(DECISION.c.position, DECISION.c.id, AGREED_LEVEL.c.partner)
)
_CLEAR_LEVELS = delete(AGREED_LEVEL).where(AGREED_LEVEL.c.decision == WHICH)
_ADD_LEVELS = insert(AGREED_LEVEL)
_LET_LEVELS_STAND = (
    update(AGREED_LEVEL)
    .where(AGREED_LEVEL.c.decision == WHICH)
    .values(standing=bindparam("now", type_=word(Standing)))
)
_ACTIONS = (
    select(*columns_of(ACTION, Action))
    .join(ROUND, ROUND.c.id == ACTION.c.round)
    .where(ROUND.c.partnership == WHICH)
    .order_by(ACTION.c.by, ACTION.c.id)
)
_ACTION = select(*columns_of(ACTION, Action)).where(ACTION.c.id == WHICH)
_ADD_ACTION = insert(ACTION)
_SAVE_ACTION = update_by_id(ACTION)
_REMOVE_ACTION = delete(ACTION).where(ACTION.c.id == WHICH)


class SqlRounds(ShapeRows):
    """``Rounds`` over the tables of rounds, decisions and meetings."""

    def agreed_levels(self, round_id: RoundId) -> tuple[AgreedLevel, ...]:
        return tuple(AgreedLevel(*row) for row in self._connection.execute(_LEVELS, {"which": round_id}))

    def agree_levels(
        self,
        decision: DecisionId,
        levels: Mapping[PartnerId, int],
        *,
        standing: Standing = Standing.AGREED,
    ) -> None:
        self._connection.execute(_CLEAR_LEVELS, {"which": decision})
        rows = [
            {"decision": decision, "partner": partner, "level": levels[partner], "standing": standing}
            for partner in levels
        ]
        if rows:
            self._connection.execute(_ADD_LEVELS, rows)

    def let_levels_stand(self, decision: DecisionId, standing: Standing) -> None:
        self._connection.execute(_LET_LEVELS_STAND, {"which": decision, "now": standing})

    def actions(self, partnership: PartnershipId) -> tuple[Action, ...]:
        return tuple(Action(*row) for row in self._connection.execute(_ACTIONS, {"which": partnership}))

    def action(self, action: ActionId) -> Action | None:
        row = self._connection.execute(_ACTION, {"which": action}).one_or_none()
        return None if row is None else Action(*row)

    def add_action(
        self,
        round_id: RoundId,
        *,
        decision: DecisionId | None,
        what: str,
        owner: PartnerId,
        by: str,
        standing: Standing = Standing.AGREED,
    ) -> ActionId:
        row = {"round": round_id, "decision": decision, "what": what, "owner": owner, "by": by}
        return ActionId(self._insert(_ADD_ACTION, {**row, "status": ActionStatus.OPEN, "standing": standing}))

    def save_action(self, action: Action) -> None:
        self._connection.execute(_SAVE_ACTION, values_of(action))

    def remove_action(self, action: ActionId) -> None:
        self._connection.execute(_REMOVE_ACTION, {"which": action})
