"""Partnerships and who belongs to them, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.ids import GroupId, PartnerId, PartnershipId, PersonId, SeatId


class PartnerKind(StrEnum):
    """What kind of organisation a partner is; used for readings about *rated* partners only."""

    FUNDER = "funder"
    INTERNATIONAL = "international"
    NATIONAL = "national"
    LOCAL = "local"
    NETWORK = "network"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation of a partnership; ``acronym`` is its short name in digests and rows."""

    id: PartnerId
    name: str
    acronym: str
    kind: PartnerKind


@dataclass(frozen=True, slots=True)
class Partnership:
    """A group of organisations that work together.

    Attributes:
        language: language of new groups and invitations until somebody chooses their own.
        zone: IANA time zone in which its dates are announced.
        group: the Telegram group it is bound to, once the bot was added.
    """

    id: PartnershipId
    name: str
    purpose: str
    language: str
    zone: str
    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """The right of one partner to be represented by one person.

    Attributes:
        person: who sits on it; None until an invitation is taken up.
        expires: until when its open invitation can be used; None when there is none.
        consent: version of the notice its person agreed to; 0 when they have not.
        confirmed: a second seat of one partner counts only once somebody of another partner confirmed it.
    """

    id: SeatId
    partnership: PartnershipId
    partner: PartnerId
    person: PersonId | None = None
    expires: datetime | None = None
    confirmed: bool = True
    consent: int = 0

    def is_invited(self, now: datetime) -> bool:
        """Whether an invitation to it can still be used."""
        return self.expires is not None and self.expires > now


@dataclass(frozen=True, slots=True)
class Group:
    """A Telegram group as the bot knows it.

    Attributes:
        chat: Telegram's id of it, which changes once when it becomes a supergroup.
        topic: message thread the bot posts to; None for the whole group.
        active: False once the bot was removed or may not write.
    """

    id: GroupId
    chat: int
    language: str
    topic: int | None = None
    active: bool = True
