"""One-time links: an address that opens the bot with a token, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlencode

from bot.app.access import not_here
from bot.app.work import Work
from bot.core.text import Line, say
from bot.errors import Refusal

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


class WrongLink(Refusal):
    """The same words for a link that never was, is used or has expired, so that trying one tells nothing."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "This link has been used already, or its time is over. "
                "Nothing is wrong with your phone. Please ask your facilitator for a new link."
            )
        )


def hashed(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def address_of(work: Work, token: str) -> str:
    """The link that a token makes.

    Raises: Refusal, when it cannot be one of ours.
    """
    if not _TOKEN.fullmatch(token):
        raise not_here()
    return f"https://t.me/{work.setting.bot_name}?start={token}"


def sharing(work: Work, address: str, words: Line, language: str) -> str:
    """A link that offers to send an address to somebody, with a few words in this language."""
    text = work.setting.catalogs.render(words, language)
    return "https://t.me/share/url?" + urlencode({"url": address, "text": text})
