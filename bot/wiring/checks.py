"""What ``python -m bot check`` looks at besides the settings."""

from __future__ import annotations

from bot.adapters.i18n.catalog_tool import problems as catalog_problems
from bot.core.flow.library import load_library
from bot.errors import FlowError
from bot.wiring.machine import FLOWS, ROOT


def problems() -> list[str]:
    """What is wrong with flows and languages, as lines to print; empty when all is well."""
    found = catalog_problems(ROOT)
    try:
        load_library(FLOWS)
    except FlowError as error:
        found += str(error).splitlines()
    return found
