"""Codes of languages as phones send them."""

from __future__ import annotations

FORMER_CODES = {"iw": "he", "in": "id", "no": "nb", "tl": "fil"}
"""Language codes that phones still send, and what they are called today."""
