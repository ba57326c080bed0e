"""What people and groups do, seen from their side of Telegram. The page and the tests act through it."""

from __future__ import annotations

from typing import Any

from bot.adapters.playground import wire
from bot.adapters.playground.chats import Chat, Kind, Message, Person, Query, Standing, Toast
from bot.adapters.playground.faults import Fault
from bot.adapters.playground.phones import commands_in, parts, reaches_bot
from bot.adapters.playground.profile import commands_for, described
from bot.adapters.playground.refusals import Json
from bot.adapters.playground.standin import StandIn

_FIRST_PERSON = 1001
_FIRST_GROUP = -2001
_FIRST_SUPERGROUP = -1_000_000_003_001


class World:
    """The people, their phones and their groups.

    People and chats are named by their Telegram ids; a private chat has the id of its person. Acting with
    an id that does not exist raises KeyError: that is a mistake in a test, not in the bot.
    """

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin
        self._state = standin.state

    @property
    def bot_username(self) -> str:
        return self._state.bot_username

    @property
    def last_update(self) -> int:
        """Id of the newest update, for ``redeliver``."""
        return self._state.queue.last_id

    def add_person(self, name: str, language: str | None = "en") -> int:
        number = _FIRST_PERSON + len(self._state.people)
        self._state.people[number] = Person(number, name, language)
        self._state.chats[number] = Chat(number, "private", name, {number})
        return number

    def add_group(self, title: str, *members: int, forum: bool = False) -> int:
        """A group the bot is not in yet; one with topics (``forum``) is a supergroup."""
        groups = len(self._state.chats) - len(self._state.people)
        number = _FIRST_SUPERGROUP - groups if forum else _FIRST_GROUP - groups
        kind: Kind = "supergroup" if forum else "group"
        place = Chat(number, kind, title, set(members), standing="left", forum=forum)
        self._state.chats[number] = place
        return number

    def join(self, person: int, group: int) -> None:
        self._state.chats[group].members.add(person)

    def set_language(self, person: int, language: str | None) -> None:
        """Change the language of somebody's phone; the bot learns of it with the next update."""
        self._state.people[person].language = language
        self._state.tell("all")  # other commands and other words about the bot

    def say(
        self,
        person: int,
        text: str,
        chat: int | None = None,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Write a message, in private unless ``chat`` says otherwise; long texts are split as phones do.

        Returns: the id of the (last) message.
        """
        place = self._enter(person, chat)
        last = 0
        for part in parts(text):
            content = {"text": part, "entities": commands_in(part), "thread": thread, "reply_to": reply_to}
            last = self._post(place, person, **content).id
        return last

    def send_photo(self, person: int, content: bytes, caption: str = "", chat: int | None = None) -> int:
        file = self._state.keep_file("photo", "photo.jpg", content, "image/jpeg")
        return self._post(self._enter(person, chat), person, text=caption, file=file).id

    def send_document(
        self, person: int, name: str, content: bytes, chat: int | None = None, *, mime: str = "text/yaml"
    ) -> int:
        file = self._state.keep_file("document", name, content, mime)
        return self._post(self._enter(person, chat), person, file=file).id

    def send_voice(self, person: int, content: bytes, chat: int | None = None) -> int:
        file = self._state.keep_file("voice", "voice.ogg", content, "audio/ogg")
        return self._post(self._enter(person, chat), person, file=file).id

    def tap(
        self, person: int, message: int, data: str, chat: int | None = None, *, inaccessible: bool = False
    ) -> str:
        """Press a button. Any ``data`` will do, since a modified phone may send what was on no button.

        Args:
            inaccessible: the bot gets the message without its content, as for old ones.
        Returns: the id of the callback query.
        """
        place = self._state.chats[person if chat is None else chat]
        item = place.messages[message]
        body = wire.message(self._state, place, item)
        if inaccessible:
            body = {"chat": body["chat"], "message_id": message, "date": 0}
        number = f"{next(self._state.numbers):016d}"
        self._state.queries[number] = Query(person, place.id, self._state.clock())
        query = {
            "id": number,
            "from": wire.person(self._state.people[person]),
            "message": body,
            "chat_instance": str(place.id),
            "data": data,
        }
        self._state.queue.add("callback_query", query)
        return number

    def press(self, person: int, label: str, chat: int | None = None) -> str:
        """Tap the newest button with this label.

        Raises: LookupError, when there is none.
        """
        for item in reversed(self.messages(person if chat is None else chat)):
            for row in (item.markup or {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label and "callback_data" in button:
                        return self.tap(person, item.id, button["callback_data"], chat)
        raise LookupError(label)

    def open_link(self, person: int, payload: str = "") -> int:
        """Open ``t.me/<bot>?start=payload`` and press *Start*."""
        return self.say(person, f"/start {payload}".rstrip())

    def add_bot_to_group(self, person: int, group: int, payload: str = "") -> None:
        """Open ``t.me/<bot>?startgroup=payload`` and choose the group; phones may lose the payload."""
        place = self._state.chats[group]
        if place.standing in {"left", "kicked"}:
            self._stand(place, person, "member")
            self._post(place, person, service={"new_chat_members": [wire.bot(self._state)]})
        if payload:
            self.say(person, f"/start@{self.bot_username} {payload}", group)

    def remove_bot(self, person: int, group: int) -> None:
        self._stand(self._state.chats[group], person, "kicked")

    def make_bot_administrator(self, person: int, group: int) -> None:
        """From then on the bot sees every message of the group and may delete them."""
        self._stand(self._state.chats[group], person, "administrator")

    def forbid_writing(self, group: int, *, forbidden: bool = True) -> None:
        """Let only administrators write; the bot is not told."""
        self._state.chats[group].may_write = not forbidden

    def forbid_files(self, group: int) -> None:
        """Let only administrators send files; others may still write. The bot is not told."""
        self._state.chats[group].may_send_files = False

    def block_bot(self, person: int) -> None:
        self._state.people[person].blocked = True
        self._member_update(self._state.chats[person], person, "member", "kicked")

    def unblock_bot(self, person: int) -> None:
        self._state.people[person].blocked = False
        self._member_update(self._state.chats[person], person, "kicked", "member")

    def deactivate(self, person: int) -> None:
        """The account is deleted."""
        self._state.people[person].deactivated = True

    def migrate(self, group: int) -> int:
        """The group becomes a supergroup. Returns: its new id; the old messages stay with the old one."""
        old = self._state.chats[group]
        groups = len(self._state.chats) - len(self._state.people)
        new = Chat(
            _FIRST_SUPERGROUP - groups,
            "supergroup",
            old.title,
            set(old.members),
            old.standing,
            old.may_write,
            old.may_send_files,
        )
        self._state.chats[new.id] = new
        old.successor = new.id
        sender = min(old.members)
        self._post(old, sender, service={"migrate_to_chat_id": new.id})
        self._post(new, sender, service={"migrate_from_chat_id": old.id})
        return new.id

    def add_topic(self, group: int, name: str) -> int:
        """Open a topic of a forum. Returns: its thread id."""
        place = self._state.chats[group]
        topic = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        thread = self._post(place, min(place.members), service=topic).id
        place.topics[thread] = name
        return thread

    def close_topic(self, group: int, thread: int) -> None:
        self._state.chats[group].closed_topics.add(thread)

    def delete_topic(self, group: int, thread: int) -> None:
        del self._state.chats[group].topics[thread]

    def messages(self, chat: int) -> list[Message]:
        """The messages of a chat, oldest first."""
        return list(self._state.chats[chat].messages.values())

    def toasts(self, person: int) -> list[Toast]:
        """What answered taps showed to somebody, oldest first."""
        return [toast for toast in self._state.toasts if toast.person == person]

    def commands(self, person: int, chat: int | None = None) -> list[Json]:
        """The commands somebody is offered in a chat."""
        place = self._state.chats[person if chat is None else chat]
        return commands_for(self._state, place, person, self._state.people[person].language or "")

    def about(self, person: int) -> str:
        """What somebody's phone says about the bot before they start it."""
        return described(self._state, "description", self._state.people[person].language or "")

    def fail_next(
        self,
        method: str,
        outcome: int | Exception,
        *,
        after_performing: bool = False,
        retry_after: int | None = None,
    ) -> None:
        """Let the next call of a method fail with an HTTP status or an exception."""
        self.standin.faults.plan(method, Fault(outcome, after_performing, retry_after))

    def redeliver(self, update: int) -> None:
        """Deliver an update again although it was confirmed."""
        self._state.queue.put_back(update)

    def poison(self, person: int) -> None:
        """Send an update the library cannot parse: a tap on a message without a date."""
        chat = wire.chat(self._state, self._state.chats[person])
        tap = {"id": "0", "from": wire.person(self._state.people[person]), "chat_instance": "0", "data": "x"}
        self._state.queue.add("callback_query", {**tap, "message": {"message_id": 1, "chat": chat}})

    def _enter(self, person: int, chat: int | None) -> Chat:
        """The chat to write in; writing to the bot starts and unblocks it."""
        somebody = self._state.people[person]
        place = self._state.chats[person if chat is None else chat]
        if place.is_private:
            if somebody.blocked:
                self.unblock_bot(person)
            somebody.started = True
        return place

    def _post(self, place: Chat, person: int, **content: Any) -> Message:
        number = self._state.next_message_id(place)
        message = Message(id=number, date=self._state.clock(), sender=person, **content)
        if reaches_bot(place, message, self.bot_username):
            self._state.queue.add("message", wire.message(self._state, place, message))
        return self._state.add_message(place, message)

    def _stand(self, place: Chat, person: int, standing: Standing) -> None:
        before, place.standing = place.standing, standing
        self._member_update(place, person, before, standing)

    def _member_update(self, place: Chat, person: int, before: str, after: str) -> None:
        self._state.queue.add(
            "my_chat_member",
            {
                "chat": wire.chat(self._state, place),
                "from": wire.person(self._state.people[person]),
                "date": wire.unix(self._state.clock()),
                "old_chat_member": wire.member(self._state, None, before),
                "new_chat_member": wire.member(self._state, None, after),
            },
        )
        self._state.tell("chat", place.id)
