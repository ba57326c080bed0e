"""How facilitators come and go; of an invitation's token only the hash is kept, of a confirmation only the partner."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
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
from bot.adapters.db.schema import WHICH, Number, Repository, UTCDateTime, columns_of, insert_new, metadata
from bot.core.facilitation import Farewell, Invitation
from bot.core.ids import PartnerId, PartnershipId, PersonId

CO_INVITATION = Table(
    "co_invitation",
    metadata,
    Column(
        "partnership",
        Number,
        ForeignKey(PARTNERSHIP.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("by", Number, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("replaces", Boolean, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("expires", UTCDateTime, nullable=False),
    Column("person", Number, ForeignKey("person.id", ondelete="CASCADE"), index=True),
)

FAREWELL = Table(
    "farewell",
    metadata,
    Column(
        "partnership",
        Number,
        ForeignKey(PARTNERSHIP.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("person", Number, ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("since", UTCDateTime, nullable=False),
)

FAREWELL_WORD = Table(
    "farewell_word",
    metadata,
    Column("partnership", Number, ForeignKey(FAREWELL.c.partnership, ondelete="CASCADE"), primary_key=True),
    Column("partner", Number, ForeignKey(PARTNER.c.id, ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

_INVITATIONS = select(*columns_of(CO_INVITATION, Invitation))
_INVITATION = _INVITATIONS.where(CO_INVITATION.c.partnership == WHICH)
_INVITATION_OF = _INVITATIONS.where(CO_INVITATION.c.token_hash == WHICH)
_INVITATIONS_FOR = _INVITATIONS.where(CO_INVITATION.c.person == WHICH).order_by(CO_INVITATION.c.partnership)
_INVITE = insert(CO_INVITATION)
_BIND = update(CO_INVITATION).where(CO_INVITATION.c.partnership == WHICH)
_WITHDRAW = delete(CO_INVITATION).where(CO_INVITATION.c.partnership == WHICH)
_PRUNE = delete(CO_INVITATION).where(CO_INVITATION.c.expires <= bindparam("now", type_=UTCDateTime()))
_PROPOSE = insert(FAREWELL)
_FAREWELL = select(FAREWELL.c.partnership, FAREWELL.c.person, FAREWELL.c.since).where(
    FAREWELL.c.partnership == WHICH
)
_WORDS = select(FAREWELL_WORD.c.partner).where(FAREWELL_WORD.c.partnership == WHICH)
_CONFIRM = insert_new(FAREWELL_WORD, key=("partnership", "partner"))
_END = (
    delete(FAREWELL_WORD).where(FAREWELL_WORD.c.partnership == WHICH),
    delete(FAREWELL).where(FAREWELL.c.partnership == WHICH),
)


class SqlPairs(Repository):
    """``Pairs`` over the tables ``co_invitation``, ``farewell`` and ``farewell_word``."""

    def invite(self, invitation: Invitation, *, token_hash: bytes) -> None:
        self.withdraw(invitation.partnership)
        row = {
            "partnership": invitation.partnership,
            "by": invitation.by,
            "replaces": invitation.replaces,
            "expires": invitation.expires,
            "person": invitation.person,
        }
        self._connection.execute(_INVITE, {**row, "token_hash": token_hash})

    def invitation(self, partnership: PartnershipId) -> Invitation | None:
        row = self._connection.execute(_INVITATION, {"which": partnership}).one_or_none()
        return None if row is None else Invitation(*row)

    def invitation_of(self, token_hash: bytes) -> Invitation | None:
        row = self._connection.execute(_INVITATION_OF, {"which": token_hash}).one_or_none()
        return None if row is None else Invitation(*row)

    def invitations_for(self, person: PersonId) -> tuple[Invitation, ...]:
        rows = self._connection.execute(_INVITATIONS_FOR, {"which": person})
        return tuple(Invitation(*row) for row in rows)

    def bind(self, partnership: PartnershipId, person: PersonId) -> None:
        self._connection.execute(_BIND, {"which": partnership, "person": person})

    def withdraw(self, partnership: PartnershipId) -> None:
        self._connection.execute(_WITHDRAW, {"which": partnership})

    def prune(self, now: datetime) -> None:
        self._connection.execute(_PRUNE, {"now": now})

    def propose_farewell(self, partnership: PartnershipId, person: PersonId, *, since: datetime) -> None:
        self.end_farewell(partnership)
        self._connection.execute(_PROPOSE, {"partnership": partnership, "person": person, "since": since})

    def farewell(self, partnership: PartnershipId) -> Farewell | None:
        row = self._connection.execute(_FAREWELL, {"which": partnership}).one_or_none()
        if row is None:
            return None
        confirmed = frozenset(self._connection.execute(_WORDS, {"which": partnership}).scalars())
        return Farewell(*row, confirmed)

    def confirm_farewell(self, partnership: PartnershipId, partner: PartnerId) -> None:
        self._connection.execute(_CONFIRM, {"partnership": partnership, "partner": partner})

    def end_farewell(self, partnership: PartnershipId) -> None:
        for statement in _END:
            self._connection.execute(statement, {"which": partnership})
