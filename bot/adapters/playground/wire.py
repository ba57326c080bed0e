"""What the stand-in knows, as JSON objects of the Bot API that a library can parse."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from bot.adapters.playground.chats import BOT_ID, Chat, File, Message, Person, State
from bot.adapters.playground.refusals import Json


def unix(moment: datetime) -> int:
    return int(moment.timestamp())


def bot(state: State) -> Json:
    return {
        "id": BOT_ID,
        "is_bot": True,
        "first_name": state.profile.get(("name", ""), "Power reflection"),
        "username": state.bot_username,
    }


def me(state: State) -> Json:
    """The bot as getMe tells it; privacy mode is on."""
    return {
        **bot(state),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def person(somebody: Person) -> Json:
    language = {"language_code": somebody.language} if somebody.language else {}
    return {"id": somebody.id, "is_bot": False, "first_name": somebody.name, **language}


def sender(state: State, of: int | None) -> Json:
    return bot(state) if of is None else person(state.people[of])


def chat(state: State, place: Chat) -> Json:
    if place.is_private:
        return {"id": place.id, "type": "private", "first_name": state.people[place.id].name}
    forum = {"is_forum": True} if place.forum else {}
    return {"id": place.id, "type": place.kind, "title": place.title, **forum}


def full_chat(state: State, place: Chat) -> Json:
    """A chat as getChat tells it, with the fields every chat has."""
    return {
        **chat(state, place),
        "accent_color_id": place.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


def message(state: State, place: Chat, item: Message, *, nested: bool = False) -> Json:
    """A message; ``nested`` ones do not tell what they reply to."""
    body: Json = {
        "message_id": item.id,
        "from": sender(state, item.sender),
        "chat": chat(state, place),
        "date": unix(item.date),
        **item.service,
    }
    if item.file is not None:
        body |= _file(item.file)
    if item.text:
        body["text" if item.file is None else "caption"] = item.text
    if item.entities:
        body["entities" if item.file is None else "caption_entities"] = item.entities
    if item.markup is not None:
        body["reply_markup"] = item.markup
    if item.edited is not None:
        body["edit_date"] = unix(item.edited)
    if item.thread is not None:
        body |= {"message_thread_id": item.thread, "is_topic_message": True}
    if item.protected:
        body["has_protected_content"] = True
    original = place.messages.get(item.reply_to or 0)
    if original is not None and not nested:
        body["reply_to_message"] = message(state, place, original, nested=True)
    return body


def file(kept: File) -> Json:
    """What every file has, whatever it is."""
    return {
        "file_id": kept.id,
        "file_unique_id": hashlib.sha256(kept.content).hexdigest()[:16],
        "file_size": len(kept.content),
    }


def _file(kept: File) -> dict[str, Any]:
    common = file(kept)
    if kept.shape == "photo":
        return {"photo": [{**common, "width": 320, "height": 320}]}
    if kept.shape == "voice":
        return {"voice": {**common, "duration": 1, "mime_type": kept.mime}}
    return {"document": {**common, "file_name": kept.name, "mime_type": kept.mime}}


def member(state: State, who: int | None, status: str) -> Json:
    """A ChatMember; who was kicked stays so for ever (until_date 0)."""
    until = {"until_date": 0} if status == "kicked" else {}
    rights = dict.fromkeys(_ADMIN_RIGHTS, True) if status == "administrator" else {}
    return {"status": status, "user": sender(state, who), **until, **rights}


_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)
_ADMIN_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
