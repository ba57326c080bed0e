"""Updates that Telegram brings: taken once, in order, and confirmed only when they are committed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.adapters.playground.request import StandInRequest
from bot.adapters.telegram.application import KINDS_OF_UPDATES
from bot.errors import SettingsError, StoreError
from bot.wiring.serving import serving
from tests.hooked import Hooked, soon

FIRST, SECOND, THIRD = "partnership called?", "What do you work on together?", "Which language do most"
GUESSED = "guessed"


@pytest_asyncio.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Hooked]:
    made = Hooked(tmp_path / "data")
    made.world.add_person("Person A")
    made.world.add_person("Person B")
    await made.start()
    yield made
    await made.close()


class Held:
    """A store that does not answer updates until it is let go."""

    def __init__(self, bot: Hooked) -> None:
        self.asked = 0
        self.let_go = asyncio.Event()
        self._once = bot.store.once
        bot.store.once = self.once  # type: ignore[method-assign]

    async def once(self, *args: Any, **given: Any) -> Any:
        self.asked += 1
        await self.let_go.wait()
        return await self._once(*args, **given)


class Broken:
    """A database that refuses everything until it is mended."""

    def __init__(self, bot: Hooked) -> None:
        assert bot.store._writer is not None
        self._writer, self._run = bot.store._writer, bot.store._writer.run
        self._writer.run = self.refuse  # type: ignore[method-assign]

    async def refuse(self, *_: Any, **__: Any) -> Any:
        raise StoreError("disk full")

    def mend(self) -> None:
        self._writer.run = self._run  # type: ignore[method-assign]


def goes_quiet(bot: Hooked) -> None:
    """Whoever has a page open did their last thing long ago."""
    watch = bot.machine.service.setting.memory.watch
    assert watch._until
    watch._until = dict.fromkeys(watch._until, datetime(2000, 1, 1, tzinfo=UTC))


async def webhook_info(bot: Hooked) -> dict[str, Any]:
    _, body = await bot.telegram.call("getWebhookInfo", {})
    found: dict[str, Any] = body["result"]
    return found


async def test_the_bot_tells_telegram_where_to_come_and_answers(bot: Hooked) -> None:
    assert await webhook_info(bot) == {
        "url": f"{bot.url}/telegram",
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 100,
        "allowed_updates": sorted(KINDS_OF_UPDATES),
    }
    bot.world.open_link(1001)
    await bot.hears(1001, "Who decides what")
    await soon(lambda: bot.waiting == 0)


async def test_what_somebody_does_is_taken_in_its_order(bot: Hooked) -> None:
    for text in ("/new", "Made-up Alliance", "Clean water for all", "English", "Nairobi"):
        bot.world.say(1001, text)
    await bot.hears(1001, "Which organisations belong to it?")
    assert bot.slept == []


async def test_a_tap_is_answered_by_the_answer_to_its_update(
    bot: Hooked, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.world.open_link(1001)
    await bot.hears(1001, "Who decides what")
    await soon(lambda: bot.waiting == 0)
    called, do_request = list[str](), StandInRequest.do_request

    async def noted(self: StandInRequest, url: str, *args: Any, **given: Any) -> tuple[int, bytes]:
        called.append(url.rpartition("/")[2])
        return await do_request(self, url, *args, **given)

    monkeypatch.setattr(StandInRequest, "do_request", noted)
    bot.world.tap(1001, bot.world.messages(1001)[-1].id, "privacy")
    await soon(lambda: bot.waiting == 0 and not bot.telegram.state.queries and called)
    await bot.stop()
    assert called == ["editMessageText"]


async def test_the_clock_lets_be_who_is_about_to_be_heard(bot: Hooked) -> None:
    bot.world.say(1001, "/new")
    await bot.hears(1001, FIRST)
    await soon(lambda: bot.waiting == 0)
    held = Held(bot)
    bot.world.say(1001, "Made-up Alliance")
    await soon(lambda: held.asked)
    goes_quiet(bot)
    await bot.machine.tick()
    held.let_go.set()
    await bot.hears(1001, SECOND)


async def test_the_clock_leads_out_who_went_quiet(bot: Hooked) -> None:
    bot.world.say(1001, "/new")
    await bot.hears(1001, FIRST)
    await soon(lambda: bot.waiting == 0)
    goes_quiet(bot)
    await bot.machine.tick()
    bot.world.say(1001, "Made-up Alliance")
    await bot.hears(1001, "Please choose one of the buttons")


async def test_without_the_secret_nothing_is_done(bot: Hooked) -> None:
    bot.world.open_link(1001)
    await bot.hears(1001, "Who decides what")
    await soon(lambda: bot.waiting == 0)  # an answer may come before Telegram hears of the 200
    bot.telegram.webhooks.clear()
    bot.world.say(1001, "/help")
    [update] = bot.telegram.state.queue.all()
    told = bot.texts(1001)
    assert await bot.bring(update.body, secret=GUESSED) == 403
    assert bot.texts(1001) == told
    assert await bot.bring(update.body) == 200
    await bot.hears(1001, "Help")


async def test_an_update_that_comes_twice_is_handled_once(bot: Hooked) -> None:
    handled, once = list[int](), bot.store.once

    async def noted(update: int, function: Callable[[Any], Any], **given: Any) -> Any:
        def note(tx: Any) -> Any:
            handled.append(update)
            return function(tx)

        return await once(update, note, **given)

    bot.store.once = noted  # type: ignore[method-assign]
    bot.world.say(1001, "/new")
    number = bot.world.last_update
    await soon(lambda: bot.waiting == 0)
    bot.world.redeliver(number)
    await soon(lambda: bot.waiting == 0)
    assert handled == [number]
    await bot.hears(1001, FIRST)


async def test_telegram_gets_no_answer_before_the_commit(bot: Hooked) -> None:
    held = Held(bot)
    bot.world.open_link(1001)
    await soon(lambda: held.asked)
    done, _ = await asyncio.wait(bot.telegram.webhooks._queues.values(), timeout=0.1)
    assert (done, bot.waiting) == (set(), 1)
    held.let_go.set()
    await soon(lambda: bot.waiting == 0)
    await bot.hears(1001, "Who decides what")


async def test_what_the_store_refuses_comes_again(bot: Hooked) -> None:
    broken = Broken(bot)
    bot.world.open_link(1001)
    await soon(lambda: bot.slept)
    assert bot.waiting == 1
    assert (await webhook_info(bot))["last_error_message"].endswith("503 Service Unavailable")
    broken.mend()
    await soon(lambda: bot.waiting == 0)
    await bot.hears(1001, "Who decides what")


async def test_an_update_nobody_can_read_is_set_aside_and_not_brought_again(bot: Hooked) -> None:
    bot.world.poison(1001)
    bot.world.open_link(1001)
    await bot.hears(1001, "Who decides what")
    await soon(lambda: bot.waiting == 0)
    assert bot.slept == []


async def test_a_bot_that_stops_finishes_what_it_took_and_leaves_the_rest_with_telegram(bot: Hooked) -> None:
    held = Held(bot)
    for person in (1001, 1002):
        bot.world.say(person, "/new")
        bot.world.say(person, "Made-up Alliance")
    await soon(lambda: held.asked == 2)
    stopping = asyncio.create_task(bot.stop())
    await asyncio.sleep(0.05)
    held.let_go.set()
    await stopping
    assert bot.waiting >= 2, "the second of each was never taken"
    await bot.start()
    await soon(lambda: bot.waiting == 0)
    for person in (1001, 1002):
        await bot.hears(person, SECOND)


async def test_a_store_that_hangs_does_not_keep_the_bot_from_stopping_and_loses_nothing(
    bot: Hooked, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(bot)
    bot.world.open_link(1001)
    await soon(lambda: held.asked)
    source = bot.machine._source
    assert source is not None
    monkeypatch.setattr(source._intake, "finish", partial(source._intake.finish, 0.1))
    await bot.stop()
    assert bot.waiting == 1
    await bot.start()
    await bot.hears(1001, "Who decides what")


async def test_a_bot_may_go_from_fetching_to_being_brought_and_back(bot: Hooked) -> None:
    bot.world.say(1001, "/new")
    await bot.hears(1001, FIRST)
    await bot.stop()
    assert (await webhook_info(bot))["url"]
    bot.brings = False
    bot.world.say(1001, "Made-up Alliance")
    await bot.start()
    await bot.hears(1001, SECOND)
    assert (await webhook_info(bot))["url"] == ""
    await bot.stop()
    bot.brings = True
    bot.world.say(1001, "Clean water for all")
    await bot.start()
    await bot.hears(1001, THIRD)
    assert (await webhook_info(bot))["url"]


async def test_a_bot_says_whether_it_is_of_use(bot: Hooked) -> None:
    assert await bot.ask("/healthz") == (200, "ok")
    assert await bot.ask("/readyz") == (200, "ok")

    broken = Broken(bot)
    assert await bot.ask("/readyz") == (503, "store")
    assert await bot.ask("/healthz") == (200, "ok")
    broken.mend()
    assert await bot.ask("/telegram") == (405, "405: Method Not Allowed")


async def test_a_bot_that_fetches_its_updates_takes_none_by_post_and_tells_its_health(tmp_path: Path) -> None:
    bot = Hooked(tmp_path / "data")
    bot.brings = False
    await bot.start()
    try:
        assert await bot.ask("/readyz") == (200, "ok")
        assert await bot.bring({"update_id": 1}) == 404
    finally:
        await bot.close()


async def test_before_telegram_was_reached_and_while_stopping_a_bot_is_not_ready(bot: Hooked) -> None:
    await bot.stop()
    stop = asyncio.Event()
    bot.machine._source = None
    async with serving(bot.settings(), bot.machine, bot.store, stop):
        assert await bot.ask("/readyz") == (503, "telegram")
        assert await bot.bring({"update_id": 1}) == 503
        stop.set()
        assert await bot.ask("/readyz") == (503, "stopping")


async def test_a_port_that_is_taken_keeps_the_bot_from_starting(bot: Hooked) -> None:
    with pytest.raises(SettingsError, match="another program"):
        async with serving(bot.settings(), bot.machine, bot.store, asyncio.Event()):
            raise AssertionError("two listen on one port")
