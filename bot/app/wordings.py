"""Prompts in a partnership's own words: who may change them, and what they are for a reader.

They are as binding as a decision's wording: while a round is open, its questions stay as everybody met them.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.app.access import facilitated, not_here
from bot.app.history import open_round
from bot.app.sittings import needed
from bot.app.work import Work
from bot.core.flow.definition import Flow
from bot.core.flow.prompts import AS_WRITTEN, PromptText, Reworded, item_line, prompts_of, to_reword
from bot.core.flow.session import Param, Session
from bot.core.ids import PartnershipId, PersonId, WordingId
from bot.core.partnerships import Wording
from bot.core.text import Text, say
from bot.errors import Refusal

FLOWS = (
    "pat",
    "emerging",
    "envisioning",
    "funding_streams",
    "risk_sharing",
    "community_led",
    "before_all_on_board",
    "actions",
    "practice",
    "pulse",
    "evaluation",
)
"""Flows whose prompts a partnership may word anew."""


def reworded(work: Work, flow: Flow, own: Mapping[str, Wording], language: str) -> Reworded:
    """The prompts of a flow that a partnership words otherwise, as whole templates.

    Words for an English text that has changed since then are left out.

    Args:
        own: the partnership's words in this language, by their place.
    """
    if not own:
        return AS_WRITTEN
    found = {}
    for prompt in prompts_of(flow):
        wording = own.get(prompt.place)
        if wording is not None and wording.holds_for(prompt.msgid):
            line = item_line(as_shipped(work, prompt, language))
            found[prompt.place.partition(".")[2]] = f"{line}{wording.words}"
    return found


def as_shipped(work: Work, prompt: PromptText, language: str) -> str:
    """A prompt as everybody else reads it in a language, placeholders and all."""
    return work.setting.catalogs.template(Text(prompt.msgid, context=prompt.place), language)


def original_words(work: Work, prompt: PromptText, language: str) -> str:
    """The part of a prompt that can be worded anew, as everybody else reads it."""
    return to_reword(as_shipped(work, prompt, language))


def prompt_at(work: Work, place: str) -> PromptText:
    """The prompt of a place "flow.step" in the newest version of its flow.

    Raises: Refusal, when there is none that may be reworded.
    """
    name = place.partition(".")[0]
    if name in FLOWS:
        for prompt in prompts_of(work.setting.flows.get(name)):
            if prompt.place == place:
                return prompt
    raise not_here()


def begin(work: Work, person: PersonId, partnership: PartnershipId, place: str, language: str) -> WordingId:
    """Begin to word a prompt anew.

    Raises: Refusal.
    """
    _changeable(work, person, partnership)
    if language not in work.setting.catalogs.languages:
        raise not_here()
    prompt = prompt_at(work, place)
    return work.tx.wordings.begin(partnership, place, language, original=prompt.msgid)


def begin_words(work: Work, person: PersonId, subject: int) -> dict[str, Param]:
    """What the form shows: the original, and what has to stay in it."""
    wording = _wording(work, person, WordingId(subject))
    prompt = PromptText(wording.place, wording.original)
    return {"original": original_words(work, prompt, wording.language)}


def take_words(work: Work, person: PersonId, subject: int, session: Session) -> str:
    """Use the words from now on; return the path of their page."""
    wording = _wording(work, person, WordingId(subject))
    work.tx.wordings.say(wording.id, needed(session, "words"))
    return path_of(wording.partnership, wording.place, wording.language)


def restore(work: Work, person: PersonId, partnership: PartnershipId, place: str, language: str) -> None:
    """Use the original again.

    Raises: Refusal.
    """
    _changeable(work, person, partnership)
    own = work.tx.wordings.of(partnership, language).get(place)
    if own is not None:
        work.tx.wordings.remove(own.id)


def path_of(partnership: PartnershipId, place: str, language: str) -> str:
    """The page of one prompt in one language."""
    return f"w/{partnership}/{place}/{language}"


def _wording(work: Work, person: PersonId, wording_id: WordingId) -> Wording:
    found = work.tx.wordings.get(wording_id)
    if found is None:
        raise not_here()
    _changeable(work, person, found.partnership)
    return found


def _changeable(work: Work, person: PersonId, partnership: PartnershipId) -> None:
    facilitated(work, person, partnership)
    if open_round(work, partnership) is not None:
        raise Refusal(say("While a round is open, its questions stay as everybody met them."))
