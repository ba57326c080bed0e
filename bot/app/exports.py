"""Reports and pictures as files: which there are, of what, and how each is called.

What a file says is settled here, inside the transaction; making it comes later and needs nothing but that.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from bot.app.history import last_posted
from bot.app.reports.matrices import picture
from bot.app.reports.meeting import after_meeting
from bot.app.reports.records import records, workbook
from bot.app.reports.sources import told
from bot.app.reports.years import over_time
from bot.app.work import Work
from bot.core.cards import Attachment
from bot.core.partnerships import Partnership
from bot.core.rounds.lifecycle import Kind, Round
from bot.core.text import say
from bot.errors import Refusal


class Export(StrEnum):
    """What can be had as a file."""

    MEETING = "meeting"
    TIME = "time"
    XLSX = "xlsx"
    CSV = "csv"


KINDS = {
    Export.MEETING: "application/pdf",
    Export.TIME: "application/pdf",
    Export.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Export.CSV: "text/csv",
}


def reported(work: Work, partnership: Partnership) -> Round:
    """The round that a report is about, the last with a digest.

    Raises: Refusal, while there is nothing to report.
    """
    last = last_posted(work, partnership.id)
    if last is None:
        raise Refusal(say("There is no digest yet."))
    return last


def report_file(
    work: Work, partnership: Partnership, what: Export, language: str, *, round_: Round | None = None
) -> Attachment:
    """A report of a partnership in one language.

    Args:
        round_: of which round, where it is about one; the last with a digest unless given.
    Raises: Refusal, while there is nothing to report.
    """
    last = round_ or reported(work, partnership)
    if not last.posted:
        raise Refusal(say("There is no digest yet."))
    reports = work.setting.reports
    match what:
        case Export.MEETING:
            name, make = (
                f"report-{last.number}.pdf",
                partial(reports.pdf, after_meeting(work, last), language),
            )
        case Export.TIME:
            name, make = "over-time.pdf", partial(reports.pdf, over_time(work, partnership), language)
        case Export.XLSX:
            name, make = "table.xlsx", partial(reports.xlsx, workbook(work, partnership), language)
        case Export.CSV:
            name, make = "table.csv", partial(reports.csv, records(work, partnership), language)
    return Attachment(name, make, KINDS[what])


def has_picture(work: Work, round_: Round) -> bool:
    """Whether there is something to draw: a reflection that said something of its partners."""
    return round_.kind is Kind.REFLECTION and round_.posted and told(work, round_).said is not None


def picture_file(work: Work, round_: Round, language: str) -> Attachment:
    """A round's words as a small picture.

    Raises: Refusal, when it has none.
    """
    if not has_picture(work, round_):
        raise Refusal(say("There is no digest yet."))
    make = partial(work.setting.reports.png, picture(work, round_), language)
    return Attachment(f"picture-{round_.number}.png", make, "image/png")
