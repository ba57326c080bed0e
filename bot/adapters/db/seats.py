"""Seats and facilitators: what links people to partnerships. Of a token only the hash is kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.adapters.db.partnerships import PARTNER, PARTNERSHIP, SELECT_PARTNERSHIP, PartnershipRows
from bot.adapters.db.prepared import Prepared
from bot.adapters.db.schema import WHICH, Number, UTCDateTime, insert_new, metadata
from bot.core.confidentiality.holders import Holder, OnPaper
from bot.core.ids import PartnerId, PartnershipId, PersonId, RoundId, SeatId
from bot.core.partnerships import Partnership, Seat
from bot.errors import StoreError

SEAT = Table(
    "seat",
    metadata,
    Column("id", Number, primary_key=True),
    Column("partner", Number, ForeignKey(PARTNER.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("person", Number, ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("token_hash", LargeBinary, unique=True),
    Column("expires", UTCDateTime),
    Column("confirmed", Boolean, nullable=False),
    Column("consent", Integer, nullable=False),
    Column("stand_in", Boolean, nullable=False),
    Column("on_paper", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

FACILITATOR = Table(
    "facilitator",
    metadata,
    Column("partnership", Number, ForeignKey(PARTNERSHIP.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person", Number, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

SEATED = Table(
    "seated",
    metadata,
    Column("round", Number, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True),
    Column("person", Number, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Who held a seat when the answers of a round were counted, to count joiners and leavers until the next."""

SEATED_ON_PAPER = Table(
    "seated_on_paper",
    metadata,
    Column("round", Number, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True),
    Column("seat", Number, ForeignKey(SEAT.c.id, ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""The same for seats on paper: of whoever answers on one of them only the seat is known."""

_VACANT = {"person": None, "token_hash": None, "expires": None, "consent": 0}
VACATE_ALL = (update(SEAT).where(SEAT.c.person == WHICH).values(_VACANT),)
"""What takes one person, ``which``, off every seat."""

_SEATS = (
    select(
        SEAT.c.id,
        PARTNER.c.partnership,
        SEAT.c.partner,
        SEAT.c.person,
        SEAT.c.expires,
        SEAT.c.confirmed,
        SEAT.c.consent,
        SEAT.c.stand_in,
        SEAT.c.on_paper,
    )
    .join(PARTNER, PARTNER.c.id == SEAT.c.partner)
    .order_by(SEAT.c.id)
)
_SEATS_OF_PARTNERSHIP = _SEATS.where(PARTNER.c.partnership == WHICH)
_SEATS_OF_PERSON = Prepared(_SEATS.where(SEAT.c.person == WHICH))
_SEAT = _SEATS.where(SEAT.c.id == WHICH)
_SEAT_OF_INVITATION = _SEATS.where(SEAT.c.token_hash == WHICH)
_NOTE_SEATED = insert_new(SEATED, key=("round", "person"))
_NOTE_ON_PAPER = insert_new(SEATED_ON_PAPER, key=("round", "seat"))
_SEATED = select(SEATED.c.person).where(SEATED.c.round == WHICH)
_SEATED_ON_PAPER = select(SEATED_ON_PAPER.c.seat).where(SEATED_ON_PAPER.c.round == WHICH)
_ADD_SEAT = insert(SEAT)
_REMOVE_SEAT = delete(SEAT).where(SEAT.c.id == WHICH)
_UPDATE_SEAT = update(SEAT).where(SEAT.c.id == WHICH)
_UPDATE_EMPTY_SEAT = _UPDATE_SEAT.where(SEAT.c.person.is_(None))

_FACILITATORS = select(FACILITATOR.c.person).where(FACILITATOR.c.partnership == WHICH)
_FACILITATED = SELECT_PARTNERSHIP.join(FACILITATOR, FACILITATOR.c.partnership == PARTNERSHIP.c.id).where(
    FACILITATOR.c.person == WHICH
)
_ADD_FACILITATOR = insert_new(FACILITATOR, key=("partnership", "person"))
_REMOVE_FACILITATOR = delete(FACILITATOR).where(
    FACILITATOR.c.partnership == WHICH, FACILITATOR.c.person == bindparam("who")
)


class SqlPartnerships(PartnershipRows):
    """``Partnerships`` over the tables ``partnership``, ``partner``, ``seat`` and ``facilitator``."""

    def facilitators(self, partnership: PartnershipId) -> frozenset[PersonId]:
        return frozenset(self._connection.execute(_FACILITATORS, {"which": partnership}).scalars())

    def facilitated_by(self, person: PersonId) -> tuple[Partnership, ...]:
        return tuple(Partnership(*row) for row in self._connection.execute(_FACILITATED, {"which": person}))

    def add_facilitator(self, partnership: PartnershipId, person: PersonId) -> None:
        self._connection.execute(_ADD_FACILITATOR, {"partnership": partnership, "person": person})

    def remove_facilitator(self, partnership: PartnershipId, person: PersonId) -> None:
        self._connection.execute(_REMOVE_FACILITATOR, {"which": partnership, "who": person})

    def seats(self, partnership: PartnershipId) -> tuple[Seat, ...]:
        return tuple(
            Seat(*row) for row in self._connection.execute(_SEATS_OF_PARTNERSHIP, {"which": partnership})
        )

    def seats_of(self, person: PersonId) -> tuple[Seat, ...]:
        return tuple(Seat(*row) for row in _SEATS_OF_PERSON.rows(self._connection, which=person))

    def seat(self, seat: SeatId) -> Seat | None:
        row = self._connection.execute(_SEAT, {"which": seat}).one_or_none()
        return None if row is None else Seat(*row)

    def note_seated(self, round_id: RoundId, holders: Collection[Holder]) -> None:
        seats = sorted(holder.seat for holder in holders if isinstance(holder, OnPaper))
        people = sorted(holder for holder in holders if not isinstance(holder, OnPaper))
        if people:
            self._connection.execute(_NOTE_SEATED, [{"round": round_id, "person": one} for one in people])
        if seats:
            self._connection.execute(_NOTE_ON_PAPER, [{"round": round_id, "seat": one} for one in seats])

    def seated(self, round_id: RoundId) -> frozenset[Holder]:
        people = self._connection.execute(_SEATED, {"which": round_id}).scalars()
        seats = self._connection.execute(_SEATED_ON_PAPER, {"which": round_id}).scalars()
        return frozenset([*people, *map(OnPaper, seats)])

    def seat_of_invitation(self, token_hash: bytes) -> Seat | None:
        row = self._connection.execute(_SEAT_OF_INVITATION, {"which": token_hash}).one_or_none()
        return None if row is None else Seat(*row)

    def add_seat(self, partner: PartnerId, *, confirmed: bool = True) -> SeatId:
        row = {"partner": partner, "confirmed": confirmed, "stand_in": False, "on_paper": False, **_VACANT}
        return SeatId(self._insert(_ADD_SEAT, row))

    def confirm_seat(self, seat: SeatId) -> None:
        self._connection.execute(_UPDATE_SEAT, {"which": seat, "confirmed": True})

    def set_stand_in(self, seat: SeatId, stand_in: bool) -> None:
        self._connection.execute(_UPDATE_SEAT, {"which": seat, "stand_in": stand_in})

    def set_on_paper(self, seat: SeatId, on_paper: bool) -> None:
        self._connection.execute(_UPDATE_SEAT, {"which": seat, "on_paper": on_paper})

    def remove_seat(self, seat: SeatId) -> None:
        self._connection.execute(_REMOVE_SEAT, {"which": seat})

    def invite(self, seat: SeatId, *, token_hash: bytes, expires: datetime) -> None:
        """Replace the invitation of an empty seat; a StoreError when somebody sits on it."""
        self._fill(seat, {"token_hash": token_hash, "expires": expires})

    def bind(self, seat: SeatId, person: PersonId) -> None:
        """Seat the person; the token hash stays, so that a second use can be told apart from a wrong link."""
        self._fill(seat, {"person": person, "expires": None})

    def set_consent(self, seat: SeatId, version: int) -> None:
        self._connection.execute(_UPDATE_SEAT, {"which": seat, "consent": version})

    def vacate(self, seat: SeatId) -> None:
        self._connection.execute(_UPDATE_SEAT, {"which": seat, **_VACANT})

    def _fill(self, seat: SeatId, changes: dict[str, Any]) -> None:
        if not self._connection.execute(_UPDATE_EMPTY_SEAT, {"which": seat, **changes}).rowcount:
            raise StoreError("This seat is taken or was removed: nothing was changed.")
