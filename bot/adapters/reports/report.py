"""A document as a PDF."""

from __future__ import annotations

from collections.abc import Iterator

from bot.adapters.reports import typesetting
from bot.adapters.reports.writing import Json, Scribe
from bot.core.document import Block, Document, Heading, Key, Legend, Matrix, Paragraph, Points, Table

TEMPLATE = "report.typ"
MOST_COLUMNS = 6
"""Columns beside the first that a page has room for; wider tables become several."""


def report(document: Document, scribe: Scribe) -> bytes:
    """Set a document.

    Returns: a PDF; the same document gives the same bytes.
    Raises: ReportError.
    """
    return typesetting.pdf(TEMPLATE, data(document, scribe))


def data(document: Document, scribe: Scribe) -> Json:
    """The document as the template reads it."""
    return {
        "lang": scribe.language.partition("-")[0].partition("_")[0],
        "rtl": scribe.right_to_left,
        "digits": scribe.digits(),
        "title": scribe.line(document.heading),
        "subtitle": scribe.line(document.subtitle),
        "date": scribe.line(document.date),
        "blocks": [one for block in document.blocks for one in _blocks(block, scribe)],
    }


def _blocks(block: Block, scribe: Scribe) -> Iterator[Json]:
    match block:
        case Heading():
            yield {"kind": "heading", "words": scribe.line(block.words), "level": block.level}
        case Paragraph():
            yield {"kind": "paragraph", "words": scribe.line(block.words)}
        case Points():
            about = None if block.about is None else scribe.line(block.about)
            lines = [scribe.line(one) for one in block.lines]
            yield {"kind": "points", "about": about, "numbered": block.numbered, "lines": lines}
        case Table():
            yield from _tables(block, scribe)
        case Matrix():
            yield from _tables(block.table(), scribe)
            yield from _blocks(Legend(block.key), scribe)
        case Legend():
            yield {"kind": "legend", "entries": [_key(one, scribe) for one in block.keys]}


def _tables(table: Table, scribe: Scribe) -> Iterator[Json]:
    for part in table.parts(MOST_COLUMNS):
        rows: list[Json] = [[scribe.cell(one) for one in row] for row in part.rows]
        yield {"kind": "table", "head": [scribe.line(one) for one in part.head], "rows": rows}


def _key(key: Key, scribe: Scribe) -> Json:
    return [scribe.cell(key.sign), scribe.line(key.words)]
