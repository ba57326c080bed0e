"""What ``python -m bot export`` does: a report of a partnership as a file, for whoever runs the bot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.adapters.dates.ics import ics
from bot.adapters.i18n.catalogs import GettextCatalogs
from bot.adapters.reports.reports import FileReports
from bot.adapters.system import SystemClock, SystemRandomness
from bot.app.exports import Export, picture_file, report_file
from bot.app.history import of_kind
from bot.app.work import Setting, Work
from bot.core.cards import Attachment
from bot.core.partnerships import Partnership
from bot.core.rounds.lifecycle import Kind, Round
from bot.core.text import say
from bot.errors import ReportError
from bot.settings import Settings
from bot.wiring.machine import LOCALES, Stored, open_store

T = TypeVar("T")


def partnerships(settings: Settings) -> list[str]:
    """The partnerships there are, a line each: number and name.

    Raises: BotError.
    """
    return in_store(settings, lambda work: [f"{one.id}  {one.name}" for one in work.tx.partnerships.all()])


def write(
    settings: Settings, *, partnership: int, form: str, language: str, number: int | None, to: Path
) -> None:
    """Write one file.

    Args:
        form: "pdf", "xlsx", "csv" or "png"; a PDF is about one round when ``number`` is given, and over time otherwise.
        language: a tag such as "fr"; the nearest we speak is taken.
        number: of a round, as its group knows it; the last one with a digest unless given.
    Raises: BotError, also when there is no such partnership or round, or nothing to report yet.
    """
    attachment = in_store(settings, lambda work: _file(work, partnership, form, language, number))
    to.write_bytes(attachment.read())


def _file(work: Work, number: int, form: str, language: str, round_number: int | None) -> Attachment:
    partnership = next((one for one in work.tx.partnerships.all() if one.id == number), None)
    if partnership is None:
        raise ReportError("There is no such partnership; without one, the command lists them.")
    round_ = _round(work, partnership, round_number)
    language = work.setting.catalogs.best(language)
    if form == "png":
        return picture_file(work, round_, language)
    about_one = Export.MEETING if round_number is not None else Export.TIME
    what = about_one if form == "pdf" else Export(form)
    return report_file(work, partnership, what, language, round_=round_)


def _round(work: Work, partnership: Partnership, number: int | None) -> Round:
    rounds = of_kind(work, partnership.id, Kind.REFLECTION)
    found = next((one for one in rounds if one.posted and number in {None, one.number}), None)
    if found is None:
        raise ReportError("There is no such round with a digest.")
    return found


def in_store(settings: Settings, look: Callable[[Work], T]) -> T:
    """Look into the database of a bot that does not run.

    Raises: BotError.
    """
    stored = open_store(settings)
    try:
        return stored.store.run_now(
            lambda tx: look(Work(tx, SystemClock().now(), _setting(settings, stored)))
        )
    finally:
        stored.store.stop_now()


def _setting(settings: Settings, stored: Stored) -> Setting:
    catalogs = GettextCatalogs(LOCALES)
    return Setting(
        flows=stored.flows,
        catalogs=catalogs,
        random=SystemRandomness(),
        keys=stored.keys,
        clock=SystemClock(),
        bot_name="",
        operator=settings.operator or say("the operator"),
        write_dates=ics,
        reports=FileReports(catalogs),
        facilitators=settings.facilitators,
    )
