"""Questions in a partnership's own words, language by language, for its facilitators."""

from __future__ import annotations

from bot.app import wordings
from bot.app.access import facilitated, not_here
from bot.app.languages import language_rows
from bot.app.router import Router
from bot.app.sayings import shortened
from bot.app.wordings import FLOWS, original_words, path_of, prompt_at
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.flow.prompts import PromptText, prompts_of
from bot.core.flow.texts import phrase
from bot.core.ids import PartnershipId, PersonId
from bot.core.partnerships import Wording
from bot.core.text import Line, just, listed, say

pages = Router()

_PER_ROW = 5
_SHOWN = 120  # characters of each prompt in the list


@pages.page("w/{partnership_id}/in/{language:s}")
def flows(work: Work, person: PersonId, partnership_id: PartnershipId, language: str) -> Card:
    """Which questions, in which language."""
    partnership = facilitated(work, person, partnership_id)
    rows: list[Row] = []
    for name in FLOWS:
        flow = work.setting.flows.get(name)
        where = f"w/{partnership.id}/all/{name}/{_known(work, language)}"
        rows.append((Choice(phrase(flow, "title", flow.title), where),))
    return Card(
        say("Questions in your own words"),
        (
            say(
                "Words that are at home with you are understood better. Everybody can still read the original."
            ),
            say("Language: {language}", language=work.setting.catalogs.name(language)),
        ),
        (
            *rows,
            (Choice(say("Another language"), f"w/{partnership.id}/languages"),),
            (Choice(say("Desk"), f"p/{partnership.id}"),),
        ),
        numbered=True,
    )


@pages.page("w/{partnership_id}/languages")
def languages(work: Work, person: PersonId, partnership_id: PartnershipId) -> Card:
    """The words are worded in one language at a time."""
    partnership = facilitated(work, person, partnership_id)
    back = f"w/{partnership.id}/in/{work.tx.people.language(person)}"
    return Card(
        say("Language"),
        (say("In which language would you like to word the questions?"),),
        (
            *language_rows(work, lambda code: f"w/{partnership.id}/in/{code}"),
            (Choice(say("Back"), back),),
        ),
        numbered=True,
    )


@pages.page("w/{partnership_id}/all/{name:s}/{language:s}")
def prompts(work: Work, person: PersonId, partnership_id: PartnershipId, name: str, language: str) -> Card:
    """Every question of a flow as it is asked at the moment."""
    partnership = facilitated(work, person, partnership_id)
    if name not in FLOWS:
        raise not_here()
    asked = tuple(prompts_of(work.setting.flows.get(name)))
    own = work.tx.wordings.of(partnership.id, _known(work, language))
    body: list[Line] = [say("Tap a number to word that question anew.")]
    body.extend(
        listed(number, shortened(_now(work, own.get(prompt.place), prompt, language), _SHOWN))
        for number, prompt in enumerate(asked, 1)
    )
    buttons = tuple(
        Choice(just(number), path_of(partnership.id, prompt.place, language))
        for number, prompt in enumerate(asked, 1)
    )
    rows = tuple(buttons[first : first + _PER_ROW] for first in range(0, len(buttons), _PER_ROW))
    back = (Choice(say("Back"), f"w/{partnership.id}/in/{language}"),)
    return Card(say("Questions in your own words"), tuple(body), (*rows, back), numbered=True)


@pages.page("w/{partnership_id}/{place:s}/{language:s}")
def prompt(work: Work, person: PersonId, partnership_id: PartnershipId, place: str, language: str) -> Card:
    """One question: the original, and the words used instead."""
    partnership = facilitated(work, person, partnership_id)
    found = prompt_at(work, place)
    own = work.tx.wordings.of(partnership.id, _known(work, language)).get(place)
    where = path_of(partnership.id, place, language)
    body: list[Line] = [say("The original says: {original}", original=original_words(work, found, language))]
    rows: list[Row] = [(Choice(say("Word it anew"), f"!{where}/begin"),)]
    if own is not None and own.words is not None and own.holds_for(found.msgid):
        body.append(say("You say: {words}", words=own.words))
        rows.append((Choice(say("Use the original"), f"!{where}/restore"),))
    elif own is not None:
        body.append(say("The original has changed since you worded it, so it is used until you do again."))
    rows.append((Choice(say("Back"), f"w/{partnership.id}/all/{place.partition('.')[0]}/{language}"),))
    return Card(say("A question"), tuple(body), tuple(rows), numbered=True)


@pages.action("w/{partnership_id}/{place:s}/{language:s}/begin")
def begin(work: Work, person: PersonId, partnership_id: PartnershipId, place: str, language: str) -> str:
    return f"desk/prompt/{wordings.begin(work, person, partnership_id, place, language)}"


@pages.action("w/{partnership_id}/{place:s}/{language:s}/restore")
def restore(work: Work, person: PersonId, partnership_id: PartnershipId, place: str, language: str) -> str:
    wordings.restore(work, person, partnership_id, place, language)
    return path_of(partnership_id, place, language)


def _known(work: Work, language: str) -> str:
    if language not in work.setting.catalogs.languages:
        raise not_here()
    return language


def _now(work: Work, own: Wording | None, prompt: PromptText, language: str) -> str:
    """What is asked at the moment."""
    if own is not None and own.words is not None and own.holds_for(prompt.msgid):
        return own.words
    return original_words(work, prompt, language)
