"""Partnerships share what they learned, and releases of it.

Revision: 0008, after 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("partnership", sa.Column("shares_since", sa.Date))
    op.create_index("ix_partnership_shares_since", "partnership", ["shares_since"])
    op.create_table(
        "learning_release",
        sa.Column("at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("members", sa.Text),
    )


def downgrade() -> None:
    op.drop_table("learning_release")
    op.drop_index("ix_partnership_shares_since", "partnership")
    op.drop_column("partnership", "shares_since")
