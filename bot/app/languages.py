"""Every language in its own words, as its readers look for it."""

from __future__ import annotations

LANGUAGE_NAMES = {"en": "English", "fr": "Français"}
