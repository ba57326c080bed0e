"""Partnerships and who belongs to them, as values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.confidentiality.holders import Holder, OnPaper
from bot.core.ids import GroupId, PartnerId, PartnershipId, PersonId, SeatId, WordingId
from bot.core.text import say

MOST_LANGUAGES = 3
"""Languages of one group, so that a digest does not fill its screen for an hour."""

INVITATION_LIFE = timedelta(days=7)
"""How long a personal link can be used."""

WRONG_LINKS = 10
"""Links that do not work which one person can try at once: old messages, pressed in a hurry."""

WRONG_LINK_AGAIN = timedelta(minutes=6)
"""After which one more can be tried: ten an hour."""


class PartnerKind(StrEnum):
    """What kind of organisation a partner is; used for readings about *rated* partners only."""

    FUNDER = "funder"
    INTERNATIONAL = "international"
    NATIONAL = "national"
    LOCAL = "local"
    NETWORK = "network"
    OTHER = "other"


KIND_NAMES = {
    PartnerKind.FUNDER: say("funder"),
    PartnerKind.INTERNATIONAL: say("international"),
    PartnerKind.NATIONAL: say("national"),
    PartnerKind.LOCAL: say("local"),
    PartnerKind.NETWORK: say("network"),
    PartnerKind.OTHER: say("other"),
}
"""What the kinds are called; people type the words of their own language."""


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
        shares_since: the day from which on it shares what it learned with other partnerships; None while it does not.
    """

    id: PartnershipId
    name: str
    purpose: str
    language: str
    zone: str
    group: GroupId | None = None
    shares_since: date | None = None

    @property
    def clock(self) -> ZoneInfo:
        """Whose time its dates are told in."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class Seat:
    """The right of one partner to be represented by one person.

    Attributes:
        person: who sits on it; None until an invitation is taken up.
        expires: until when its open invitation can be used; None when there is none.
        consent: version of the notice its person agreed to; 0 when they have not.
        confirmed: a second seat of one partner counts only once somebody of another partner confirmed it.
        stand_in: whoever sits on it speaks for a partner that is absent, and everybody knows.
        on_paper: nobody sits on it; a facilitator types in what is answered for it, and everybody knows.
    """

    id: SeatId
    partnership: PartnershipId
    partner: PartnerId
    person: PersonId | None = None
    expires: datetime | None = None
    confirmed: bool = True
    consent: int = 0
    stand_in: bool = False
    on_paper: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody may still take it."""
        return self.person is None and not self.on_paper

    @property
    def holder(self) -> Holder | None:
        """Whose sheet is that of the seat; None while there can be none."""
        if self.on_paper:
            return OnPaper(self.id) if self.confirmed else None
        return self.person

    def is_invited(self, now: datetime) -> bool:
        """Whether an invitation to it can still be used."""
        return self.expires is not None and self.expires > now


@dataclass(frozen=True, slots=True)
class Group:
    """A Telegram group as the bot knows it.

    Attributes:
        chat: Telegram's id of it, which changes once when it becomes a supergroup.
        languages: what is posted is said in each of them, at most ``MOST_LANGUAGES``; the first is the main one.
        topic: message thread the bot posts to; None for the whole group.
        active: False once the bot was removed or may not write.
    """

    id: GroupId
    chat: int
    languages: tuple[str, ...]
    topic: int | None = None
    active: bool = True

    @property
    def language(self) -> str:
        """The main language."""
        return self.languages[0]

    def speaking(self, language: str) -> Group:
        """The group with this as its main language; one language is exchanged, of several the others stay."""
        if len(self.languages) == 1:
            return replace(self, languages=(language,))
        others = tuple(other for other in self.languages if other != language)
        return replace(self, languages=(language, *others)[:MOST_LANGUAGES])

    def also_speaking(self, language: str) -> Group:
        """The group with one more language, or without it if it had it; one is always left.

        Raises: ValueError, when there is no room for one more.
        """
        if language in self.languages:
            left = tuple(other for other in self.languages if other != language)
            return replace(self, languages=left or self.languages)
        if len(self.languages) >= MOST_LANGUAGES:
            raise ValueError(f"a group has at most {MOST_LANGUAGES} languages")
        return replace(self, languages=(*self.languages, language))


@dataclass(frozen=True, slots=True)
class Wording:
    """One prompt in a partnership's own words, in one language.

    Attributes:
        place: the flow and the step, "pat.agree".
        original: the English source text that it stands for; with another it is out of date and not used.
        words: None until they are given.
    """

    id: WordingId
    partnership: PartnershipId
    place: str
    language: str
    original: str
    words: str | None = None

    def holds_for(self, msgid: str) -> bool:
        """Whether these words are said where the source text is this one."""
        return self.words is not None and self.original == msgid
