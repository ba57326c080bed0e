"""What a message may contain: texts, entities and keyboards, as Telegram reads them.

Lengths and offsets are UTF-16 code units. Words are those of tdlib/td and tdlib/telegram-bot-api.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any

from bot.adapters.playground.refusals import Json, bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_FILE_BYTES = 50_000_000
MAX_FETCHED_BYTES = 20_000_000
MAX_RAW_BYTES = 32768
MAX_ENTITIES = 100
MAX_BUTTONS = 100
MAX_ROW = 8
MAX_CALLBACK_BYTES = 64
MAX_COPY_TEXT = 256
_BUTTON_ACTIONS = ("url", "callback_data", "copy_text")
_BUTTON = "can't parse inline keyboard button: "
_STYLES = {"danger", "success", "primary"}
_ENTITY_TYPES = frozenset(
    {
        *("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "date_time"),
        *("bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"),
        *("code", "pre", "text_link", "text_mention", "custom_emoji"),
    }
)
# A host with a dot and letters at its end; Telegram refuses "localhost" and bare words.
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#:]+\.[^\s/?#:.\d][^\s/?#:.]+(:\d+)?([/?#]\S*)?", re.IGNORECASE)


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(params: Json, *, text: str, entities: str, limit: int) -> tuple[str, list[Json]]:
    """Read a text with its entities from a call.

    Args:
        text, entities: names of the parameters.
        limit: most UTF-16 units after trimming.
    Returns: the trimmed text and its entities, moved along.
    Raises: Refused.
    """
    raw = str(params.get(text, ""))
    if params.get("parse_mode"):
        # The bot sends entities, never markup, so that nobody's name can become markup.
        raise bad_request("unsupported parse_mode")
    try:
        size = len(raw.encode("utf-8"))
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if size > MAX_RAW_BYTES:
        raise bad_request("text is too long")
    _check_entities(raw, params.get(entities, []))
    return _trimmed(raw, params.get(entities, []), limit)


def _check_entities(text: str, entities: list[Json]) -> None:
    boundaries = {0, *accumulate(2 if ord(character) > 0xFFFF else 1 for character in text)}
    end_of_text = max(boundaries)
    if len(entities) > MAX_ENTITIES:
        raise bad_request("ENTITIES_TOO_LONG")
    for entity in entities:
        start, length, kind = entity["offset"], entity["length"], entity["type"]
        if kind not in _ENTITY_TYPES:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        if start < 0:
            raise bad_request(f"receive an entity with incorrect offset {start}")
        if length < 0:
            raise bad_request(f"receive an entity with incorrect length {length}")
        end = start + length
        if end > end_of_text:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text "
                f"at UTF-16 offset {end}"
            )
        if start not in boundaries or end not in boundaries:
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at byte offset {start}")
        if kind == "text_link":
            _check_address(str(entity.get("url", "")), "entity URL")


def _trimmed(text: str, entities: list[Json], limit: int) -> tuple[str, list[Json]]:
    tail = text.rstrip()
    trimmed = tail.lstrip()
    if units(trimmed) > limit:
        raise bad_request("message is too long" if limit == MAX_TEXT else "message caption is too long")
    lead, end = units(tail) - units(trimmed), units(trimmed)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        length = min(end, entity["offset"] + entity["length"] - lead) - start
        if length > 0:
            moved.append({**entity, "offset": start, "length": length})
    return trimmed, moved


def keyboard(markup: Json | None) -> Json | None:
    """Check an inline keyboard; one without buttons is none.

    Raises: Refused.
    """
    if markup is None or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(len(row) for row in rows) > MAX_BUTTONS or any(len(row) > MAX_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: dict[str, Any]) -> None:
    actions = [name for name in _BUTTON_ACTIONS if button.get(name)]
    if not actions:
        raise bad_request(f"{_BUTTON}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # Telegram takes the first and drops the rest; that is never what was meant.
        raise bad_request(_BUTTON + "exactly one action must be specified")
    if not button["text"].strip():
        raise bad_request(_BUTTON + "text must be non-empty")
    if button.get("style") and button["style"] not in _STYLES:
        raise bad_request(_BUTTON + "invalid button style specified")
    if "url" in actions:
        _check_address(button["url"], "inline keyboard button URL")
    if len(button.get("callback_data", "").encode("utf-8")) > MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in actions and not 1 <= units(button["copy_text"]["text"]) <= MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_address(address: str, what: str) -> None:
    scheme = address.partition("://")[0].lower() if "://" in address else "http"
    if scheme == "tg":
        return
    if scheme not in {"http", "https"}:
        raise bad_request(f"{what} '{address}' is invalid: Unsupported URL protocol")
    if not _WEB_ADDRESS.fullmatch(address if "://" in address else f"http://{address}"):
        raise bad_request(f"{what} '{address}' is invalid: Wrong HTTP URL")
