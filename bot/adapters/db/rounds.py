"""Rounds with their roster and their published words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from bot.adapters.db.partnerships import PARTNER, PARTNERSHIP
from bot.adapters.db.prepared import Prepared
from bot.adapters.db.schema import (
    WHICH,
    Number,
    Repository,
    UTCDateTime,
    columns_of,
    insert_new,
    metadata,
    update_by_id,
    values_of,
    word,
)
from bot.core.ids import PartnerId, PartnershipId, RoundId
from bot.core.rounds.due import next_moment
from bot.core.rounds.lifecycle import Kind, Mode, Moment, Round, RoundState
from bot.errors import StoreError

ROUND = Table(
    "round",
    metadata,
    Column("id", Number, primary_key=True),
    Column("partnership", Number, ForeignKey(PARTNERSHIP.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", word(Kind), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", word(RoundState), nullable=False, index=True),
    Column("moment", word(Moment)),
    Column("flow", String(64), nullable=False),
    Column("flow_version", Integer, nullable=False),
    Column("collect_days", Integer, nullable=False),
    Column("answer_days", Integer, nullable=False),
    Column("mode", word(Mode), nullable=False),
    Column("collect_until", UTCDateTime),
    Column("answer_until", UTCDateTime),
    Column("extended", Boolean, nullable=False),
    Column("digest_at", UTCDateTime),
    Column("reminded", Integer, nullable=False),
    Column("foretold", Boolean, nullable=False),
    Column("posted", Boolean, nullable=False),
    Column("seated", Integer),
    Column("vote_until", UTCDateTime),
    Column("due_at", UTCDateTime, index=True),
    UniqueConstraint("partnership", "kind", "number"),
    sqlite_autoincrement=True,
)

ROSTER = Table(
    "roster",
    metadata,
    Column("round", Number, ForeignKey(ROUND.c.id, ondelete="CASCADE"), primary_key=True),
    Column("partner", Number, ForeignKey(PARTNER.c.id), primary_key=True, index=True),
    Column("seats", Integer, nullable=False),
    Column("stand_in", Boolean, nullable=False),
    Column("on_paper", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    sqlite_with_rowid=False,
)

PUBLISHED = Table(
    "published",
    metadata,
    Column(
        "round", Number, ForeignKey(ROUND.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("words", Text, nullable=False),
)

_ROUNDS = select(*columns_of(ROUND, Round))
_GET = Prepared(_ROUNDS.where(ROUND.c.id == WHICH))
_OF_PARTNERSHIP = _ROUNDS.where(ROUND.c.partnership == WHICH).order_by(ROUND.c.id.desc())
_DUE = select(ROUND.c.id).where(ROUND.c.due_at <= bindparam("now", type_=UTCDateTime()))
_DUE = _DUE.order_by(ROUND.c.due_at, ROUND.c.id)
_IN_STATES = _ROUNDS.where(ROUND.c.state.in_(bindparam("states", expanding=True))).order_by(ROUND.c.id)
_LAST_NUMBER = select(func.coalesce(func.max(ROUND.c.number), 0)).where(
    ROUND.c.partnership == WHICH, ROUND.c.kind == bindparam("alike", type_=word(Kind))
)
_ADD = insert(ROUND)
_SAVE = update_by_id(ROUND)
_EMPTY_ROSTER = delete(ROSTER).where(ROSTER.c.round == WHICH)
_FILL_ROSTER = insert(ROSTER)
_ROSTER = select(ROSTER.c.partner, ROSTER.c.seats).where(ROSTER.c.round == WHICH).order_by(ROSTER.c.partner)
_STAND_INS = select(ROSTER.c.partner).where(ROSTER.c.round == WHICH, ROSTER.c.stand_in)
_ON_PAPER = select(ROSTER.c.partner, ROSTER.c.on_paper).where(ROSTER.c.round == WHICH, ROSTER.c.on_paper > 0)
_KNOWN = select(ROSTER.c.partner, ROSTER.c.known).where(ROSTER.c.round == WHICH)
_PUBLISHED = select(PUBLISHED.c.words).where(PUBLISHED.c.round == WHICH)
_PUBLISH = insert_new(PUBLISHED, key=("round",))


class RoundRows(Repository):
    """The part of ``Rounds`` that concerns a round as a whole."""

    def add(
        self,
        partnership: PartnershipId,
        *,
        kind: Kind,
        moment: Moment | None,
        flow: str,
        flow_version: int,
        collect_days: int,
        answer_days: int,
    ) -> Round:
        row = {
            "partnership": partnership,
            "kind": kind,
            "number": 1
            + self._connection.execute(_LAST_NUMBER, {"which": partnership, "alike": kind}).scalar_one(),
            "state": RoundState.DRAFT,
            "moment": moment,
            "flow": flow,
            "flow_version": flow_version,
            "collect_days": collect_days,
            "answer_days": answer_days,
            "mode": Mode.CONFIDENTIAL,
        }
        round_id = RoundId(
            self._insert(_ADD, {**row, "extended": False, "reminded": 0, "foretold": False, "posted": False})
        )
        return Round(round_id, **row)

    def get(self, round_id: RoundId) -> Round | None:
        row = _GET.row(self._connection, which=round_id)
        return None if row is None else Round(*row)

    def save(self, round_: Round) -> None:
        self._connection.execute(_SAVE, {**values_of(round_), "due_at": next_moment(round_)})

    def of_partnership(self, partnership: PartnershipId) -> tuple[Round, ...]:
        return tuple(Round(*row) for row in self._connection.execute(_OF_PARTNERSHIP, {"which": partnership}))

    def in_states(self, states: Collection[RoundState]) -> tuple[Round, ...]:
        return tuple(Round(*row) for row in self._connection.execute(_IN_STATES, {"states": list(states)}))

    def due(self, now: datetime) -> tuple[RoundId, ...]:
        return tuple(self._connection.execute(_DUE, {"now": now}).scalars())

    def freeze_roster(
        self,
        round_id: RoundId,
        seats: Mapping[PartnerId, int],
        *,
        stand_ins: Collection[PartnerId] = (),
        on_paper: Mapping[PartnerId, int] | None = None,
        known: Mapping[PartnerId, int] | None = None,
    ) -> None:
        self._connection.execute(_EMPTY_ROSTER, {"which": round_id})
        rows = [
            {
                "round": round_id,
                "partner": partner,
                "seats": count,
                "stand_in": partner in stand_ins,
                "on_paper": (on_paper or {}).get(partner, 0),
                "known": (known or seats)[partner],
            }
            for partner, count in seats.items()
        ]
        if rows:
            self._connection.execute(_FILL_ROSTER, rows)

    def roster(self, round_id: RoundId) -> dict[PartnerId, int]:
        return {row.partner: row.seats for row in self._connection.execute(_ROSTER, {"which": round_id})}

    def stand_ins(self, round_id: RoundId) -> frozenset[PartnerId]:
        return frozenset(self._connection.execute(_STAND_INS, {"which": round_id}).scalars())

    def on_paper(self, round_id: RoundId) -> dict[PartnerId, int]:
        return {row.partner: row.on_paper for row in self._connection.execute(_ON_PAPER, {"which": round_id})}

    def known(self, round_id: RoundId) -> dict[PartnerId, int]:
        return {row.partner: row.known for row in self._connection.execute(_KNOWN, {"which": round_id})}

    def published(self, round_id: RoundId) -> str | None:
        words: str | None = self._connection.execute(_PUBLISHED, {"which": round_id}).scalar_one_or_none()
        return words

    def publish(self, round_id: RoundId, words: str) -> None:
        if not self._connection.execute(_PUBLISH, {"round": round_id, "words": words}).rowcount:
            raise StoreError("The words of this round are published already; they are never computed again.")
