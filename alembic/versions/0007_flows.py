"""Questions of a partnership's own, as files that its facilitators sent, in every version that a round needs.

Revision: 0007, after 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "own_flow",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("partnership", NUMBER, sa.ForeignKey("partnership.id", ondelete="CASCADE"), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_own_flow_partnership", "own_flow", ["partnership"])
    op.create_table(
        "own_flow_version",
        sa.Column("flow", NUMBER, sa.ForeignKey("own_flow.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("source", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("own_flow_version")
    op.drop_table("own_flow")
