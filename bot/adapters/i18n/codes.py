"""Codes of languages: as phones send them, and what CLDR knows by them."""

from __future__ import annotations

from babel import Locale

FORMER_CODES = {"iw": "he", "in": "id", "no": "nb", "tl": "fil"}
"""Language codes that phones still send, and what they are called today."""


def locale_of(code: str) -> Locale:
    """What CLDR knows of a language, written "pt-BR" or "pt_BR".

    Raises: babel.UnknownLocaleError, ValueError.
    """
    return Locale.parse(code.replace("-", "_"))


def is_right_to_left(code: str) -> bool:
    """Whether a language is written from right to left."""
    return locale_of(code).text_direction == "rtl"
