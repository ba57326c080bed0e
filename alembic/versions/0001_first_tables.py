"""First tables: identity, rounds, answers and delivery, kept apart.

Revision: 0001, the first
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(16)
LANGUAGE = sa.String(35)


def upgrade() -> None:
    people_and_groups()
    partnerships()
    rounds()
    meetings()
    delivery()
    op.create_table(
        "answer",
        sa.Column("round", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("pseudonym", sa.LargeBinary(32), primary_key=True),
        sa.Column("cell", sa.String(32), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for name in (
        *("answer", "quarantine", "processed_update", "posted", "outbox", "flow_version"),
        *(
            "action",
            "agreed_level",
            "comment",
            "contribution",
            "decision",
            "published",
            "roster",
            "seated",
            "round",
        ),
        *("facilitator", "seat", "partner", "partnership"),
        *("chat_alias", "chat_group", "draft", "place", "person"),
    ):
        op.drop_table(name)


def people_and_groups() -> None:
    op.create_table(
        "person",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("lookup", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("account", sa.LargeBinary, nullable=False),
        sa.Column("language", LANGUAGE, nullable=False),
        sa.Column("reachable", sa.Boolean, nullable=False),
        sa.Column("loose_since", sa.Date),
    )
    op.create_table(
        "place",
        sa.Column("person", NUMBER, cascading("person"), primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "draft",
        sa.Column("person", NUMBER, cascading("person"), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chat_group",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("chat", sa.LargeBinary, nullable=False),
        sa.Column("language", LANGUAGE, nullable=False),
        sa.Column("topic", sa.BigInteger),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "chat_alias",
        sa.Column("lookup", sa.LargeBinary(32), primary_key=True),
        sa.Column("group", NUMBER, cascading("chat_group"), nullable=False, index=True),
        sqlite_with_rowid=False,
    )


def partnerships() -> None:
    op.create_table(
        "partnership",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("language", LANGUAGE, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("group", NUMBER, sa.ForeignKey("chat_group.id"), index=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "partner",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("partnership", NUMBER, cascading("partnership"), nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("acronym", sa.Text, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "seat",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("partner", NUMBER, cascading("partner"), nullable=False, index=True),
        sa.Column("person", NUMBER, sa.ForeignKey("person.id", ondelete="SET NULL"), index=True),
        sa.Column("token_hash", sa.LargeBinary, unique=True),
        sa.Column("expires", MOMENT),
        sa.Column("confirmed", sa.Boolean, nullable=False),
        sa.Column("consent", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "facilitator",
        sa.Column("partnership", NUMBER, cascading("partnership"), primary_key=True),
        sa.Column("person", NUMBER, cascading("person"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )


def rounds() -> None:
    op.create_table(
        "round",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("partnership", NUMBER, cascading("partnership"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", WORD, nullable=False, index=True),
        sa.Column("moment", WORD, nullable=False),
        sa.Column("flow", sa.String(64), nullable=False),
        sa.Column("flow_version", sa.Integer, nullable=False),
        sa.Column("collect_days", sa.Integer, nullable=False),
        sa.Column("answer_days", sa.Integer, nullable=False),
        sa.Column("mode", WORD, nullable=False),
        sa.Column("collect_until", MOMENT),
        sa.Column("answer_until", MOMENT),
        sa.Column("extended", sa.Boolean, nullable=False),
        sa.Column("digest_at", MOMENT),
        sa.Column("reminded", sa.Integer, nullable=False),
        sa.Column("foretold", sa.Boolean, nullable=False),
        sa.Column("posted", sa.Boolean, nullable=False),
        sa.Column("seated", sa.Integer),
        sa.UniqueConstraint("partnership", "number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "seated",
        sa.Column("round", NUMBER, cascading("round"), primary_key=True),
        sa.Column("person", NUMBER, cascading("person"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roster",
        sa.Column("round", NUMBER, cascading("round"), primary_key=True),
        sa.Column("partner", NUMBER, sa.ForeignKey("partner.id"), primary_key=True, index=True),
        sa.Column("seats", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published",
        sa.Column("round", NUMBER, cascading("round"), primary_key=True, autoincrement=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "decision",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("round", NUMBER, cascading("round"), nullable=False, index=True),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("continues", NUMBER, sa.ForeignKey("decision.id", ondelete="SET NULL"), index=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "contribution",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("round", NUMBER, cascading("round"), nullable=False, index=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("decision", NUMBER, sa.ForeignKey("decision.id", ondelete="SET NULL"), index=True),
        sqlite_autoincrement=True,
    )


def meetings() -> None:
    op.create_table(
        "comment",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("round", NUMBER, cascading("round"), nullable=False, index=True),
        sa.Column("decision", NUMBER, cascading("decision"), nullable=False, index=True),
        sa.Column("audience", WORD, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("until", MOMENT),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "agreed_level",
        sa.Column("decision", NUMBER, cascading("decision"), primary_key=True),
        sa.Column("partner", NUMBER, sa.ForeignKey("partner.id"), primary_key=True, index=True),
        sa.Column("level", sa.SmallInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "action",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("round", NUMBER, cascading("round"), nullable=False, index=True),
        sa.Column("decision", NUMBER, cascading("decision"), nullable=False, index=True),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("owner", NUMBER, sa.ForeignKey("partner.id"), nullable=False, index=True),
        sa.Column("by", sa.String(10), nullable=False),
        sa.Column("status", WORD, nullable=False),
        sqlite_autoincrement=True,
    )


def delivery() -> None:
    op.create_table(
        "flow_version",
        sa.Column("flow", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("structure", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("lane", sa.SmallInteger, nullable=False),
        sa.Column("what", WORD, nullable=False),
        sa.Column("path", sa.String(64), nullable=False),
        sa.Column("person", NUMBER, index=True),
        sa.Column("group", NUMBER),
        sa.Column("fresh", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", MOMENT),
        sa.Column("error", sa.String(64)),
        sa.Index(None, "state", "lane", "id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "posted",
        sa.Column("once", sa.String(128), primary_key=True),
        sa.Column("person", NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "processed_update",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("handled", MOMENT, nullable=False),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("code", sa.String(64), nullable=False),
    )


def cascading(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
