"""A matrix as a picture for slow connections: sharp edges, few colours, few bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image

from bot.adapters.reports import typesetting
from bot.adapters.reports.colours import blends
from bot.adapters.reports.writing import Json, Scribe
from bot.core.document import Matrix
from bot.core.text import just
from bot.errors import ReportError

TEMPLATE = "picture.typ"
LARGEST = 25_000
"""Bytes; on the slowest connections it takes less than half a minute."""
SHARPNESS, STEPS = (144, 120, 108, 96, 84, 72, 60), (4, 2)
"""Dots per inch, and steps between paper and ink, the best first; most pictures keep the first."""
LONGEST_WORDING = 60


def picture(matrix: Matrix, scribe: Scribe) -> bytes:
    """Draw a matrix.

    Returns: a PNG of at most ``LARGEST`` bytes; the same matrix gives the same bytes.
    Raises: ReportError.
    """
    told = data(matrix, scribe)
    for made in _attempts(told):
        if len(made) <= LARGEST:
            return made
    raise ReportError("a picture became too large in every look")


def _attempts(told: Json) -> Iterator[bytes]:
    for ppi in SHARPNESS:
        with Image.open(io.BytesIO(typesetting.png(TEMPLATE, told, ppi=ppi))) as drawn:
            plain = drawn.convert("RGB")
        for steps in STEPS:
            file = io.BytesIO()
            plain.quantize(palette=_palette(steps), dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
            yield file.getvalue()


def _palette(steps: int) -> Image.Image:
    """The colours that a picture may have, as Pillow takes them."""
    colours = [*blends(steps)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(
        [part for colour in [*colours, *colours[:1] * (256 - len(colours))] for part in colour]
    )
    return palette


def data(matrix: Matrix, scribe: Scribe) -> Json:
    """The matrix as the template reads it."""
    return {
        "lang": scribe.language.partition("-")[0].partition("_")[0],
        "rtl": scribe.right_to_left,
        "title": scribe.line(matrix.heading),
        "columns": [scribe.line(one) for one in matrix.columns],
        "rows": [
            {
                "number": scribe.line(just(number)),
                "wording": scribe.line(_shortened(row.wording)),
                "cells": [scribe.cell(one) for one in row.cells],
            }
            for number, row in enumerate(matrix.rows, 1)
        ],
        "key": [[scribe.cell(one.sign), scribe.line(one.words)] for one in matrix.key],
    }


def _shortened(wording: str) -> str:
    return wording if len(wording) <= LONGEST_WORDING else wording[: LONGEST_WORDING - 1].rstrip() + "…"
