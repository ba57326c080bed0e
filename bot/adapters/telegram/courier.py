"""Carries one delivery to Telegram: deletes, edits or sends, and falls back where that leads further."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.adapters.telegram.application import PollingBot
from bot.adapters.telegram.refusals import CardGone, NothingToEdit, Refused, TopicGone, meaning
from bot.adapters.telegram.render import Message, render
from bot.app.ports import Catalogs, Delivery
from bot.core.cards import Card
from bot.errors import ContactUnreachable

MOST_DELETED_AT_ONCE = 100
GENERAL_TOPIC = 1
"""The topic every forum has; Telegram wants it left out."""

NO_PREVIEW = {"is_disabled": True}


class Courier:
    """Knows how a delivery becomes calls, not when, nor what follows from a failure."""

    def __init__(self, bot: PollingBot, catalogs: Catalogs) -> None:
        self._bot = bot
        self._catalogs = catalogs

    async def bring(self, delivery: Delivery) -> int | None:
        """Bring a delivery to its chat.

        Returns: the id of the new message; None after an edit, or when there was only something to delete.
        Raises: DeliveryError.
        """
        card = delivery.card
        message = None
        if card is not None:  # before anything is deleted: a card we cannot write costs nobody anything
            message = render(
                await _with_file_made(card),
                languages=delivery.languages,
                catalogs=self._catalogs,
                tokens=delivery.tokens,
                plain=delivery.plain,
            )
        await self._delete(delivery)
        if message is None:
            return None
        if delivery.edit is not None and message.file is None:
            # Refused: a live card that is a file has no text to edit. A card at fault is refused again below.
            with contextlib.suppress(CardGone, Refused):
                await self._edit(delivery.chat, delivery.edit, message)
                return None
        topic = None if delivery.topic == GENERAL_TOPIC else delivery.topic
        try:
            return await self._send(delivery, message, topic)
        except TopicGone:
            return await self._send(delivery, message, None)

    async def _delete(self, delivery: Delivery) -> None:
        """Delete what should be gone; what cannot be deleted (48 hours have passed) stays."""
        for start in range(0, len(delivery.delete), MOST_DELETED_AT_ONCE):
            messages = delivery.delete[start : start + MOST_DELETED_AT_ONCE]
            try:
                await self._bot.delete_messages(delivery.chat, messages)
            except BadRequest:  # one that is too old must not keep the others
                for message in messages:
                    with contextlib.suppress(TelegramError):
                        await self._bot.delete_message(delivery.chat, message)
            except TelegramError:
                return

    async def _edit(self, chat: int, card: int, message: Message) -> None:
        try:
            await self._bot.call(
                "editMessageText",
                text=message.text,
                chat_id=chat,
                message_id=card,
                entities=message.entities,
                reply_markup=message.keyboard,
                link_preview_options=NO_PREVIEW,
            )
        except TelegramError as error:
            understood = meaning(error)
            if not isinstance(understood, NothingToEdit):
                raise understood from error

    async def _send(self, delivery: Delivery, message: Message, topic: int | None) -> int:
        try:
            sent = await self._bot.call(
                "sendMessage" if message.file is None else "sendDocument",
                **_content(message),
                chat_id=delivery.chat,
                reply_markup=message.keyboard,
                message_thread_id=topic,
                protect_content=delivery.protected,
                disable_notification=delivery.silent,
            )
        except TelegramError as error:
            understood = meaning(error)
            about_files = message.file is not None and isinstance(error, BadRequest)
            if about_files and isinstance(understood, ContactUnreachable):
                understood = Refused()  # a group may take texts and no files, so the chat is not given up
            raise understood from error
        return int(sent["message_id"])


async def _with_file_made(card: Card) -> Card:
    """The card with its file at hand; one that is still to be made keeps nobody else waiting."""
    if card.file is None or isinstance(card.file.content, bytes):
        return card
    return replace(card, file=replace(card.file, content=await asyncio.to_thread(card.file.read)))


def _content(message: Message) -> dict[str, Any]:
    if message.file is None:
        return {"text": message.text, "entities": message.entities, "link_preview_options": NO_PREVIEW}
    return {"document": message.file, "caption": message.text, "caption_entities": message.entities}
