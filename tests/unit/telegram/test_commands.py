"""Lists and descriptions, pushed only where they changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram import BotCommand

from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.telegram import commands
from bot.adapters.telegram.application import PollingBot
from tests.unit.telegram.scripted import ENGLISH, TOKEN, ScriptedRequest, refusal

LOCALES = Path(__file__).resolve().parents[3] / "locales"
SHIPPED = GettextCatalogs(LOCALES)


def bot(request_: ScriptedRequest) -> PollingBot:
    return PollingBot(TOKEN, request=request_, get_updates_request=request_)


async def no_rest(_: float) -> None:
    """Waits for nothing."""


def known(request_: ScriptedRequest, *, help_text: str = "What this bot can do") -> None:
    """Plan the answers of a Telegram that knows everything, apart from one command's words."""
    for texts in (commands.IN_PRIVATE, commands.IN_GROUPS):
        wanted = [BotCommand(name, ENGLISH.render(text, "en")).to_dict() for name, text in texts.items()]
        wanted[-1]["description"] = help_text
        request_.plan("getMyCommands", wanted)
    request_.plan(
        "getMyShortDescription", {"short_description": ENGLISH.render(commands.SHORT_DESCRIPTION, "en")}
    )
    request_.plan("getMyDescription", {"description": ENGLISH.render(commands.DESCRIPTION, "en")})


async def test_a_new_bot_is_told_everything() -> None:
    request = ScriptedRequest()
    request.plan("getMyCommands", [], [])
    request.plan("getMyShortDescription", {"short_description": ""})
    request.plan("getMyDescription", {"description": ""})
    assert await commands.introduce(bot(request), ENGLISH, sleep=no_rest) == 4
    private, group = request.made("setMyCommands")
    assert [entry["command"] for entry in private["commands"]] == list(commands.IN_PRIVATE)
    assert (private["scope"], group["scope"]) == ({"type": "all_private_chats"}, {"type": "all_group_chats"})


async def test_a_bot_that_is_known_is_left_alone() -> None:
    request = ScriptedRequest()
    known(request)
    assert await commands.introduce(bot(request), ENGLISH, sleep=no_rest) == 0
    assert not [name for name, _ in request.calls if name.startswith("set")]


async def test_only_what_changed_is_told() -> None:
    request = ScriptedRequest()
    known(request, help_text="Old words")
    assert await commands.introduce(bot(request), ENGLISH, sleep=no_rest) == 2
    assert len(request.made("setMyCommands")) == 2


async def test_a_failure_is_left_for_the_next_start() -> None:
    request = ScriptedRequest()
    request.plan("getMyCommands", refusal(500, "Internal Server Error"))
    assert await commands.introduce(bot(request), ENGLISH, sleep=no_rest) == 0


async def test_english_comes_at_once_and_every_other_language_after_a_rest() -> None:
    request, calls = ScriptedRequest(), list[int]()

    async def rest(seconds: float) -> None:
        assert seconds == commands.BETWEEN_LANGUAGES
        calls.append(len(request.calls))

    for _ in SHIPPED.languages:
        known(request)
    await commands.introduce(bot(request), SHIPPED, sleep=rest)
    assert len(calls) == len(SHIPPED.languages) - 1
    assert calls[0] == 4, "of the first language"
    assert calls == sorted(set(calls))


@pytest.mark.parametrize("language", SHIPPED.languages)
def test_every_language_fits_telegrams_limits(language: str) -> None:
    texts = (*commands.IN_PRIVATE.values(), *commands.IN_GROUPS.values())
    assert max(len(SHIPPED.render(text, language)) for text in texts) <= commands.LONGEST_COMMAND
    short, long = (
        SHIPPED.render(text, language) for text in (commands.SHORT_DESCRIPTION, commands.DESCRIPTION)
    )
    assert len(short) <= commands.LONGEST_SHORT_DESCRIPTION
    assert len(long) <= commands.LONGEST_DESCRIPTION
