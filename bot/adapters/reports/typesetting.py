"""typst, as reports use it: fonts of our own and nothing else of the machine, data that cannot be code."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from bot.adapters.reports.colours import INK, LINES, QUIET, SHADES
from bot.adapters.reports.writing import Json
from bot.errors import ReportError

HERE = Path(__file__).parent
COLOURS = {"shades": SHADES, "ink": INK, "quiet": QUIET, "lines": LINES}
ACCESSIBLE: Literal["ua-1"] = "ua-1"


def pdf(template: str, data: Json) -> bytes:
    """A PDF that readers for blind people understand (PDF/UA-1).

    That standard allows no letter without a glyph. Where people typed one that no font of ours has, the file is
    made without its promise: tagged like any other, the letter as an empty box.

    Raises: ReportError.
    """
    try:
        return strict_pdf(template, data)
    except ReportError:
        return _compiled(template, data, "pdf")


def strict_pdf(template: str, data: Json) -> bytes:
    """The same, or nothing.

    Raises: ReportError, also for a letter that no font has.
    """
    return _compiled(template, data, "pdf", standard=ACCESSIBLE)


def png(template: str, data: Json, *, ppi: float) -> bytes:
    """One page as a picture.

    Raises: ReportError.
    """
    return _compiled(template, data, "png", ppi=ppi)


def _compiled(
    template: str,
    data: Json,
    kind: Literal["pdf", "png"],
    *,
    ppi: float | None = None,
    standard: Literal["ua-1"] | None = None,
) -> bytes:
    try:
        made = typst.compile(
            HERE / template,
            root=HERE,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format=kind,
            ppi=ppi,
            sys_inputs={"data": json.dumps(data), "colours": json.dumps(COLOURS)},
            pdf_standards=standard or [],
        )
    except typst.TypstError:
        raise ReportError("typst could not set a report") from None  # its words may quote what people typed
    if not isinstance(made, bytes):
        raise ReportError("typst made another number of pages than one file")
    return made


@cache
def _fonts() -> typst.Fonts:
    """All fonts, found once; each is read when it is first needed."""
    return typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])
