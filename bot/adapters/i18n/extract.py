"""Babel extractor for ``flows/*.yaml``, so that their texts reach translators with the place they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

from bot.core.flow.loader import load_flow, read_document
from bot.core.flow.texts import flow_texts

Message = tuple[int, str, tuple[str, str], list[str]]


def extract_flow(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Message]:
    """Yield (line, "pgettext", (context, source text), comments) for each text of a flow.

    Raises: FlowError, when the file has mistakes.
    """
    name = str(getattr(fileobj, "name", "flow")).rpartition("/")[2]
    source = fileobj.read().decode("utf-8")
    document = read_document(source, name)
    for text in flow_texts(load_flow(source, name)):
        yield document.place(text.path)[0], "pgettext", (text.context, text.msgid), []
