"""Updates brought to a webhook, as Telegram brings them: repeated until they are taken, in order where it matters."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

from bot.adapters.playground import wire
from bot.adapters.playground.chats import State
from bot.adapters.playground.refusals import Json, Refused, bad_request
from bot.adapters.playground.updates import TERMINATED_BY_WEBHOOK, Waiting

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
DEFAULT_CONNECTIONS, MOST_CONNECTIONS = 40, 100
FIRST_REST, LONGEST_REST = 2.0, 60.0
LONGEST_SECRET = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)
_PORTS = frozenset({None, 443, 80, 88, 8443})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

NOT_CARRIED_OUT = re.compile(r"get.*|setWebhook|deleteWebhook|close|logOut", re.IGNORECASE)
"""Methods that Telegram ignores in the answer to an update."""


class Posted(NamedTuple):
    """What came of a request.

    Attributes:
        trouble: what went wrong, in Telegram's words; None after a 2xx.
        content: the body of the answer.
    """

    trouble: str | None = None
    content: bytes = b""


Post: TypeAlias = Callable[[str, bytes, dict[str, str]], Awaitable[Posted]]
"""Posts a body with headers to an address."""
Perform: TypeAlias = Callable[[str, Json], Awaitable[object]]
"""Carries out a method with its parameters; nobody hears what comes of it."""
Sleep: TypeAlias = Callable[[float], Awaitable[None]]
_Queue: TypeAlias = tuple[str, int]


class Webhooks:
    """The webhook of the bot, if it has set one.

    Messages of a chat come one after the other, and so do taps of a person; the next only when the one before was
    taken. A refused one is repeated at once, and then more and more rarely. Plain HTTP is taken on loopback, where
    Telegram itself never comes; elsewhere its rules hold. Source: reference/telegram.md, section 1, receiving.

    Args:
        perform: carries out what stands in the answer to an update.
        sleep: waiting for some real seconds.
    """

    def __init__(self, state: State, post: Post, perform: Perform, *, sleep: Sleep) -> None:
        self._state = state
        self._post = post
        self._perform = perform
        self._sleep = sleep
        self._queues: dict[_Queue, asyncio.Task[None]] = {}
        self._forget()

    def _forget(self) -> None:
        self.url = ""
        self._secret = ""
        self._connections = asyncio.Semaphore(DEFAULT_CONNECTIONS)
        self._most = DEFAULT_CONNECTIONS
        self._failure: Json = {}

    def methods(self) -> dict[str, Callable[[Json], object]]:
        return {"setWebhook": self._set, "deleteWebhook": self._delete, "getWebhookInfo": self._info}

    def refuse_polling(self) -> None:
        """Raises: Refused, 409, while updates are brought and cannot be fetched."""
        if self.url:
            raise Refused(409, _ACTIVE)

    def clear(self) -> None:
        """Bring nothing more; whoever is on the way turns back, and the update stays."""
        self._state.queue.added = None
        for queue in self._queues.values():
            queue.cancel()
        self._forget()

    async def close(self) -> None:
        """``clear``, and wait until nobody is on the way any more."""
        queues = list(self._queues.values())
        self.clear()
        await asyncio.gather(*queues, return_exceptions=True)

    def _set(self, params: Json) -> bool:
        url, secret = params["url"], params.get("secret_token", "")
        _check(url, secret)
        if params.get("drop_pending_updates"):
            self._state.queue.clear()
        self.clear()
        if "allowed_updates" in params:
            self._state.queue.allow(params["allowed_updates"])
        self._state.queue.interrupt(TERMINATED_BY_WEBHOOK)
        self.url, self._secret = url, secret
        self._most = max(1, min(params.get("max_connections", DEFAULT_CONNECTIONS), MOST_CONNECTIONS))
        self._connections = asyncio.Semaphore(self._most)
        self._state.queue.added = self._bring
        for waiting in self._state.queue.all():
            self._bring(waiting)
        return True

    def _delete(self, params: Json) -> bool:
        self.clear()
        if params.get("drop_pending_updates"):
            self._state.queue.clear()
        return True

    def _info(self, _: Json) -> Json:
        queue = self._state.queue
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": queue.waiting,
            **self._failure,
        }
        if self.url:
            info["max_connections"] = self._most
        if queue.allowed:
            info["allowed_updates"] = sorted(queue.allowed)
        return info

    def _bring(self, update: Waiting) -> None:
        """See that somebody is on the way with this update, or will be after those before it."""
        queue = _queue_of(update.body)
        if queue not in self._queues:
            task = self._queues[queue] = asyncio.create_task(self._bring_all(queue))
            task.add_done_callback(lambda done: self._end(queue, done))

    def _end(self, queue: _Queue, done: asyncio.Task[None]) -> None:
        if self._queues.get(queue) is done:
            del self._queues[queue]
        if not done.cancelled():
            done.result()
        for update in self._state.queue.all() if self.url else ():
            self._bring(update)  # one may have come at the very end

    async def _bring_all(self, queue: _Queue) -> None:
        rest = 0.0
        while (update := self._next(queue)) is not None:
            async with self._connections:
                trouble, content = await self._post(
                    self.url,
                    json.dumps(update.body, ensure_ascii=False).encode(),
                    {"Content-Type": "application/json", SECRET_HEADER: self._secret},
                )
            if trouble is None:
                self._state.queue.remove(update)
                await self._carry_out(content)
                rest = 0.0
                continue
            self._failure = {
                "last_error_date": wire.unix(self._state.clock()),
                "last_error_message": trouble,
            }
            await self._sleep(rest)
            rest = min(LONGEST_REST, max(FIRST_REST, 2 * rest))

    async def _carry_out(self, content: bytes) -> None:
        """Carry out the call in the answer to an update, if it is one; what goes wrong is nobody's to hear."""
        with suppress(Exception):
            parameters = json.loads(content)
            method = parameters.pop("method", None) if isinstance(parameters, dict) else None
            if isinstance(method, str) and not NOT_CARRIED_OUT.fullmatch(method):
                await self._perform(method, parameters)

    def _next(self, queue: _Queue) -> Waiting | None:
        return next((item for item in self._state.queue.all() if _queue_of(item.body) == queue), None)


def _check(url: str, secret: str) -> None:
    """Raises: Refused."""
    parts = urlsplit(url)
    if parts.hostname not in _LOOPBACK:
        if parts.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.port not in _PORTS:
            raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")


def _queue_of(update: Json) -> _Queue:
    """What an update may not overtake: messages of its chat, taps of its person."""
    kind = next(name for name in update if name != "update_id")
    body = update[kind]
    owner = body.get("from" if kind == "callback_query" else "chat", {})
    return kind, owner.get("id", 0)
