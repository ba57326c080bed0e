"""Lists and descriptions, pushed only where they changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram import BotCommand

from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.telegram import commands
from bot.adapters.telegram.application import PollingBot
from bot.core.text import Text
from tests.unit.telegram.scripted import ENGLISH, TOKEN, ScriptedRequest, refusal

LOCALES = Path(__file__).resolve().parents[3] / "locales"
SHIPPED = GettextCatalogs(LOCALES)


def bot(request_: ScriptedRequest) -> PollingBot:
    return PollingBot(TOKEN, request=request_, get_updates_request=request_)


async def no_rest(_: float) -> None:
    """Waits for nothing."""


def known(
    request_: ScriptedRequest,
    *,
    help_text: str | None = None,
    catalogs: GettextCatalogs = ENGLISH,
    language: str = "en",
) -> None:
    """Plan the answers of a Telegram that knows everything, apart from one command's words where they are given."""

    def in_it(text: Text) -> str:
        return catalogs.render(text, language)

    for texts in (commands.IN_PRIVATE, commands.IN_GROUPS):
        wanted = [BotCommand(name, in_it(text)).to_dict() for name, text in texts.items()]
        wanted[-1]["description"] = help_text or wanted[-1]["description"]
        request_.plan("getMyCommands", wanted)
    request_.plan("getMyShortDescription", {"short_description": in_it(commands.SHORT_DESCRIPTION)})
    request_.plan("getMyDescription", {"description": in_it(commands.DESCRIPTION)})


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


async def test_a_known_bot_rests_before_every_language_but_english() -> None:
    request, calls = ScriptedRequest(), list[int]()

    async def rest(seconds: float) -> None:
        assert seconds == commands.BETWEEN_LANGUAGES
        calls.append(len(request.calls))

    for language in SHIPPED.languages:
        known(request, catalogs=SHIPPED, language=language)
    assert await commands.introduce(bot(request), SHIPPED, sleep=rest) == 0
    assert len(calls) == len(SHIPPED.languages) - 1
    assert calls[0] == 4, "of the first language"
    assert calls == sorted(set(calls))


async def test_a_new_bot_is_told_in_every_language_without_a_rest() -> None:
    request = ScriptedRequest()

    async def rest(_: float) -> None:
        raise AssertionError("nobody may have waited for a new bot")

    for _ in SHIPPED.languages:
        request.plan("getMyCommands", [], [])
        request.plan("getMyShortDescription", {"short_description": ""})
        request.plan("getMyDescription", {"description": ""})
    told = sum(len(language) == 2 for language in SHIPPED.languages)
    assert await commands.introduce(bot(request), SHIPPED, sleep=rest) == 4 * told


@pytest.mark.parametrize("language", SHIPPED.languages)
def test_every_language_fits_telegrams_limits(language: str) -> None:
    texts = (*commands.IN_PRIVATE.values(), *commands.IN_GROUPS.values())
    assert max(len(SHIPPED.render(text, language)) for text in texts) <= commands.LONGEST_COMMAND
    short, long = (
        SHIPPED.render(text, language) for text in (commands.SHORT_DESCRIPTION, commands.DESCRIPTION)
    )
    assert len(short) <= commands.LONGEST_SHORT_DESCRIPTION
    assert len(long) <= commands.LONGEST_DESCRIPTION
