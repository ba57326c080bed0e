"""Imports point down: core below app below the adapters, and no adapter knows another."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FREE = ("bot.__main__", "bot.wiring", "bot.bench", "bot.gallery")  # they choose implementations
MAY_PRINT = "bot.__main__"
CORE = {"bot.core", "bot.errors", "pydantic", "pydantic_core", "yaml"}  # pydantic_core: its error details
APP = CORE | {"bot.app"}
ADAPTERS_OF = {  # a library with a home of its own is used nowhere else
    "telegram": {"telegram", "playground"},
    "sqlalchemy": {"db"},
    "alembic": {"db"},
    "apscheduler": {"scheduling"},
    "babel": {"i18n"},
    "icalendar": {"dates"},
    "openpyxl": {"i18n"},
    "prometheus_client": {"metrics"},
    "xlsxwriter": {"i18n", "reports"},
    "typst": {"reports"},
    "PIL": {"reports"},
    "dateutil": set(),  # recurrence belongs to the core's calendar alone
}


def breaches(root: Path) -> list[str]:
    """All imports and prints under ``root/bot`` that the layers forbid, as "file:line what"."""
    found = []
    for path in sorted((root / "bot").rglob("*.py")):
        module = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text("utf-8"))
        for line, name in imports(tree, module, is_package=path.name == "__init__.py"):
            if not may_import(module, name):
                found.append(f"{path.relative_to(root).as_posix()}:{line} imports {name}")
        if not within(module, MAY_PRINT):
            found += [f"{path.relative_to(root).as_posix()}:{line} prints" for line in prints(tree)]
    return found


def imports(tree: ast.AST, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything imported, wherever it stands, type checking included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = module.split(".") if is_package else module.split(".")[:-1]
            start = parents[: len(parents) - node.level + 1] if node.level else []
            prefix = ".".join([*start, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{prefix}.{alias.name}") for alias in node.names)


def prints(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node.lineno


def may_import(module: str, name: str) -> bool:
    top = name.split(".")[0]
    if any(within(module, free) for free in FREE) or top in sys.stdlib_module_names:
        return True
    if within(module, "bot.adapters") and module != "bot.adapters":
        own = module.split(".")[2]
        if top == "bot":
            return any(within(name, allowed) for allowed in APP | {f"bot.adapters.{own}"})
        return own in ADAPTERS_OF.get(top, {own})
    if within(module, "bot.core.confidentiality") and top == "cryptography":
        return True
    if module == "bot.core.rounds.calendar" and top == "dateutil":
        return True
    if module == "bot.settings" and top == "pydantic_settings":
        return True
    return any(within(name, allowed) for allowed in (APP if within(module, "bot.app") else CORE))


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def test_every_import_points_down_and_nothing_prints() -> None:
    assert breaches(ROOT) == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("core/words.py", "import sqlalchemy"),
        ("core/words.py", "import cryptography"),
        ("core/rounds/due.py", "from dateutil.rrule import rrule"),
        ("core/words.py", "from bot.app import ports"),
        ("core/words.py", "from bot import app"),
        ("core/words.py", "from ..app.ports import Store"),
        ("core/__init__.py", "from ..app import ports"),
        ("core/words.py", "def later():\n    import telegram"),
        (
            "core/words.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from bot.app import ports",
        ),
        ("app/rounds.py", "from bot.adapters.db import store"),
        ("app/rounds.py", "import aiohttp"),
        ("app/rounds.py", "from bot import wiring"),
        ("adapters/db/store.py", "from bot.adapters import keys"),
        ("adapters/db/store.py", "from bot.adapters.i18n.catalogs import Catalogs"),
        ("adapters/db/store.py", "from .. import keys"),
        ("adapters/db/store.py", "import telegram"),
        ("adapters/dates/ics.py", "import dateutil"),
        ("adapters/telegram/sender.py", "import icalendar"),
        ("adapters/keys.py", "import bot.settings"),
        ("settings.py", "from bot.adapters import keys"),
        ("core/words.py", "print('a count')"),
        ("wiring.py", "print('a setting')"),
    ],
)
def test_an_import_or_print_that_the_layers_forbid_is_found(tmp_path: Path, file: str, source: str) -> None:
    plant(tmp_path, file, source)
    assert len(breaches(tmp_path)) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("core/words.py", "import re, yaml, pydantic\nfrom bot.errors import BotError"),
        ("core/words.py", "from .text import say"),
        ("core/rounds/calendar.py", "from dateutil.rrule import rrule"),
        ("core/confidentiality/sealing.py", "from cryptography.exceptions import InvalidTag"),
        ("app/rounds.py", "from bot.core.rounds import due\nfrom bot.app import ports"),
        ("adapters/db/store.py", "import sqlalchemy\nfrom bot.adapters.db import tables\nfrom . import rows"),
        ("adapters/playground/request.py", "from telegram.request import BaseRequest"),
        ("wiring.py", "from bot.adapters import db, keys"),
        ("wiring/playground.py", "from bot.adapters.playground.server import PlaygroundServer"),
        ("__main__.py", "print('a published word')"),
    ],
)
def test_what_the_layers_allow_is_let_through(tmp_path: Path, file: str, source: str) -> None:
    plant(tmp_path, file, source)
    assert breaches(tmp_path) == []


def plant(root: Path, file: str, source: str) -> None:
    path = root / "bot" / file
    path.parent.mkdir(parents=True)
    path.write_text(source, "utf-8")
