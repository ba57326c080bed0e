"""From an Update to a use case. What it means is decided there, not here."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from telegram import (
    CallbackQuery,
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Document,
    Message,
    Update,
)
from telegram.constants import ChatType
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from bot.adapters.telegram.speech import spoken
from bot.adapters.telegram.taps import Taps
from bot.app import documents, groups, private
from bot.app.work import Service, Work

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
AnyContext: TypeAlias = CallbackContext[Any, Any, Any, Any]
NEW = filters.UpdateType.MESSAGE  # neither edited ones nor channel posts


class Handlers:
    """The one ordered list of handlers, all of them around the same service."""

    def __init__(self, service: Service, taps: Taps) -> None:
        self._service = service
        self._taps = taps

    def in_order(self) -> list[BaseHandler[Any, Any, Any]]:
        """Handlers, most particular first; an update that fits none is none of our business."""
        return [
            ChatMemberHandler(self.membership, ChatMemberHandler.MY_CHAT_MEMBER),
            CallbackQueryHandler(self.tap),
            MessageHandler(NEW & filters.StatusUpdate.MIGRATE, self.migration),
            MessageHandler(NEW & filters.ChatType.PRIVATE & filters.COMMAND, self.private_command),
            MessageHandler(NEW & filters.ChatType.PRIVATE & filters.TEXT, self.private_text),
            MessageHandler(NEW & filters.ChatType.PRIVATE & filters.Document.ALL, self.private_document),
            MessageHandler(NEW & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, self.private_other),
            MessageHandler(NEW & filters.ChatType.GROUPS & filters.COMMAND, self.group_command),
        ]

    async def private_text(self, update: Update, context: AnyContext) -> None:
        message, account, hint = _message(update)
        await self._service.once(
            update.update_id,
            private.said,
            account,
            hint=hint,
            text=message.text or "",
            message=message.message_id,
        )

    async def private_other(self, update: Update, context: AnyContext) -> None:
        message, account, hint = _message(update)
        await self._service.once(
            update.update_id, private.sent_something_else, account, hint=hint, message=message.message_id
        )

    async def private_document(self, update: Update, context: AnyContext) -> None:
        """A file; it is fetched only where it is welcome, and when it says that it is small enough."""
        message, account, hint = _message(update)
        document = cast("Document", message.document)
        name, size = document.file_name, document.file_size
        once, number = self._service.once, message.message_id
        if not await self._service.run(documents.is_welcome, account, name=name, size=size):
            await once(
                update.update_id,
                documents.turned_down,
                account,
                hint=hint,
                message=number,
                name=name,
                size=size,
            )
            return
        content = await fetched(document)
        await once(update.update_id, documents.received, account, hint=hint, message=number, content=content)

    async def private_command(self, update: Update, context: AnyContext) -> None:
        message, account, hint = _message(update)
        command, argument, _ = parse_command(message.text or "")
        await self._service.once(
            update.update_id,
            private.commanded,
            account,
            hint=hint,
            command=command,
            argument=argument,
            message=message.message_id,
        )

    async def group_command(self, update: Update, context: AnyContext) -> None:
        """A command in a group, unless it is addressed to another bot."""
        message, account, hint = _message(update)
        command, argument, addressee = parse_command(message.text or "")
        if addressee and addressee.casefold() != context.bot.username.casefold():
            return
        await self._service.once(
            update.update_id,
            groups.commanded,
            message.chat_id,
            # An answer to a message also has a thread id; only a forum topic is a place to post to.
            topic=message.message_thread_id if message.is_topic_message else None,
            account=account,
            hint=hint,
            command=command,
            argument=argument,
        )

    async def tap(self, update: Update, context: AnyContext) -> None:
        """A tapped button; its message may be too old to be shown here, but has an id and a chat."""
        query = cast("CallbackQuery", update.callback_query)
        if query.message is None or query.data is None:
            return
        in_private = query.message.chat.type == ChatType.PRIVATE
        words = await self._service.once(
            update.update_id,
            pressed_in_private if in_private else pressed_in_group,
            query.message.chat.id,
            account=query.from_user.id,
            hint=query.from_user.language_code,
            data=query.data,
            message=query.message.message_id,
        )
        self._taps.say(query.id, words)

    async def membership(self, update: Update, context: AnyContext) -> None:
        """Our own standing changed: blocked or unblocked by a person, added to or removed from a group."""
        change = cast("ChatMemberUpdated", update.my_chat_member)
        chat, number, once = change.chat, update.update_id, self._service.once
        there, before = _standing(change.new_chat_member), _standing(change.old_chat_member)
        if chat.type == ChatType.PRIVATE:
            await once(number, private.blocked, chat.id, blocked=there is None)
        elif chat.type in GROUPS and there is None:
            await once(number, groups.bot_removed, chat.id)
        elif chat.type in GROUPS and there is not None and there != before:
            person = change.from_user
            await once(
                number,
                groups.bot_added,
                chat.id,
                account=person.id,
                hint=person.language_code,
                may_write=there,
            )

    async def migration(self, update: Update, context: AnyContext) -> None:
        """The group became a supergroup; the old and the new chat each say so."""
        message = cast("Message", update.message)
        old = message.migrate_from_chat_id or message.chat_id
        new = message.migrate_to_chat_id or message.chat_id
        await self._service.once(update.update_id, groups.moved, old, new)


def pressed_in_private(
    work: Work, chat: int, *, account: int, hint: str | None, data: str, message: int
) -> str | None:
    """The use case of a tap in private, with its toast in the language of the person."""
    return spoken(work, private.pressed(work, account, hint=hint, data=data, message=message), account, hint)


def pressed_in_group(
    work: Work, chat: int, *, account: int, hint: str | None, data: str, message: int
) -> str | None:
    """The use case of a tap in a group, with its toast in the language of the person who tapped."""
    toast = groups.pressed(work, chat, account=account, hint=hint, data=data, message=message)
    return spoken(work, toast, account, hint)


async def fetched(document: Document) -> bytes:
    """The content of a file that somebody sent.

    Raises: TelegramError.
    """
    file = await document.get_file()
    return bytes(await file.download_as_bytearray())


def parse_command(text: str) -> tuple[str, str, str]:
    """Take "/start@SomeBot payload" apart: command, argument, addressee; "" for what is not there."""
    word, *rest = text.split(maxsplit=1)
    command, _, addressee = word.removeprefix("/").partition("@")
    return command.casefold(), "".join(rest).strip(), addressee


def _message(update: Update) -> tuple[Message, int, str | None]:
    """The message, and the account that sent it; in a group an anonymous admin has a bot's account."""
    message, sender = cast("Message", update.message), update.effective_user
    if sender is None:
        return message, message.chat_id, None
    return message, sender.id, sender.language_code


def _standing(member: ChatMember) -> bool | None:
    """Whether we may write; None when we are not there at all."""
    if isinstance(member, ChatMemberRestricted):
        return member.can_send_messages if member.is_member else None
    return None if member.status in (ChatMember.LEFT, ChatMember.BANNED) else True
