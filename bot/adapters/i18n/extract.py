"""Babel extractors for the code, the flows and the measures: every text with notes on what it is and where."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

from bot.adapters.i18n import flow_notes
from bot.adapters.i18n.notes import what, where
from bot.adapters.i18n.purpose import Module
from bot.core.flow.loader import load_flow, read_document
from bot.core.flow.texts import flow_texts
from bot.core.measures import CONTEXT, measure_texts, measures_from

Message = tuple[int, str, tuple[str | None, ...], list[str]]


def extract_python(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """Yield (line, keyword, its string arguments, comments) for each call of a keyword.

    Comments are those in the code that begin with a tag and stand right above the call, then the notes.
    """
    source = fileobj.read().decode("utf-8")
    if not re.search(rf"\b({'|'.join(map(re.escape, keywords))})\b", source):
        return  # most files say nothing, and taking them apart takes time
    module = Module(ast.parse(source), keywords)
    written = _comment_lines(source) if any(tag in source for tag in comment_tags) else {}
    for call, keyword in module.calls():
        strings = tuple(
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else None
            for part in call.args
        )
        if any(strings):
            said = _comment_above(written, call.lineno, tuple(comment_tags))
            yield call.lineno, keyword, strings, [*said, *module.notes(call)]


def extract_flow(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """Yield (line, "pgettext", (context, source text), notes) for each text of a flow.

    Raises: FlowError, when the file has mistakes.
    """
    name = str(getattr(fileobj, "name", "flow")).rpartition("/")[2]
    source = fileobj.read().decode("utf-8")
    document = read_document(source, name)
    flow = load_flow(source, name)
    place = where(f"the questions “{flow.title}”")
    for text in flow_texts(flow):
        notes = [flow_notes.purpose(document.data, text.path), place]
        yield document.place(text.path)[0], "pgettext", (text.context, text.msgid), notes


def extract_measures(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """Yield (line, "pgettext", (context, source text), notes) for each measure; sources stay as they are.

    Raises: FlowError, when the file has mistakes.
    """
    name = str(getattr(fileobj, "name", "measures")).rpartition("/")[2]
    source = fileobj.read().decode("utf-8")
    notes = [
        what("something that other partnerships did, and that can be taken over as an action: keep it short")
    ]
    for line, measure in measure_texts(read_document(source, name), measures_from(source, name)):
        yield line, "pgettext", (CONTEXT, measure.text), [*notes, where("page: What others did")]


def _comment_lines(source: str) -> dict[int, str]:
    """Comments that have a line of their own, by its number."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("# ").rstrip()
        for token in tokens
        if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip()
    }


def _comment_above(written: Mapping[int, str], line: int, tags: tuple[str, ...]) -> list[str]:
    """The comment that ends above a line, from its last tag on; nothing when it has none."""
    said: list[str] = []
    while (line := line - 1) in written:
        said.insert(0, written[line])
        if written[line].startswith(tags):
            return said
    return []
