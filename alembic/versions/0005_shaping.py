"""Decisions with themes, contributions that belong to several of them, a vote on the list, and one step back.

Revision: 0005, after 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(16)
ANEW = {"sqlite_autoincrement": True}
"""What a table would lose when SQLite rebuilds it: ids are never used again."""


def upgrade() -> None:
    op.add_column("round", sa.Column("vote_until", sa.DateTime(timezone=True)))
    op.add_column("decision", sa.Column("theme", sa.String(32)))
    op.create_table(
        "thread",
        sa.Column("contribution", NUMBER, cascading("contribution"), primary_key=True),
        sa.Column("decision", NUMBER, cascading("decision"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO thread (contribution, decision) "
        "SELECT id, decision FROM contribution WHERE decision IS NOT NULL"
    )
    with op.batch_alter_table("contribution", table_kwargs=ANEW) as contribution:
        contribution.drop_index("ix_contribution_decision")
        contribution.drop_column("decision")
    op.create_table(
        "undo",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("round", NUMBER, cascading("round"), nullable=False),
        sa.Column("what", WORD, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.UniqueConstraint("round"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("undo")
    decided = sa.ForeignKey("decision.id", name="fk_contribution_decision", ondelete="SET NULL")
    with op.batch_alter_table("contribution", table_kwargs=ANEW) as contribution:
        contribution.add_column(sa.Column("decision", NUMBER, decided))
        contribution.create_index("ix_contribution_decision", ["decision"])
    op.execute(
        "UPDATE contribution SET decision = "
        "(SELECT min(thread.decision) FROM thread WHERE thread.contribution = contribution.id)"
    )
    op.drop_table("thread")
    op.drop_column("decision", "theme")
    op.drop_column("round", "vote_until")
    op.execute("UPDATE round SET state = 'shaping' WHERE state = 'voting'")


def cascading(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
