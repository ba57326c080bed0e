"""Methods that send, change and remove messages, and answer taps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.adapters.playground import wire
from bot.adapters.playground.chats import Chat, File, Message, State, Toast
from bot.adapters.playground.content import (
    MAX_CAPTION,
    MAX_FETCHED_BYTES,
    MAX_FILE_BYTES,
    MAX_TEXT,
    clean,
    keyboard,
    units,
)
from bot.adapters.playground.refusals import Json, Refused, bad_request
from bot.adapters.playground.schema import Upload

DELETABLE_FOR = timedelta(hours=48)
# Undocumented; seen in the wild (reference/telegram.md, section 1, errors).
ANSWERABLE_FOR = timedelta(seconds=15)
MAX_TOAST = 200
_GENERAL_TOPIC = 1
_LASTING_SERVICE = {"migrate_to_chat_id", "migrate_from_chat_id", "group_chat_created", "forum_topic_created"}

Method = Callable[[Json], object]


class MessageMethods:
    """One function a method; each takes checked parameters and returns the ``result``."""

    def __init__(self, state: State) -> None:
        self._state = state

    def methods(self) -> dict[str, Method]:
        return {
            "sendMessage": self._send_text,
            "sendPhoto": lambda params: self._send_file(params, "photo"),
            "sendDocument": lambda params: self._send_file(params, "document"),
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_keyboard,
            "deleteMessage": self._delete_one,
            "deleteMessages": self._delete_many,
            "answerCallbackQuery": self._answer_tap,
            "getFile": self._get_file,
        }

    def _get_file(self, params: Json) -> Json:
        file = self._state.files.get(params["file_id"])
        if file is None:
            raise bad_request("invalid file_id")
        if len(file.content) > MAX_FETCHED_BYTES:
            raise bad_request("file is too big")
        return {**wire.file(file), "file_path": file.id}

    def _send_text(self, params: Json) -> Json:
        text, entities = self._text(params)
        return self._send(params, text, entities, None)

    def _send_file(self, params: Json, shape: str) -> Json:
        text, entities = clean(params, text="caption", entities="caption_entities", limit=MAX_CAPTION)
        return self._send(params, text, entities, self._file(params[shape], shape))

    def _send(self, params: Json, text: str, entities: list[Json], file: File | None) -> Json:
        markup = keyboard(params.get("reply_markup"))
        chat = self._state.writable(params["chat_id"])
        thread = self._thread(chat, params.get("message_thread_id"))
        allowed = chat.may_write and (file is None or chat.may_send_files)
        if not allowed and chat.standing != "administrator":
            what = "text messages" if file is None else f"{file.shape}s"
            raise bad_request(f"not enough rights to send {what} to the chat")
        reply_to = self._replied(chat, params.get("reply_parameters"))
        self._take_pace(chat)
        message = Message(
            id=self._state.next_message_id(chat),
            date=self._state.clock(),
            sender=None,
            text=text,
            entities=entities,
            markup=markup,
            thread=thread,
            reply_to=reply_to,
            protected=params.get("protect_content", False),
            silent=params.get("disable_notification", False),
            file=file,
        )
        return wire.message(self._state, chat, self._state.add_message(chat, message))

    def _edit_text(self, params: Json) -> Json:
        text, entities = self._text(params)
        markup = keyboard(params.get("reply_markup"))
        chat, message = self._own_message(params)
        if message.file is not None:
            raise bad_request("there is no text in the message to edit")
        return self._change(chat, message, text, entities, markup)

    def _edit_keyboard(self, params: Json) -> Json:
        markup = keyboard(params.get("reply_markup"))
        chat, message = self._own_message(params)
        return self._change(chat, message, message.text, message.entities, markup)

    def _change(
        self, chat: Chat, message: Message, text: str, entities: list[Json], markup: Json | None
    ) -> Json:
        if (text, entities, markup) == (message.text, message.entities, message.markup):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message"
            )
        self._take_pace(chat)
        message.text, message.entities, message.markup = text, entities, markup
        message.edited = self._state.clock()
        self._state.tell("chat", chat.id)
        return wire.message(self._state, chat, message)

    def _delete_one(self, params: Json) -> bool:
        chat = self._state.writable(params["chat_id"])
        message = chat.messages.get(params["message_id"])
        if message is None:
            raise bad_request("message to delete not found")
        return self._delete(chat, [message])

    def _delete_many(self, params: Json) -> bool:
        ids = params["message_ids"]
        if not ids:
            raise bad_request("message identifiers are not specified")
        if len(ids) > 100:
            raise bad_request("too many message identifiers specified")
        if min(ids) <= 0:
            raise bad_request("invalid message identifier specified")
        chat = self._state.writable(params["chat_id"])
        return self._delete(chat, [chat.messages[number] for number in ids if number in chat.messages])

    def _delete(self, chat: Chat, messages: list[Message]) -> bool:
        """Delete all of them or, when one may not be deleted, none."""
        for message in messages:
            too_old = self._state.clock() - message.date > DELETABLE_FOR
            mine = chat.is_private or message.sender is None or chat.standing == "administrator"
            if too_old or not mine or message.service.keys() & _LASTING_SERVICE:
                raise bad_request("message can't be deleted")
        for message in messages:
            chat.messages.pop(message.id, None)
        self._state.tell("chat", chat.id)
        return True

    def _answer_tap(self, params: Json) -> bool:
        text = params.get("text", "")
        if units(text) > MAX_TOAST:
            raise bad_request("MESSAGE_TOO_LONG")
        query = self._state.queries.pop(params["callback_query_id"], None)
        if query is None or self._state.clock() - query.asked > ANSWERABLE_FOR:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if text:
            self._state.toasts.append(Toast(query.person, query.chat, text, params.get("show_alert", False)))
            self._state.tell("toast", query.chat)
        return True

    def _text(self, params: Json) -> tuple[str, list[Json]]:
        text, entities = clean(params, text="text", entities="entities", limit=MAX_TEXT)
        if not text:
            raise bad_request("message text is empty")
        return text, entities

    def _own_message(self, params: Json) -> tuple[Chat, Message]:
        if "chat_id" not in params:
            raise bad_request("chat_id is empty")
        if "message_id" not in params:
            raise bad_request("message identifier is not specified")
        chat = self._state.writable(params["chat_id"])
        message = chat.messages.get(params["message_id"])
        if message is None:
            raise bad_request("message to edit not found")
        if message.sender is not None or message.service:
            raise bad_request("message can't be edited")
        return chat, message

    def _thread(self, chat: Chat, thread: int | None) -> int | None:
        """The topic to write to; where there are no topics Telegram ignores the parameter."""
        if not thread or chat.kind == "group" or (chat.kind == "supergroup" and not chat.forum):
            return None
        if thread == _GENERAL_TOPIC or thread not in chat.topics:
            raise bad_request("message thread not found")
        if thread in chat.closed_topics:
            raise bad_request("TOPIC_CLOSED")
        return thread

    def _replied(self, chat: Chat, reply: Json | None) -> int | None:
        number: int | None = (reply or {}).get("message_id")
        if reply is None or number in chat.messages:
            return number
        if not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return None

    def _file(self, given: Upload | str, shape: str) -> File:
        if isinstance(given, Upload):
            if not given.content:
                raise bad_request("file must be non-empty")
            if len(given.content) > MAX_FILE_BYTES:
                raise Refused(413, "Request Entity Too Large")
            return self._state.keep_file(shape, given.name, given.content, given.mime)
        known = self._state.files.get(given)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return known

    def _take_pace(self, chat: Chat) -> None:
        if self._state.pace is not None:
            self._state.pace.take(chat.id, private=chat.is_private)
