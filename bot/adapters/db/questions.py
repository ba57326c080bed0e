"""Questions to the facilitators: sealed, without who asked, numbered at random and without the time of asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    LargeBinary,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.adapters.db.partnerships import PARTNER, PARTNERSHIP
from bot.adapters.db.schema import WHICH, Number, Repository, UTCDateTime, metadata
from bot.adapters.db.vault import Vault
from bot.core.ids import PartnerId, PartnershipId, QuestionId
from bot.core.questions import Question

SIZE = 2048
"""Question and reply are each kept in this many bytes, whatever their length."""

QUESTION = Table(
    "question",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column(
        "partnership", Number, ForeignKey(PARTNERSHIP.c.id, ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("partner", Number, ForeignKey(PARTNER.c.id, ondelete="CASCADE"), index=True),
    Column("words", LargeBinary, nullable=False),
    Column("due", UTCDateTime, nullable=False),
    Column("until", Date, nullable=False, index=True),
    Column("reply", LargeBinary),
)

_ADD = insert(QUESTION)
_GET = select(QUESTION).where(QUESTION.c.id == WHICH)
_WAITING = (
    select(QUESTION)
    .where(QUESTION.c.partnership == WHICH, QUESTION.c.reply.is_(None))
    .order_by(QUESTION.c.due, QUESTION.c.id)
)
_REPLY = update(QUESTION).where(QUESTION.c.id == WHICH)
_REMOVE = delete(QUESTION).where(QUESTION.c.id == WHICH)
_PRUNE = delete(QUESTION).where(QUESTION.c.until <= bindparam("today", type_=Date()))


class SqlQuestions(Repository):
    """``Questions`` over the table ``question``.

    Args:
        draw: makes ids, which must tell neither order nor time.
    """

    def __init__(self, connection: Connection, vault: Vault, draw: Callable[[], int]) -> None:
        super().__init__(connection)
        self._vault = vault
        self._draw = draw

    def add(
        self,
        partnership: PartnershipId,
        words: str,
        *,
        partner: PartnerId | None,
        due: datetime,
        until: date,
    ) -> QuestionId:
        question = QuestionId(self._draw())
        row = {"id": question, "partnership": partnership, "partner": partner, "due": due, "until": until}
        self._connection.execute(_ADD, {**row, "words": self._sealed(question, "words", words)})
        return question

    def get(self, question: QuestionId) -> Question | None:
        row = self._connection.execute(_GET, {"which": question}).one_or_none()
        return None if row is None else self._opened(row)

    def waiting(self, partnership: PartnershipId) -> tuple[Question, ...]:
        rows = self._connection.execute(_WAITING, {"which": partnership})
        return tuple(self._opened(row) for row in rows)

    def reply(self, question: QuestionId, words: str, *, until: date) -> None:
        sealed = self._sealed(question, "reply", words)
        self._connection.execute(_REPLY, {"which": question, "reply": sealed, "until": until})

    def remove(self, question: QuestionId) -> None:
        self._connection.execute(_REMOVE, {"which": question})

    def prune(self, today: date) -> None:
        self._connection.execute(_PRUNE, {"today": today})

    def _sealed(self, question: QuestionId, part: str, words: str) -> bytes:
        return self._vault.seal(words.encode(), label=_label(question, part), size=SIZE)

    def _opened(self, row: Any) -> Question:
        words = self._vault.unseal(row.words, label=_label(row.id, "words")).decode()
        reply = None
        if row.reply is not None:
            reply = self._vault.unseal(row.reply, label=_label(row.id, "reply")).decode()
        return Question(row.id, row.partnership, row.partner, words, row.due, row.until, reply)


def _label(question: int, part: str) -> str:
    return f"question|{question}|{part}"
