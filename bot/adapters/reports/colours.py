"""The colours of everything that is drawn: shades from white to dark yellow, since no level is good or bad.

Source: reference on the method, 1.2.
"""

from __future__ import annotations

from collections.abc import Iterator

SHADES = ("#ffffff", "#fff7dc", "#fde9a9", "#f5cf5c", "#dfa916")
"""By level; ink is readable on each."""
INK, QUIET, LINES = "#2b2a28", "#6b665c", "#cfc8b8"

Colour = tuple[int, int, int]


def blends(steps: int) -> Iterator[Colour]:
    """The colours of a small picture, with so many steps from every shade to the ink of its letters."""
    for colour in (*SHADES, INK, LINES):
        yield _parts(colour)
    for shade in map(_parts, SHADES):
        for step in range(1, steps):
            yield _mixed(shade, _parts(INK), step / steps)


def _parts(colour: str) -> Colour:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
