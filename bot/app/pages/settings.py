"""What a partnership is called, what it is for, its language and its time zone."""

from __future__ import annotations

from bot.app import details, taking_back
from bot.app.access import facilitated
from bot.app.languages import language_rows
from bot.app.learning import page_of
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice, Icon, Row
from bot.core.ids import PartnershipId, PersonId
from bot.core.text import say

pages = Router()


@pages.page("p/{partnership_id}/settings")
def settings(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Everything that was said when the partnership was set up, and a button to change each."""
    partnership = facilitated(work, person, partnership_id)
    language = work.setting.catalogs.name(partnership.language)
    discard: Row = ()
    if taking_back.is_untouched(work, partnership.id):
        discard = (Choice(say("Remove this partnership"), f"p/{partnership.id}/discard"),)
    return Card(
        say("Settings"),
        (
            say("Name: {partnership}", partnership=partnership.name),
            say("Purpose: {purpose}", purpose=partnership.purpose),
            say("Language of invitations: {language}", language=language),
            say("Time zone: {zone}", zone=partnership.clock),
        ),
        (
            (
                Choice(say("Name"), f"desk/name/{partnership.id}"),
                Choice(say("Purpose"), f"desk/purpose/{partnership.id}"),
            ),
            (
                Choice(say("Language"), f"p/{partnership.id}/language", icon=Icon.LANGUAGE),
                Choice(say("Time zone"), f"desk/place/{partnership.id}"),
            ),
            (
                Choice(
                    say("Questions in your own words"),
                    f"w/{partnership.id}/in/{work.tx.people.language(person)}",
                ),
            ),
            (Choice(say("Own questions"), f"p/{partnership.id}/flows"),),
            (Choice(say("Learning across partnerships"), page_of(partnership.id)),),
            discard,
            (Choice(say("Desk"), f"p/{partnership.id}"),),
        ),
        numbered=True,
    )


@pages.page("p/{partnership_id}/discard")
def confirm_discard(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Ask once more."""
    partnership = facilitated(work, person, partnership_id)
    return Card(
        say("Are you sure?"),
        (say("{partnership} is removed. Nobody has been invited yet.", partnership=partnership.name),),
        (
            (Choice(say("Remove this partnership"), f"!p/{partnership.id}/discard"),),
            (Choice(say("Settings"), details.page_of(partnership.id)),),
        ),
        numbered=True,
    )


@pages.action("p/{partnership_id}/discard")
def discard(work: Work, person: PersonId, partnership_id: PartnershipId) -> str:
    taking_back.discard(work, person, partnership_id)
    return "home"


@pages.page("p/{partnership_id}/language")
def partnership_language(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """Choose the language of invitations and of a new group."""
    partnership = facilitated(work, person, partnership_id)
    return Card(
        say("Language"),
        (say("Which language do most of you share? Everybody can still choose their own."),),
        (
            *language_rows(work, lambda code: f"!p/{partnership.id}/language/{code}"),
            (Choice(say("Settings"), details.page_of(partnership.id)),),
        ),
        numbered=True,
    )


@pages.action("p/{partnership_id}/language/{code:s}")
def choose_partnership_language(
    work: Work, person: PersonId, partnership_id: PartnershipId, code: str
) -> str:
    details.set_language(work, person, partnership_id, code)
    return details.page_of(partnership_id)
