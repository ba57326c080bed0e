"""What a group reads around its meeting: the agenda, what was proposed, what counts without being asked about."""

from __future__ import annotations

from dataclasses import replace

from bot.app import followup
from bot.app.agendas import agenda_lines
from bot.app.digests import take_part
from bot.app.fitting import DIGEST_ROOM, size
from bot.app.on_paper import paper_line
from bot.app.pages.group import agreements, open_until, round_of_group
from bot.app.proposals import Names, asked
from bot.app.rosters import seats_line
from bot.app.router import Router
from bot.app.sayings import kind_words, only_whether
from bot.app.work import Work
from bot.core.cards import Card
from bot.core.ids import RoundId
from bot.core.partnerships import Group
from bot.core.text import Line, listed, say
from bot.errors import BotError

pages = Router()

LAYOUTS = ((60, 120, True), (60, 60, True), (60, 120, False), (30, 30, False))
"""Most characters of a decision and of an action, and whether levels are named, until all fits a message."""


@pages.page("agenda/{round_id}")
def agenda(work: Work, group: Group, round_id: RoundId) -> Card:
    """What to talk about first and why."""
    round_ = round_of_group(work, group, round_id)
    found = followup.agenda_of(work, round_)
    if found is None:
        raise BotError("an agenda was posted of a round that has none")
    return Card(say("For our meeting"), agenda_lines(work, round_, found, group.language))


@pages.page("proposed/{round_id}")
def proposed(work: Work, group: Group, round_id: RoundId) -> Card:
    """What the meeting recorded, when everybody is asked whether they can live with it."""
    round_ = round_of_group(work, group, round_id)
    names, found = Names.of(work, round_.partnership), asked(work, round_)
    body: tuple[Line, ...] = ()
    for wording, what, levels in LAYOUTS:
        lines = (names.proposal(one, wording=wording, what=what, levels=levels) for _, one in found)
        body = (
            *(listed(number, line) for number, line in enumerate(lines, 1)),
            "",
            say("Does this sit well with everybody? You are asked in private. Silence means that it does."),
            only_whether(),
            open_until(work, round_),
            seats_line(work, round_),
            *paper_line(work, round_),
        )
        if size(work, body, group.language) <= DIGEST_ROOM:
            break
    return Card(kind_words(round_.kind), body, ((take_part(work.setting.bot_name),),))


@pages.page("settled")
def settled(work: Work, group: Group) -> Card:
    """What counts although nobody could be asked in private, because too few people hold a seat."""
    invited = say(
        "This counts from now on. So few people hold a seat that nobody can be asked in private without being "
        "recognised. If something does not sit well with you, please say so in the group or to the facilitators."
    )
    card = agreements(work, group, beside=size(work, (invited, ""), group.language))
    return replace(card, body=(invited, "", *card.body))
