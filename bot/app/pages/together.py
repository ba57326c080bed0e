"""What one of two facilitators would like, as both read it on the round's pages."""

from __future__ import annotations

from bot.app import pairs
from bot.app.history import last_posted
from bot.app.router import Router
from bot.app.work import Work
from bot.core.cards import Choice, Row
from bot.core.facilitation import Act
from bot.core.ids import PersonId, RoundId
from bot.core.rounds.lifecycle import Round
from bot.core.text import Text, say

pages = Router()


def wish_lines(work: Work, person: PersonId, round_: Round) -> tuple[Text, ...]:
    """What waits for the other of two facilitators, each in one sentence; empty with one facilitator."""
    return tuple(_wish_words(work, round_, wish) for wish in pairs.wishes(work, person, round_))


def _wish_words(work: Work, round_: Round, wish: pairs.Wish) -> Text:
    what = _act_words(work, round_, wish.act)
    if wish.mine:
        return say("You would like this; it waits for the other facilitator: {what}", what=what)
    return say("The other facilitator would like this; press it too if you agree: {what}", what=what)


def wish_rows(work: Work, person: PersonId, round_: Round) -> tuple[Row, ...]:
    """The way to take one's own wish back."""
    if any(wish.mine for wish in pairs.wishes(work, person, round_)):
        return ((Choice(say("Take it back"), f"!r/{round_.id}/back"),),)
    return ()


@pages.action("r/{round_id}/back")
def take_back(work: Work, person: PersonId, round_id: RoundId) -> str:
    pairs.take_back(work, person, round_id)
    return f"r/{round_id}"


def _act_words(work: Work, round_: Round, act: Act) -> Text:
    """The words on the button of an act."""
    match act:
        case Act.OPEN:
            return say("Collect decisions from all: open")
        case Act.BRING:
            return say("We bring the decisions ourselves")
        case Act.CARRY:
            earlier = last_posted(work, round_.partnership)
            number = 0 if earlier is None else earlier.number
            return say("The decisions of round {number} again", number=number)
        case Act.ASK:
            return say("Open for answers")
        case Act.FINISH:
            return say("Finish and tell the group")
        case Act.ASK_AGAIN:
            return say("Ask everybody")
