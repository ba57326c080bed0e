"""Which session took a message for sending, so that what ended processes had under way can be told apart.

Revision: 0011, after 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("taker", sa.Integer))


def downgrade() -> None:
    op.drop_column("outbox", "taker")
