"""What ``python -m bot cards`` does: walks through a made-up partnership and writes every card on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.adapters.dates.ics import ics
from bot.adapters.i18n.catalog_tool import template
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.reports.reports import FileReports
from bot.adapters.system import SystemClock
from bot.app.memory import Remarks
from bot.app.ports import Transaction
from bot.app.work import Setting, Work
from bot.gallery.chance import NoChance
from bot.gallery.example import EXAMPLE
from bot.gallery.exhibits import Collection
from bot.gallery.house import House
from bot.gallery.page import Tongue, page
from bot.gallery.script import BEGIN, Script
from bot.gallery.texts import Known
from bot.gallery.writing import Writer
from bot.gallery.year import life_of
from bot.settings import Settings
from bot.wiring.machine import LOCALES, Stored, open_store

FIRST_ID = 5001
"""Ids follow one another here, so that the same walk gives the same page."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """What was written, and from whose walk."""

    collection: Collection
    house: House
    html: str


def write_cards(to: Path, locales: Path = LOCALES) -> list[str]:
    """Write the page.

    Returns: its problems, one line each; empty when every text is translated and every card fits.
    """
    gallery = build(EXAMPLE, GettextCatalogs(locales))
    to.write_text(gallery.html, encoding="utf-8")
    return [f"{one.language}: {one.words} (#{one.exhibit})" for one in gallery.collection.problems]


def build(script: Script, catalogs: GettextCatalogs) -> Gallery:
    """Walk through the partnership, in a store and with keys that are gone afterwards."""
    with TemporaryDirectory() as folder:
        stored = open_store(
            Settings(data_dir=Path(folder), database_url="", master_key_file=None, key_dir=None),
            draw=count(FIRST_ID).__next__,
        )
        try:
            return stored.store.run_now(lambda tx: _walked(tx, stored, script, catalogs))
        finally:
            stored.store.stop_now()


def _walked(tx: Transaction, stored: Stored, script: Script, catalogs: GettextCatalogs) -> Gallery:
    setting = Setting(
        flows=stored.flows,
        catalogs=catalogs,
        random=NoChance(),
        keys=stored.keys,
        clock=SystemClock(),
        bot_name=script.bot_name,
        operator=script.operator,
        write_dates=ics,
        reports=FileReports(catalogs),
        measures=stored.measures,
    )
    house = House(Work(tx, BEGIN, setting, remarks=Remarks(setting.memory.hear)), script)
    tongues = [*_tongues(catalogs)]
    collection = Collection(Writer(catalogs, {one.code for one in tongues if one.right_to_left}))
    collection.take(life_of(house))
    collection.take_rest(_known())
    html = "".join(page(tongues, collection.exhibits, collection.problems))
    return Gallery(collection, house, html)


def _known() -> Iterator[Known]:
    """Every text of the code and the flows, with its notes."""
    for message in template():
        if message.id:
            msgid, *plural = (message.id,) if isinstance(message.id, str) else message.id
            yield Known((message.context, msgid), plural[0] if plural else None, tuple(message.auto_comments))


def _tongues(catalogs: GettextCatalogs) -> Iterator[Tongue]:
    for code in catalogs.languages:
        yield Tongue(code, catalogs.name(code), catalogs.is_right_to_left(code), catalogs.is_reviewed(code))
