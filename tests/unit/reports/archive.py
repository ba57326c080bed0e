"""Partnerships with rounds behind them, composed into everything there is; and documents as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.db.store import SqlStore
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.reports.reports import FileReports
from bot.adapters.reports.writing import Scribe
from bot.app.history import last_posted
from bot.app.ports import Transaction
from bot.app.reports.matrices import picture
from bot.app.reports.meeting import after_meeting
from bot.app.reports.records import workbook
from bot.app.reports.years import over_time
from bot.app.work import Work
from bot.bench.reported import RUNGS, Past, settle
from bot.core.document import Document, Heading, Legend, Matrix, Paragraph, Points, Table, Workbook
from bot.core.ids import PartnershipId
from bot.core.text import Line
from tests.contract.fakes import FakeKeys
from tests.unit.app.hamlet import tried
from tests.unit.app.village import NOW, works

CATALOGS = GettextCatalogs(Path(__file__).resolve().parents[3] / "locales")
LANGUAGES = CATALOGS.languages
REPORTS = FileReports(CATALOGS)
FEW = Past(partners=4, decisions=3, rounds=2)
MANY = Past(partners=12, decisions=15, rounds=3, levels=RUNGS)
HOSTILE = (
    '#eval("1 + 1")',
    "$x^2$ _a_ *b* `c` <d> @e",
    "back\\slash \\u{41} //comment /* more",
    "right \u202eto left\u202c override",
    "family \N{WOMAN}\u200d\N{GIRL} smile \N{GRINNING FACE}",
    "W" * 100,
    '=HYPERLINK("http://example.org")',
    "{{braces}} {name} %s",
)


@dataclass(frozen=True)
class Composed:
    """Everything that is made of one partnership."""

    after: Document
    over: Document
    matrix: Matrix
    workbook: Workbook


def composed(
    store: SqlStore, past: Past = FEW, more: Callable[[Work, PartnershipId], None] = lambda *_: None
) -> Composed:
    """Settle a partnership, compose, and leave no trace.

    Args:
        more: what else happened there.
    """
    found: list[Composed] = []

    def use(tx: Transaction) -> None:
        work = works(tx, FakeKeys())
        partnership = tx.partnerships.get(settle(tx, past, NOW))
        more(work, partnership.id)
        round_ = last_posted(work, partnership.id)
        assert round_ is not None
        found.append(
            Composed(
                after_meeting(work, round_),
                over_time(work, partnership),
                picture(work, round_),
                workbook(work, partnership),
            )
        )

    tried(store, use)
    return found[0]


def lines_of(document: Document) -> Iterator[Line]:
    """Everything that stands in a document, in its order."""
    yield from (document.subtitle, document.heading)
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                yield block.words
            case Points():
                yield from () if block.about is None else (block.about,)
                yield from block.lines
            case Table():
                yield from _table(block)
            case Matrix():
                yield from _table(block.table())
                yield from (key.words for key in block.key)
            case Legend():
                yield from (key.words for key in block.keys)


def _table(table: Table) -> Iterator[Line]:
    yield from table.head
    for row in table.rows:
        yield from (cell.words for cell in row)


def english(document: Document) -> list[str]:
    return [CATALOGS.render(line, "en") for line in lines_of(document)]


def headings(document: Document) -> list[str]:
    found = [block for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    return [CATALOGS.render(block.words, "en") for block in found]


def scribe(language: str) -> Scribe:
    return Scribe(CATALOGS, language)
