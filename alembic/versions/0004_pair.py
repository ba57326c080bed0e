"""Two facilitators, stand-ins, and questions to the facilitators.

Revision: 0004, after 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

TABLES = ("question", "press", "farewell_word", "farewell", "co_invitation")


def upgrade() -> None:
    for table in ("seat", "roster"):
        op.add_column(table, sa.Column("stand_in", sa.Boolean, nullable=False, server_default=sa.false()))
    with op.batch_alter_table("seat", table_kwargs={"sqlite_autoincrement": True}) as seat:
        seat.alter_column(
            "stand_in", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )
    with op.batch_alter_table("roster", table_kwargs={"sqlite_with_rowid": False}) as roster:
        roster.alter_column(
            "stand_in", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )
    op.create_table(
        "co_invitation",
        sa.Column("partnership", NUMBER, cascading("partnership"), primary_key=True, autoincrement=False),
        sa.Column("by", NUMBER, cascading("person"), nullable=False, index=True),
        sa.Column("replaces", sa.Boolean, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("person", NUMBER, cascading("person"), index=True),
    )
    op.create_table(
        "farewell",
        sa.Column("partnership", NUMBER, cascading("partnership"), primary_key=True, autoincrement=False),
        sa.Column("person", NUMBER, cascading("person"), nullable=False, index=True),
        sa.Column("since", MOMENT, nullable=False),
    )
    op.create_table(
        "farewell_word",
        sa.Column(
            "partnership",
            NUMBER,
            sa.ForeignKey("farewell.partnership", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("partner", NUMBER, cascading("partner"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "press",
        sa.Column("round", NUMBER, cascading("round"), primary_key=True),
        sa.Column("person", NUMBER, cascading("person"), primary_key=True, index=True),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(32), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "question",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("partnership", NUMBER, cascading("partnership"), nullable=False, index=True),
        sa.Column("partner", NUMBER, cascading("partner"), index=True),
        sa.Column("words", sa.LargeBinary, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("until", sa.Date, nullable=False, index=True),
        sa.Column("reply", sa.LargeBinary),
    )


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    for table in ("roster", "seat"):
        op.drop_column(table, "stand_in")


def cascading(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
