"""Groups that speak several languages, buttons without pictures, and prompts in a partnership's own words.

Revision: 0003, after 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LANGUAGE = sa.String(35)


def upgrade() -> None:
    with op.batch_alter_table("chat_group") as group:
        group.alter_column(
            "language",
            new_column_name="languages",
            existing_type=LANGUAGE,
            type_=sa.String(110),
            existing_nullable=False,
        )
    op.add_column("person", sa.Column("plain", sa.Boolean, nullable=False, server_default=sa.false()))
    with op.batch_alter_table("person") as person:
        person.alter_column("plain", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
    op.create_table(
        "wording",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("partnership", NUMBER, sa.ForeignKey("partnership.id", ondelete="CASCADE"), nullable=False),
        sa.Column("place", sa.String(65), nullable=False),
        sa.Column("language", LANGUAGE, nullable=False),
        sa.Column("original", sa.Text, nullable=False),
        sa.Column("words", sa.Text),
        sa.UniqueConstraint("partnership", "place", "language"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("wording")
    op.drop_column("person", "plain")
    group_table = sa.table("chat_group", sa.column("id"), sa.column("languages"))
    connection = op.get_bind()
    for number, languages in connection.execute(sa.select(group_table.c.id, group_table.c.languages)).all():
        main = group_table.update().where(group_table.c.id == number).values(languages=languages.split()[0])
        connection.execute(main)
    with op.batch_alter_table("chat_group") as group:
        group.alter_column(
            "languages",
            new_column_name="language",
            existing_type=sa.String(110),
            type_=LANGUAGE,
            existing_nullable=False,
        )
