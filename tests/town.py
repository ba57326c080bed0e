"""A town to play in: the whole application over the stand-in, driven as people drive it."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from bot.adapters.playground.chats import Message
from bot.adapters.system import SystemRandomness
from bot.settings import Settings
from bot.wiring.playground import Playground

PATIENCE = 20.0
"""Seconds after which a test that waits has failed."""

PARTNERS = (
    "Partner A | PA | funder",
    "Partner B | PB | international",
    "Partner C | PC | local",
    "Partner D | PD | local",
    "Partner E | PE | network",
)


class Town(Playground):
    """A playground without pace, and shorthands for what a test does in it."""

    @classmethod
    def in_folder(cls, folder: Path) -> Town:
        settings = Settings.model_construct(**Settings().model_dump() | {"data_dir": folder})
        return cls(settings, SystemRandomness(), paced=False)

    @property
    def facilitator(self) -> int:
        return self.cast().phones[0].person

    @property
    def representatives(self) -> list[int]:
        return [phone.person for phone in self.cast().phones[1:]]

    @property
    def group(self) -> int:
        return self.cast().group

    async def settle(self) -> None:
        """Wait until every update is handled and every message has arrived."""
        async with asyncio.timeout(PATIENCE):
            while self.standin.state.queue.waiting or await self.machine.service.run(  # noqa: ASYNC110 - no one event
                lambda work: work.tx.outbox.waiting()
            ):
                await asyncio.sleep(0.005)

    def last(self, chat: int) -> Message:
        """The newest message of the bot in a chat."""
        return [
            message for message in self.world.messages(chat) if message.sender is None and not message.service
        ][-1]

    def text(self, chat: int) -> str:
        return self.last(chat).text

    def labels(self, chat: int) -> list[str]:
        markup = self.last(chat).markup or {"inline_keyboard": []}
        return [button["text"] for row in markup["inline_keyboard"] for button in row]

    async def say(self, person: int, text: str, chat: int | None = None) -> str:
        self.world.say(person, text, chat)
        await self.settle()
        return self.text(chat or person)

    async def press(self, person: int, label: str, chat: int | None = None) -> str:
        """Press the button with these words on the newest message that has it."""
        self.world.press(person, label, chat)
        await self.settle()
        return self.text(chat or person)

    async def set_up(self, *, partners: tuple[str, ...] = PARTNERS) -> None:
        """A partnership with its group, and every representative on a seat."""
        for text in (
            "/new",
            "Made-up Alliance",
            "Clean water for all",
            "English",
            "Nairobi",
            "\n".join(partners),
        ):
            await self.say(self.facilitator, text)
        for label in ("That is all", "Done"):
            await self.press(self.facilitator, label)
        self.world.add_bot_to_group(self.facilitator, self.group, "p1")
        await self.settle()
        await self.press(self.facilitator, "Invite the partners")
        invitations = await self.press(self.facilitator, "Make all open invitations")
        for person, token in zip(self.representatives, re.findall(r"start=(\S+)", invitations), strict=False):
            self.world.open_link(person, token)
            await self.settle()

    async def push_to_end(self) -> None:
        await self.push("close")
        await self.settle()
