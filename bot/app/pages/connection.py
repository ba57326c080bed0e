"""The group of a partnership, from the facilitators' side: how it is connected and what it reads."""

from __future__ import annotations

from bot.app import partnerships
from bot.app.access import facilitated, not_here
from bot.app.languages import language_rows
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import PartnershipId, PersonId
from bot.core.partnerships import MOST_LANGUAGES
from bot.core.text import say

pages = Router()


@pages.page("p/{partnership_id}/group")
def group(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """How to connect the group, or that it is connected."""
    partnership = facilitated(work, person, partnership_id)
    back: Row = (Choice(say("Desk"), f"p/{partnership.id}"),)
    if partnership.group is not None and work.tx.groups.get(partnership.group).active:
        return Card(
            say("The group is connected"),
            (
                say(
                    "The digest and the announcements go there. I cannot read what people write to each other."
                ),
            ),
            (
                (Choice(say("Languages of the group"), f"p/{partnership.id}/group/languages"),),
                (Choice(say("Invite the partners"), f"p/{partnership.id}/partners"),),
                back,
            ),
            numbered=True,
        )
    link = f"https://t.me/{work.setting.bot_name}?startgroup=p{partnership.id}"
    return Card(
        say("Connect the group"),
        (
            say(
                "Add me to the Telegram group in which all partners are. Tap the button and choose the group."
            ),
            say(
                "If that does not work: add {bot} to the group, and write there: {command}",
                bot=f"@{work.setting.bot_name}",
                command=f"/start p{partnership.id}",
            ),
        ),
        ((Choice(say("Choose the group"), url=link),), back),
    )


@pages.page("p/{partnership_id}/group/languages")
def group_languages(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """What is posted to the group is said in each of these."""
    partnership = facilitated(work, person, partnership_id)
    spoken = partnerships.group_of(work, partnership).languages
    return Card(
        say("Languages of the group"),
        (
            say(
                "The digest comes once in each of them: {languages}.",
                languages=tuple(map(work.setting.catalogs.name, spoken)),
            ),
            say("Tap a language to add it or to take it off. At most {most}.", most=MOST_LANGUAGES),
        ),
        (
            *language_rows(work, lambda code: f"!p/{partnership.id}/group/languages/{code}"),
            (Choice(say("Back"), f"p/{partnership.id}/group"),),
        ),
        numbered=True,
    )


@pages.action("p/{partnership_id}/group/languages/{language:s}")
def switch_language(work: Work, person: PersonId, partnership_id: PartnershipId, language: str) -> str:
    """Add a language, or take it off."""
    partnership = facilitated(work, person, partnership_id)
    if language not in work.setting.catalogs.languages:
        raise not_here()
    partnerships.switch_language(work, partnership, language)
    return f"p/{partnership.id}/group/languages"
