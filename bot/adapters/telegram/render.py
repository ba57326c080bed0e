"""Card and catalog in; text, entities and keyboard within Telegram's limits out.

Markup never travels in the text: the bold first line is an entity, so nothing that people type can be markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import InputFile

from bot.app.ports import Catalogs
from bot.core.cards import Attachment, Card, Choice, Icon, Row
from bot.errors import DeliveryError

JsonObject: TypeAlias = dict[str, Any]

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

    Entities and keyboard are written as the Bot API has them: objects of the library would be made only to be taken
    apart again, which costs more than sending them.

    Attributes:
        text: the caption, where there is a file.
    """

    text: str
    entities: tuple[JsonObject, ...]
    keyboard: JsonObject | None
    file: InputFile | None = None


ICONS = {
    Icon.HOME: "\N{HOUSE BUILDING}",
    Icon.LANGUAGE: "\N{GLOBE WITH MERIDIANS}",
    Icon.PRIVACY: "\N{LOCK}",
    Icon.HELP: "\N{WHITE QUESTION MARK ORNAMENT}",
    Icon.PAUSE: "\N{DOUBLE VERTICAL BAR}\ufe0f",
    Icon.SKIP: "\N{BLACK RIGHT-POINTING DOUBLE TRIANGLE}",
    Icon.DONE: "\N{WHITE HEAVY CHECK MARK}",
}
BETWEEN_LANGUAGES = "\n\n"
BETWEEN_LABELS = " / "


def render(
    card: Card,
    *,
    languages: Sequence[str],
    catalogs: Catalogs,
    tokens: Mapping[str, str] | None,
    plain: bool = True,
) -> Message:
    """Write a card, in one language or in several, one under another.

    What is too long in several languages is said in the first alone. A caption that is too long is shortened: a
    second message for its text would make one delivery two, of which one alone may arrive.

    Args:
        languages: at least one.
        plain: whether the icons of the buttons are left out.
        tokens: callback data by ``Choice.key``; when given, every choice of the card must be in it, so that
            the meaning of an answer never leaves by accident. None sends the keys themselves.
    Raises: OverLimit.
    """
    versions = [_written(card, language, catalogs) for language in languages]
    most = LONGEST_TEXT if card.file is None else LONGEST_CAPTION
    if utf16(BETWEEN_LANGUAGES.join(text for _, text in versions)) > most:
        versions = versions[:1]
    text = BETWEEN_LANGUAGES.join(text for _, text in versions)
    if not text:
        raise OverLimit("a card without any text")
    if card.file is not None:
        text = _shortened(text, most)
    if utf16(text) > LONGEST_TEXT:
        raise OverLimit(f"a text of {utf16(text)} characters, at most {LONGEST_TEXT}")
    labels = _Labels(languages[: len(versions)], catalogs, plain=plain)
    keyboard = _keyboard(card.rows, labels, tokens)
    return Message(text, _bold(versions, text), keyboard, None if card.file is None else _upload(card.file))


def _written(card: Card, language: str, catalogs: Catalogs) -> tuple[str, str]:
    """The title, and the whole text with it."""
    title = catalogs.render(card.title, language).strip()
    lines = [title]
    if card.notice is not None:
        lines += [catalogs.render(card.notice, language), ""]
    lines += [catalogs.render(line, language) for line in card.body]
    return title, "\n".join(lines).rstrip()


def _bold(versions: Iterable[tuple[str, str]], whole: str) -> tuple[JsonObject, ...]:
    """The title of each version, as far as it was not cut off."""
    entities, start = [], 0
    for title, text in versions:
        length = min(utf16(title), utf16(whole) - start)
        if length > 0:
            entities.append({"type": "bold", "offset": start, "length": length})
        start += utf16(text + BETWEEN_LANGUAGES)
    return tuple(entities)


@dataclass(frozen=True, slots=True)
class _Labels:
    """What stands on buttons."""

    languages: Sequence[str]
    catalogs: Catalogs
    plain: bool

    def of(self, choice: Choice) -> str:
        """The label in every language, each wording once.

        Raises: OverLimit, when there is none.
        """
        said = dict.fromkeys(self.catalogs.render(choice.label, language) for language in self.languages)
        label = BETWEEN_LABELS.join(said)
        if not label.strip():
            raise OverLimit("a button without a label")
        return label if self.plain or choice.icon is None else f"{ICONS[choice.icon]} {label}"


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
    content = attachment.read()
    size = len(content)
    if not 1 <= size <= LARGEST_FILE:
        raise OverLimit(f"a file of {size} bytes, 1 to {LARGEST_FILE}")
    file = InputFile(content, filename=attachment.name)
    file.mimetype = attachment.kind  # the library guesses it by the name, and not every machine guesses alike
    return file


def _keyboard(rows: tuple[Row, ...], labels: _Labels, tokens: Mapping[str, str] | None) -> JsonObject | None:
    filled = [row for row in rows if row]
    if not filled:
        return None
    if sum(map(len, filled)) > MOST_BUTTONS:
        raise OverLimit(f"{sum(map(len, filled))} buttons, at most {MOST_BUTTONS}")
    if max(map(len, filled)) > MOST_IN_A_ROW:
        raise OverLimit(f"{max(map(len, filled))} buttons in a row, at most {MOST_IN_A_ROW}")
    return {
        "inline_keyboard": [[_button(choice, labels.of(choice), tokens) for choice in row] for row in filled]
    }


def _button(choice: Choice, label: str, tokens: Mapping[str, str] | None) -> JsonObject:
    if choice.url is not None:
        return {"text": label, "url": choice.url}
    if choice.copy is not None:
        if not 1 <= len(choice.copy) <= LONGEST_COPY:
            raise OverLimit(f"{len(choice.copy)} characters to copy, 1 to {LONGEST_COPY}")
        return {"text": label, "copy_text": {"text": choice.copy}}
    data = choice.key if tokens is None else tokens.get(choice.key, "")
    if not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise OverLimit(f"callback data of {len(data.encode())} bytes, 1 to {LONGEST_DATA}")
    return {"text": label, "callback_data": data}
