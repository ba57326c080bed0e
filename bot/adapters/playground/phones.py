"""What phones and groups do to a text before the bot sees it."""

from __future__ import annotations

import re

from bot.adapters.playground.chats import Chat, Message
from bot.adapters.playground.content import MAX_TEXT, units
from bot.adapters.playground.refusals import Json

COMMAND = re.compile(r"(?<![\w/<>])/([A-Za-z0-9_]{1,64})(?:@(\w{3,32}))?(?![\w/<>@])")


def parts(text: str) -> list[str]:
    """Split what is too long for one message."""
    found, rest = [], text
    while units(rest) > MAX_TEXT:
        end = MAX_TEXT
        while units(rest[:end]) > MAX_TEXT:
            end -= 1
        found.append(rest[:end])
        rest = rest[end:]
    return [*found, rest]


def commands_in(text: str) -> list[Json]:
    """The entities of the commands in a text."""
    return [
        {"type": "bot_command", "offset": units(text[: found.start()]), "length": units(found.group())}
        for found in COMMAND.finditer(text)
    ]


def reaches_bot(place: Chat, message: Message, bot_username: str) -> bool:
    """Privacy mode: in groups the bot hears commands to it, replies to it and service messages.

    A command without an address is for the bot that spoke last.
    """
    if place.is_private or place.standing == "administrator":
        return True
    if place.standing != "member":
        return False
    original = place.messages.get(message.reply_to or 0)
    if message.service or (original is not None and original.sender is None):
        return True
    command = COMMAND.match(message.text)
    if command is None:
        return False
    addressee = command.group(2)
    return place.bot_spoke_last if addressee is None else addressee.lower() == bot_username.lower()
