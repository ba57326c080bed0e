"""Methods about the bot itself and the chats it is in."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.adapters.playground import wire
from bot.adapters.playground.chats import BOT_ID, Chat, State
from bot.adapters.playground.refusals import Json, bad_request

MAX_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_LENGTHS = {"name": 64, "short_description": 120, "description": 512}


class ProfileMethods:
    """One function a method; each takes checked parameters and returns the ``result``."""

    def __init__(self, state: State) -> None:
        self._state = state

    def methods(self) -> dict[str, Callable[[Json], object]]:
        return {
            "getMe": lambda _: wire.me(self._state),
            "setMyCommands": self._set_commands,
            "getMyCommands": lambda params: self._state.commands.get(_scope(params), []),
            "deleteMyCommands": self._delete_commands,
            "setMyName": lambda params: self._describe(params, "name"),
            "setMyShortDescription": lambda params: self._describe(params, "short_description"),
            "setMyDescription": lambda params: self._describe(params, "description"),
            "getMyName": lambda params: self._described(params, "name"),
            "getMyShortDescription": lambda params: self._described(params, "short_description"),
            "getMyDescription": lambda params: self._described(params, "description"),
            "getChat": lambda params: wire.full_chat(self._state, self._readable(params["chat_id"])),
            "getChatMember": self._chat_member,
            "leaveChat": self._leave,
        }

    def _set_commands(self, params: Json) -> bool:
        commands = params["commands"]
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._state.commands[_scope(params)] = commands
        return True

    def _delete_commands(self, params: Json) -> bool:
        self._state.commands.pop(_scope(params), None)
        return True

    def _describe(self, params: Json, field: str) -> bool:
        text = params.get(field, "")
        if len(text) > _LENGTHS[field]:
            raise bad_request("BOT_TITLE_INVALID" if field == "name" else "BOT_DESCRIPTION_INVALID")
        self._state.profile[field, _language(params)] = text
        return True

    def _described(self, params: Json, field: str) -> Json:
        return {field: described(self._state, field, _language(params))}

    def _readable(self, chat_id: int | str) -> Chat:
        """What became of a basic group may be read after the bot left it, a supergroup may not."""
        chat = self._state.find(chat_id)
        return self._state.writable(chat_id) if chat.kind == "supergroup" else chat

    def _chat_member(self, params: Json) -> Json:
        chat, who = self._readable(params["chat_id"]), params["user_id"]
        if who == BOT_ID:
            return wire.member(self._state, None, chat.standing)
        if who not in self._state.people:
            raise bad_request("PARTICIPANT_ID_INVALID")
        inside = who in chat.members or who == chat.id
        return wire.member(self._state, who, "member" if inside else "left")

    def _leave(self, params: Json) -> bool:
        chat = self._state.writable(params["chat_id"])
        if chat.is_private:
            raise bad_request("chat member status can't be changed in private chats")
        before, chat.standing = chat.standing, "left"
        self._state.queue.add(
            "my_chat_member",
            {
                "chat": wire.chat(self._state, chat),
                "from": wire.bot(self._state),
                "date": wire.unix(self._state.clock()),
                "old_chat_member": wire.member(self._state, None, before),
                "new_chat_member": wire.member(self._state, None, "left"),
            },
        )
        self._state.tell("chat", chat.id)
        return True


def described(state: State, field: str, language: str) -> str:
    """What was set for a language, else for all of them."""
    return state.profile.get((field, language)) or state.profile.get((field, ""), "")


def commands_for(state: State, chat: Chat, person: int, language: str) -> list[Json]:
    """The commands somebody is offered: the most specific scope, there the language and then the default."""
    scopes = [
        f"chat_member:{chat.id}:{person}",
        f"chat:{chat.id}",
        "all_private_chats" if chat.is_private else "all_group_chats",
        "default",
    ]
    for scope in scopes:
        for spoken in (language, ""):
            if commands := state.commands.get((scope, spoken)):
                return commands
    return []


def _scope(params: Json) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    parts = (scope["type"], scope.get("chat_id"), scope.get("user_id"))
    return ":".join(str(part) for part in parts if part is not None), _language(params)


def _language(params: Json) -> str:
    language: str = params.get("language_code", "")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language
