"""The digits in which a language is read, by CLDR's numbering systems."""

from __future__ import annotations

import unicodedata

from babel import Locale

NAMES = {
    "adlm": "ADLAM",
    "arab": "ARABIC-INDIC",
    "arabext": "EXTENDED ARABIC-INDIC",
    "beng": "BENGALI",
    "cakm": "CHAKMA",
    "deva": "DEVANAGARI",
    "mymr": "MYANMAR",
    "nkoo": "NKO",
    "olck": "OL CHIKI",
    "tibt": "TIBETAN",
}
"""How Unicode calls the digits of a numbering system; every other language is read with 0 to 9."""


def digits_of(locale: Locale) -> dict[int, str]:
    """A table for ``str.translate`` from 0-9 to the digits of a language; empty when those are its own."""
    name = NAMES.get(locale.default_numbering_system)
    if name is None:
        return {}
    zero = ord(unicodedata.lookup(f"{name} DIGIT ZERO"))
    return {ord("0") + digit: chr(zero + digit) for digit in range(10)}
