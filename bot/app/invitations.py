"""Following a personal link, of whichever kind; guessing one is of no use.

A token has 256 random bits, so nobody meets one by chance. Who tries nevertheless costs the database two look-ups a
try, and after a few tries nothing: they read the same words without anybody looking.
"""

from __future__ import annotations

from bot.app import enrolment, facilitators, links
from bot.app.work import Work
from bot.core.ids import PersonId


def follow(work: Work, person: PersonId, token: str) -> str:
    """Follow the link that holds this token.

    Returns: the path to go to.
    Raises: Refusal, in the same words for a link that never was, is used, has expired or was not looked at.
    """
    if not work.setting.memory.wrong_links.is_left(person, work.now.timestamp()):
        raise links.WrongLink
    token_hash = links.hashed(token)
    try:
        return facilitators.open_invitation(work, person, token_hash) or enrolment.open_invitation(
            work, person, token_hash
        )
    except links.WrongLink:
        work.remarks.tried_in_vain(person, work.now)
        raise
