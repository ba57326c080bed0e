"""News for open pages: what changed since the last look, bursts folded into one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from bot.adapters.playground.controls import Controls
from bot.adapters.playground.refusals import Json
from bot.adapters.playground.view import conversation
from bot.adapters.playground.world import World

_HEARTBEAT_SECONDS = 10.0
News = tuple[str, Json]


class Feed:
    """Turns changes of the world into events for the page: "all", "chat", "toast" and "clock"."""

    def __init__(self, world: World, controls: Controls) -> None:
        self._state = world.standin.state
        self._world = world
        self._controls = controls
        self._readers: set[_Reader] = set()
        self._state.listeners.append(self._hear)

    def close(self) -> None:
        """End every stream."""
        self._state.listeners.remove(self._hear)
        for reader in self._readers:
            reader.closed = True
            reader.wake.set()

    async def read(self) -> AsyncGenerator[News, None]:
        """First everything, then what changes, for as long as the caller listens."""
        reader = _Reader()
        self._readers.add(reader)
        try:
            yield "all", self.everything()
            while not reader.closed:
                try:
                    await asyncio.wait_for(reader.wake.wait(), _HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield "clock", self._clock()
                for news in self._told(reader):
                    yield news
        finally:
            self._readers.discard(reader)

    def everything(self) -> Json:
        """All the page shows."""
        cast = self._controls.cast()
        people = self._state.people
        return {
            **self._clock(),
            "bot": self._world.bot_username,
            "zone": cast.zone,
            "phones": [
                {
                    "person": phone.person,
                    "name": phone.name,
                    "represents": phone.represents,
                    "language": people[phone.person].language,
                    "commands": self._world.commands(phone.person),
                    "about": self._world.about(phone.person),
                }
                for phone in cast.phones
            ],
            "group": {
                "chat": cast.group,
                "commands": self._world.commands(cast.phones[0].person, cast.group),
            },
            "chats": [self._chat(chat) for chat in (*(phone.person for phone in cast.phones), cast.group)],
        }

    def _chat(self, chat: int) -> Json:
        return {"chat": chat, "messages": conversation(self._state, chat)}

    def _clock(self) -> Json:
        return {"now": self._controls.now().isoformat()}

    def _hear(self, what: str, which: int) -> None:
        for reader in self._readers:
            if what == "toast":
                toast = self._state.toasts[-1]
                reader.toasts.append({"chat": which, "text": toast.text, "alert": toast.alert})
            elif what == "all":
                reader.all = True
            else:
                reader.chats.add(which)
            reader.wake.set()

    def _told(self, reader: _Reader) -> list[News]:
        """What a reader has not been told yet."""
        reader.wake.clear()
        news: list[News] = []
        if reader.all:
            news.append(("all", self.everything()))
        else:
            known = reader.chats & self._state.chats.keys()
            news.extend(("chat", {**self._clock(), **self._chat(chat)}) for chat in sorted(known))
        news.extend(("toast", toast) for toast in reader.toasts)
        reader.all, reader.chats, reader.toasts = False, set(), []
        return news


class _Reader:
    """One open page."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.all = False
        self.chats: set[int] = set()
        self.toasts: list[Json] = []
        self.closed = False
