"""On PostgreSQL, answers leave nothing in its log, which is kept, copied and shipped to replicas.

Revision: 0010, after 0009
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _set("UNLOGGED")


def downgrade() -> None:
    _set("LOGGED")


def _set(how: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE answer SET {how}")
