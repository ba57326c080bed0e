"""Free texts that were released at a close: sealed, without who wrote them, some of them for a time only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, LargeBinary, Table, bindparam, delete, insert, select

from bot.adapters.db.rounds import ROUND
from bot.adapters.db.schema import WHICH, Number, Repository, UTCDateTime, metadata, word
from bot.adapters.db.vault import Vault
from bot.core.ids import DecisionId, RoundId
from bot.core.rounds.comments import Audience, Comment

SIZE = 2048
"""Every text is kept in this many bytes, whatever its length."""

COMMENT = Table(
    "comment",
    metadata,
    Column("id", Number, primary_key=True),
    Column("round", Number, ForeignKey(ROUND.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("decision", Number, ForeignKey("decision.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("audience", word(Audience), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("until", UTCDateTime),
    sqlite_autoincrement=True,
)

_ADD = insert(COMMENT)
_OF_ROUND = (
    select(COMMENT.c.decision, COMMENT.c.audience, COMMENT.c.content)
    .where(COMMENT.c.round == WHICH, COMMENT.c.audience == bindparam("reader"))
    .order_by(COMMENT.c.id)
)
FORGET_COMMENTS = delete(COMMENT).where(COMMENT.c.until <= bindparam("now", type_=UTCDateTime()))
"""What erases texts whose time is over."""


class SqlComments(Repository):
    """``Comments`` over the table ``comment``."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        super().__init__(connection)
        self._vault = vault

    def add(self, round_id: RoundId, comments: Sequence[Comment], *, until: datetime) -> None:
        rows = [
            {
                "round": round_id,
                "decision": comment.decision,
                "audience": comment.audience,
                "content": self._vault.seal(comment.words.encode(), label=_label(round_id), size=SIZE),
                "until": until if comment.audience is Audience.FACILITATORS else None,
            }
            for comment in comments
        ]
        if rows:
            self._connection.execute(_ADD, rows)

    def of(self, round_id: RoundId, audience: Audience) -> tuple[Comment, ...]:
        rows = self._connection.execute(_OF_ROUND, {"which": round_id, "reader": audience})
        return tuple(
            Comment(
                DecisionId(row.decision),
                row.audience,
                self._vault.unseal(row.content, label=_label(round_id)).decode(),
            )
            for row in rows
        )

    def prune(self, now: datetime) -> None:
        self._connection.execute(FORGET_COMMENTS, {"now": now})


def _label(round_id: RoundId) -> str:
    return f"comment|{round_id}"
