"""Seats on paper, whose answers a facilitator types in, and how many answers the same people may know.

Revision: 0009, after 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ANEW = {"seat": {"sqlite_autoincrement": True}, "roster": {"sqlite_with_rowid": False}}
"""What a table would lose when SQLite rebuilds it."""


def upgrade() -> None:
    op.add_column("seat", sa.Column("on_paper", sa.Boolean, nullable=False, server_default=sa.false()))
    for name in ("on_paper", "known"):
        op.add_column("roster", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE roster SET known = seats")  # nothing was on paper, so everybody knew their own
    with op.batch_alter_table("seat", table_kwargs=ANEW["seat"]) as seat:
        seat.alter_column(
            "on_paper", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )
    with op.batch_alter_table("roster", table_kwargs=ANEW["roster"]) as roster:
        for name in ("on_paper", "known"):
            roster.alter_column(
                name, existing_type=sa.Integer(), existing_nullable=False, server_default=None
            )
    op.create_table(
        "seated_on_paper",
        sa.Column("round", NUMBER, sa.ForeignKey("round.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("seat", NUMBER, sa.ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("seated_on_paper")
    for table, names in {"roster": ("known", "on_paper"), "seat": ("on_paper",)}.items():
        for name in names:
            op.drop_column(table, name)
