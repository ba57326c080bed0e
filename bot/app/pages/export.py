"""Reports: what a facilitator can have as a file, and in which language; the picture that any member can have."""

from __future__ import annotations

from bot.app.access import belongs, facilitated, not_here
from bot.app.digests import title_of
from bot.app.exports import Export, has_picture, picture_file, report_file, reported
from bot.app.history import last_posted
from bot.app.languages import language_rows
from bot.app.ports import Lane
from bot.app.reports.sections import made_of
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import PartnershipId, PersonId
from bot.core.partnerships import Partnership
from bot.core.rounds.lifecycle import Round
from bot.core.text import say

pages = Router()

NAMES = {
    Export.MEETING: say("After the last meeting (PDF)"),
    Export.TIME: say("Over time, for a review (PDF)"),
    Export.XLSX: say("Table (XLSX)"),
    Export.CSV: say("Table (CSV)"),
}
"""What the files are called on buttons."""


@pages.page("p/{partnership_id}/export")
def overview(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """The files there are, in the facilitator's own language."""
    return overview_in(work, person, partnership_id, work.tx.people.language(person))


@pages.page("p/{partnership_id}/export/in/{language:s}")
def overview_in(work: Work, person: PersonId, partnership_id: PartnershipId, language: str) -> Card:
    """The same in another language: of the files, not of the page."""
    partnership = facilitated(work, person, partnership_id)
    language = work.setting.catalogs.best(language)
    where, back = f"p/{partnership.id}/export", (Choice(say("Desk"), f"p/{partnership.id}"),)
    if last_posted(work, partnership.id) is None:
        return Card(say("Report"), (say("There is no digest yet."),), (back,))
    files: tuple[Row, ...] = tuple(
        (Choice(name, f"!{where}/{what}/{language}"),) for what, name in NAMES.items()
    )
    wanted = say("Language: {language}", language=work.setting.catalogs.name(language))
    return Card(
        say("Report"),
        (partnership.name, made_of()),
        (*files, (Choice(wanted, f"{where}/languages"),), back),
        numbered=True,
    )


@pages.page("p/{partnership_id}/export/languages")
def languages(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """In which language the files are to be."""
    partnership = facilitated(work, person, partnership_id)
    where = f"p/{partnership.id}/export"
    rows = language_rows(work, lambda code: f"{where}/in/{code}")
    return Card(say("Language"), (partnership.name,), (*rows, (Choice(say("Back"), where),)))


@pages.action("p/{partnership_id}/export/{what:s}/{language:s}")
def ask(work: Work, person: PersonId, partnership_id: PartnershipId, what: str, language: str) -> str:
    partnership = _asked_for(work, person, partnership_id, what, language)
    reported(work, partnership)  # refuses here, not when it is sent
    work.tx.outbox.tell(person, f"p/{partnership_id}/file/{what}/{language}", lane=Lane.REPLY)
    return f"p/{partnership_id}/export/in/{language}"


@pages.page("p/{partnership_id}/file/{what:s}/{language:s}")
def file(work: Work, person: PersonId, partnership_id: PartnershipId, what: str, language: str) -> Card:
    """The file itself, as a message of its own."""
    partnership = _asked_for(work, person, partnership_id, what, language)
    made = report_file(work, partnership, Export(what), language)
    return Card(say("Report"), (made_of(),), file=made)


def _asked_for(
    work: Work, person: PersonId, partnership_id: PartnershipId, what: str, language: str
) -> Partnership:
    """The partnership of a file that there can be.

    Raises: Refusal.
    """
    partnership = facilitated(work, person, partnership_id)
    if what not in set(Export) or language not in work.setting.catalogs.languages:
        raise not_here()
    return partnership


@pages.action("m/{partnership_id}/picture")
def ask_for_picture(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    _pictured(work, person, partnership_id)  # refuses here, not when it is sent
    work.tx.outbox.tell(person, f"m/{partnership_id}/picture", lane=Lane.REPLY)
    return f"m/{partnership_id}/digest/1"


@pages.page("m/{partnership_id}/picture")
def picture(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """The last digest as a picture, in this person's own language."""
    found = _pictured(work, person, partnership_id)
    made = picture_file(work, found, work.tx.people.language(person))
    return Card(say("Picture"), (title_of(work, found),), file=made)


def _pictured(work: Work, person: PersonId, partnership_id: PartnershipId) -> Round:
    """The last round with a digest, if it has a picture.

    Raises: Refusal.
    """
    found = last_posted(work, belongs(work, person, partnership_id).id)
    if found is None or not has_picture(work, found):
        raise not_here()
    return found
