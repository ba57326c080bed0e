"""What a world leaves behind where somebody else can look: messages, tables, logs, pages and names of files."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.adapters.playground.limits import Clock
from bot.adapters.playground.refusals import Json
from bot.adapters.playground.standin import StandIn
from bot.adapters.telegram.faults import LineFormatter
from bot.adapters.telegram.render import render
from bot.app.groups import PAGES
from bot.app.pages import GROUP_PAGES, PRIVATE_PAGES, sitting_at
from bot.app.screens import on_screen
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.ids import PersonId
from bot.core.text import Line
from bot.errors import Refusal
from bot.wiring.playground import TOKEN
from tests.town import Town

ROOTS = (
    *(
        "home",
        "help",
        "privacy",
        "language",
        "mine",
        "erase",
        "p/1",
        "p/1/round",
        "p/1/partners",
        "p/1/again",
    ),
    *("r/1", "news/1", "r/1/shape/1", "r/1/left", "r/1/meeting", "r/1/notes/1", "d/1", "m/1", "m/1/digest/1"),
    *("call/1", "mode/1", "noted/1", "thanks/1", "paused/1", "answer/1", "answer/2", "desk/decisions/1"),
    *(
        "r/1/vote",
        "!r/1/vote",
        "!r/1/open",
        "!r/1/bring",
        "!r/1/ask",
        "!r/1/extend",
        "!r/1/cancel",
        "!r/1/carry",
        "!r/1/mode/open",
    ),
    *("!mode/1/open", "!mode/1/confidential", "!erase/1", "!p/1/invite", "!p/1/new/baseline", "!s/1/free"),
)
"""Where a look around begins: pages as they are linked, and what only a curious phone would ask for."""


class Recorder(StandIn):
    """A stand-in that writes down what every chat was told, and when, without message ids."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock, token=TOKEN, pace=False)
        self.told: defaultdict[int, list[str]] = defaultdict(list)
        self._numbers: defaultdict[int, dict[int, int]] = defaultdict(dict)

    async def call(self, method: str, params: dict[str, Any]) -> tuple[int, Json]:
        status, answer = await super().call(method, params)
        if (
            "chat_id" in params
        ):  # answers to taps have none: they are for the finger that tapped, in any order
            chat = int(params["chat_id"])
            given = {name: self._without_ids(chat, name, value) for name, value in sorted(params.items())}
            result = answer.get("result")
            if isinstance(result, dict) and "message_id" in result:
                given["result"] = self._number(chat, result["message_id"])
            when = self.state.clock().isoformat(timespec="minutes")
            self.told[chat].append(f"{when} {method} {status} {json.dumps(given, ensure_ascii=False)}")
        return status, answer

    def _without_ids(self, chat: int, name: str, value: Any) -> Any:
        if name == "message_id":
            return self._number(chat, int(value))
        if name == "message_ids":
            numbers = json.loads(value) if isinstance(value, str) else value
            return [self._number(chat, number) for number in numbers]
        return value

    def _number(self, chat: int, message: int) -> int:
        """Which message of its chat it is: all private chats share one row of ids, which counts everybody."""
        known = self._numbers[chat]
        return known.setdefault(message, len(known) + 1)


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(LineFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record).partition(" ")[2])  # the first word is the time


@contextmanager
def overheard() -> Iterator[list[str]]:
    """Everything that is logged meanwhile, ours from DEBUG on, as the log would show it without its times."""
    handler, root, ours = _Lines(), logging.getLogger(), logging.getLogger("bot")
    level = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.DEBUG)
    try:
        yield handler.lines
    finally:
        root.removeHandler(handler)
        ours.setLevel(level)


def rows_of(database: Path) -> list[str]:
    """Every row of every table, counters of the engine included; of a sealed value only its length."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        tables = [
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        ]
        return sorted(
            f"{table}: {[f'<{len(value)} bytes>' if isinstance(value, bytes) else value for value in row]}"
            for table in tables
            for row in connection.execute(f'select * from "{table}"')  # noqa: S608 - names of our own tables
        )


def names_in(folder: Path) -> list[str]:
    """The names of all files and folders below."""
    return sorted(path.name for path in folder.rglob("*"))


FEW = 4
"""Pages that are looked at of hundreds that differ in an hour, a weekday, a language, a question, or in a card of a
preview."""
HUNDREDS = re.compile(r".*/(rhythm|set)/.*|(preview)/.*|!?p/1/(export)/.*|!?(w)/.*")
"""Where there are so many; those with equal groups are alike."""


async def pages_of(town: Town, account: int) -> list[str]:
    """Everything one person gets to see by following every button and trying every action."""
    return await town.ask(_pages, account)


def _pages(work: Work, account: int) -> list[str]:
    """The same, in one transaction; looking at a page is undone before the next one, and changes nothing."""
    person = work.tx.people.find(account)
    assert person is not None
    waiting, seen, alike = list(ROOTS), {}, Counter[tuple[object, ...]]()
    while waiting:
        path = waiting.pop()
        many = HUNDREDS.fullmatch(path)
        if many is not None:
            kind = (path.count("/"), *many.groups())
            alike[kind] += 1
            if alike[kind] > FEW:
                continue
        if path not in seen:
            with work.tx.undone():
                seen[path], leads_to = _visit(work, person, path)
            waiting += leads_to
    return sorted(f"{path}: {words}" for path, words in seen.items())


def _visit(work: Work, person: PersonId, path: str) -> tuple[str, list[str]]:
    """What a person sees at a path, and where its buttons lead."""
    language = work.tx.people.language(person)
    if path.startswith("!"):
        found = PRIVATE_PAGES.find(path)
        assert found is not None, path
        action, arguments = found
        try:
            path = action(work, person, **arguments)
        except Refusal as refusal:
            return _said(work, refusal.words, language), []
    card, tokens = on_screen(work, person, path)
    follow = [] if sitting_at(path) is not None else [choice.key for choice in card.choices()]
    return f"{path} {_written(work, card, language, tokens)}", follow


async def pages_of_group(town: Town) -> list[str]:
    """Everything a group gets to see by its commands."""
    return await town.ask(_group_pages, town.group)


def _group_pages(work: Work, chat: int) -> list[str]:
    group = work.tx.groups.find(chat)
    assert group is not None
    shown = []
    for path in sorted(PAGES):
        found = GROUP_PAGES.find(path)
        assert found is not None, path
        shown.append(f"{path}: {_written(work, found[0](work, group), group.language, None)}")
    return shown


def _written(work: Work, card: Card, language: str, tokens: dict[str, str] | None) -> str:
    message = render(card, languages=(language,), catalogs=work.setting.catalogs, tokens=tokens)
    return f"{message.text} {json.dumps(message.keyboard) if message.keyboard else ''}"


def _said(work: Work, line: Line, language: str) -> str:
    return work.setting.catalogs.render(line, language)


@dataclass
class Trace:
    """All of it for one world; two people's own chats are left out.

    Attributes:
        told: by chat, in order; log: sorted, since chats are served side by side.
        rows, pages, files: by moment.
    """

    told: dict[int, list[str]] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    rows: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)

    def differences(self, other: Trace) -> list[str]:
        """What stands in one of them only; empty when nothing tells the worlds apart."""
        found = []
        for part in fields(self):
            mine, theirs = _flat(getattr(self, part.name)), _flat(getattr(other, part.name))
            if mine != theirs:
                only = [("-", Counter(mine) - Counter(theirs)), ("+", Counter(theirs) - Counter(mine))]
                found += [f"{sign} {part.name} {line}" for sign, lines in only for line in lines] or [
                    f"{part.name} in another order from: {a} | {b}"
                    for a, b in zip(mine, theirs, strict=True)
                    if a != b
                ]
        return found


def _flat(value: list[str] | dict[Any, list[str]]) -> list[str]:
    if isinstance(value, list):
        return value
    return [f"{key}: {line}" for key, lines in sorted(value.items()) for line in lines]
