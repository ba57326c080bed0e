"""What a partnership is called, what it is for, its language and its time zone: set up once, changed at any time."""

from __future__ import annotations

from dataclasses import replace

from bot.app import planning
from bot.app.access import facilitated, not_here
from bot.app.sittings import needed
from bot.app.work import Work
from bot.core.flow.session import Param, Session
from bot.core.ids import PartnershipId, PersonId


def begin(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """The forms "name", "purpose" and "place", about one partnership."""
    facilitated(work, person, PartnershipId(subject))
    return {}


def rename(work: Work, person: PersonId, subject: int, session: Session) -> str:
    partnership = facilitated(work, person, PartnershipId(subject))
    work.tx.partnerships.save(replace(partnership, name=needed(session, "name")))
    return page_of(partnership.id)


def set_purpose(work: Work, person: PersonId, subject: int, session: Session) -> str:
    partnership = facilitated(work, person, PartnershipId(subject))
    work.tx.partnerships.save(replace(partnership, purpose=needed(session, "purpose")))
    return page_of(partnership.id)


def set_place(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Announce dates in another time zone; hours on the calendar stay what they are, on the new clock."""
    partnership = facilitated(work, person, PartnershipId(subject))
    work.tx.partnerships.save(replace(partnership, zone=needed(session, "zone")))
    planning.reckon_anew(work, partnership.id)
    return page_of(partnership.id)


def set_language(work: Work, person: PersonId, partnership_id: PartnershipId, language: str) -> None:
    """Choose the language of invitations and of a new group.

    Raises: Refusal.
    """
    partnership = facilitated(work, person, partnership_id)
    if language not in work.setting.catalogs.languages:
        raise not_here()
    work.tx.partnerships.save(replace(partnership, language=language))


def page_of(partnership: int) -> str:
    """The path of the page on which all this stands."""
    return f"p/{partnership}/settings"
