"""What goes to the group after a close, each message once and for ever once."""

from __future__ import annotations

from bot.app.digests import digest_cards
from bot.app.ports import Lane
from bot.app.voices import pages_of_voices
from bot.app.work import Work
from bot.core.rounds.comments import Audience
from bot.core.rounds.lifecycle import Round


def post(work: Work, round_: Round) -> None:
    """Queue the digest and the texts that people shared."""
    found = work.tx.partnerships.get(round_.partnership).group
    if found is None:
        return
    cards = digest_cards(work, round_, work.tx.groups.get(found).language)
    voices = pages_of_voices(work, round_, Audience.GROUP)
    for path in (
        *(f"digest/{round_.id}/{page}" for page, _ in enumerate(cards, 1)),
        *(f"voices/{round_.id}/{page}" for page, _ in enumerate(voices, 1)),
    ):
        work.tx.outbox.post(found, path, lane=Lane.DIGEST, once=path)
