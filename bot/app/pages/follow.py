"""After the digest: recording what the meeting agreed, and asking everybody about it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.app import followup
from bot.app.access import decision_of_facilitator, round_of_facilitator
from bot.app.actions import recordable
from bot.app.consents import can_ask, least
from bot.app.fitting import DIGEST_ROOM, size
from bot.app.levels import level_name
from bot.app.pages.confirming import confirm
from bot.app.pages.together import wish_lines, wish_rows
from bot.app.pages.turning import turn_over
from bot.app.proposals import Proposal, asking, proposals, recorded
from bot.app.router import Router
from bot.app.sayings import kind_words, shortened, standing_words
from bot.app.voices import pages_of_voices
from bot.app.work import Work
from bot.core.cards import Card, Choice, Row
from bot.core.ids import DecisionId, PersonId, RoundId
from bot.core.rounds.comments import Audience
from bot.core.rounds.lifecycle import (
    WINDOW_DAYS,
    Decision,
    Kind,
    Round,
    RoundState,
    Standing,
)
from bot.core.text import Line, Text, listed, say

pages = Router()


LAYOUTS = ((60, 60), (40, 40), (30, 20), (20, 10))
"""Most characters of a decision and of an action, while all that was recorded has to fit a message."""


@pages.page("r/{round_id}/meeting")
def meeting(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """What can be recorded, decision by decision in the order of the agenda, and what is recorded already."""
    round_ = round_of_facilitator(work, person, round_id)
    decisions = followup.to_discuss(work, round_)
    for wording, what in LAYOUTS:
        body = (
            say("Record what the group agreed in its meeting. Levels count only when nobody objects."),
            *wish_lines(work, person, round_),
            *_recorded(work, round_, decisions, wording, what),
            *_being_asked(work, round_),
        )
        if size(work, body, work.tx.people.language(person)) <= DIGEST_ROOM:
            break
    levels = [
        Choice(say("Levels {number}", number=number), f"agree/{decision.id}")
        for number, decision in enumerate(decisions, 1)
    ]
    rows: list[Row] = [
        *wish_rows(work, person, round_),
        *(tuple(levels[first : first + 3]) for first in range(0, len(levels), 3)),
    ]
    rows.append((Choice(say("Add an action"), f"desk/action/{round_.id}"),))
    rows.append((Choice(say("Agreements"), f"p/{round_.partnership}/actions"),))
    if round_.state is RoundState.MEETING:
        rows.append((Choice(say("Finish and tell the group"), f"r/{round_.id}/finish"),))
    elif _may_ask_again(work, round_):
        rows.append((Choice(say("Ask everybody"), f"r/{round_.id}/finish"),))
    rows.append((Choice(say("Round"), f"r/{round_.id}"),))
    return Card(say("What we agreed"), body, tuple(rows))


def _may_ask_again(work: Work, round_: Round) -> bool:
    is_over = round_.state is RoundState.FOLLOWING and asking(work, round_.partnership) is None
    return is_over and bool(proposals(work, round_))


def _recorded(
    work: Work, round_: Round, decisions: tuple[Decision, ...], wording: int, what: int
) -> Iterator[Line]:
    """Each decision with its levels and actions, then the actions for other decisions and for all."""
    found = list(recorded(work, round_))
    shown = {decision.id for decision in decisions}
    for number, decision in enumerate(decisions, 1):
        yield listed(number, shortened(decision.wording, wording))
        for one in found:
            if one.decision == decision.id:
                yield say("Levels: {state}", state=standing_words(one.standing))
            elif one.action is not None and one.action.decision == decision.id:
                yield _action_line(one, what)
    for one in found:
        if one.action is not None and one.action.decision not in shown:
            yield _action_line(one, what)


def _being_asked(work: Work, round_: Round) -> Iterator[Line]:
    """Until when everybody is being asked, if they are; of the answer's moment nothing is said before it comes."""
    consent = asking(work, round_.partnership)
    if consent is None:
        return
    yield ""
    what = kind_words(consent.kind)
    if consent.state is RoundState.ANSWERING and consent.answer_until is not None:
        zone = work.tx.partnerships.get(round_.partnership).clock
        yield say("{what}: open until {when}.", what=what, when=consent.answer_until.astimezone(zone))
    else:
        yield say("{what}: closed. The digest comes within half a day, at a time of its own.", what=what)


def _action_line(found: Proposal, most: int) -> Line:
    return say(
        "Action: {what} ({state})",
        what=shortened(found.wording, most),
        state=standing_words(found.standing),
    )


@pages.page("r/{round_id}/finish")
def confirm_finish(work: Work, person: PersonId, round_id: RoundId) -> Card:
    """What happens with the outcomes, before they go to the group."""
    round_ = recordable(work, person, round_id)
    again = round_.state is RoundState.FOLLOWING
    yes = (
        Choice(say("Ask everybody"), f"!r/{round_.id}/ask-again")
        if again
        else Choice(say("Finish and tell the group"), f"!r/{round_.id}/finish")
    )
    return confirm(_what_happens(work, round_), yes, Choice(say("Back"), f"r/{round_.id}/meeting"))


def _what_happens(work: Work, round_: Round) -> Text:
    found = proposals(work, round_)
    if found and can_ask(work, round_.partnership):
        return say(
            "The group reads what was recorded. Everybody is asked in private, for {days} days, whether they can live "
            "with it. Then it counts, except where somebody is not at ease.",
            days=WINDOW_DAYS[Kind.CONSENT],
        )
    if any(one.standing is Standing.PROPOSED for one in found):
        return say(
            "Fewer than {least} people hold a seat, so nobody can be asked in private without being recognised. "
            "What is new counts at once, and the group is invited to speak up.",
            least=least(work, round_.partnership),
        )
    return say("Nothing new was recorded, so the group is shown what is agreed already.")


@pages.page("r/{round_id}/notes/{page}")
def notes(work: Work, person: PersonId, round_id: RoundId, page: int) -> Card:
    """What representatives wrote to the facilitators only; readable for thirty days."""
    round_ = round_of_facilitator(work, person, round_id)
    texts = pages_of_voices(work, round_, Audience.FACILITATORS)
    back: Row = (Choice(say("Round"), f"r/{round_.id}"),)
    if not 1 <= page <= len(texts):
        return Card(say("Written to the facilitators"), (say("There is nothing here any more."),), (back,))
    turns = turn_over(f"r/{round_.id}/notes", page, len(texts))
    intro = say("For you alone, without who wrote it. Please do not ask. It is erased after 30 days.")
    return Card(say("Written to the facilitators"), (intro, *texts[page - 1]), (turns, back))


@pages.page("agree/{decision_id}")
def levels(work: Work, person: PersonId, decision_id: DecisionId) -> Card:
    """The agreed levels of one decision."""
    decision = decision_of_facilitator(work, person, decision_id)
    round_ = round_of_facilitator(work, person, decision.round)
    names = {one.id: one.acronym for one in work.tx.partnerships.partners(round_.partnership)}
    agreed = [found for found in work.tx.rounds.agreed_levels(round_.id) if found.decision == decision.id]
    body: list[Line] = [decision.wording]
    body.extend(
        say("{partner}: {level}", partner=names.get(found.partner, "?"), level=level_name(work, found.level))
        for found in agreed
    )
    if not agreed:
        body.append(say("No levels agreed yet."))
    return Card(
        say("Agreed levels"),
        tuple(body),
        (
            (Choice(say("Record the levels"), f"desk/levels/{decision.id}"),),
            (Choice(say("What others did"), f"d/{decision.id}/measures"),),
            (Choice(say("What we agreed"), f"r/{round_.id}/meeting"),),
        ),
        numbered=True,
    )


@pages.action("r/{round_id}/finish")
def finish(work: Work, person: PersonId, round_id: RoundId) -> str:
    round_ = followup.finish_meeting(work, person, round_id)
    is_over = round_.state is not RoundState.MEETING
    return f"p/{round_.partnership}" if is_over else f"r/{round_.id}/meeting"


@pages.action("r/{round_id}/ask-again")
def ask_again(work: Work, person: PersonId, round_id: RoundId) -> str:
    return f"r/{followup.ask_again(work, person, round_id).id}/meeting"
