"""Prompts in a partnership's own words."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.adapters.db.partnerships import PARTNERSHIP
from bot.adapters.db.prepared import Prepared
from bot.adapters.db.rounds import ROUND
from bot.adapters.db.schema import WHICH, Number, Repository, columns_of, metadata
from bot.core.ids import PartnershipId, RoundId, WordingId
from bot.core.partnerships import Wording

WORDING = Table(
    "wording",
    metadata,
    Column("id", Number, primary_key=True),
    Column("partnership", Number, ForeignKey(PARTNERSHIP.c.id, ondelete="CASCADE"), nullable=False),
    Column("place", String(65), nullable=False),
    Column("language", String(35), nullable=False),
    Column("original", Text, nullable=False),
    Column("words", Text),
    UniqueConstraint("partnership", "place", "language"),
    sqlite_autoincrement=True,
)

_ALL = select(*columns_of(WORDING, Wording))
_GET = _ALL.where(WORDING.c.id == WHICH)
_OF = (WORDING.c.partnership == WHICH) & (WORDING.c.language == bindparam("spoken"))
_IN = Prepared(_ALL.where(_OF, WORDING.c.words.is_not(None)))
_IN_ROUND = Prepared(
    _ALL.join(ROUND, ROUND.c.partnership == WORDING.c.partnership).where(
        ROUND.c.id == WHICH, WORDING.c.language == bindparam("spoken"), WORDING.c.words.is_not(None)
    )
)
_FIND = _ALL.where(_OF, WORDING.c.place == bindparam("at"))
_ADD = insert(WORDING)
_SAY = update(WORDING).where(WORDING.c.id == WHICH)
_REMOVE = delete(WORDING).where(WORDING.c.id == WHICH)


class SqlWordings(Repository):
    """``Wordings`` over the table ``wording``."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._read: dict[tuple[RoundId, str], Mapping[str, Wording]] = {}  # asked before and after a turn

    def get(self, wording: WordingId) -> Wording | None:
        row = self._connection.execute(_GET, {"which": wording}).one_or_none()
        return None if row is None else Wording(*row)

    def of(self, partnership: PartnershipId, language: str) -> Mapping[str, Wording]:
        return self._by_place(_IN, partnership, language)

    def in_round(self, round_id: RoundId, language: str) -> Mapping[str, Wording]:
        if (round_id, language) not in self._read:
            self._read[round_id, language] = self._by_place(_IN_ROUND, round_id, language)
        return self._read[round_id, language]

    def begin(self, partnership: PartnershipId, place: str, language: str, *, original: str) -> WordingId:
        at = {"which": partnership, "spoken": language, "at": place}
        row = self._connection.execute(_FIND, at).one_or_none()
        if row is not None:
            if row.original == original:
                return WordingId(row.id)
            self.remove(WordingId(row.id))
        values = {"partnership": partnership, "place": place, "language": language, "original": original}
        return WordingId(self._insert(_ADD, values))

    def say(self, wording: WordingId, words: str) -> None:
        self._connection.execute(_SAY, {"which": wording, "words": words})
        self.read_anew()

    def remove(self, wording: WordingId) -> None:
        self._connection.execute(_REMOVE, {"which": wording})
        self.read_anew()

    def read_anew(self) -> None:
        """Believe nothing that was read before: it may have been undone."""
        self._read.clear()

    def _by_place(self, chosen: Prepared, which: int, language: str) -> dict[str, Wording]:
        rows = chosen.rows(self._connection, which=which, spoken=language)
        return {wording.place: wording for wording in (Wording(*row) for row in rows)}
