"""People, chats and messages as the stand-in keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Literal

from bot.adapters.playground.limits import Clock, Pace
from bot.adapters.playground.refusals import Json, bad_request, forbidden
from bot.adapters.playground.updates import UpdateQueue

Kind = Literal["private", "group", "supergroup"]
Standing = Literal["member", "administrator", "left", "kicked"]
BOT_ID = 999000


@dataclass(slots=True)
class Person:
    """Somebody with a phone; the private chat with the bot has the same id."""

    id: int
    name: str
    language: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """``shape`` is "photo", "document" or "voice"."""

    id: str
    shape: str
    name: str
    content: bytes
    mime: str


@dataclass(slots=True)
class Message:
    """One message.

    Attributes:
        sender: id of a person; None when the bot wrote it.
        text: the text or, when there is a file, its caption.
        service: fields of a service message ("new_chat_members", ...); empty for ordinary ones.
    """

    id: int
    date: datetime
    sender: int | None
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    markup: Json | None = None
    thread: int | None = None
    reply_to: int | None = None
    edited: datetime | None = None
    protected: bool = False
    silent: bool = False
    service: Json = field(default_factory=dict)
    file: File | None = None


@dataclass(slots=True)
class Chat:
    """One chat.

    Attributes:
        standing: of the bot.
        may_write: False where the group lets only administrators write.
        may_send_files: False where it lets only administrators send files.
        topics: open message threads of a forum, id -> name; the General topic has no entry.
        successor: the supergroup this group became.
        bot_spoke_last: then general commands reach the bot although privacy mode is on.
    """

    id: int
    kind: Kind
    title: str
    members: set[int] = field(default_factory=set)
    standing: Standing = "member"
    may_write: bool = True
    may_send_files: bool = True
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    forum: bool = False
    successor: int | None = None
    bot_spoke_last: bool = False

    @property
    def is_private(self) -> bool:
        return self.kind == "private"


@dataclass(frozen=True, slots=True)
class Toast:
    """What an answered tap shows for a moment; an ``alert`` stays until it is closed."""

    person: int
    chat: int
    text: str
    alert: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A tap that waits for its answer."""

    person: int
    chat: int
    asked: datetime


Listener = Callable[[str, int], None]


class State:
    """All that the stand-in knows.

    Listeners are told what changed: ("chat", its id), ("toast", its chat's id), or ("all", 0) after a
    new start.
    """

    def __init__(self, clock: Clock, *, bot_username: str, pace: bool) -> None:
        self.clock = clock
        self.bot_username = bot_username
        self._paced = pace
        self.listeners: list[Listener] = []
        self.clear()

    def clear(self) -> None:
        """Forget everything, as on the first day."""
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self.toasts: list[Toast] = []
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.queue = UpdateQueue(self.clock)
        self.pace = Pace(self.clock) if self._paced else None
        self.numbers = count(1)
        # Private chats and basic groups of an account share one row of message ids, a supergroup has its own.
        self._shared_ids = count(1)
        self._own_ids: dict[int, count[int]] = {}

    def tell(self, what: str, which: int = 0) -> None:
        for listener in tuple(self.listeners):
            listener(what, which)

    def add_message(self, chat: Chat, message: Message) -> Message:
        chat.messages[message.id] = message
        if not message.service:
            chat.bot_spoke_last = message.sender is None
        self.tell("chat", chat.id)
        return message

    def next_message_id(self, chat: Chat) -> int:
        if chat.kind == "supergroup":
            return next(self._own_ids.setdefault(chat.id, count(1)))
        return next(self._shared_ids)

    def keep_file(self, shape: str, name: str, content: bytes, mime: str) -> File:
        file = File(f"file{next(self.numbers):06d}", shape, name, content, mime)
        self.files[file.id] = file
        return file

    def find(self, chat_id: int | str) -> Chat:
        """The chat with this id, whatever the bot may do there.

        Raises: Refused.
        """
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable(self, chat_id: int | str) -> Chat:
        """The chat with this id, if the bot may act in it.

        Raises: Refused, in the order the official server checks.
        """
        chat = self.find(chat_id)
        if chat.is_private:
            person = self.people[chat.id]
            if person.deactivated:
                raise forbidden("user is deactivated")
            if person.blocked:
                raise forbidden("bot was blocked by the user")
            if not person.started:
                raise forbidden("bot can't initiate conversation with a user")
            return chat
        if chat.successor is not None:
            refusal = bad_request("group chat was upgraded to a supergroup chat")
            refusal.parameters["migrate_to_chat_id"] = chat.successor
            raise refusal
        if chat.standing == "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        if chat.standing == "left":
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat
