"""What the app of a person shows about the bot before it has said a word: commands and descriptions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.adapters.telegram.patience import Sleep
from bot.app.ports import Catalogs
from bot.core.text import Text, say

LOG = logging.getLogger("bot.commands")

SOURCE_LANGUAGE = "en"

IN_PRIVATE: Mapping[str, Text] = {
    "start": say("Begin, or go to your first page"),
    "answer": say("Answer the questions of your round"),
    "pause": say("Stop here and go on another time"),
    "language": say("Choose your language"),
    "mine": say("See what you have given so far"),
    "erase": say("Erase what you have given"),
    "privacy": say("How your answers are kept safe"),
    "partnerships": say("Your partnerships"),
    "next": say("What comes next, and when"),
    "learning": say("What partnerships learn from each other"),
    "new": say("Set up a partnership"),
    "help": say("What this bot can do"),
}
IN_GROUPS: Mapping[str, Text] = {
    "digest": say("Show the latest digest"),
    "agreements": say("What was agreed, and the actions"),
    "next": say("What comes next, and when"),
    "learning": say("What partnerships learn from each other"),
    "language": say("Choose the language of this group"),
    "help": say("What this bot can do"),
}
SHORT_DESCRIPTION = say("Partner organisations look together at who decides what, and follow through.")
DESCRIPTION = say(
    "With this bot the organisations of a partnership look honestly at who decides what. Everybody answers in"
    " private and in their own language. The group sees a short summary that points at nobody."
)
BETWEEN_LANGUAGES = 2.0
"""Seconds: reading a catalog and comparing it with what Telegram knows takes a twentieth of one."""

LONGEST_COMMAND, LONGEST_SHORT_DESCRIPTION, LONGEST_DESCRIPTION = 256, 120, 512


async def introduce(bot: Bot, catalogs: Catalogs, *, sleep: Sleep = asyncio.sleep) -> int:
    """Tell Telegram how to present the bot, in every language, where it does not know yet.

    It comes at a start, when people may have waited for the bot; so after each language that Telegram knows already it
    rests and lets them go first. A new bot is presented in all of them at once. A failure is logged and left for the
    next start: people can do without these lists.

    Returns: how many lists and texts were changed.
    """
    changed = 0
    is_known = False
    for language in catalogs.languages:
        if is_known:
            await sleep(BETWEEN_LANGUAGES)
        code = None if language == SOURCE_LANGUAGE else language
        if code is not None and len(code) != 2:
            continue  # Telegram knows only two-letter codes; these people get the English lists
        try:
            new = await _introduce_in(bot, catalogs, language, code)
            changed, is_known = changed + new, new == 0
        except TelegramError as error:
            LOG.warning("commands not updated language=%s error=%s", language, type(error).__name__)
    return changed


async def _introduce_in(bot: Bot, catalogs: Catalogs, language: str, code: str | None) -> int:
    changed = 0
    lists: tuple[tuple[BotCommandScope, Mapping[str, Text]], ...] = (
        (BotCommandScopeAllPrivateChats(), IN_PRIVATE),
        (BotCommandScopeAllGroupChats(), IN_GROUPS),
    )
    for scope, texts in lists:
        wanted = tuple(BotCommand(name, catalogs.render(text, language)) for name, text in texts.items())
        if await bot.get_my_commands(scope, code) != wanted:
            await bot.set_my_commands(wanted, scope, code)
            changed += 1
    short = catalogs.render(SHORT_DESCRIPTION, language)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
        changed += 1
    description = catalogs.render(DESCRIPTION, language)
    if (await bot.get_my_description(code)).description != description:
        await bot.set_my_description(description, code)
        changed += 1
    return changed
