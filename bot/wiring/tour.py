"""The next step for somebody who tries the playground: one sentence that gives way as the round goes on."""

from __future__ import annotations

from bot.app.work import Work
from bot.core.partnerships import Partnership
from bot.core.rounds.lifecycle import RoundState

BEGIN = (
    "Start on the facilitator's phone: send /new and answer the questions. Name five partners, one a line."
)
CONNECT = "On the facilitator's phone, connect the group: press Group and then Choose the group."
INVITE = (
    "On the facilitator's phone, press Partners and make the invitations. Open each link on a partner's phone and "
    "agree there, or press Fill in for me."
)
FIRST_ROUND = "On the facilitator's phone, press Round, choose Baseline and open it."
CALENDAR = (
    "On the facilitator's phone, press Check-ins and put the actions and the agreed levels on the calendar. "
    "Every 3 months is a good rhythm."
)
LATER_ROUND = (
    "Push the clock to the next date and see what comes back, let a whole year pass, "
    "or begin another round on the facilitator's phone."
)

BY_STATE = {
    RoundState.DRAFT: "The round is a draft. Open it on the facilitator's phone.",
    RoundState.COLLECTING: (
        "Name decisions on one or two partners' phones and press Fill in for me on the others. "
        "Then push the clock to the next date."
    ),
    RoundState.SHAPING: "On the facilitator's phone, merge and reword the list of decisions, then open it for answers.",
    RoundState.ANSWERING: (
        "Answer on a phone or two, by typing or by tapping, and press Fill in for me on the others. "
        "Then push the clock to the next date."
    ),
    RoundState.CLOSING: (
        "The answers are destroyed. Push the clock to the next date once more: the digest is on its way."
    ),
    RoundState.MEETING: (
        "The digest is in the group. On the facilitator's phone, record what the group agreed; "
        "then send /agreements in the group."
    ),
}


def hint(work: Work, *, host: int) -> str:
    """Say what is missing first, in the order of a round.

    Args:
        host: account of the facilitator on the page.
    """
    person = work.tx.people.find(host)
    partnerships = () if person is None else work.tx.partnerships.facilitated_by(person)
    if not partnerships:
        return BEGIN
    return _of_partnership(work, partnerships[-1])


def _of_partnership(work: Work, partnership: Partnership) -> str:
    rounds = work.tx.rounds.of_partnership(partnership.id)
    under_way = next((BY_STATE[round_.state] for round_ in rounds if round_.state in BY_STATE), None)
    if under_way is not None:
        return under_way
    if partnership.group is None:
        return CONNECT
    seats = work.tx.partnerships.seats(partnership.id)
    if any(seat.person is None or not seat.consent for seat in seats):
        return INVITE
    if rounds and not work.tx.calendar.plans(partnership.id):
        return CALENDAR
    return LATER_ROUND if rounds else FIRST_ROUND
