"""A catalog as rows for people who translate in a spreadsheet, and what comes back of them.

Each row is one string: a message, or one plural form of it. Rows find their message again by an id made of the
English text, so they may be sorted, left out or sent in parts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

from bot.adapters.i18n.files import REVIEWED, broken
from bot.adapters.i18n.plurals import is_for_one, numbers_of

TRANSLATED, MISSING, UNSURE, WRONG = "translated", "missing", "unsure: please check", "wrong"


@dataclass(frozen=True, slots=True)
class Row:
    """One string to translate.

    Attributes:
        notes: what it is and where it stands, one note a line.
        numbers: for which counts this form is, "0, 1"; empty when there is one form only.
        state: in words: translated, missing, unsure or wrong.
    """

    id: str
    notes: str
    english: str
    translation: str
    numbers: str
    state: str


@dataclass(frozen=True, slots=True)
class Returned:
    """One row that came back.

    Attributes:
        line: its number in the sheet, from 1.
        translation: None when the cell holds a formula, a number or a mistake instead of text.
    """

    line: int
    id: str
    english: str
    translation: str | None
    state: str = ""


def rows(catalog: Catalog) -> Iterator[Row]:
    """Every string of a catalog, in its order."""
    for message, form in _strings(catalog):
        given = _given(catalog, message)[form]
        reason = _wrong(message, given)
        state = f"{WRONG}: {reason}" if reason else UNSURE if message.fuzzy else TRANSLATED
        yield Row(
            identity(message, form),
            "\n".join(message.auto_comments),
            _english(catalog, message, form),
            given,
            "" if isinstance(message.id, str) else numbers_of(catalog, form),
            state if given else MISSING,
        )


def take(catalog: Catalog, returned: Iterable[Returned]) -> list[str]:
    """Put every good row into the catalog; what is not good stays as it was.

    Returns: why a row was left out, as lines that begin with its number.
    """
    known = {identity(message, form): (message, form) for message, form in _strings(catalog)}
    seen: set[str] = set()
    found, empty = [], 0
    for row in returned:
        message, form = known.get(row.id, (None, 0))
        if message is None:
            reason: str | None = (
                "the bot has no such text; it was changed or taken out after the file was made"
            )
        elif row.id in seen:
            reason = "stands in this file twice; only the first is read"
        elif row.translation == _given(catalog, message)[form] == "":
            empty += 1
            continue
        else:
            reason = _refused(catalog, message, form, row)
        if reason:
            found.append(f"row {row.line}: {reason}")
        elif message is not None:
            _put(catalog, message, form, row)
        seen.add(row.id)
    return [*found, f"rows still to be translated: {empty}"] if empty else found


def reviewer(catalog: Catalog) -> str:
    """What the header says of who has reviewed the catalog: "not yet.", or a name or role."""
    said = REVIEWED.search(catalog.header_comment)
    return said[1] if said else ""


def note_reviewer(catalog: Catalog, words: str) -> None:
    """Write into the header who has reviewed the catalog; no words change nothing."""
    words = " ".join(words.split())
    if not words or words == reviewer(catalog):
        return
    line = f"Reviewed by a native speaker: {words}"
    if REVIEWED.search(catalog.header_comment):
        catalog.header_comment = REVIEWED.sub(lambda _: line, catalog.header_comment, count=1)
    else:
        catalog.header_comment += f"\n# {line}"


def identity(message: Message, form: int) -> str:
    """A short name for a string that stays as long as its English does; it never looks like a number."""
    sources = (message.id,) if isinstance(message.id, str) else message.id
    digest = hashlib.sha256("\0".join([message.context or "", *sources]).encode()).hexdigest()[:12]
    return f"m{digest}" if isinstance(message.id, str) else f"m{digest}-{form}"


def tidy(text: str) -> str:
    """Text without what spreadsheets and hands leave behind: carriage returns, blanks at the ends of lines."""
    lines = re.sub(r"_x000D_\n?|\r\n?", "\n", text).split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip(" \t\n")


def _strings(catalog: Catalog) -> Iterator[tuple[Message, int]]:
    for message in catalog:
        if message.id:
            yield from ((message, form) for form in range(len(_given(catalog, message))))


def _given(catalog: Catalog, message: Message) -> list[str]:
    """The translation, one string for each form, empty where there is none."""
    if isinstance(message.id, str):
        return [str(message.string or "")]
    strings = [message.string] if isinstance(message.string, str) else [*(message.string or ())]
    return [*strings, *[""] * catalog.num_plurals][: catalog.num_plurals]


def _english(catalog: Catalog, message: Message, form: int) -> str:
    """The English of a row; the singular where one is the only number but nought, else the plural."""
    if isinstance(message.id, str):
        return message.id
    return str(message.id[0 if is_for_one(catalog, form) else 1])


def _wrong(message: Message, string: str) -> str | None:
    """What is wrong with one string, whatever the other forms are."""
    string_or_forms = string if isinstance(message.id, str) else (string,)
    return broken(Message(message.id, string_or_forms))


def _refused(catalog: Catalog, message: Message, form: int, row: Returned) -> str | None:
    if tidy(row.english) != tidy(_english(catalog, message, form)):
        return "the English is not that of the bot; perhaps columns were sorted apart from each other"
    if row.translation is None:
        return "the translation is a formula, a number or an error, not text; put an apostrophe (') in front of it"
    if not tidy(row.translation):
        return "the translation is empty; the one there was stays"
    return _wrong(message, tidy(row.translation))


def _put(catalog: Catalog, message: Message, form: int, row: Returned) -> None:
    """Take a translation over; one that only lost blanks on its way stays as it was."""
    given = _given(catalog, message)
    changed = tidy(row.translation or "") != tidy(given[form])
    if changed:
        given[form] = tidy(row.translation or "")
        message.string = given[0] if isinstance(message.id, str) else tuple(given)
    if changed or row.state.strip() == TRANSLATED:
        message.flags.discard("fuzzy")
