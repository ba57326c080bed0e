"""Partnerships, their partners, seats and groups."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from bot.core.confidentiality.holders import Holder
from bot.core.ids import (
    GroupId,
    PartnerId,
    PartnershipId,
    PersonId,
    RoundId,
    SeatId,
    WordingId,
)
from bot.core.partnerships import Group, Partner, PartnerKind, Partnership, Seat, Wording


class Groups(Protocol):
    def find(self, chat: int) -> Group | None:
        """Find a group by its present or a former chat id."""

    def get(self, group: GroupId) -> Group: ...
    def add(self, chat: int, *, language: str, topic: int | None = None) -> Group: ...
    def save(self, group: Group) -> None: ...
    def move(self, old: int, new: int) -> None:
        """Follow a group that became a supergroup; the old id stays an alias."""


class Wordings(Protocol):
    """Prompts in partnerships' own words."""

    def get(self, wording: WordingId) -> Wording | None: ...
    def of(self, partnership: PartnershipId, language: str) -> Mapping[str, Wording]:
        """Those that have words, by their place."""

    def in_round(self, round_id: RoundId, language: str) -> Mapping[str, Wording]:
        """Those of the partnership whose round it is."""

    def begin(self, partnership: PartnershipId, place: str, language: str, *, original: str) -> WordingId:
        """The row for a prompt in a language, made if need be.

        One that stands for another original is replaced: neither its words nor a form begun for it fit any more.
        """

    def say(self, wording: WordingId, words: str) -> None: ...
    def remove(self, wording: WordingId) -> None: ...


class Partnerships(Protocol):
    def add(self, *, name: str, purpose: str, language: str, zone: str) -> PartnershipId: ...
    def get(self, partnership: PartnershipId) -> Partnership: ...
    def all(self) -> tuple[Partnership, ...]: ...
    def sharing(self, day: date) -> tuple[Partnership, ...]:
        """Those that share what they learned with other partnerships, since this day or longer; in no order."""

    def save(self, partnership: Partnership) -> None: ...
    def remove(self, partnership: PartnershipId) -> None:
        """Remove it with its partners, seats and forms; only while no round counts on it."""

    def of_group(self, group: GroupId) -> tuple[Partnership, ...]: ...
    def facilitated_by(self, person: PersonId) -> tuple[Partnership, ...]: ...
    def add_partner(
        self, partnership: PartnershipId, *, name: str, acronym: str, kind: PartnerKind
    ) -> PartnerId: ...
    def partners(self, partnership: PartnershipId) -> tuple[Partner, ...]:
        """All partners in the order in which they are shown everywhere: by acronym."""

    def remove_partner(self, partner: PartnerId) -> None: ...
    def facilitators(self, partnership: PartnershipId) -> frozenset[PersonId]: ...
    def add_facilitator(self, partnership: PartnershipId, person: PersonId) -> None: ...
    def remove_facilitator(self, partnership: PartnershipId, person: PersonId) -> None: ...
    def seats(self, partnership: PartnershipId) -> tuple[Seat, ...]: ...
    def seats_of(self, person: PersonId) -> tuple[Seat, ...]: ...
    def seat(self, seat: SeatId) -> Seat | None: ...
    def note_seated(self, round_id: RoundId, holders: Collection[Holder]) -> None:
        """Remember who held a seat when a round's answers were counted; not who answered."""

    def seated(self, round_id: RoundId) -> frozenset[Holder]:
        """Those of them who are still known."""

    def seat_of_invitation(self, token_hash: bytes) -> Seat | None: ...
    def add_seat(self, partner: PartnerId, *, confirmed: bool = True) -> SeatId: ...
    def confirm_seat(self, seat: SeatId) -> None: ...
    def set_stand_in(self, seat: SeatId, stand_in: bool) -> None: ...
    def set_on_paper(self, seat: SeatId, on_paper: bool) -> None: ...
    def remove_seat(self, seat: SeatId) -> None: ...
    def invite(self, seat: SeatId, *, token_hash: bytes, expires: datetime) -> None:
        """Replace the invitation of an empty seat."""

    def bind(self, seat: SeatId, person: PersonId) -> None:
        """Give the seat to the first account that opened its invitation; the invitation stays recognisable."""

    def set_consent(self, seat: SeatId, version: int) -> None: ...
    def vacate(self, seat: SeatId) -> None:
        """Take the person off the seat; invitation and consent go too."""
