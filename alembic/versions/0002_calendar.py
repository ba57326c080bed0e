"""Check-ins on a calendar, notices at a decent hour, and rounds that know when something is due.

Revision: 0002, after 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(16)

LONG_AGO = "2000-01-01 00:00:00.000000"
"""Rounds under way are looked at once after the upgrade; then each knows its own moment."""

OF_A_ROUND = ("seated", "roster", "published", "comment", "contribution", "action", "decision")
NUMBERED = {"uq": "uq_%(table_name)s_%(column_0_N_name)s"}
ANEW = {"sqlite_autoincrement": True}
"""What a table would lose when SQLite rebuilds it: ids are never used again."""


def upgrade() -> None:
    with op.batch_alter_table("round", naming_convention=NUMBERED, table_kwargs=ANEW) as round_:
        round_.add_column(sa.Column("kind", WORD, nullable=False, server_default="reflection"))
        round_.add_column(sa.Column("due_at", MOMENT))
        round_.alter_column("moment", existing_type=WORD, nullable=True)
        round_.drop_constraint("uq_round_partnership_number", type_="unique")
        round_.create_unique_constraint("uq_round_partnership_kind_number", ["partnership", "kind", "number"])
        round_.create_index("ix_round_due_at", ["due_at"])
    with op.batch_alter_table("round", table_kwargs=ANEW) as round_:
        round_.alter_column("kind", existing_type=WORD, existing_nullable=False, server_default=None)
    op.execute(
        "UPDATE round SET due_at = '" + LONG_AGO + "' "  # noqa: S608 - a constant of this file
        "WHERE state NOT IN ('draft', 'archived', 'cancelled')"
    )
    op.add_column("decision", sa.Column("action", NUMBER))
    for name, kind in (("zone", sa.String(64)), ("snoozed_until", MOMENT), ("notified_at", MOMENT)):
        op.add_column("person", sa.Column(name, kind))
    op.create_table(
        "notice",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("person", NUMBER, cascading("person"), nullable=False),
        sa.Column("path", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.Index(None, "person", "at"),
        sa.Index(None, "at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "plan",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("partnership", NUMBER, cascading("partnership"), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("unit", WORD, nullable=False),
        sa.Column("every", sa.Integer, nullable=False),
        sa.Column("weekday", sa.SmallInteger, nullable=False),
        sa.Column("week", sa.SmallInteger),
        sa.Column("hour", sa.SmallInteger, nullable=False),
        sa.Column("begins", sa.Date, nullable=False),
        sa.Column("handled", MOMENT, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("due", MOMENT, index=True),
        sa.UniqueConstraint("partnership", "kind"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "changed_date",
        sa.Column("plan", NUMBER, cascading("plan"), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("to", sa.Date),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for name in ("changed_date", "plan", "notice"):
        op.drop_table(name)
    for name in ("notified_at", "snoozed_until", "zone"):
        op.drop_column("person", name)
    op.drop_column("decision", "action")
    op.execute("DELETE FROM round WHERE kind != 'reflection'")
    for name in OF_A_ROUND:  # nothing cascades while tables are rebuilt
        op.execute(f"DELETE FROM {name} WHERE round NOT IN (SELECT id FROM round)")  # noqa: S608
    op.execute("UPDATE decision SET continues = NULL WHERE continues NOT IN (SELECT id FROM decision)")
    with op.batch_alter_table("round", naming_convention=NUMBERED, table_kwargs=ANEW) as round_:
        round_.drop_index("ix_round_due_at")
        round_.drop_constraint("uq_round_partnership_kind_number", type_="unique")
        round_.create_unique_constraint("uq_round_partnership_number", ["partnership", "number"])
        round_.alter_column("moment", existing_type=WORD, nullable=False)
        round_.drop_column("due_at")
        round_.drop_column("kind")


def cascading(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
