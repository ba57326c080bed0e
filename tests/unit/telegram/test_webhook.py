"""What the bot agrees with Telegram about being brought updates."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
import pytest_asyncio
from telegram.error import NetworkError

from bot.adapters.telegram.application import KINDS_OF_UPDATES, build_application
from bot.adapters.telegram.intake import Intake
from bot.adapters.telegram.webhook import BETWEEN_LOOKS, Hook, Webhook, remove_webhook
from bot.errors import SettingsError
from tests.unit.telegram.scripted import TOKEN, ScriptedRequest, refusal, until

HOOK = Hook("https://bot.example.org/telegram", "made-up-secret")
FINE = {"url": HOOK.url, "has_custom_certificate": False, "pending_update_count": 0}
TROUBLE = {
    **FINE,
    "pending_update_count": 3,
    "last_error_date": 1_800_000_000,
    "last_error_message": "No way",
}
NOWHERE = {**FINE, "url": ""}


class NoIntake:
    """Takes nothing; notes that it was told to finish."""

    finished = False

    async def finish(self) -> None:
        self.finished = True


class Agreement:
    """A webhook over a request that follows a script."""

    def __init__(self, bot: Any, request: ScriptedRequest) -> None:
        self.bot, self.request, self.intake = bot, request, NoIntake()
        self.slept: list[float] = []
        self.webhook = Webhook(bot, cast("Intake", self.intake), HOOK, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    async def run(self, *, looks: int) -> None:
        """Run until Telegram was asked so many times how it fares."""
        self.request.plan("getWebhookInfo", *[FINE] * 1000)
        running = asyncio.create_task(self.webhook.run())
        await until(lambda: running.done() or len(self.request.made("getWebhookInfo")) >= looks)
        self.webhook.stop()
        await running


@pytest_asyncio.fixture
async def agreement() -> AsyncIterator[Agreement]:
    request = ScriptedRequest()
    async with build_application(TOKEN, request=request, handlers=[]) as application:
        yield Agreement(application.bot, request)


async def test_telegram_is_told_where_to_come_with_what_and_how_often(agreement: Agreement) -> None:
    await agreement.run(looks=1)
    assert agreement.request.made("setWebhook") == [
        {
            "url": HOOK.url,
            "secret_token": HOOK.secret,
            "max_connections": 100,
            "allowed_updates": list(KINDS_OF_UPDATES),
        }
    ]
    assert agreement.webhook.heard is not None
    assert agreement.intake.finished
    assert agreement.request.made("deleteWebhook") == [], "others may go on taking updates"


async def test_a_telegram_that_cannot_be_reached_is_asked_again(agreement: Agreement) -> None:
    agreement.request.plan("setWebhook", NetworkError("cut"), refusal(429, "Slow", retry_after=7))
    await agreement.run(looks=1)
    assert len(agreement.request.made("setWebhook")) == 3
    assert agreement.slept[1:3] == [7, BETWEEN_LOOKS]


async def test_an_address_that_telegram_does_not_take_is_told_plainly(agreement: Agreement) -> None:
    agreement.request.plan("setWebhook", refusal(400, "Bad Request: bad webhook: made up"))
    with pytest.raises(SettingsError, match=r"WEBHOOK_URL: .*made up"):
        await agreement.run(looks=1)


async def test_what_hinders_telegram_is_in_the_log_once(
    agreement: Agreement, caplog: pytest.LogCaptureFixture
) -> None:
    agreement.request.plan("getWebhookInfo", FINE, TROUBLE, TROUBLE)
    with caplog.at_level(logging.WARNING):
        await agreement.run(looks=4)
    [line] = caplog.messages
    assert "waiting=3" in line
    assert "No way" in line


async def test_another_program_with_the_same_token_ends_the_bot_plainly(agreement: Agreement) -> None:
    agreement.request.plan("getWebhookInfo", NOWHERE)
    with pytest.raises(SettingsError, match="another program"):
        await agreement.run(looks=2)


async def test_nothing_is_taken_while_stopping(agreement: Agreement) -> None:
    agreement.webhook.stop()
    assert await agreement.webhook.take({"update_id": 1}) is None


async def test_the_secret_does_not_print() -> None:
    assert HOOK.secret not in repr(HOOK)


async def test_a_webhook_is_removed_only_where_there_is_one(agreement: Agreement) -> None:
    agreement.request.plan("getWebhookInfo", NOWHERE, FINE)
    await remove_webhook(agreement.bot)
    assert agreement.request.made("deleteWebhook") == []
    await remove_webhook(agreement.bot)
    assert agreement.request.made("deleteWebhook") == [{}]
