"""Proposals of a meeting that do not count yet, and actions of a partnership as a whole.

Revision: 0006, after 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(16)
ANEW = {"action": {"sqlite_autoincrement": True}, "agreed_level": {"sqlite_with_rowid": False}}
"""What a table would lose when SQLite rebuilds it."""

OF_A_ROUND = ("seated", "roster", "published", "comment", "contribution", "decision")


def upgrade() -> None:
    for table in ANEW:
        with op.batch_alter_table(table, table_kwargs=ANEW[table]) as batch:
            # what was recorded so far counted at once, and goes on counting
            batch.add_column(sa.Column("standing", WORD, nullable=False, server_default="agreed"))
            if table == "action":
                batch.alter_column("decision", existing_type=NUMBER, nullable=True)
        with op.batch_alter_table(table, table_kwargs=ANEW[table]) as batch:
            batch.alter_column("standing", existing_type=WORD, existing_nullable=False, server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM round WHERE kind = 'consent'")
    for name in OF_A_ROUND:  # nothing cascades while tables are rebuilt
        op.execute(f"DELETE FROM {name} WHERE round NOT IN (SELECT id FROM round)")  # noqa: S608
    op.execute("DELETE FROM action WHERE standing != 'agreed' OR decision IS NULL")
    op.execute("DELETE FROM agreed_level WHERE standing != 'agreed'")
    for table in ANEW:
        with op.batch_alter_table(table, table_kwargs=ANEW[table]) as batch:
            batch.drop_column("standing")
            if table == "action":
                batch.alter_column("decision", existing_type=NUMBER, nullable=False)
