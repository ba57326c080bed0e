"""Plans of check-ins and single dates that were changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    SmallInteger,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
)

from bot.adapters.db.partnerships import PARTNERSHIP
from bot.adapters.db.schema import (
    WHICH,
    Number,
    Repository,
    UTCDateTime,
    columns_of,
    metadata,
    update_by_id,
    values_of,
    word,
)
from bot.core.ids import PartnershipId, PlanId
from bot.core.rounds.calendar import Change, Unit
from bot.core.rounds.lifecycle import Kind
from bot.core.rounds.plans import NewPlan, Plan

PLAN = Table(
    "plan",
    metadata,
    Column("id", Number, primary_key=True),
    Column("partnership", Number, ForeignKey(PARTNERSHIP.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", word(Kind), nullable=False),
    Column("unit", word(Unit), nullable=False),
    Column("every", Integer, nullable=False),
    Column("weekday", SmallInteger, nullable=False),
    Column("week", SmallInteger),
    Column("hour", SmallInteger, nullable=False),
    Column("begins", Date, nullable=False),
    Column("handled", UTCDateTime, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("due", UTCDateTime, index=True),
    UniqueConstraint("partnership", "kind"),
    sqlite_autoincrement=True,
)

CHANGED_DATE = Table(
    "changed_date",
    metadata,
    Column("plan", Number, ForeignKey(PLAN.c.id, ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("to", Date),
    sqlite_with_rowid=False,
)

_PLANS = select(*columns_of(PLAN, Plan)).order_by(PLAN.c.id)
_OF_PARTNERSHIP = _PLANS.where(PLAN.c.partnership == WHICH)
_GET = _PLANS.where(PLAN.c.id == WHICH)
_DUE = (
    select(PLAN.c.id)
    .where(PLAN.c.due <= bindparam("now", type_=UTCDateTime()))
    .order_by(PLAN.c.due, PLAN.c.id)
)
_ADD = insert(PLAN)
_SAVE = update_by_id(PLAN)
_DROP = delete(PLAN).where(PLAN.c.id == WHICH)
_REPLACED = delete(PLAN).where(
    PLAN.c.partnership == WHICH, PLAN.c.kind == bindparam("alike", type_=word(Kind))
)
_CHANGES = (
    select(*columns_of(CHANGED_DATE, Change)).where(CHANGED_DATE.c.plan == WHICH).order_by(CHANGED_DATE.c.day)
)
_CHANGE = insert(CHANGED_DATE)
_FORGET_CHANGE = delete(CHANGED_DATE).where(
    CHANGED_DATE.c.plan == WHICH, CHANGED_DATE.c.day == bindparam("which_day", type_=Date())
)


class SqlCalendar(Repository):
    """``Calendar`` over the tables ``plan`` and ``changed_date``."""

    def plans(self, partnership: PartnershipId) -> tuple[Plan, ...]:
        return tuple(Plan(*row) for row in self._connection.execute(_OF_PARTNERSHIP, {"which": partnership}))

    def plan(self, plan: PlanId) -> Plan | None:
        row = self._connection.execute(_GET, {"which": plan}).one_or_none()
        return None if row is None else Plan(*row)

    def put(self, plan: NewPlan) -> PlanId:
        self._connection.execute(_REPLACED, {"which": plan.partnership, "alike": plan.kind})
        return PlanId(self._insert(_ADD, values_of(plan)))

    def save(self, plan: Plan, *, due: datetime | None) -> None:
        self._connection.execute(_SAVE, {**values_of(plan), "due": due})

    def drop(self, plan: PlanId) -> None:
        self._connection.execute(_DROP, {"which": plan})

    def changes(self, plan: PlanId) -> tuple[Change, ...]:
        return tuple(Change(*row) for row in self._connection.execute(_CHANGES, {"which": plan}))

    def change(self, plan: PlanId, change: Change) -> None:
        self._connection.execute(_FORGET_CHANGE, {"which": plan, "which_day": change.day})
        self._connection.execute(_CHANGE, {"plan": plan, "day": change.day, "to": change.to})

    def due(self, now: datetime) -> tuple[PlanId, ...]:
        return tuple(self._connection.execute(_DUE, {"now": now}).scalars())
