"""A stand-in with a clock that only tests move, two people and a group."""

from __future__ import annotations

from typing import Any

import pytest

from bot.adapters.playground.standin import StandIn
from bot.adapters.playground.world import World
from tests.unit.playground.watch import TOKEN, Call, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def standin(watch: Watch) -> StandIn:
    return StandIn(watch, token=TOKEN)


@pytest.fixture
def world(standin: StandIn) -> World:
    """Person 1001 has started the bot, 1002 has not; both are in the group, and so is the bot."""
    made = World(standin)
    made.add_person("Person A")
    made.add_person("Person B", "fr")
    made.add_group("Group", 1001, 1002)
    made.open_link(1001)
    made.add_bot_to_group(1001, -2001)
    return made


@pytest.fixture
def call(standin: StandIn, world: World) -> Call:
    """Call a method: ``status, body = await call("sendMessage", chat_id=1001, text="Hello")``."""

    async def run(method: str, **params: Any) -> tuple[int, dict[str, Any]]:
        return await standin.call(method, params)

    return run
