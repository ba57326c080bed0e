"""A chat as the page shows it: plain values, texts cut into runs, nothing that needs parsing in a browser."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from bot.adapters.playground import wire
from bot.adapters.playground.chats import File, Message, State
from bot.adapters.playground.phones import COMMAND
from bot.adapters.playground.refusals import Json

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 80
_ADDRESS = re.compile(r"(?:https?://|(?<![\w/.])t\.me/)[^\s<>\"]*[^\s<>\".,;:!?')\]]", re.IGNORECASE)
_STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "code": "code",
    "pre": "code",
    "blockquote": "quote",
    "expandable_blockquote": "quote",
}
_LINK_OPENED = re.compile(r"(/start(?:@\w+)?) [\w-]+")
_SERVICE = {
    "new_chat_members": "bot_added",
    "migrate_to_chat_id": "supergroup",
    "migrate_from_chat_id": "supergroup",
    "forum_topic_created": "topic_opened",
}
"""What the page's words call what happened."""


def conversation(state: State, chat: int) -> list[Json]:
    """The last messages of a chat, oldest first."""
    messages = list(state.chats[chat].messages.values())[-SHOWN:]
    return [_message(state, message) for message in messages]


def _seen(message: Message) -> str:
    """The text as a phone shows it: of an opened link the command alone, without what it carries."""
    opened = _LINK_OPENED.fullmatch(message.text) if message.sender is not None else None
    return message.text if opened is None else opened[1]


def runs(text: str, entities: list[Json]) -> list[Json]:
    """Cut a text where its look changes.

    Returns: runs ``{"text", "styles"?, "link"?, "command"?}`` which together are the text. Addresses and
        commands are found as Telegram finds them, without an entity.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    marks = [*_marks(entities), *_found(text)]
    cuts = sorted({0, len(units) // 2, *(edge for start, end, _, _ in marks for edge in (start, end))})
    cut = []
    for start, end in pairwise(cuts):
        run: Json = {"text": units[start * 2 : end * 2].decode("utf-16-le", "replace")}
        for first, last, kind, value in marks:
            if first <= start and end <= last:
                if kind == "styles":
                    run.setdefault("styles", []).append(value)
                else:
                    run[kind] = value
        cut.append(run)
    return cut


def read_link(address: str, bot_username: str) -> Json:
    """Say what a phone does with an address.

    Returns: ``{"kind", "payload"}`` with kind "start" (opens the bot), "startgroup" (adds it to a group) or
        "web" (payload: the address). Telegram's share link counts as the link it shares.
    """
    url = urlsplit(address if "://" in address else f"https://{address}")
    asked = parse_qs(url.query, keep_blank_values=True)
    if url.hostname == "t.me" and url.path == "/share/url" and "url" in asked:
        return read_link(asked["url"][0], bot_username)
    if url.hostname == "t.me" and url.path.strip("/").lower() == bot_username.lower():
        kind = "startgroup" if "startgroup" in asked else "start"
        return {"kind": kind, "payload": asked.get(kind, [""])[0]}
    return {"kind": "web", "payload": url.geturl()}


_Mark = tuple[int, int, str, str]


def _marks(entities: list[Json]) -> Iterator[_Mark]:
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] == "text_link":
            yield start, end, "link", entity["url"]
        elif entity["type"] in _STYLES:
            yield start, end, "styles", _STYLES[entity["type"]]


def _found(text: str) -> Iterator[_Mark]:
    for pattern, kind in ((_ADDRESS, "link"), (COMMAND, "command")):
        for found in pattern.finditer(text):
            start = len(text[: found.start()].encode("utf-16-le")) // 2
            yield start, start + len(found.group().encode("utf-16-le")) // 2, kind, found.group()


def _message(state: State, message: Message) -> Json:
    person = None if message.sender is None else state.people[message.sender]
    keyboard = (message.markup or {}).get("inline_keyboard", [])
    return {
        "id": message.id,
        "from": None if person is None else person.id,
        "name": wire.bot(state)["first_name"] if person is None else person.name,
        "runs": [_linked(run, state.bot_username) for run in runs(_seen(message), message.entities)],
        "at": message.date.isoformat(),
        "edited": message.edited is not None,
        "protected": message.protected,
        "service": next((_SERVICE[name] for name in message.service if name in _SERVICE), ""),
        "file": None if message.file is None else _file(message.file),
        "rows": [[_button(button, state.bot_username) for button in row] for row in keyboard],
    }


def _linked(run: Json, bot_username: str) -> Json:
    return {**run, "link": read_link(run["link"], bot_username)} if "link" in run else run


def _file(file: File) -> Json:
    return {"shape": file.shape, "name": file.name, "url": f"/file/{file.id}", "bytes": len(file.content)}


def _button(button: Json, bot_username: str) -> Json:
    """``data`` is sent back when it is tapped; ``link`` and ``copy`` stay on the phone."""
    return {
        "label": button["text"],
        "data": button.get("callback_data"),
        "link": read_link(button["url"], bot_username) if "url" in button else None,
        "copy": (button.get("copy_text") or {}).get("text"),
    }
