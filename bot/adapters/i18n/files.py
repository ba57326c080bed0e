"""Catalog files: where they are, how they are read and written, what is wrong with them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

NAME = "bot"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
REVIEWED = re.compile(r"Reviewed by a native speaker: (.+)")
CHURN = ('"POT-Creation-Date:', '"Generated-By:')
"""Header lines that change without anything having changed."""
BLANK = ("EMAIL@ADDRESS", "<LL@li.org>", "YEAR-MO-DA", " VERSION")
"""What Babel writes into header lines that nobody filled in."""


def catalog_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every language that has a catalog, and its file."""
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{NAME}.po")):
        yield path.parent.parent.name, path


def read_catalog(path: Path) -> Catalog:
    """Read a ``.po`` file; its folder says which language it is."""
    language = path.parent.parent.name
    with path.open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))


def as_text(catalog: Catalog) -> str:
    """A catalog as it is kept: sorted by source file, without line numbers, dates or empty header lines."""
    content = io.BytesIO()
    write_po(content, catalog, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    header, gap, messages = content.getvalue().decode().partition("\n\n")
    said = [
        line
        for line in header.splitlines()
        if not line.startswith(CHURN) and not any(blank in line for blank in BLANK)
    ]
    return "\n".join(said) + gap + messages


def is_reviewed(catalog: Catalog) -> bool:
    """Whether its header says that a native speaker has read it."""
    said = REVIEWED.search(catalog.header_comment)
    return said is not None and not said[1].startswith("not yet")


def translations(message: Message) -> tuple[str, ...]:
    """The translation of a message, one string for each plural form; empty when it is not complete."""
    strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return strings if all(strings) else ()


def broken(message: Message) -> str | None:
    """What is wrong with a translation: a placeholder it lost or made up; None when nothing is.

    A plural form may leave out ``{count}``: languages have a word for "one" and "two".
    """
    sources = (message.id,) if isinstance(message.id, str) else message.id
    strings = translations(message)
    if not strings:
        return None
    wanted = {name for source in sources for name in PLACEHOLDER.findall(source)}
    optional = {"count"} if len(sources) > 1 else set()
    for string in strings:
        given = set(PLACEHOLDER.findall(string))
        if lost := wanted - given - optional:
            return f"placeholder {{{min(lost)}}} is missing"
        if made_up := given - wanted:
            return f"placeholder {{{min(made_up)}}} does not exist"
    return None
