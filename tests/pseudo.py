"""A made-up language, English with accents and two fifths longer: what fits in it fits in most languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.i18n.files import as_text

PSEUDO = "eo"
"""Its code."""


def sources(message: Message) -> tuple[str, ...]:
    """The English text of a message, in its plural forms."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def pseudo(text: str) -> str:
    """Accents on every vowel and two fifths more letters; placeholders stay."""
    accents = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
    parts = re.split(r"(\{\w+\})", text)
    accented = "".join(part if part.startswith("{") else part.translate(accents) for part in parts)
    return accented + "ñ" * -(-len(text) * 2 // 5)


def catalogs_with_pseudo(folder: Path, english: Catalog, shipped: Mapping[str, Path]) -> GettextCatalogs:
    """Catalogs of the languages given, by their files, and of the made-up one.

    Args:
        folder: an empty one, where they are written.
        english: every text there is.
    """
    made_up = Catalog(locale=PSEUDO, fuzzy=False)
    for message in english:
        if message.id:
            strings = tuple(map(pseudo, sources(message)))
            translation = strings[0] if isinstance(message.id, str) else strings
            made_up.add(message.id, translation, context=message.context)
    contents = {code: path.read_text(encoding="utf-8") for code, path in shipped.items()}
    for code, content in (contents | {PSEUDO: as_text(made_up)}).items():
        path = folder / code / "LC_MESSAGES" / "bot.po"
        path.parent.mkdir(parents=True)
        path.write_text(content, encoding="utf-8")
    return GettextCatalogs(folder)
