"""The stand-in of the Bot API: one call in, Telegram's answer out."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.adapters.playground.chats import State
from bot.adapters.playground.faults import Faults
from bot.adapters.playground.limits import Clock
from bot.adapters.playground.messages import MessageMethods
from bot.adapters.playground.post import HttpPost
from bot.adapters.playground.profile import ProfileMethods
from bot.adapters.playground.refusals import Json, Refused
from bot.adapters.playground.schema import checked
from bot.adapters.playground.webhooks import Post, Sleep, Webhooks


class StandIn:
    """Telegram as far as this bot uses it: what Telegram would refuse, it refuses in the same words.

    Args:
        clock: the time everywhere in here, an aware UTC datetime; only long polls wait for real seconds.
        token: the bot token that is accepted.
        bot_username: without "@".
        pace: whether messages that come too fast are refused with 429.
        post: carries an update to a webhook; over the network unless told otherwise.
        sleep: waiting for some real seconds, before an update is brought again.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        token: str,
        bot_username: str = "PlaygroundBot",
        pace: bool = True,
        post: Post | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.token = token
        self.state = State(clock, bot_username=bot_username, pace=pace)
        self.faults = Faults()
        self._http = HttpPost()
        self.webhooks = Webhooks(self.state, post or self._http, self.call, sleep=sleep)
        self._methods = {
            **MessageMethods(self.state).methods(),
            **ProfileMethods(self.state).methods(),
            **self.webhooks.methods(),
        }

    async def call(self, method: str, params: dict[str, Any]) -> tuple[int, Json]:
        """Carry out one method.

        Args:
            params: values as Python or, as in a form, as strings; a file is a ``schema.Upload``.
        Returns: the HTTP status and the body, ``{"ok": ...}``.
        Raises: only what was planned with a fault.
        """
        fault = self.faults.take(method)
        if fault is not None and not fault.after_performing:
            return fault.answer()
        try:
            result = await self._perform(method, checked(method, params))
            answer: tuple[int, Json] = 200, {"ok": True, "result": result}
        except Refused as refused:
            answer = refused.answer()
        return answer if fault is None else fault.answer()

    def file(self, path: str) -> tuple[int, bytes]:
        """The content of a file that ``getFile`` told of, or 404."""
        file = self.state.files.get(path)
        return (404, b"") if file is None else (200, file.content)

    def reset(self) -> None:
        """Forget everything; a poll under way ends as if another poller had come."""
        self.webhooks.clear()
        self.state.queue.interrupt()
        self.faults.clear()
        self.state.clear()
        self.state.tell("all")

    async def close(self) -> None:
        """Bring no more updates to a webhook, and close the connections to it; needed only where there was one."""
        await self.webhooks.close()
        await self._http.close()

    async def _perform(self, method: str, params: Json) -> object:
        if method != "getUpdates":
            return self._methods[method](params)
        self.webhooks.refuse_polling()
        queue = self.state.queue
        if "allowed_updates" in params:
            queue.allow(params["allowed_updates"])
        return await queue.get(
            offset=params.get("offset", 0), limit=params.get("limit", 100), wait=params.get("timeout", 0)
        )
