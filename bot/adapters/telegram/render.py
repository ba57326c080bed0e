"""Card and catalog in; text, entities and keyboard within Telegram's limits out.

Markup never travels in the text: the bold first line is an entity, so nothing that people type can be markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, MessageEntity

from bot.app.ports import Catalogs
from bot.core.cards import Attachment, Card, Choice, Row
from bot.errors import DeliveryError

LONGEST_TEXT = 4096
"""In UTF-16 units, which never undercounts what Telegram counts as characters."""
LONGEST_CAPTION = 1024
"""The same units, for the text of a message with a file."""
LARGEST_FILE = 50_000_000
LONGEST_DATA = 64
"""Bytes of callback data."""
LONGEST_COPY = 256
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8


class OverLimit(DeliveryError):
    """A card that Telegram would refuse; says which limit, never what stands on the card."""

    code = "limit"


@dataclass(frozen=True, slots=True)
class Message:
    """What is handed to Telegram; offsets and lengths of entities are UTF-16 units.

    Attributes:
        text: the caption, where there is a file.
    """

    text: str
    entities: tuple[MessageEntity, ...]
    keyboard: InlineKeyboardMarkup | None
    file: InputFile | None = None


def render(card: Card, *, language: str, catalogs: Catalogs, tokens: Mapping[str, str] | None) -> Message:
    """Write a card in one language.

    A caption that is too long is shortened: a second message for its text would make one delivery two, of which
    one alone may arrive.

    Args:
        tokens: callback data by ``Choice.key``; when given, every choice of the card must be in it, so that
            the meaning of an answer never leaves by accident. None sends the keys themselves.
    Raises: OverLimit.
    """
    title = catalogs.render(card.title, language).strip()
    lines = [title]
    if card.notice is not None:
        lines += [catalogs.render(card.notice, language), ""]
    lines += [catalogs.render(line, language) for line in card.body]
    text = "\n".join(lines).rstrip()
    if not text:
        raise OverLimit("a card without any text")
    if card.file is not None:
        text = _shortened(text, LONGEST_CAPTION)
    if utf16(text) > LONGEST_TEXT:
        raise OverLimit(f"a text of {utf16(text)} characters, at most {LONGEST_TEXT}")
    bold = (MessageEntity(MessageEntity.BOLD, 0, min(utf16(title), utf16(text))),) if title else ()
    keyboard = _keyboard(card.rows, language, catalogs, tokens)
    return Message(text, bold, keyboard, None if card.file is None else _upload(card.file))


def utf16(text: str) -> int:
    """Length in the units in which Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def _shortened(text: str, most: int) -> str:
    """The text, or as much of it as fits with an ellipsis, cut between words where there are spaces."""
    if utf16(text) <= most:
        return text
    room = text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    space = max(room.rfind(" "), room.rfind("\n"))
    return (room[:space] if space > len(room) // 2 else room).rstrip() + "…"


def _upload(attachment: Attachment) -> InputFile:
    size = len(attachment.content)
    if not 1 <= size <= LARGEST_FILE:
        raise OverLimit(f"a file of {size} bytes, 1 to {LARGEST_FILE}")
    file = InputFile(attachment.content, filename=attachment.name)
    file.mimetype = attachment.kind  # the library guesses it by the name, and not every machine guesses alike
    return file


def _keyboard(
    rows: tuple[Row, ...], language: str, catalogs: Catalogs, tokens: Mapping[str, str] | None
) -> InlineKeyboardMarkup | None:
    filled = [row for row in rows if row]
    if not filled:
        return None
    if sum(map(len, filled)) > MOST_BUTTONS:
        raise OverLimit(f"{sum(map(len, filled))} buttons, at most {MOST_BUTTONS}")
    if max(map(len, filled)) > MOST_IN_A_ROW:
        raise OverLimit(f"{max(map(len, filled))} buttons in a row, at most {MOST_IN_A_ROW}")
    return InlineKeyboardMarkup(
        [
            [_button(choice, catalogs.render(choice.label, language), tokens) for choice in row]
            for row in filled
        ]
    )


def _button(choice: Choice, label: str, tokens: Mapping[str, str] | None) -> InlineKeyboardButton:
    if not label.strip():
        raise OverLimit("a button without a label")
    if choice.url is not None:
        return InlineKeyboardButton(label, url=choice.url)
    if choice.copy is not None:
        if not 1 <= len(choice.copy) <= LONGEST_COPY:
            raise OverLimit(f"{len(choice.copy)} characters to copy, 1 to {LONGEST_COPY}")
        return InlineKeyboardButton(label, copy_text=CopyTextButton(choice.copy))
    data = choice.key if tokens is None else tokens.get(choice.key, "")
    if not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise OverLimit(f"callback data of {len(data.encode())} bytes, 1 to {LONGEST_DATA}")
    return InlineKeyboardButton(label, callback_data=data)
