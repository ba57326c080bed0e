"""What the tests of the Telegram adapter share: a request that follows a script, and a service that notes."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.app.ports import Delivery, Lane, OutboxRow, What
from bot.app.screens import delivered
from bot.core.cards import Card, Choice
from bot.core.ids import GroupId, OutboxId, PersonId

TOKEN = "1000001:made-up-token-of-these-tests-only"  # noqa: S105
ENGLISH = GettextCatalogs(Path("no-such-folder"))
ME = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "ReflectionBot"}


async def until(condition: Callable[[], object]) -> None:
    """Let the other tasks run until something holds, in turns of the loop rather than in seconds."""
    for _ in range(100_000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("this never came about")


def refusal(code: int, description: str, **parameters: int) -> tuple[int, dict[str, Any]]:
    """An answer of the Bot API that says no."""
    return code, {"ok": False, "error_code": code, "description": description, "parameters": parameters}


class ScriptedRequest(BaseRequest):
    """Answers each method with what was planned for it, in order, and with success when nothing was.

    Attributes:
        calls: (method, parameters) of every call so far.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._planned: defaultdict[str, list[Any]] = defaultdict(list)

    def plan(self, method: str, *answers: Any) -> None:
        """Plan answers: an exception to raise, a ``refusal``, or a result."""
        self._planned[method] += answers

    def made(self, method: str) -> list[dict[str, Any]]:
        """Parameters of all calls of one method."""
        return [parameters for name, parameters in self.calls if name == method]

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        self.calls.append((name, dict(request_data.parameters) if request_data else {}))
        answer = self._planned[name].pop(0) if self._planned[name] else self._success(name)
        if isinstance(answer, Exception):
            raise answer
        status, body = answer if isinstance(answer, tuple) else (200, {"ok": True, "result": answer})
        return status, json.dumps(body).encode()

    def _success(self, name: str) -> Any:
        if name == "getMe":
            return ME
        if name in ("sendMessage", "editMessageText"):
            return {
                "message_id": 501,
                "date": 1_800_000_000,
                "chat": {"id": 1001, "type": "private"},
                "text": ".",
            }
        return True


class NotingService:
    """Stands where ``Service`` stands: notes which use case was called with what.

    Args:
        results: what a use case returns, by its name; an exception is raised.
    """

    def __init__(self, **results: Any) -> None:
        self.setting = SimpleNamespace(catalogs=ENGLISH)
        self.results = results
        self.notes: list[tuple[Any, ...]] = []
        self.handled: set[int] = set()

    async def run(self, use_case: Callable[..., Any], *args: Any, **given: Any) -> Any:
        if use_case is delivered:  # given whatever arrived, which is one message here
            (args,) = args[0]
        self.notes.append((use_case.__name__, *args, *given.values()))
        result = self.results.get(use_case.__name__)
        if isinstance(result, list):
            result = result.pop(0) if result else []
        if isinstance(result, Exception):
            raise result
        return result

    async def once(self, update: int, use_case: Callable[..., Any], *args: Any, **given: Any) -> Any:
        if update in self.handled:
            return None
        result = await self.run(use_case, *args, **given)
        self.handled.add(update)
        return result


def delivery(
    *,
    what: What = What.SCREEN,
    lane: Lane = Lane.REPLY,
    person: int | None = 1,
    group: int | None = None,
    chat: int = 1001,
    attempts: int = 0,
    rows: Sequence[tuple[Choice, ...]] = (),
    **more: Any,
) -> Delivery:
    """A delivery to person 1, or to a group when one is given."""
    row = OutboxRow(
        OutboxId(7),
        what,
        lane,
        "home",
        person=None if group is not None or person is None else PersonId(person),
        group=None if group is None else GroupId(group),
        attempts=attempts,
    )
    card = more.pop("card", Card("Your round", ("Where are we?",), tuple(rows)))
    return Delivery(row, chat, ("en",), card, **more)
