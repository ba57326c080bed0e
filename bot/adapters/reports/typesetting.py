"""typst, as reports use it: fonts of our own and nothing else of the machine, data that cannot be code.

It runs in a process of its own, see ``setter``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Literal

from bot.adapters.reports.colours import INK, LINES, QUIET, SHADES
from bot.adapters.reports.writing import Json
from bot.errors import ReportError

SETTER = Path(__file__).with_name("setter.py")
PATIENCE = 60.0
"""Seconds after which a report is given up; the longest takes half a second."""
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
    asked = {
        "template": template,
        "format": kind,
        "ppi": ppi,
        "sys_inputs": {"data": json.dumps(data), "colours": json.dumps(COLOURS)},
        "pdf_standards": [] if standard is None else [standard],
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own script, data on its standard input
            [sys.executable, "-I", str(SETTER)],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        raise ReportError("typst could not set a report") from None  # the cause may quote what people typed
    return done.stdout
