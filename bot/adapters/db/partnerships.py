"""Partnerships and their partners."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Date, ForeignKey, String, Table, Text, bindparam, delete, insert, select

from bot.adapters.db.schema import (
    WHICH,
    Number,
    Repository,
    columns_of,
    metadata,
    update_by_id,
    values_of,
    word,
)
from bot.core.ids import GroupId, PartnerId, PartnershipId
from bot.core.partnerships import Partner, PartnerKind, Partnership
from bot.errors import StoreError

PARTNERSHIP = Table(
    "partnership",
    metadata,
    Column("id", Number, primary_key=True),
    Column("name", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("language", String(35), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("group", Number, ForeignKey("chat_group.id"), index=True),
    Column("shares_since", Date, index=True),
    sqlite_autoincrement=True,
)

PARTNER = Table(
    "partner",
    metadata,
    Column("id", Number, primary_key=True),
    Column(
        "partnership", Number, ForeignKey(PARTNERSHIP.c.id, ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("name", Text, nullable=False),
    Column("acronym", Text, nullable=False),
    Column("kind", word(PartnerKind), nullable=False),
    sqlite_autoincrement=True,
)

SELECT_PARTNERSHIP = select(*columns_of(PARTNERSHIP, Partnership)).order_by(PARTNERSHIP.c.id)
_GET = SELECT_PARTNERSHIP.where(PARTNERSHIP.c.id == WHICH)
_OF_GROUP = SELECT_PARTNERSHIP.where(PARTNERSHIP.c.group == WHICH)
_SHARING = select(*columns_of(PARTNERSHIP, Partnership)).where(
    PARTNERSHIP.c.shares_since <= bindparam("day", type_=Date())
)
_SAVE = update_by_id(PARTNERSHIP)
_ADD = insert(PARTNERSHIP)
_REMOVE = delete(PARTNERSHIP).where(PARTNERSHIP.c.id == WHICH)
_ADD_PARTNER = insert(PARTNER)
_PARTNERS = (
    select(*columns_of(PARTNER, Partner))
    .where(PARTNER.c.partnership == WHICH)
    .order_by(PARTNER.c.acronym, PARTNER.c.id)
)
_REMOVE_PARTNER = delete(PARTNER).where(PARTNER.c.id == WHICH)


class PartnershipRows(Repository):
    """The part of ``Partnerships`` that knows organisations, not people."""

    def add(self, *, name: str, purpose: str, language: str, zone: str) -> PartnershipId:
        row = {"name": name, "purpose": purpose, "language": language, "zone": zone, "group": None}
        return PartnershipId(self._insert(_ADD, row))

    def get(self, partnership: PartnershipId) -> Partnership:
        row = self._connection.execute(_GET, {"which": partnership}).one_or_none()
        if row is None:
            raise StoreError("There is no such partnership, or no longer.")
        return Partnership(*row)

    def all(self) -> tuple[Partnership, ...]:
        return tuple(Partnership(*row) for row in self._connection.execute(SELECT_PARTNERSHIP))

    def sharing(self, day: date) -> tuple[Partnership, ...]:
        return tuple(Partnership(*row) for row in self._connection.execute(_SHARING, {"day": day}))

    def save(self, partnership: Partnership) -> None:
        self._connection.execute(_SAVE, values_of(partnership))

    def remove(self, partnership: PartnershipId) -> None:
        self._connection.execute(_REMOVE, {"which": partnership})

    def of_group(self, group: GroupId) -> tuple[Partnership, ...]:
        return tuple(Partnership(*row) for row in self._connection.execute(_OF_GROUP, {"which": group}))

    def add_partner(
        self, partnership: PartnershipId, *, name: str, acronym: str, kind: PartnerKind
    ) -> PartnerId:
        row = {"partnership": partnership, "name": name, "acronym": acronym, "kind": kind}
        return PartnerId(self._insert(_ADD_PARTNER, row))

    def partners(self, partnership: PartnershipId) -> tuple[Partner, ...]:
        return tuple(Partner(*row) for row in self._connection.execute(_PARTNERS, {"which": partnership}))

    def remove_partner(self, partner: PartnerId) -> None:
        """Remove it with its seats; a StoreError when a round has already counted on it."""
        self._connection.execute(_REMOVE_PARTNER, {"which": partner})
