"""What a decision is about.

Revision: 0005, after 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("theme", sa.String(32)))


def downgrade() -> None:
    op.drop_column("decision", "theme")
